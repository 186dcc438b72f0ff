"""The entries behind the figures of finance: rows that sum to exactly the figure they explain, without a name."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select
from sqlalchemy.orm import aliased

from planner.domain.ledger import EntryKind
from planner.domain.money import ZERO, Money
from planner.models.budget import Budget, Entry, Envelope
from planner.models.person import Unit
from planner.models.plan import Plan, PlanItem
from planner.queries.pages import Slice
from planner.queries.session import reading
from planner.queries.sums import FREE_MONEY, Scope, oere, package_key, whole

ROWS_A_PAGE = 50


class Measure(StrEnum):
    """The figures that entries add up to."""

    GRANTED = "granted"
    COMMITTED = "committed"
    SPENT = "spent"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries: those of a scope that touch a package (or own lines, or the free money), account or budget."""

    scope: Scope
    package: str = ""
    account: str = ""
    budget: int | None = None


@dataclass(frozen=True, slots=True)
class Amounts:
    """What entries add to each figure."""

    granted: Money = ZERO
    committed: Money = ZERO
    spent: Money = ZERO

    @property
    def free(self) -> Money:
        """What is granted and neither committed nor spent."""
        return self.granted - self.committed - self.spent

    def __add__(self, other: "Amounts") -> "Amounts":
        return Amounts(self.granted + other.granted, self.committed + other.committed, self.spent + other.spent)

    def of(self, measure: Measure) -> Money:
        """Pick one of the figures."""
        amount: Money = getattr(self, measure.value)
        return amount


@dataclass(frozen=True, slots=True)
class Posting:
    """An entry as finance sees it: a number and money; ``package`` is what it was moved for."""

    budget_id: int
    number: int
    citizen_id: int
    kind: EntryKind
    occurred_on: date
    month: str
    package: str
    category: str | None
    account: str
    unit: str
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class Postings:
    """One page of postings, its place in the list, and the control totals of the whole list."""

    rows: tuple[Posting, ...]
    place: Slice
    total: Amounts


_home = aliased(Envelope, name="home")
_other = aliased(Envelope, name="other")

# An entry belongs to the envelope whose sums it changes: where money is set aside, or where it was.
_INTO = Entry.kind.in_((EntryKind.AWARD, EntryKind.COMMIT))
_HOME_ID = case((_INTO, Entry.to_envelope), else_=Entry.from_envelope)
_OTHER_ID = case((_INTO, Entry.from_envelope), else_=Entry.to_envelope)

_DECIDED = {EntryKind.AWARD: 1, EntryKind.RETURN: -1}
_SET_ASIDE = {EntryKind.COMMIT: 1, EntryKind.RELEASE: -1, EntryKind.REFUND: -1}
_COMMITTED = {EntryKind.COMMIT: 1, EntryKind.REVERSE: 1, EntryKind.RELEASE: -1, EntryKind.PAY: -1}
_SPENT = {EntryKind.PAY: 1, EntryKind.REVERSE: -1, EntryKind.REFUND: -1}


def postings(wanted: Wanted, measure: Measure | None, page: int, size: int = ROWS_A_PAGE) -> Postings:
    """Show one page of the entries that add to a figure (or to any), newest first. Two statements."""
    found = _found(wanted, measure)
    total = reading().execute(_totals(found)).one()
    place = Slice(total.entries, size, page)
    rows = reading().execute(_newest(found, place.size, place.offset))
    return Postings(tuple(map(_posting, rows)), place, _amounts(total))


def packages() -> tuple[str, ...]:
    """List the packages that money was ever set aside for, by id: what postings can be looked for by."""
    named = select(PlanItem.package_id).join(Envelope, Envelope.item_id == PlanItem.id)
    return tuple(
        reading().scalars(named.where(PlanItem.package_id.is_not(None)).distinct().order_by(PlanItem.package_id))
    )


def all_postings(wanted: Wanted, measure: Measure | None, most: int) -> list[Posting]:
    """Load every entry that adds to a figure (or to any), up to one more than ``most``."""
    return [_posting(row) for row in reading().execute(_newest(_found(wanted, measure), most + 1, 0))]


def _found(wanted: Wanted, measure: Measure | None) -> Select[*tuple[Any, ...]]:
    """Select the entries that add to a figure, with what each adds."""
    amounts = _added(wanted)
    bound = [Entry.budget_id == wanted.budget] if wanted.budget is not None else []
    rows = (
        select(
            Entry.budget_id,
            Entry.number,
            Entry.unit_id,
            Entry.kind,
            Entry.occurred_on,
            Entry.month,
            package_key(_home).label("package"),
            _home.category,
            Entry.account_string.label("account"),
            *(amount.label(name) for name, amount in amounts.items()),
        )
        .join(_home, _home.id == _HOME_ID)
        .outerjoin(_other, and_(_other.id == _OTHER_ID, _other.id != _HOME_ID))
        .outerjoin(PlanItem, PlanItem.id == _home.item_id)
        .where(wanted.scope.holds(Entry.unit_id, Entry.month), *bound)
        .subquery()
    )
    figures: dict[Measure | None, ColumnElement[bool]] = {
        None: or_(rows.c.granted != 0, rows.c.committed != 0, rows.c.spent != 0),
        Measure.GRANTED: rows.c.granted != 0,
        Measure.COMMITTED: rows.c.committed != 0,
        Measure.SPENT: rows.c.spent != 0,
        Measure.FREE: rows.c.granted != rows.c.committed + rows.c.spent,
    }
    return select(rows).where(figures[measure])


def _added(wanted: Wanted) -> dict[str, ColumnElement[int]]:
    """Say what an entry adds to each figure of what is wanted.

    Setting aside moves what is granted from the free money to a line; where both ends are wanted it adds nothing.
    """
    here = _one_if(wanted, package_key(_home), Entry.account_string)
    there = _one_if(wanted, literal(FREE_MONEY), _other.account_string)
    moved = case((_other.id.is_(None), 0), else_=_sign(_SET_ASIDE) * (here - there))
    amount = oere(Entry.oere)
    return {
        "granted": amount * (_sign(_DECIDED) * here + moved),
        "committed": amount * _sign(_COMMITTED) * here,
        "spent": amount * _sign(_SPENT) * here,
    }


def _one_if(wanted: Wanted, package: ColumnElement[str], account: Any) -> ColumnElement[int]:  # noqa: ANN401 - a column
    matches = [package == wanted.package] if wanted.package else []
    matches += [account == wanted.account] if wanted.account else []
    return case((and_(*matches), 1), else_=0) if matches else literal(1)


def _sign(signs: dict[EntryKind, int]) -> ColumnElement[int]:
    return case(*((Entry.kind == kind, sign) for kind, sign in signs.items()), else_=0)


def _newest(found: Select[*tuple[Any, ...]], size: int, offset: int) -> Select[*tuple[Any, ...]]:
    """Take some of the entries, the newest first, and only then look up whose and where they are."""
    rows = found.selected_columns
    some = found.order_by(rows.occurred_on.desc(), rows.budget_id.desc(), rows.number.desc()).limit(size).offset(offset)
    page = some.subquery()
    return (
        select(page, Plan.citizen_id, Unit.name.label("unit"))
        .join(Budget, Budget.id == page.c.budget_id)
        .join(Plan, Plan.id == Budget.plan_id)
        .join(Unit, Unit.id == page.c.unit_id)
        .order_by(page.c.occurred_on.desc(), page.c.budget_id.desc(), page.c.number.desc())
    )


def _totals(found: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    rows = found.subquery()
    sums = {name: whole(func.coalesce(func.sum(rows.c[name]), 0)) for name in ("granted", "committed", "spent")}
    return select(func.count().label("entries"), *(amount.label(name) for name, amount in sums.items()))


def _posting(row: Any) -> Posting:  # noqa: ANN401 - a row of _found
    return Posting(
        budget_id=row.budget_id,
        number=row.number,
        citizen_id=row.citizen_id,
        kind=row.kind,
        occurred_on=row.occurred_on,
        month=row.month,
        package=row.package,
        category=row.category,
        account=row.account,
        unit=row.unit,
        amounts=_amounts(row),
    )


def _amounts(row: Any) -> Amounts:  # noqa: ANN401 - a row with the three sums
    return Amounts(Money(row.granted), Money(row.committed), Money(row.spent))
