"""The session that reads: a plain ``BEGIN``, one per request, closed before anything is changed."""

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from planner.models.base import db


def reading() -> Session:
    """Give the request's reading session; use cases open their own and never see it."""
    return db.session()


NoAnswer = OperationalError
"""What is raised when the database cannot be reached."""
