"""The command line: demo, verify, catalogue check, user add; each ends non-zero with one readable line."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import flask_migrate
from flask import Flask

from packages_catalog import reader
from planner import clock, demo
from planner.app import create_app
from planner.config import CHECKOUT, BadSetting, Settings
from planner.domain.errors import DomainError
from planner.domain.money import UnreadableAmount, read_danish
from planner.domain.people import RoleKind
from planner.queries import people as looked_up
from planner.queries import verify
from planner.queries.session import NoAnswer
from planner.usecases import people, standard


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
