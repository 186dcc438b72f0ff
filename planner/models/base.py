"""What every table shares: the base class, the column types, and how each engine is opened."""

import json
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, Engine, MetaData, String, Text, TypeDecorator, event
from sqlalchemy import types as sql
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase

from planner.domain.event import canonical
from planner.domain.money import Money


class MoneyType(TypeDecorator[Money]):
    """An amount as a whole number of øre."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Money | None, dialect: Dialect) -> int | None:
        return None if value is None else value.oere

    def process_result_value(self, value: int | None, dialect: Dialect) -> Money | None:
        return None if value is None else Money(int(value))  # PostgreSQL adds BIGINTs up to a NUMERIC


class DayType(TypeDecorator[date]):
    """A day as ``YYYY-MM-DD``, the same text on both engines, so that it sorts and hashes alike."""

    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)


class MomentType(TypeDecorator[datetime]):
    """A moment as UTC text with microseconds; a moment without a time zone is refused."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else moment_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


Code = TypeVar("Code", bound=StrEnum)


class CodeType(TypeDecorator[Code]):
    """A member of an enumeration by its code."""

    impl = String(40)
    cache_ok = True

    def __init__(self, enumeration: type[Code]) -> None:
        super().__init__()
        self.enumeration = enumeration

    def process_bind_param(self, value: Code | None, dialect: Dialect) -> str | None:
        return None if value is None else self.enumeration(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> Code | None:
        return None if value is None else self.enumeration(value)


class JsonType(TypeDecorator[Any]):
    """Plain values as canonical JSON text, so that a digest does not depend on who wrote it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else canonical(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


def moment_text(moment: datetime) -> str:
    """Write a moment as stored: UTC, microseconds, ``Z``."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


class Base(DeclarativeBase):
    """The declarative base; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True)

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


_SQLITE_NAMES: dict[type[sql.TypeEngine[Any]], str] = {
    sql.String: "TEXT",
    sql.VARCHAR: "TEXT",
    sql.Text: "TEXT",
    sql.Boolean: "INTEGER",
    sql.BigInteger: "INTEGER",
}
"""STRICT tables of SQLite know four types only."""

for _type, _name in _SQLITE_NAMES.items():
    compiles(_type, "sqlite")(lambda _element, _compiler, name=_name, **_options: name)


def prepare_engine(engine: Engine) -> None:
    """Open SQLite with its own transactions: ``BEGIN IMMEDIATE`` to change, ``BEGIN`` to read; full durability."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _open(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "foreign_keys=ON",
            "recursive_triggers=ON",  # or "INSERT OR REPLACE" would delete a row past its trigger
            "synchronous=FULL",
            "busy_timeout=15000",
            "trusted_schema=OFF",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("sqlite_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
