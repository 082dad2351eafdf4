"""The database, and nothing else. Only here SQL is said."""
