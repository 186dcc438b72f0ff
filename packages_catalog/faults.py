"""What is wrong with a package: which file, which key, and why."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from planner.domain.errors import DomainError

_LONGEST = 200
_SCHEMA = "_schema"


@dataclass(frozen=True, order=True, slots=True)
class Fault:
    """One thing to put right; places in a list count from 1 (``phases.2.weeks``)."""

    file: str
    key: str
    reason: str

    def __str__(self) -> str:
        return ": ".join(_shown(part) for part in (self.file, self.key, self.reason) if part)


class CatalogueFaults(DomainError):
    """Packages that cannot be read, with every fault at once."""

    code = "catalogue_faults"

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def faults_in(messages: object, file: str, path: tuple[str, ...] = ()) -> Iterator[Fault]:
    """Flatten nested validation messages into faults."""
    if isinstance(messages, Mapping):
        for step, below in messages.items():
            yield from faults_in(below, file, (*path, str(step + 1) if isinstance(step, int) else str(step)))
    elif isinstance(messages, list):
        for message in messages:
            yield from faults_in(message, file, path)
    else:
        yield Fault(file, ".".join(step for step in path if step != _SCHEMA), str(messages))


def _shown(text: str) -> str:
    """Show text from a file on a terminal: printable and short, whatever somebody wrote there."""
    plain = "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text[:_LONGEST])
    return f"{plain}…" if len(text) > _LONGEST else plain
