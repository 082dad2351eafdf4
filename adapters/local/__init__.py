"""The playground: a small made-up community on one page, with the real bot."""

from adapters.local.client import LocalAdapter, Opened, Outcome
from adapters.local.world import Hall, Message, Resident, World, private

__all__ = ["Hall", "LocalAdapter", "Message", "Opened", "Outcome", "Resident", "World", "private"]
