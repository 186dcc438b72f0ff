"""Opening a course."""
