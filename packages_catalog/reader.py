"""Package files in, a catalogue out: all of them or none, and every fault named at once."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from packages_catalog.faults import CatalogueFaults, Fault
from packages_catalog.relations import mutual, relation_faults
from packages_catalog.shape import load
from planner.domain.package import Package

__all__ = ["Catalogue", "CatalogueFaults", "Fault", "check", "read"]

CONTENT = Path(__file__).parent / "content"
LARGEST_FILE = 256 * 1024
# A dotted key stands on one line and costs the parser the square of its parts: 100,000 of them fill the memory.
MOST_DOTS_IN_A_LINE = 100

_LINE = re.compile(r"at line ([0-9]+)")


class Catalogue(Mapping[str, Package]):
    """Packages by id, in the order of their ids; exists only when no file has a fault."""

    def __init__(self, packages: Iterable[Package]) -> None:
        ordered = sorted(packages, key=lambda package: package.id)
        self._packages = MappingProxyType({package.id: package for package in ordered})

    def __getitem__(self, identifier: str) -> Package:
        return self._packages[identifier]

    def __iter__(self) -> Iterator[str]:
        return iter(self._packages)

    def __len__(self) -> int:
        return len(self._packages)


def read(directory: Path = CONTENT) -> Catalogue:
    """Read every package file of a directory. Raises ``CatalogueFaults`` and then loads none."""
    packages, faults = _examined(directory)
    if faults:
        raise CatalogueFaults(faults)
    return Catalogue(mutual(packages))


def identifiers(directory: Path = CONTENT) -> frozenset[str]:
    """Tell which ids the files of a directory have, by their names alone."""
    return frozenset(file.stem for file in directory.glob("*.toml"))


def check(directory: Path = CONTENT) -> tuple[Fault, ...]:
    """Name everything that is wrong with the files of a directory, in order; nothing is fine."""
    return CatalogueFaults(_examined(directory)[1]).faults


def _examined(directory: Path) -> tuple[list[Package], list[Fault]]:
    files = sorted(directory.glob("*.toml"))
    drafts: dict[str, Mapping[str, object]] = {}
    packages: list[Package] = []
    faults: list[Fault] = [] if files else [Fault(str(directory), "", "There is no package file here.")]
    for file in files:
        try:
            drafts[file.name] = draft = _parsed(file)
            if isinstance(draft.get("id"), str) and draft["id"] != file.stem:
                faults.append(Fault(file.name, "id", f"Must be the file's name, {file.stem!r}."))
            packages.append(load(draft, file.name))
        except CatalogueFaults as refused:
            faults.extend(refused.faults)
    faults.extend(relation_faults(drafts, known={file.stem for file in files}))
    return packages, faults


def _parsed(file: Path) -> dict[str, object]:
    words = _words(file)
    try:
        return tomllib.loads(words)
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        raise _refused(file, f"line {line[1]}" if line else "end of file", f"Not TOML: {error}.") from None
    except RecursionError:
        raise _refused(file, "", "Nested too deeply.") from None
    except ValueError:
        raise _refused(file, "", "Holds a number that is too long.") from None


def _words(file: Path) -> str:
    if not file.is_file():
        raise _refused(file, "", "Not a file.")
    try:
        with file.open("rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            raise _refused(file, "", f"Larger than {LARGEST_FILE // 1024} kB.")
        words = content.decode()
    except OSError as error:
        raise _refused(file, "", f"Cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        raise _refused(file, f"byte {error.start + 1}", "Not UTF-8.") from None
    for number, line in enumerate(words.split("\n"), start=1):
        if line.count(".") > MOST_DOTS_IN_A_LINE:
            raise _refused(file, f"line {number}", "Too many dots.")
    return words


def _refused(file: Path, key: str, reason: str) -> CatalogueFaults:
    return CatalogueFaults((Fault(file.name, key, reason),))
