"""Terms: what a plan line was sent with, as plain values that can be stored, hashed and read back equal."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from planner.domain.bounds import Mode
from planner.domain.mix import Line, OwnTerms
from planner.domain.money import Money
from planner.domain.package import (
    Activity,
    Deliverer,
    LegalBasis,
    LineKind,
    Package,
    Phase,
    PriceUnit,
    Rung,
    Tariff,
    TariffKind,
    Words,
)
from planner.domain.period import Period

Terms = dict[str, Any]


CHOSEN = ("choices", "granted", "because", "rung", "minutes")
"""What somebody chose about a line, in a draft as in what is sent: within the package's bounds (``choices``), beyond
them where a wish was ``granted``, just because they feel like it (``because``), on which rung and for how many minutes
a week a line of their own is."""


def chosen(terms: Mapping[str, Any]) -> Terms:
    """Pick what was chosen from a line's terms; the rest follows from the catalogue until the line is sent."""
    return {key: terms[key] for key in CHOSEN if key in terms}


def of_line(line: Line, package: Package | None) -> Terms:
    """Write down everything a line's price, load and law depend on."""
    if line.own is not None:
        return {"own": {"oere": line.own.amount.oere, "monthly": line.own.monthly}}
    return {
        "name": {"da": line.title.da, "en": line.title.en},
        "phases": [_phase(phase) for phase in line.phases],
        "tariffs": [_tariff(step) for step in line.tariffs],
        "open_ended": line.open_ended,
        "per_week": line.per_week,
        "legal_bases": [_basis(basis) for basis in (package.legal_bases if package else ())],
        **({"priced_weeks": line.priced_weeks} if line.priced_weeks else {}),
    }


def to_line(
    item: int, kind: LineKind, period: Period, terms: Terms, *, title: str = "", package_id: str | None = None
) -> Line:
    """Read a line back from its terms."""
    if own := terms.get("own"):
        alone = terms.get("rung") == Rung.SELF
        words = OwnTerms(Money(own["oere"]), own["monthly"], terms.get("minutes", 0), alone)
        return Line(item=item, kind=kind, title=Words(title, title), period=period, own=words)
    return Line(
        item=item,
        kind=kind,
        title=Words(terms["name"]["da"], terms["name"]["en"]),
        period=period,
        package_id=package_id,
        phases=tuple(_to_phase(phase) for phase in terms["phases"]),
        tariffs=tuple(_to_tariff(step) for step in terms["tariffs"]),
        open_ended=terms["open_ended"],
        per_week=terms["per_week"],
        priced_weeks=terms.get("priced_weeks", 0),
    )


def legal_bases(terms: Terms) -> tuple[LegalBasis, ...]:
    """Read the legal bases that a line was sent with."""
    return tuple(
        LegalBasis(basis["law"], basis["paragraph"], verify=basis["verify"]) for basis in terms.get("legal_bases", ())
    )


def _basis(basis: LegalBasis) -> Terms:
    return {"law": basis.law, "paragraph": basis.paragraph, "verify": basis.verify}


def _phase(phase: Phase) -> Terms:
    return {
        "name": {"da": phase.name.da, "en": phase.name.en},
        "weeks": phase.weeks,
        "activities": [_activity(activity) for activity in phase.activities],
    }


def _activity(activity: Activity) -> Terms:
    return {
        "kind": activity.kind,
        "minutes": activity.minutes,
        "deliverer": activity.deliverer.value,
        "times": activity.times,
        "every_weeks": activity.every_weeks,
        "group_size": activity.group_size,
        "staff": activity.staff,
        "mode": activity.mode.value,
    }


def _tariff(step: Tariff) -> Terms:
    return {
        "first_day": step.first_day.isoformat(),
        "oere": step.amount.oere,
        "unit": step.unit.value,
        "kind": step.kind.value,
        "source": step.source,
        "region": step.region,
    }


def _to_phase(phase: Mapping[str, Any]) -> Phase:
    return Phase(
        Words(phase["name"]["da"], phase["name"]["en"]),
        phase["weeks"],
        tuple(
            Activity(**{**activity, "deliverer": Deliverer(activity["deliverer"]), "mode": Mode(activity["mode"])})
            for activity in phase["activities"]
        ),
    )


def _to_tariff(step: Mapping[str, Any]) -> Tariff:
    return Tariff(
        date.fromisoformat(step["first_day"]),
        Money(step["oere"]),
        PriceUnit(step["unit"]),
        TariffKind(step["kind"]),
        step["source"],
        step["region"],
    )
