"""What stands beside the demo's plans: a try, a wish, days away, and who takes something over."""

from datetime import datetime, timedelta

from packages_catalog.reader import Catalogue
from planner import clock
from planner.demo import handles
from planner.demo.town import as_user
from planner.domain.adjustment import Wanted
from planner.domain.period import Period
from planner.domain.phase import Taker
from planner.usecases import absences, choices, composing, phases, trials


def tried_and_wished(plan_id: int, citizen: int, catalogue: Catalogue, at: datetime) -> None:
    """Let a citizen with a draft try it without the bed, and wish for a longer last phase."""
    me, items = as_user(citizen, at), handles.items(plan_id)
    trial = trials.make(plan_id, "Uden sengen", by=me, at=at)
    composing.remove_line(plan_id, items["Seng og dyne"], trial=trial, by=me, at=at)
    wanted = Wanted({"weeks.4": 20}, handles.first_day(items["cti"]), "Sidste gang gik det for hurtigt til sidst.")
    choices.choose(plan_id, items["cti"], wanted, catalogue=catalogue, by=me, at=at)


def away_and_handed_over(plan_id: int, citizen: int, at: datetime) -> None:
    """Let a citizen in the middle of it be away for a week, and say who takes something over."""
    me, today = as_user(citizen, at), clock.local(at).date()
    absences.write(Period(today + timedelta(days=20), today + timedelta(days=26)), "Hos min søster", by=me, at=at)
    item = handles.items(plan_id)["peer-individuel"]
    phases.hand_over(item, 1, Taker.ME, "Tage bussen selv", by=me, at=at)
