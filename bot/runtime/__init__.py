"""What makes it run: dispatch, lanes, scheduler, delivery."""
