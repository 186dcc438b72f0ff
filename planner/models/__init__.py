"""The tables, STRICT on SQLite; money, order and history are guarded by constraints and triggers as well."""

from planner.models import budget, composing, offer, person, plan, progress, purchase, record, rule
from planner.models.base import Base

__all__ = ["budget", "composing", "offer", "person", "plan", "progress", "purchase", "record", "rule"]

for _table in Base.metadata.tables.values():
    _table.dialect_options["sqlite"]["strict"] = True
