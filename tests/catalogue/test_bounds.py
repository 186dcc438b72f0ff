"""What may be adjusted about the 36 packages: bounds that hold the package itself, and that say where they are assumed."""

import pytest

from packages_catalog.shape import dump, load
from planner.domain.allowed import beyond
from planner.domain.bounds import DelivererKind, Mode
from planner.domain.choices import Choices, adjusted
from planner.domain.mix import weekly_load
from planner.domain.money import ZERO
from planner.domain.package import contact_minutes
from planner.domain.period import Period
from tests.domain.lines import MONDAY, service


def test_every_package_as_it_is_described_lies_inside_its_own_bounds(catalogue):
    assert [package.id for package in catalogue.values() if beyond(package, Choices())] == []
    assert all(adjusted(package, Choices()) is package for package in catalogue.values())


def test_whoever_can_adjust_something_reads_that_the_bounds_are_assumed(catalogue):
    unmarked = [
        package.id
        for package in catalogue.values()
        if (dump(package).get("bounds") or any(phase.weeks_range or phase.rhythm_range for phase in package.phases))
        and "bounds" not in package.assumed
    ]

    assert unmarked == []


def test_bounds_survive_a_snapshot(catalogue):
    assert all(load(dump(package)) == package for package in catalogue.values())


def test_cti_is_contact_and_three_phases_of_three_months_whose_visits_fall(catalogue):
    cti = catalogue["cti"]
    line = service(Period.of_weeks(MONDAY, cti.weeks), phases=cti.phases)
    load_by_phase = [contact_minutes([phase]) / phase.weeks for phase in cti.phases]

    assert [phase.weeks for phase in cti.phases] == [4, 13, 13, 13]
    assert load_by_phase[1] > load_by_phase[2] > load_by_phase[3]
    assert sum(week.together for week in weekly_load([line])) == contact_minutes(cti.phases)
    assert cti.hand_over_first
    assert all(phase.handover for phase in cti.phases)


@pytest.mark.parametrize("rhythms", [(100, 150, 150), (100, 150, 75), (150, 75, 150)])
def test_the_visits_of_cti_fall_from_phase_to_phase_at_both_ends_of_its_bounds(catalogue, rhythms):
    cti = catalogue["cti"]
    chosen = Choices({f"rhythm.{number}": rhythm for number, rhythm in zip((2, 3, 4), rhythms, strict=True)})

    levels = [contact_minutes([phase]) / phase.weeks for phase in adjusted(cti, chosen).phases[1:]]

    assert beyond(cti, chosen) == ()
    assert levels == sorted(levels, reverse=True)


def test_how_many_people_one_worker_follows_is_that_of_the_facts(catalogue):
    known = {package.id: package.max_caseload for package in catalogue.values() if package.max_caseload}

    assert known == {"act": 8, "cti": 10, "icm": 10, "ips": 20}
    assert all("max_caseload" in catalogue[identifier].assumed for identifier in ("act", "icm"))


def test_phased_alcohol_treatment_has_four_assumed_phases_starts_within_14_days_and_may_be_anonymous(catalogue):
    alcohol = catalogue["alkohol-faseforloeb"]

    assert len(alcohol.phases) == 4
    assert (alcohol.start_within_days, alcohol.start_counts_from) == (14, "contact")
    assert alcohol.anonymous
    assert {"phases", "bounds"} <= set(alcohol.assumed)
    assert any("anonym" in words.da for words in alcohol.leaves_out)
    assert [phase.most_runs for phase in alcohol.phases] == [1, 2, 2, 2]


def test_day_treatment_lasts_between_30_and_120_days_and_aftercare_half_a_year_to_a_year(catalogue):
    phases = catalogue["alkohol-dagbehandling"].phases

    assert [phase.weeks_range for phase in phases[1:]] == [(4, 17), (26, 52)]


def test_a_volunteer_as_peer_costs_nothing_and_a_paid_peer_what_the_facts_say(catalogue):
    peer = catalogue["peer-individuel"]
    volunteer = adjusted(peer, Choices({"deliverer": DelivererKind.VOLUNTEER.value}))

    assert {step.amount for step in volunteer.tariffs_of("")} == {ZERO}
    assert [str(step.amount) for step in peer.tariffs_of("")] == ["4600.00"]


def test_talks_by_video_can_be_held_in_person_because_everybody_may_ask_for_that(catalogue):
    assert Mode.IN_PERSON in catalogue["alkohol-video"].bounds.modes
    assert Mode.OUTREACH in catalogue["bostoette-video"].bounds.modes
