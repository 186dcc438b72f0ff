"""The command line: demo, verify, catalogue check, user add; each ends non-zero with one readable line."""

import argparse
import hashlib
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from io import BufferedReader
from pathlib import Path

import flask_migrate
from flask import Flask

from packages_catalog import reader, writer
from planner import clock, demo
from planner.app import create_app
from planner.config import CHECKOUT, BadSetting, Settings
from planner.domain.errors import DomainError
from planner.domain.money import UnreadableAmount, read_danish
from planner.domain.people import RoleKind
from planner.domain.price_fault import MOST_SHOWN, PriceListFaults
from planner.exchange import price_lists, price_mapping
from planner.exchange.price_rows import Reached
from planner.queries import offers, verify
from planner.queries import people as looked_up
from planner.queries import price_lists as looked_up_prices
from planner.queries.session import NoAnswer
from planner.usecases import people, standard
from planner.usecases import price_lists as taking
from planner.web import price_words


class Cannot(Exception):
    """The command cannot do it; the message is the one line that says why and what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 a fault was found, 2 it could not be done."""
    told = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = told.command
    try:
        return command(told)
    except (Cannot, BadSetting) as reason:
        print(f"planner: {reason}", file=sys.stderr)
    except reader.CatalogueFaults as refused:
        print(f"planner: the catalogue has {len(refused.faults)} faults; see: planner catalogue check", file=sys.stderr)
    except DomainError as refused:
        print(f"planner: refused ({refused.code})", file=sys.stderr)
    except NoAnswer as failure:
        print(f"planner: the database did not answer: {str(failure.orig).splitlines()[0]}", file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="planner", description="Works on the database named by DATABASE_URL.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    demo_ = commands.add_parser("demo", help="make a demo in an empty database, and serve it")
    demo_.add_argument("--no-serve", action="store_true", help="only make the data")
    demo_.set_defaults(command=_demo)
    verify_ = commands.add_parser("verify", help="check the books and the record; ends 1 on a fault")
    verify_.set_defaults(command=_verify)
    catalogue = commands.add_parser("catalogue", help="the catalogue's files").add_subparsers(required=True)
    check = catalogue.add_parser("check", help="name every fault of the package files at once")
    check.add_argument("directory", nargs="?", type=Path, default=reader.CONTENT, help="default: the planner's own")
    check.set_defaults(command=_check_catalogue)
    take = catalogue.add_parser("import", help="take a price list in: all of it, or nothing and every fault")
    take.add_argument("file", type=Path, help="the list, as XLSX or CSV")
    take.add_argument("--mapping", type=Path, required=True, help="how its columns are read, as TOML")
    take.add_argument("--sheet", default="", help="the sheet, when the workbook has several")
    take.add_argument("--dry-run", action="store_true", help="only say what it would change")
    take.set_defaults(command=_import_prices)
    export = catalogue.add_parser("export", help="write every package, those of the house too, as a file each")
    export.add_argument("directory", type=Path, help="an empty folder, or one that is not there yet")
    export.set_defaults(command=_export_catalogue)
    user = commands.add_parser("user", help="people").add_subparsers(required=True)
    add = user.add_parser("add", help="add a person with a role, and print an invitation code")
    add.add_argument("--name", required=True, help="the name they go by")
    add.add_argument("--role", required=True, choices=[kind.value for kind in RoleKind])
    add.add_argument("--unit", default="", help="the unit's name; it is made when it is not there")
    add.add_argument("--municipality-code", default="0000", help="for a unit that is made (default 0000)")
    add.add_argument("--limit", default="", help="the most they may decide, as 50.000 (caseworker, approver)")
    add.set_defaults(command=_add_user)
    return parser


def _ready_app(*, migrate: bool) -> Flask:
    app = create_app(Settings.from_environment())
    with app.app_context():
        if migrate:
            flask_migrate.upgrade()
        elif not looked_up.tables_exist():
            raise Cannot("the database has no tables yet; run: flask --app wsgi db upgrade")
    return app


def _demo(told: argparse.Namespace) -> int:
    settings = Settings.from_environment()
    if settings.production:
        raise Cannot("APP_ENV: the demo never runs in production")
    app = _ready_app(migrate=True)
    with app.app_context():
        if looked_up.nobody_yet():
            print("Making the demo's people and their history …", flush=True)
            demo.seed(app.extensions["catalogue"], settings.personal_key, at=clock.now(), say=_say)
        elif looked_up.settings().get("demo") != "1":
            raise Cannot("DATABASE_URL: the demo did not make this database, or not to its end; name an empty one")
        _introduce(settings.port)
    if told.no_serve:
        return 0
    return _serve(settings.port)


def _say(line: str) -> None:
    print(line, flush=True)


def _introduce(port: int) -> None:
    print(f"\nOpen http://127.0.0.1:{port}/ and be one of:\n")
    for person in looked_up.everybody(clock.today()):
        print(f"  {person.called:<14} {', '.join((*person.kinds, *person.ties)).replace('_', ' ')}")
    print("\nEverybody here is made up. Stop with Ctrl-C; the data stay.", flush=True)


def _serve(port: int) -> int:
    gunicorn = Path(sys.executable).with_name("gunicorn")
    if not gunicorn.exists():
        raise Cannot("gunicorn is not installed; run ./dev demo")
    os.chdir(CHECKOUT)
    options = [
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        "2",
        "--threads",
        "4",
        "--log-level",
        "warning",
        "--no-control-socket",
    ]
    os.execv(gunicorn, [str(gunicorn), *options, "wsgi:app"])  # noqa: S606 - our own server, our own options


def _verify(_told: argparse.Namespace) -> int:
    app = _ready_app(migrate=False)
    with app.app_context():
        return 0 if verify.run(_say) else 1


def _check_catalogue(told: argparse.Namespace) -> int:
    if not told.directory.is_dir():
        raise Cannot(f"there is no folder {told.directory}")
    faults = reader.check(told.directory)
    for fault in faults:
        print(fault)
    count = len(list(told.directory.glob("*.toml")))
    print(f"{count} packages, {len(faults)} faults")
    return 1 if faults else 0


def _import_prices(told: argparse.Namespace) -> int:
    app = _ready_app(migrate=False)
    try:
        mapping = price_mapping.read(_text_of(told.mapping))
        with _opened(told.file) as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            found = price_lists.read(file, mapping, sheet=told.sheet, reached=_bar())
    except reader.CatalogueFaults as refused:
        return _name_faults(f"{told.mapping.name}: {fault}" for fault in refused.faults)
    except PriceListFaults as refused:
        return _name_faults(price_words.line(fault) for fault in refused.faults)
    with app.app_context():
        seen = looked_up_prices.compare(found.listed, mapping.known, mapping.prefix)
        stay = f", {seen.withdrawn} stay withdrawn" if seen.withdrawn else ""
        skipped = f", {found.skipped} skipped" if found.skipped else ""
        print(f"{found.rows} rows{skipped}: {len(found.listed)} packages", flush=True)
        print(f"{len(seen.added)} new, {len(seen.changed)} changed, {seen.same} the same{stay}", flush=True)
        if told.dry_run:
            print("Nothing was changed: this was a dry run.")
            return 0
        offered = taking.Offered(listed=found.listed, known=mapping.known, prefix=mapping.prefix)
        source = taking.Source(file_name=told.file.name, file_digest=digest, mapping=told.mapping.name, rows=found.rows)
        taking.take_in(offered, source, by=None, at=clock.now())
    print("Taken in.")
    return 0


def _text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        raise Cannot(f"{path}: is not UTF-8") from None
    except OSError as error:
        raise Cannot(f"{path}: {error.strerror}") from None


def _opened(path: Path) -> BufferedReader:
    try:
        return path.open("rb")
    except OSError as error:
        raise Cannot(f"{path}: {error.strerror}") from None


def _name_faults(lines: Iterable[str]) -> int:
    found = list(lines)
    for line in found[:MOST_SHOWN]:
        print(line)
    more = f" ({MOST_SHOWN} shown)" if len(found) > MOST_SHOWN else ""
    print(f"{len(found)} faults{more}. Nothing was taken in.")
    return 1


def _bar() -> Reached | None:
    """Draw how far the reading is, where somebody is looking."""
    if not sys.stderr.isatty():
        return None

    def draw(done: int, of: int) -> None:
        filled = min(40 * done // of, 40)
        print(f"\r[{'#' * filled}{'.' * (40 - filled)}] {done} rows", end="", file=sys.stderr, flush=True)

    return draw


def _export_catalogue(told: argparse.Namespace) -> int:
    directory: Path = told.directory
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise Cannot(f"{directory} is not an empty folder; name another")
    app = _ready_app(migrate=False)
    with app.app_context():
        packages = offers.catalogue().values()
        try:
            directory.mkdir(parents=True, exist_ok=True)
            count = writer.folder(packages, directory)
        except OSError as failure:
            raise Cannot(f"{directory} cannot be written: {failure.strerror}") from None
    print(f"{count} packages written to {directory}")
    return 0


def _add_user(told: argparse.Namespace) -> int:
    limit = None
    if told.limit:
        try:
            limit = read_danish(told.limit)
        except UnreadableAmount:
            raise Cannot(f"--limit: write the amount as 50.000, not {told.limit!r}") from None
    app = _ready_app(migrate=True)
    with app.app_context():
        at = clock.now()
        standard.establish()
        unit_id = looked_up.unit_named(told.unit) if told.unit else None
        if told.unit and unit_id is None:
            unit_id = people.add_unit(told.unit, told.municipality_code, by=None, at=at)
        person_id = people.add_person(told.name, by=None, at=at)
        role = people.NewRole(kind=RoleKind(told.role), unit_id=unit_id, limit=limit, first_day=clock.today())
        people.give_role(person_id, role, by=None, at=at)
        code = people.invite(person_id, by=None, at=at)
    print(f"{told.name} is added as {told.role}. Code for the first sign-in, valid for 14 days: {code}")
    return 0
