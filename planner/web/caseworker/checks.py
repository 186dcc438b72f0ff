"""What the rules say about a plan before it is decided: each a sentence with a tick or an exclamation mark."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import force_locale, gettext

from planner.domain import authority, review
from planner.domain.errors import DomainError
from planner.domain.money import ZERO, Money
from planner.domain.package import Package
from planner.domain.people import User
from planner.domain.period import Period, week_of
from planner.queries.review import Review, deciders
from planner.web.filters import day, first_name, hours, kr, words
from planner.web.wording import explain

MOST_WEEKS = 3


@dataclass(frozen=True, slots=True)
class Check:
    """A rule and whether it holds; what does not hold is to be noticed, and only the rules themselves refuse."""

    ok: bool
    sentence: str


def checks(found: Review, award: Money, *, by: User, today: date, catalogue: Mapping[str, Package]) -> list[Check]:
    """Say of every rule whether it holds for an award."""
    return [
        _amount(found, award),
        *_ceiling(found, award),
        _period(found),
        *_exclusions(found, catalogue),
        *_starts(found, today),
        *_hours(found),
        _limit(found, award, by, today),
        _distance(found, by),
    ]


def question(found: Review, today: date) -> str:
    """Write the question to the citizen for start days that have passed, in the citizen's language."""
    with force_locale(found.course.language):
        asked = [
            gettext(
                "The first day of “%(title)s” has passed. Could it run from %(first)s to %(last)s instead?",
                title=words(late.line.title),
                first=day(offered.first_day),
                last=day(offered.last_day),
            )
            for late, offered in _late(found, today)
        ]
    return "\n".join(asked)


def _late(found: Review, today: date) -> tuple[tuple[review.SentLine, Period], ...]:
    return review.passed_starts(found.lines, found.approved, today, found.plan.period)


def _amount(found: Review, award: Money) -> Check:
    free = award - found.needed
    if free < ZERO:
        return Check(ok=False, sentence=gettext("The plan takes %(more)s more than the amount.", more=kr(-free)))
    return Check(ok=True, sentence=gettext("Inside the amount. %(free)s is free afterwards.", free=kr(free)))


def _ceiling(found: Review, award: Money) -> Iterator[Check]:
    ceiling = found.course.ceiling
    if ceiling is not None:
        sentence = gettext("This kind of budget can be at most %(ceiling)s.", ceiling=kr(ceiling))
        yield Check(award <= ceiling, sentence)


def _period(found: Review) -> Check:
    period = found.plan.period
    inside = all(period.covers(sent.line.period) for sent in found.lines)
    days = {"first": day(period.first_day), "last": day(period.last_day)}
    if inside:
        return Check(ok=True, sentence=gettext("Inside the days of the plan, %(first)s to %(last)s.", **days))
    return Check(
        ok=False, sentence=gettext("Something lies outside the days of the plan, %(first)s to %(last)s.", **days)
    )


def _exclusions(found: Review, catalogue: Mapping[str, Package]) -> Iterator[Check]:
    chosen = {sent.line.package_id: catalogue.get(sent.line.package_id or "") for sent in found.lines}
    excludes = {package.id: frozenset(package.excludes) for package in chosen.values() if package}
    pairs = review.excluded(found.lines, excludes)
    for one, other in pairs:
        titles = {"one": words(one.line.title), "other": words(other.line.title)}
        yield Check(ok=False, sentence=gettext("“%(one)s” and “%(other)s” cannot run on the same days.", **titles))
    if not pairs:
        yield Check(ok=True, sentence=gettext("No packages exclude each other."))


def _starts(found: Review, today: date) -> Iterator[Check]:
    late = _late(found, today)
    for sent, offered in late:
        yield Check(
            ok=False,
            sentence=gettext(
                "“%(title)s” should have begun on %(day)s. It could run from %(first)s to %(last)s.",
                title=words(sent.line.title),
                day=day(sent.line.period.first_day),
                first=day(offered.first_day),
                last=day(offered.last_day),
            ),
        )
    if late and not found.may_ask:
        name = first_name(found.course.called)
        yield Check(
            ok=False,
            sentence=gettext("Call %(name)s: only %(name)s can take the plan back and choose new days.", name=name),
        )
    if not late:
        yield Check(ok=True, sentence=gettext("No start day has passed."))


def _hours(found: Review) -> Iterator[Check]:
    limit, name = found.plan.weekly_minutes, first_name(found.course.called)
    if limit is None:
        return
    full = review.full_weeks(found.lines, limit, found.closed)
    for week in full[:MOST_WEEKS]:
        facts = {"week": week_of(week.monday)[1], "hours": hours(week.together), "limit": hours(limit), "name": name}
        sentence = gettext(
            "Week %(week)s has %(hours)s. %(name)s said %(limit)s. It is %(name)s's own choice.", **facts
        )
        yield Check(ok=False, sentence=sentence)
    if len(full) > MOST_WEEKS:
        yield Check(ok=False, sentence=gettext("%(count)s more weeks are that full.", count=len(full) - MOST_WEEKS))
    if not full:
        yield Check(
            ok=True,
            sentence=gettext("No week is longer than the %(limit)s that %(name)s said.", limit=hours(limit), name=name),
        )


def _limit(found: Review, award: Money, by: User, today: date) -> Check:
    amount, limit = award + found.services, by.limit(found.plan.unit_id)
    if amount <= limit:
        return Check(ok=True, sentence=gettext("Inside your limit of %(limit)s.", limit=kr(limit)))
    others = ", ".join(deciders(found.plan.unit_id, amount, today))
    facts = {"amount": kr(amount), "limit": kr(limit)}
    if others:
        said = gettext("%(amount)s is above your limit of %(limit)s. %(others)s can decide it.", others=others, **facts)
    else:
        said = gettext("%(amount)s is above your limit of %(limit)s. Nobody in the unit can decide it.", **facts)
    return Check(ok=False, sentence=said)


def _distance(found: Review, by: User) -> Check:
    powers, citizen = by.powers(found.plan.unit_id), found.plan.citizen_id
    try:
        authority.check(powers, citizen_id=citizen, submitted_by=found.submitted_by, amount=ZERO)
    except DomainError as refusal:
        return Check(ok=False, sentence=explain(refusal))
    name = first_name(found.course.called)
    return Check(ok=True, sentence=gettext("You are not close to %(name)s, and you did not send the plan.", name=name))
