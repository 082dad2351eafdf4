"""What people can ask: one file a capability. All of it is listed here by hand."""
