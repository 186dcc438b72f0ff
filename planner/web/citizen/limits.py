"""What the law, an age or a changed package says against a line, as tasks beside that line."""

from datetime import date

from planner.domain.allowed import NotAdjustedSo
from planner.domain.law import AgeOutside, TooLongByLaw
from planner.domain.period import Period
from planner.queries.mix import Mix
from planner.web.citizen.tasks import Task, task
from planner.web.wording import explain


@task.register
def _(obstacle: TooLongByLaw, mix: Mix, _today: date) -> Task:
    choice = mix.choice(obstacle.item)
    shorter = Period(choice.period.first_day, obstacle.last_day) if choice else None
    return Task(explain(obstacle), (obstacle.item,), "line", offered=shorter)


@task.register
def _(obstacle: AgeOutside, _mix: Mix, _today: date) -> Task:
    return Task(explain(obstacle), (obstacle.item,), "line")


@task.register
def _(obstacle: NotAdjustedSo, _mix: Mix, _today: date) -> Task:
    return Task(explain(obstacle), (obstacle.item,), "line")
