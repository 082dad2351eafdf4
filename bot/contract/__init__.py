"""What the parts say to each other. Adapters, commands, runtime and store all sit on this and know only this."""
