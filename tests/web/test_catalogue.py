"""The public catalogue: everybody can search it, and every package tells honestly what it is, costs and rests on."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask

from planner import clock
from planner.domain.money import Money
from planner.domain.package import LineKind, Package, TariffKind
from planner.usecases import composing, standard
from planner.web import packages as telling
from tests import factories
from tests.factories import CATALOGUE, Town
from tests.pages import forms, press, sign_in
from tests.payloads import SCRIPTS, live_parts, shows
from tests.statements import counted
from tests.visitor import Visitor
from tests.web.changing import crowded, edited

pytestmark = [pytest.mark.only_sqlite, pytest.mark.usefixtures("now")]


@pytest.fixture
def visitor(in_app: Flask, client: Visitor) -> Visitor:
    standard.establish("Havneby Kommune")
    return client


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).replace("\u00a0", " ")


def section(html: str, name: str) -> str:
    found = re.search(rf'<section[^>]*aria-labelledby="{name}">.*?</section>', html, re.DOTALL)
    return plain(found[0]) if found else ""


def pages(visitor: Visitor) -> Iterator[tuple[Package, str]]:
    """Open the page of every package."""
    for package in CATALOGUE.values():
        answer = visitor.get(f"/packages/{package.id}")
        assert answer.status_code == 200
        yield package, answer.text


def found_by(visitor: Visitor, wish: str) -> set[str]:
    return set(
        re.findall(r'<h2 class="card-heading"><a href="/packages/([a-z0-9-]+)"', visitor.get(f"/packages?{wish}").text)
    )


def test_all_packages_are_shown_to_people_who_are_not_signed_in(visitor: Visitor) -> None:
    assert found_by(visitor, "") == set(CATALOGUE)


@pytest.mark.parametrize(
    ("wish", "rule"),
    [
        ("rung=community", lambda package: package.rung.value == "community"),
        ("price=law", lambda package: package.kind is LineKind.STATUTORY_FREE),
        ("weeks=12", lambda package: package.weeks <= 12),
        ("wish=hope", lambda package: "hope" in package.chime),
        ("words=BADMINTON", lambda package: "badminton" in package.name.da.casefold()),
        ("anonymous=1", lambda package: package.anonymous),
        ("answer=asked", lambda package: package.kind in {LineKind.ALLOCATED_SERVICE, LineKind.BUDGET_ITEM}),
        ("answer=free", lambda package: package.kind not in {LineKind.ALLOCATED_SERVICE, LineKind.BUDGET_ITEM}),
        ("rung=services&weeks=26&wish=hope", None),
    ],
)
def test_a_search_finds_exactly_what_fits(visitor: Visitor, wish: str, rule: object) -> None:
    found = found_by(visitor, wish)

    if rule is None:
        assert found == found_by(visitor, "rung=services") & found_by(visitor, "weeks=26") & found_by(
            visitor, "wish=hope"
        )
    else:
        assert found == {package.id for package in CATALOGUE.values() if rule(package)}
    assert found


def test_a_price_limit_holds_for_what_somebody_pays_for(visitor: Visitor) -> None:
    cheap = found_by(visitor, "price=5000")

    assert "mbsr" in cheap
    assert "cti" not in cheap
    assert found_by(visitor, "price=free") <= cheap


@pytest.mark.parametrize(
    "wild",
    [
        "page=1000000000",
        "page=-1",
        "page=x",
        "weeks=1e9",
        "rung=<script>",
        "words=" + "x" * 5000,
        "_scheme=javascript&_external=1&endpoint=x&page=2",
    ],
)
def test_a_wild_question_is_capped_and_answered(visitor: Visitor, wild: str) -> None:
    assert visitor.get(f"/packages?{wild}").status_code == 200


def test_a_search_without_a_find_says_what_to_do(visitor: Visitor) -> None:
    page = visitor.get("/packages?words=xyzzy").text

    assert "Vi fandt ikke noget, der passer." in page
    assert "0 pakker" in page


def test_more_than_fits_is_shown_page_by_page_and_keeps_what_is_looked_for(visitor: Visitor, app: Flask) -> None:
    with crowded(app, "mbsr", 120):
        found = [found_by(visitor, f"rung=self&page={number}") for number in (1, 2, 3, 1_000_000_000)]
        first = visitor.get("/packages?rung=self").text

    assert [len(page) for page in found] == [50, 50, 20, 20]
    assert len(found[0] | found[1] | found[2]) == 120
    assert found[2] == found[3]
    assert 'rel="next" href="/packages?page=2&amp;rung=self"' in first


def test_a_package_tells_what_it_contains_and_what_not_with_phases_weeks_and_hours(visitor: Visitor) -> None:
    for package, html in pages(visitor):
        told, phases = plain(html), section(html, "phases")
        for words in (package.name, package.summary, *package.contains, *package.leaves_out, *package.prerequisites):
            assert plain(words.da) in told, package.id
        for phase in package.phases:
            assert phase.name.da in phases, package.id
            assert re.search(rf"\b{phase.weeks} uger?\b", phases), package.id


def test_a_package_names_every_law_with_its_paragraph_and_what_is_to_be_confirmed(visitor: Visitor) -> None:
    for package, html in pages(visitor):
        law = section(html, "law")
        for basis in package.legal_bases:
            named = telling.LAWS[basis.law].da
            assert (f"{named} § {basis.paragraph}" if basis.paragraph else basis.note.da) in law, package.id
        assert law.count("skal bekræftes") == sum(basis.verify for basis in package.legal_bases), package.id


def test_a_package_tells_its_price_how_sure_it_is_and_from_which_year(visitor: Visitor) -> None:
    how_sure = {
        TariffKind.ASSUMED: "Prisen er antaget",
        TariffKind.DERIVED: "regnet ud fra offentlige tal",
        TariffKind.SOURCED: "Prisen er offentliggjort",
        TariffKind.FREE: "Det er gratis",
    }
    for package, html in pages(visitor):
        held = [step for step in package.tariffs_of("") if step.first_day <= clock.today()][-1]
        price = section(html, "price")
        assert f" {held.amount.oere // 100:,} kr.".replace(",", ".") in price, package.id
        assert how_sure[held.kind] in price, package.id
        assert f" {held.first_day.year}, " in section(html, "law"), package.id


def test_a_price_announced_for_later_is_told_with_its_day(visitor: Visitor) -> None:
    later = CATALOGUE["aktivitet-104"].tariffs[-1]

    price = section(visitor.get("/packages/aktivitet-104").text, "price")

    assert "Den koster 322 kr. om dagen." in price
    assert f"Fra 1. januar {later.first_day.year} koster den 341 kr. om dagen." in price


def test_what_is_known_about_the_effect_stands_with_year_and_source(visitor: Visitor) -> None:
    for package, html in pages(visitor):
        known = section(html, "known")
        for evidence in package.evidence:
            assert plain(evidence.finding.da) in known, package.id
            assert evidence.year is None or str(evidence.year) in known, package.id
        assert bool(package.evidence) != ("Vi har ikke fundet en undersøgelse" in known), package.id


def test_relations_are_links_to_pages_that_exist(visitor: Visitor) -> None:
    for package, html in pages(visitor):
        linked = set(re.findall(r'href="/packages/([a-z0-9-]+)"', html))

        assert linked == {*package.excludes, *package.needs, *package.combines} - {"*"}, package.id
        assert linked <= set(CATALOGUE)


def test_the_curve_of_a_package_fades_as_its_phases_do(visitor: Visitor) -> None:
    html = visitor.get("/packages/cti").text

    assert "Mest støtte i starten" in html
    label = re.search(r'<svg class="chart"[^>]*aria-label="(Kontakt[^"]*)"', html)
    assert label
    assert "Kontakt, 4 uger: 30 minutter om ugen." in label[1]
    assert "Fase 3, overdragelse, 13 uger: 21 minutter om ugen." in label[1]


def test_a_package_of_one_phase_has_no_curve(visitor: Visitor) -> None:
    assert 'aria-labelledby="curve"' not in visitor.get("/packages/act").text


@pytest.mark.parametrize("package_id", [p.id for p in CATALOGUE.values() if p.kind is LineKind.STATUTORY_FREE])
def test_a_right_says_that_no_answer_is_needed_and_whom_to_call(visitor: Visitor, package_id: str) -> None:
    html = visitor.get(f"/packages/{package_id}").text

    right = section(html, "right")
    assert "Du skal ikke vente på svar. Ring 12 34 56 78." in right
    days = CATALOGUE[package_id].start_within_days
    assert days is None or f"inden {days} dage" in right
    assert 'href="tel:12345678"' in html[html.index('aria-labelledby="start"') :]


@pytest.mark.parametrize("package_id", [p.id for p in CATALOGUE.values() if not p.choosable])
def test_what_is_no_line_of_a_plan_says_why_and_offers_no_button(visitor: Visitor, package_id: str) -> None:
    start = section(visitor.get(f"/packages/{package_id}").text, "start")

    assert any(
        reason in start for reason in ("Du behøver ingen plan.", "Den gælder alle i et hus.", "Den er slået fra her.")
    )
    assert "Prøv den i en plan" not in start


def test_fit_says_that_it_is_switched_off_and_why(visitor: Visitor) -> None:
    off = section(visitor.get("/packages/fit").text, "off")

    assert "Den er slået fra her." in off
    assert "Stedet har en licens" in off


@pytest.mark.parametrize("address", ["findes-ikke", "CTI", "cti.toml", "..%2fcti", "<script>", "x" * 500])
def test_an_unknown_package_has_no_page(visitor: Visitor, address: str) -> None:
    assert visitor.get(f"/packages/{address}").status_code == 404


def test_a_withdrawn_package_has_no_page_and_stands_in_no_list(visitor: Visitor, app: Flask) -> None:
    with edited(app, "cti", withdrawn_on=clock.today()):
        assert visitor.get("/packages/cti").status_code == 404
        assert "cti" not in found_by(visitor, "")
        assert "/packages/cti" not in visitor.get("/packages/trivselskort").text
    with edited(app, "cti", withdrawn_on=clock.today() + timedelta(days=1)):
        assert visitor.get("/packages/cti").status_code == 200


def compared(html: str) -> list[str]:
    head = re.search(r"<thead>.*?</thead>", html, re.DOTALL)
    return re.findall(r'href="/packages/([a-z0-9-]+)"', head[0]) if head else []


def row(html: str, name: str) -> str:
    found = re.search(rf'<th scope="row">{name}</th>(.*?)</tr>', html, re.DOTALL)
    assert found, name
    return plain(found[1])


def test_three_packages_stand_side_by_side_by_their_address_alone(visitor: Visitor) -> None:
    html = visitor.get("/packages/compare?package=cti&package=alkohol-faseforloeb&package=stof-anonym").text

    assert compared(html) == ["cti", "alkohol-faseforloeb", "stof-anonym"]
    assert "49.000 kr." in row(html, "Pris i en plan")
    assert re.search(r"Ja .*Nej .*Nej", row(html, "Kommunen skal sige ja først"))
    assert re.search(r"Nej .*Ja .*Ja", row(html, "Uden at sige mit navn"))
    assert "inden 14 dage" in row(html, "Hvornår den starter")
    known = row(html, "Det ved vi")
    for package in ("cti", "alkohol-faseforloeb", "stof-anonym"):
        for evidence in CATALOGUE[package].evidence:
            assert plain(evidence.finding.da) in known
    assert CATALOGUE["individuel-82b"].name.da in row(html, "Kan ikke være samtidig med")


@pytest.mark.parametrize(
    ("asked", "stand"),
    [
        ("", []),
        ("package=cti", ["cti"]),
        ("package=cti&package=cti&package=mbsr", ["cti", "mbsr"]),
        ("package=cti&package=unknown&package=<script>", ["cti"]),
        ("package=cti&package=mbsr&package=act&package=ips", ["cti", "mbsr", "act"]),
        ("&".join(f"package={number}" for number in range(500)), []),
    ],
)
def test_a_comparison_takes_each_known_package_once_and_at_most_three(
    visitor: Visitor, asked: str, stand: list[str]
) -> None:
    page = visitor.get(f"/packages/compare?{asked}")

    assert page.status_code == 200
    assert compared(page.text) == stand
    assert live_parts(page.text) == []
    assert ("Vælg to eller tre pakker." in page.text) == (len(stand) < 2)


def test_what_was_chosen_to_compare_is_kept_while_searching_and_turning_pages(visitor: Visitor, app: Flask) -> None:
    html = visitor.get("/packages?words=hverdag&package=cti").text

    forms_on = {found.action: found.fields for found in forms(visitor.get("/packages?words=hverdag&package=cti"))}
    assert forms_on["/packages"]["package"] == "cti"
    assert forms_on["/packages/compare"]["package"] == "cti"
    assert f"Du har valgt: {CATALOGUE['cti'].name.da}." in plain(html)
    with crowded(app, "mbsr", 60):
        assert "package=mbsr-001" in visitor.get("/packages?package=mbsr-001").text


def test_a_withdrawn_package_is_not_compared(visitor: Visitor, app: Flask) -> None:
    with edited(app, "cti", withdrawn_on=clock.today()):
        assert compared(visitor.get("/packages/compare?package=cti&package=mbsr").text) == ["mbsr"]


def test_a_package_says_what_one_may_choose_and_what_it_costs_then(visitor: Visitor) -> None:
    html = visitor.get("/packages/peer-individuel").text

    choose = section(html, "choose")
    assert "Det kan du selv vælge" in choose
    assert "frivillig" in choose.casefold()
    assert "En frivillig: 0 kr. for hele forløbet." in section(html, "price")
    assert section(visitor.get("/packages/brobygger").text, "choose") or not CATALOGUE["brobygger"].bounds.modes


def test_the_curve_stands_beside_its_own_figures(visitor: Visitor) -> None:
    curve = section(visitor.get("/packages/cti").text, "curve")

    for phase in CATALOGUE["cti"].phases:
        assert f"{phase.name.da} {phase.weeks} uger" in curve


def test_people_without_a_draft_are_led_to_the_sign_in(visitor: Visitor) -> None:
    html = visitor.get("/packages/mbsr").text

    assert 'href="/me/plan/compose"' in html
    assert visitor.get("/me/plan/compose").location.startswith("/sign-in?next=/me/plan/compose")
    assert "/packages/mbsr" not in [form.action for form in forms(visitor.get("/packages/mbsr"))]


@pytest.fixture
def town(in_app: Flask) -> Town:
    return factories.make_town()


def test_a_citizen_with_a_draft_puts_it_in_from_its_page(town: Town, client: Visitor) -> None:
    plan_id = factories.open_course(town)
    bo = sign_in(client, town.bo)

    answer = press(bo, "/packages/mbsr", "/packages/mbsr")

    assert answer.location == "/me/plan/compose#card-mbsr"
    assert "Den er i din plan." in bo.get("/packages/mbsr").text
    assert f"/me/plan/{plan_id}/packages/mbsr" not in bo.get("/packages/mbsr").text


def test_a_citizen_whose_plan_is_sent_gets_no_button_that_would_be_refused(town: Town, client: Visitor) -> None:
    plan_id, user = factories.open_course(town), factories.user(town.bo)
    factories.compose(plan_id, user, "mbsr")
    factories.submit(plan_id, user)

    actions = [form.action for form in forms(sign_in(client, town.bo).get("/packages/cti"))]

    assert [action for action in actions if "/packages/" in action] == []


def test_staff_see_the_catalogue_without_a_citizen_s_menu(town: Town, client: Visitor) -> None:
    page = sign_in(client, town.mette).get("/packages/cti")

    assert page.status_code == 200
    assert 'href="/me/goals"' not in page.text


def test_a_region_s_own_price_is_the_one_shown_there(town: Town, app: Flask, client: Visitor) -> None:
    step = CATALOGUE["mbsr"].tariffs[0]
    elsewhere = replace(step, amount=Money.kroner(1_234), region="998")
    with edited(app, "mbsr", tariffs=(step, elsewhere)):
        assert "1.600 kr." in section(client.get("/packages/mbsr").text, "price")
    here = replace(step, amount=Money.kroner(1_234), region="999")

    with edited(app, "mbsr", tariffs=(step, here)):
        assert "1.234 kr." in section(client.get("/packages/mbsr").text, "price")


@pytest.mark.parametrize("script", SCRIPTS[::6])
def test_a_search_that_is_a_script_is_text(visitor: Visitor, script: str) -> None:
    html = visitor.get("/packages", query_string={"words": script}).text

    assert live_parts(html) == []
    assert shows(html, script[: telling.MOST_LETTERS])


def test_every_package_is_told_in_english_too(visitor: Visitor) -> None:
    filled = next(found for found in forms(visitor.get("/packages")) if found.action.endswith("/language"))
    visitor.post(filled.action, data={**filled.fields, "language": "en"})

    for package, html in pages(visitor):
        # Sources keep the names they have where they were published.
        told = plain(re.sub(r"<a [^>]*noreferrer.*?</a>", "", html))
        assert plain(package.summary.en) in told, package.id
        assert "This is what happens" in told
        assert not re.search(r"\b(ikke|uger|Prisen|Sådan|kroner)\b", told), package.id


@pytest.mark.parametrize("address", ["/packages", "/packages/cti"])
def test_a_page_of_the_catalogue_asks_the_database_twice(visitor: Visitor, address: str) -> None:
    with counted() as statements:
        visitor.get(address)

    assert len([text for text in statements if text.startswith("SELECT")]) == 2


def test_a_source_that_is_an_address_is_named_by_its_site_and_page() -> None:
    assert telling.source("https://www.sbst.dk/udgivelser/2018/evaluering-af-cti").name == "sbst.dk: evaluering af cti"
    assert telling.source("Rudersdal Kommune, 2018") == telling.Source("Rudersdal Kommune, 2018", "")
    assert telling.source("javascript:alert(1)").address == ""


def test_plans_are_untouched_by_looking(town: Town, client: Visitor) -> None:
    plan_id = factories.open_course(town)
    lock = factories.seen_prices(plan_id)[0]
    composing.add_package(plan_id, "mbsr", catalogue=CATALOGUE, by=factories.user(town.bo), at=clock.now())

    sign_in(client, town.bo).get("/packages/mbsr")

    assert factories.seen_prices(plan_id)[0] == lock + 1
