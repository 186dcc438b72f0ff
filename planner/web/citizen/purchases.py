"""Using money."""
