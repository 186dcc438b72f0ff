"""Telling one story: every step is the use case a person would have used, at the moment they would have."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from packages_catalog.reader import Catalogue
from planner import clock
from planner.demo import handles
from planner.demo.stories import Bought, Fate, Own, Said, Story
from planner.demo.town import Town, as_user
from planner.domain.money import Money
from planner.domain.package import Chime
from planner.domain.people import User
from planner.domain.period import Period
from planner.domain.purchase import Bought as Purchase
from planner.domain.purchase import BoughtBy, PaidWith
from planner.domain.rung import Step, stamp
from planner.queries.session import reading
from planner.usecases import composing, courses, decisions, deliveries, goals, plans, purchases, readings, rungs
from planner.usecases.courses import Course, NewCitizen
from planner.usecases.numbers import seal
from planner.usecases.readings import Look

_SENT = frozenset(Fate) - {Fate.OPENED, Fate.DRAFT}
_METTES_SHARE = 50_000
_IN_FORCE = frozenset({Fate.APPROVED, Fate.CHANGED, Fate.ENDED})


class Telling:
    """One story on its way from the first day to today; nothing happens after ``now``."""

    def __init__(self, story: Story, town: Town, catalogue: Catalogue, personal_key: str, now: datetime) -> None:
        self.story = story
        self.town = town
        self.catalogue = catalogue
        self.personal_key = personal_key
        self.now = now
        self.first_day = clock.local(now).date() + timedelta(days=story.start)
        self.plan = 0
        self.citizen = 0
        self.goals: list[int] = []

    def tell(self) -> None:
        """Open the course and follow it as far as it has come."""
        self._open(self._moment(-40))
        if self.story.fate is Fate.OPENED:
            return
        self._compose(self._moment(-33))
        if self.story.fate in _SENT:
            self._send(self._moment(-24), self.story.note if self.story.fate is Fate.SUBMITTED else "")
        if self.story.fate in {Fate.RETURNED, Fate.INSISTED}:
            self._ask(self._moment(-20))
        if self.story.fate in _IN_FORCE:
            self._approve(self._moment(-15))
            self._live()

    def _moment(self, day: int, hour: int = 10) -> datetime:
        """Find the moment of a day of the plan; before now, and steps before the plan keep their order."""
        when = self.first_day + timedelta(days=day)
        told = datetime(when.year, when.month, when.day, hour, 12, tzinfo=clock.COPENHAGEN)
        return min(told, self.now - timedelta(hours=2) + timedelta(minutes=day + 60))

    def _as(self, person: int, at: datetime) -> User:
        return as_user(person, at)

    def _open(self, at: datetime) -> None:
        story = self.story
        citizen = NewCitizen(
            called=story.called,
            full_name=story.full_name,
            number=seal(story.number, self.personal_key),
            language=story.language,
            protected=story.protected,
        )
        course = Course(
            unit_id=self.town.north,
            template_id=handles.template(story.template),
            indicative=Money.kroner(story.amount),
            period=Period(self.first_day, self.first_day + timedelta(days=story.days - 1)),
            support_person_id=self.town.ali if story.supported else None,
            weekly_minutes=story.weekly_hours * 60 if story.weekly_hours else None,
        )
        mette = self._as(self.town.mette, at)
        self.plan, self.citizen = courses.open_course(citizen, course, by=mette, at=at), 0
        self.citizen = handles.citizen(self.plan)

    def _compose(self, at: datetime) -> None:
        me = self._as(self.citizen, at)
        self.goals = [goals.write(goal, by=me, at=at) for goal in self.story.goals]
        for package, day in self.story.packages:
            start = self.first_day + timedelta(days=day)
            aim = self._aim(package)
            composing.add_package(self.plan, package, start, catalogue=self.catalogue, aim=aim, by=me, at=at)
        for own in self.story.own:
            composing.add_own_line(self.plan, self._own_line(own), by=me, at=at)
        if self.story.rungs:
            steps = {rung: Step(now, possible) for rung, now, possible in self.story.rungs}
            rungs.write(self.plan, steps, stamp({}), by=me, at=at)

    def _aim(self, name: str) -> composing.Aim:
        return composing.Aim(frozenset({self.goals[name in self.story.second]}))

    def _own_line(self, own: Own) -> composing.OwnLine:
        start = self.first_day + timedelta(days=own.from_day)
        last = min(start + timedelta(days=own.days - 1), self.first_day + timedelta(days=self.story.days - 1))
        return composing.OwnLine(
            title=own.title,
            amount=Money.kroner(own.kroner),
            monthly=own.monthly,
            category=own.category,
            period=Period(start, last),
            rung=own.rung,
            minutes=own.minutes,
            aim=self._aim(own.title),
        )

    def _send(self, at: datetime, note: str) -> None:
        lock_version, seen = handles.draft_prices(self.plan, self.catalogue, clock.local(at).date())
        me = self._as(self.citizen, at)
        plans.submit(self.plan, lock_version, seen, note=note, catalogue=self.catalogue, by=me, at=at)

    def _ask(self, at: datetime) -> None:
        mette = self._as(self.town.mette, at)
        self._look(mette, "caseworker.review", "decide_plan", at)
        decisions.send_back(self.plan, 1, self.story.question, by=mette, at=at)
        if self.story.fate is Fate.INSISTED:
            later = at + timedelta(minutes=40)
            plans.insist(self.plan, 1, self.story.note, by=self._as(self.citizen, later), at=later)

    def _approve(self, at: datetime) -> None:
        small = self.story.amount <= _METTES_SHARE and self.story.template == "full"
        decider = self._as(self.town.mette if small else self.town.karen, at)
        self._look(decider, "caseworker.review", "decide_plan", at)
        award = decisions.Award(Money.kroner(self.story.amount))
        decisions.approve(self.plan, 1, handles.digest(self.plan, 1), award, by=decider, at=at)

    def _look(self, by: User, page: str, purpose: str, at: datetime) -> None:
        look = Look(by.roles[0].kind.value, self.town.north, page, purpose)
        readings.write(look, [self.citizen], by=by, at=at - timedelta(minutes=7))

    def _live(self) -> None:
        """Let the days of the plan pass, in order."""
        told: list[tuple[int, Callable[[datetime], None]]] = []
        told += [(bought.on_day, partial(self._buy, bought)) for bought in self.story.bought]
        told += [(said.on_day, partial(self._check_in, said)) for said in self.story.said]
        told += [(day, partial(self._answer, answers)) for day, answers in self.story.chime]
        told += [(14 + 28 * month, self._deliver) for month in range(self.story.deliver)]
        for day, step in sorted(told, key=lambda chapter: chapter[0]):
            if day <= -self.story.start:
                step(self._moment(day, 13))
        self._finance_looks()
        self._last_chapter()

    def _check_in(self, said: Said, at: datetime) -> None:
        goals.check_in(handles.first_goal(self.citizen), said.score, said.words, by=self._as(self.citizen, at), at=at)

    def _answer(self, answers: tuple[int, int, int, int, int], at: datetime) -> None:
        goals.answer_chime(dict(zip(Chime, answers, strict=True)), by=self._as(self.citizen, at), at=at)

    def _buy(self, bought: Bought, at: datetime) -> None:
        me = self._as(self.citizen, at)
        said = Purchase(
            amount=Money.kroner(bought.kroner),
            occurred_on=clock.local(at).date(),
            category=bought.category,
            paid_with=PaidWith.CARD,
            bought_by=BoughtBy.TOGETHER if self.story.supported else BoughtBy.MYSELF,
            words=bought.words,
        )
        envelope = handles.envelopes(self.plan)[bought.of]
        made = purchases.record(envelope, said, dearer_agreed=True, last=bought.last, by=me, at=at)
        later = at + timedelta(days=2)
        if bought.back and later < self.now:
            back = Money.kroner(bought.back)
            purchases.refund(made.purchase_id, back, clock.local(later).date(), by=me, at=later)
        if bought.mistake:
            purchases.take_back(made.purchase_id, by=me, at=at + timedelta(minutes=3))

    def _deliver(self, at: datetime) -> None:
        helper = self._as(self.town.ali if self.story.supported else self.town.mette, at)
        made = [
            deliveries.deliver(item, which, clock.local(at).date(), by=helper, at=at)
            for item, which in handles.undelivered(self.plan, clock.local(at).date())
        ]
        if self.story.objection and made:
            self._object(made[0], at)

    def _object(self, delivery: int, at: datetime) -> None:
        me, mette = self._as(self.citizen, at), self._as(self.town.mette, at)
        budget, number = handles.payment(delivery)
        said = deliveries.object_to(budget, number, self.story.objection, by=me, at=at + timedelta(hours=1))
        deliveries.answer(said, self.story.answer, by=mette, at=at + timedelta(hours=3))
        self.story = replace(self.story, objection="")

    def _finance_looks(self) -> None:
        jens = self._as(self.town.jens, self.now)
        for back in (62, 31, 3):
            at = self.now - timedelta(days=back)
            if clock.local(at).date() > self.first_day:
                self._look(jens, "finance.budget", "month_end", at)

    def _last_chapter(self) -> None:
        if self.story.fate is Fate.CHANGED:
            at = self.now - timedelta(days=2)
            me = self._as(self.citizen, at)
            plans.revise(self.plan, by=me, at=at)
            start = clock.local(self.now).date() + timedelta(days=30)
            for package in self.story.change:
                aim = self._aim(package)
                composing.add_package(self.plan, package, start, catalogue=self.catalogue, aim=aim, by=me, at=at)
            self._send(at + timedelta(minutes=9), self.story.note)
        if self.story.fate is Fate.ENDED:
            at = min(self._moment(self.story.days - 10), self.now - timedelta(days=5))
            courses.end_course(self.plan, by=self._as(self.town.mette, at), at=at)
        reading().close()
