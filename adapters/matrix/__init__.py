"""Matrix: an encrypted direct room for each person, rooms where cards are posted, and shut ears everywhere else."""

from adapters.matrix.client import MatrixAdapter
from adapters.matrix.session import Account

__all__ = ["Account", "MatrixAdapter"]
