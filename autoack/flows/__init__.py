"""What the daemon does: one file a flow; a step handles one batch or one thing."""
