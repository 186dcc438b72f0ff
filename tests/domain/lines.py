"""Packages and lines to try the mix on, as small as each rule allows."""

from datetime import date

from planner.domain.mix import Line, OwnTerms
from planner.domain.money import Money
from planner.domain.package import (
    Activity,
    Deliverer,
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

MONDAY = date(2026, 5, 11)
LONG_AGO = date(2020, 1, 1)


def words(text: str = "noget") -> Words:
    return Words(text, text)


def tariff(unit: PriceUnit, oere: int = 100_000, first_day: date = LONG_AGO) -> Tariff:
    return Tariff(first_day, Money(oere), unit, TariffKind.SOURCED, "en kilde")


def weekly_visit(minutes: int = 60) -> Activity:
    return Activity("home_visit", minutes, Deliverer.CASEWORKER, every_weeks=1)


def phase(weeks: int, *activities: Activity) -> Phase:
    return Phase(words(), weeks, activities or (weekly_visit(),))


def service(
    period: Period,
    *tariffs: Tariff,
    item: int = 1,
    phases: tuple[Phase, ...] = (),
    package_id: str = "stoette",
    kind: LineKind = LineKind.ALLOCATED_SERVICE,
    open_ended: bool = False,
    per_week: bool = False,
) -> Line:
    return Line(
        item=item,
        kind=kind,
        title=words(),
        period=period,
        package_id=package_id,
        phases=phases or (phase(26),),
        tariffs=tariffs or (tariff(PriceUnit.COURSE),),
        open_ended=open_ended,
        per_week=per_week,
    )


def free_line(period: Period, oere: int = 60_000, *, monthly: bool = False, item: int = 1) -> Line:
    terms = OwnTerms(Money(oere), monthly=monthly)
    return Line(item=item, kind=LineKind.OWN_LINE, title=words(), period=period, own=terms)


def package(identifier: str = "stoette", **more: object) -> Package:
    given: dict[str, object] = {
        "kind": LineKind.ALLOCATED_SERVICE,
        "phases": (phase(12),),
        "tariffs": (tariff(PriceUnit.COURSE),),
        **more,
    }
    return Package(
        id=identifier,
        name=words(identifier),
        summary=words(),
        contains=(words(),),
        leaves_out=(words(),),
        rung=Rung.SERVICES,
        legal_bases=(),
        **given,
    )
