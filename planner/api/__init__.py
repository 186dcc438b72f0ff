"""The API for machines: the same use cases and the same guard as the pages."""

from flask import Flask


def install(app: Flask) -> None:
    """Add the API to the app."""
