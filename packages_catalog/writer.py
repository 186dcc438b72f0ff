"""Packages out: as files that ``reader`` reads back without a difference, and as one JSON document."""

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import tomli_w

from packages_catalog.shape import dump
from planner.domain.package import Package

_DAYS = frozenset({"first_day", "last_day", "withdrawn_on"})
# A zip file needs a time for every entry; always the same one, so that the same catalogue is the same file.
_WHEN = (2020, 1, 1, 0, 0, 0)


def toml(package: Package) -> str:
    """Write a package as its file would stand in ``content``: days are days, and an unknown year is left out."""
    written: dict[str, Any] = _dated(dump(package))
    return tomli_w.dumps(written)


def files(packages: Iterable[Package]) -> bytes:
    """Write packages as a zip with one file each."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for package in packages:
            entry = zipfile.ZipInfo(f"{package.id}.toml", _WHEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, toml(package))
    return stream.getvalue()


def document(packages: Iterable[Package]) -> bytes:
    """Write packages as one JSON document; each of them is what ``shape.load`` reads."""
    listed = [dump(package) for package in packages]
    return json.dumps({"packages": listed}, ensure_ascii=False, indent=1).encode()


def folder(packages: Iterable[Package], directory: Path) -> int:
    """Write one file for each package into a folder that is there, and count them."""
    number = 0
    for number, package in enumerate(packages, start=1):  # noqa: B007 - the last number is the count
        (directory / f"{package.id}.toml").write_text(toml(package), encoding="utf-8")
    return number


def _dated(value: Any) -> Any:  # noqa: ANN401 - any plain value
    if isinstance(value, Mapping):
        said = {key: part for key, part in value.items() if part is not None}
        return {key: date.fromisoformat(part) if key in _DAYS else _dated(part) for key, part in said.items()}
    return [_dated(part) for part in value] if isinstance(value, list) else value
