"""One package on its own beside all others: its shape and its relations, with every fault of both at once."""

from collections.abc import Mapping

from packages_catalog.faults import CatalogueFaults, Fault
from packages_catalog.relations import Claims, claims_of, relation_faults_of
from packages_catalog.shape import load
from planner.domain.package import Package


def fitted(content: Mapping[str, object], others: Mapping[str, Package]) -> Package:
    """Make a package of plain values (a form, a draft) that fits beside ``others``. Raises ``CatalogueFaults``.

    ``others`` hold only the exclusions that were written; the package's own older version among them does not count.
    """
    name = str(content.get("id", ""))
    own = Claims.of(name, content)
    claims = [own, *(claims_of(other) for other in others.values() if other.id != own.id)]
    faults: list[Fault] = [fault for fault in relation_faults_of(claims, ()) if fault.file == name]
    try:
        package = load(content, name)
    except CatalogueFaults as refused:
        raise CatalogueFaults([*faults, *refused.faults]) from None
    if faults:
        raise CatalogueFaults(faults)
    return package


def faults_of(content: Mapping[str, object], others: Mapping[str, Package]) -> tuple[Fault, ...]:
    """Name everything that is wrong with a package of plain values, in the order of the keys; nothing is fine."""
    try:
        fitted(content, others)
    except CatalogueFaults as refused:
        return refused.faults
    return ()
