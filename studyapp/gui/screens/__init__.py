"""One file a screen; screens do not import one another."""
