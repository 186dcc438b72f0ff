"""How packages relate: what each file claims about others, and the other side of every exclusion."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from packages_catalog.faults import Fault
from packages_catalog.shape import sealed
from packages_catalog.values import EVERY
from planner.domain.package import Package


@dataclass(frozen=True, slots=True)
class Claims:
    """What one file or package says; of a file it is read before its shape is known to be right."""

    file: str
    id: str
    excludes: frozenset[str]
    needs: frozenset[str]
    combines: frozenset[str]

    @classmethod
    def of(cls, file: str, draft: Mapping[str, object]) -> "Claims":
        identifier = draft.get("id")
        return cls(
            file,
            identifier if isinstance(identifier, str) else "",
            _named(draft.get("excludes")),
            _named(draft.get("needs")),
            _named(draft.get("combines")) - {EVERY},
        )

    def named(self) -> Iterator[tuple[str, str]]:
        """Yield (key, id) for every package that is named."""
        for key, ids in (("excludes", self.excludes), ("needs", self.needs), ("combines", self.combines)):
            for other in sorted(ids):
                yield key, other


def _named(value: object) -> frozenset[str]:
    return frozenset(name for name in value if isinstance(name, str)) if isinstance(value, list) else frozenset()


def claims_of(package: Package) -> Claims:
    """Take the relations of a package that is right in itself; its id stands for its file."""
    combines = frozenset(package.combines) - {EVERY}
    return Claims(package.id, package.id, frozenset(package.excludes), frozenset(package.needs), combines)


def relation_faults(drafts: Mapping[str, Mapping[str, object]], known: Iterable[str]) -> Iterator[Fault]:
    """Find relations that cannot hold; ``known`` are ids besides those of the drafts (keyed by file)."""
    return relation_faults_of([Claims.of(file, draft) for file, draft in drafts.items()], known)


def relation_faults_of(claims: Sequence[Claims], known: Iterable[str]) -> Iterator[Fault]:
    """Find the claims that cannot hold among each other; ``known`` are ids besides theirs."""
    ids = {*known, *(claim.id for claim in claims)}
    barred = _both_sides((claim.id, claim.excludes) for claim in claims)
    needs = {claim.id: claim.needs - {claim.id} for claim in claims}
    files: dict[str, str] = {}
    for claim in claims:
        if (first := files.setdefault(claim.id, claim.file)) != claim.file and claim.id:
            yield Fault(claim.file, "id", f"Duplicate: {claim.id!r} is also the id in {first}.")
        for key, other in claim.named():
            if other == claim.id:
                yield Fault(claim.file, key, "A package cannot name itself.")
            elif other not in ids:
                yield Fault(claim.file, key, f"Unknown package {other!r}.")
            elif key != "excludes" and other in barred.get(claim.id, frozenset()):
                yield Fault(claim.file, key, f"One of the two excludes the other: {other!r}.")
        if way := _way_back(claim.id, needs):
            yield Fault(claim.file, "needs", f"A circle: {' needs '.join(way)}.")


def mutual(packages: Iterable[Package]) -> list[Package]:
    """Complete the other side of every exclusion, and seal what changed anew."""
    known = list(packages)
    barred = _both_sides((package.id, package.excludes) for package in known)
    return [_completed(package, tuple(sorted(barred.get(package.id, ())))) for package in known]


def _completed(package: Package, excludes: tuple[str, ...]) -> Package:
    return package if package.excludes == excludes else sealed(replace(package, excludes=excludes))


def _both_sides(exclusions: Iterable[tuple[str, Iterable[str]]]) -> dict[str, set[str]]:
    barred: dict[str, set[str]] = {}
    for one, others in exclusions:
        for other in others:
            barred.setdefault(one, set()).add(other)
            barred.setdefault(other, set()).add(one)
    return barred


def _way_back(start: str, needs: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Find the shortest circle of needs through a package; empty when there is none."""
    seen = {start}
    ways: deque[tuple[str, ...]] = deque([(start,)])
    while ways:
        way = ways.popleft()
        for other in sorted(needs.get(way[-1], frozenset())):
            if other == start:
                return (*way, start)
            if other not in seen:
                seen.add(other)
                ways.append((*way, other))
    return ()
