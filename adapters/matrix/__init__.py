"""Matrix: an encrypted direct room for each person, rooms where cards are posted, and shut ears everywhere else."""
