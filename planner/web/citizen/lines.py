"""One line of a draft or a try: its days, and everything about a line in the citizen's own words."""

from flask.typing import ResponseReturnValue

from planner import clock
from planner.access import current_user, readers
from planner.domain.errors import NotFound
from planner.domain.package import LineKind
from planner.domain.purchase import Category
from planner.queries import mix as mixes
from planner.queries.mix import Choice, Mix
from planner.usecases import composing
from planner.web import packages as telling
from planner.web.actions import attempt
from planner.web.citizen import blueprint
from planner.web.citizen.compose import LINE, again, back_to, loaded, looked_around, not_open
from planner.web.citizen.course import COMPOSERS, PLAN, Course, catalogue, composed, draw
from planner.web.citizen.line_forms import AimForm, DaysForm, OwnForm, PaidForm, filled
from planner.web.citizen.panel import panel
from planner.web.forms import ActionForm
from planner.web.keys import new_key


@blueprint.get(LINE)
@readers(*COMPOSERS, purpose="compose")
def line(plan_id: int, item_id: int) -> ResponseReturnValue:
    """Show one line of the draft, with its days (and a free line's words and amount) to change."""
    course = composed(plan_id, clock.today())
    if not course.open:
        return not_open(course)
    mix = loaded(course, clock.today())
    return line_page(course, mix, item_id)


@blueprint.post(LINE)
@readers(*COMPOSERS, purpose="compose")
def change_line(plan_id: int, item_id: int) -> ResponseReturnValue:
    """Change a line's days, or everything about a free line."""
    course = composed(plan_id, clock.today())
    form = _form_of(_chosen(loaded(course, clock.today()), item_id))
    place = back_to(course, f"line-{item_id}")

    def act() -> str:
        by, at, key = current_user(), clock.now(), form.request_key()
        stamp, trial = form.stamp.data or None, course.trial
        if isinstance(form, OwnForm):
            own = form.line()
            composing.change_own_line(plan_id, item_id, own, trial=trial, stamp=stamp, by=by, at=at, key=key)
        else:
            period, offers = form.period, catalogue()
            composing.change_days(
                plan_id, item_id, period, catalogue=offers, trial=trial, stamp=stamp, by=by, at=at, key=key
            )
        return place

    return attempt(form, act, lambda: line_again(plan_id, item_id, form), done=lambda _facts: place)


@blueprint.post(f"{LINE}/goals")
@readers(*COMPOSERS, purpose="compose")
def aim_line(plan_id: int, item_id: int) -> ResponseReturnValue:
    """Say which goals a line is for, or that it is there just because."""
    course = composed(plan_id, clock.today())
    form = AimForm().offer(loaded(course, clock.today()).goals)
    place = back_to(course, f"line-{item_id}")

    def act() -> str:
        by, at, key = current_user(), clock.now(), form.request_key()
        stamp, trial = form.stamp.data or None, course.trial
        composing.aim_at(plan_id, item_id, form.aim, trial=trial, stamp=stamp, by=by, at=at, key=key)
        return place

    return attempt(form, act, lambda: line_again(plan_id, item_id, form), done=lambda _facts: place)


@blueprint.get("/plan/own", defaults={"plan_id": None})
@blueprint.get(f"{PLAN}/own")
@readers(*COMPOSERS, purpose="compose")
def own_line(plan_id: int | None) -> ResponseReturnValue:
    """Ask for something that is in no catalogue and costs money."""
    return _ask(plan_id, PaidForm)


@blueprint.get(f"{PLAN}/unpaid")
@readers(*COMPOSERS, purpose="compose")
def unpaid_line(plan_id: int) -> ResponseReturnValue:
    """Ask for something that costs nobody anything: a friend, a club, a role."""
    return _ask(plan_id, OwnForm)


@blueprint.post(f"{PLAN}/own")
@readers(*COMPOSERS, purpose="compose")
def add_own_line(plan_id: int) -> ResponseReturnValue:
    """Put a free line into the draft."""
    return _add(plan_id, PaidForm)


@blueprint.post(f"{PLAN}/unpaid")
@readers(*COMPOSERS, purpose="compose")
def add_unpaid_line(plan_id: int) -> ResponseReturnValue:
    """Put something that costs nothing into the draft."""
    return _add(plan_id, OwnForm)


def line_again(plan_id: int, item_id: int, form: ActionForm) -> str:
    """Draw a line's page again, with what was typed."""
    course = composed(plan_id, clock.today())
    return line_page(course, loaded(course, clock.today()), item_id, form) if course.open else again(plan_id, form)


def line_page(course: Course, mix: Mix, item_id: int, refused: ActionForm | None = None) -> str:
    """Draw one line with its forms; ``refused`` is the one that was sent."""
    choice, shown, around = _chosen(mix, item_id), panel(course.plan, mix, clock.today()), looked_around(course)
    form = refused if isinstance(refused, DaysForm) else filled(choice)
    aims = refused if isinstance(refused, AimForm) else AimForm.of(choice, mix.goals)
    stale = isinstance(refused, AimForm | DaysForm) and refused.stamp.data not in {"", None, choice.stamp}
    for stamped in (form, aims):
        stamped.stamp.data, stamped.stamp.raw_data = choice.stamp, None
    return draw(
        "citizen/line.html",
        course,
        form=form,
        aims=aims,
        refused=refused,
        stale=stale,
        lane=next(lane for lane in shown.lanes if lane.choice.item == item_id),
        panel=shown,
        wrote=around.wrote.get(item_id),
        trial=around.trial(course.trial),
        title_fixed=choice.own is not None and mixes.was_sent(item_id),
        telling=telling,
        new_key=new_key,
        catalogue=catalogue(),
        back=course.address("compose", f"line-{item_id}"),
    )


def _ask(plan_id: int | None, kind: type[OwnForm]) -> ResponseReturnValue:
    course = composed(plan_id, clock.today())
    if not course.open:
        return not_open(course)
    first = min(max(clock.today(), course.plan.period.first_day), course.plan.period.last_day)
    mix = loaded(course, clock.today())
    said = {"first_day": first, "last_day": course.plan.period.last_day, "category": Category.OTHER.value}
    only = [str(goal) for goal in mix.goals] if len(mix.goals) == 1 else []
    return _own_page(course, mix, kind(formdata=None, data={**said, "aims": only}).offer(mix.goals))


def _add(plan_id: int, kind: type[OwnForm]) -> ResponseReturnValue:
    course = composed(plan_id, clock.today())
    mix = loaded(course, clock.today())
    form = kind().offer(mix.goals)

    def act() -> str:
        by, at, key = current_user(), clock.now(), form.request_key()
        item = composing.add_own_line(plan_id, form.line(), trial=course.trial, by=by, at=at, key=key)
        return back_to(course, f"line-{item}")

    def draw_again() -> str:
        now = composed(plan_id, clock.today())
        return _own_page(now, mix, form) if now.open else again(plan_id, form)

    return attempt(form, act, draw_again, done=lambda facts: back_to(course, f"line-{facts['item']}"))


def _own_page(course: Course, mix: Mix, form: OwnForm) -> str:
    trial = looked_around(course).trial(course.trial)
    return draw("citizen/line_new.html", course, mix=mix, form=form, trial=trial, paid=isinstance(form, PaidForm))


def _chosen(mix: Mix, item_id: int) -> Choice:
    found = mix.choice(item_id)
    if found is None:
        raise NotFound
    return found


def _form_of(choice: Choice) -> DaysForm:
    if choice.package_id is not None:
        return DaysForm()
    return OwnForm() if choice.kind is LineKind.CIVIL_FREE else PaidForm()
