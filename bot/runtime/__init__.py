"""What makes it run: dispatch, lanes, scheduler, delivery."""

from bot.runtime.runtime import Runtime

__all__ = ["Runtime"]
