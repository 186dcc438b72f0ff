"""Technical log lines: events with a few allowed fields, never names, words or anything like a CPR number."""

import logging
import re
import secrets
import string
import sys
import traceback
import unicodedata
from collections.abc import MutableMapping
from contextlib import suppress
from typing import Any, cast
from urllib.parse import unquote_plus

import structlog
from structlog.typing import EventDict, FilteringBoundLogger, Processor

ALLOWED = frozenset(
    {
        *("event", "level", "timestamp", "logger", "request_id", "error", "trace", "dropped"),
        *("method", "path", "endpoint", "status", "duration_ms", "statements", "port"),
        *("code", "count", "oere", "month", "version", "role", "setting", "engine", "revision", "attempt", "seed"),
        *("person_id", "citizen_id", "reader_id", "unit_id", "course_id", "tie_id", "template_id", "package_id"),
        *("plan_id", "plan_version", "item_id", "line_id", "goal_id", "decision_id", "measure_id"),
        *("budget_id", "envelope_id", "entry_id", "purchase_id", "event_id", "reading_id"),
    },
)
"""The fields a line may carry: codes, counts, øre and ids. A word somebody typed has no place among them."""

MASK = "******-****"

_LONGEST_TEXT = 300
_LONGEST_LIST = 40
# Six digits, a separator or none, four digits; not inside a longer number. ``\d`` knows the digits of every script.
_CPR = re.compile(r"(?<!\d)\d{6}(?:\s?[-+./_\u2010-\u2015\u2212]\s?|\s)?\d{4}(?!\d)")
# Everything a terminal or a line-based reader may take for the end of a line or for a command.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class _Lines(logging.Handler):
    """Writes to whatever standard error is at the moment; a full disk under the log stops nobody's work."""

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(OSError, ValueError):
            sys.stderr.write(f"{self.format(record)}\n")


def configure(*, json_lines: bool, level: int = logging.INFO) -> None:
    """Set up the log of the whole process: JSON lines for machines, readable lines for development."""
    finish: list[Processor] = [
        describe_error,
        keep_allowed,
        mask_numbers,
        _renderer(json_lines=json_lines),
    ]
    start: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*start, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = _Lines(level)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *start],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *finish],
        ),
    )
    root = logging.getLogger()
    root.setLevel(level)
    root.handlers = [*(other for other in root.handlers if not isinstance(other, _Lines)), handler]
    # These write whole addresses, with whatever somebody searched for, or every step of setting a page.
    for noisy in ("werkzeug", "urllib3", "sqlalchemy.engine", "alembic", "weasyprint", "fontTools"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def logger() -> FilteringBoundLogger:
    """Hand out the log."""
    return cast("FilteringBoundLogger", structlog.get_logger("planner"))


def begin_request(**fields: str | int | None) -> str:
    """Start a new request: its id and fields stand on every line until the next one; hand out the id."""
    # Letters only, so that an id never looks like a number of a person.
    request_id = "".join(secrets.choice(string.ascii_lowercase) for _ in range(12))
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=request_id, **fields)
    return request_id


def request_id() -> str:
    """Name the current request, or nothing outside one."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))


def describe_error(_logger: Any, _name: str, line: EventDict) -> EventDict:  # noqa: ANN401 - structlog's signature
    """Replace an exception by its class and places: its message may carry what somebody typed."""
    told = line.pop("exc_info", None)
    error = told if isinstance(told, BaseException) else told[1] if isinstance(told, tuple) else sys.exc_info()[1]
    if told and error is not None:
        line["error"] = type(error).__name__
        line["trace"] = [
            f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)
        ]
    return line


def keep_allowed(_logger: Any, _name: str, line: EventDict) -> EventDict:  # noqa: ANN401 - structlog's signature
    """Keep the allowed fields with simple values and count what was dropped."""
    kept = {name: value for name, value in line.items() if name in ALLOWED and _simple(value)}
    if len(kept) < len(line):
        kept["dropped"] = len(line) - len(kept)
    return kept


def mask_numbers(_logger: Any, _name: str, line: MutableMapping[str, Any]) -> EventDict:  # noqa: ANN401 - as above
    """Mask what looks like a CPR number and keep every value on one line."""
    return {name: value if name == "timestamp" else _safe(value) for name, value in line.items()}


def mask(text: str) -> str:
    """Mask CPR numbers in a text, however they are written, and make line ends visible."""
    shown = plain = _CPR.sub(MASK, text)
    for _ in range(3):
        plain = unicodedata.normalize("NFKC", unquote_plus(plain))
    if _CPR.search(plain):
        shown = _CPR.sub(MASK, plain)
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", shown)[:_LONGEST_TEXT]


def _simple(value: object) -> bool:
    if isinstance(value, list | tuple):
        return all(_simple(each) for each in value)
    return value is None or isinstance(value, str | int | float | bool)


def _safe(value: Any) -> Any:  # noqa: ANN401 - any simple value, and the same kind back
    if isinstance(value, list | tuple):
        return [_safe(each) for each in value[-_LONGEST_LIST:]]
    if isinstance(value, str):
        return mask(value)
    return mask(str(value)) if _CPR.search(str(value)) else value


def _renderer(*, json_lines: bool) -> Processor:
    if json_lines:
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.processors.KeyValueRenderer(
        key_order=["timestamp", "level", "event"],
        drop_missing=True,
        repr_native_str=False,
    )
