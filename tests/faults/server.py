"""The real server as its own processes, to be killed, and people who talk with it over HTTP."""

import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from tests.project.tree import ROOT

_PATIENCE = 60
# Loaded once and then divided, because it is started twenty times.
_OPTIONS = ("--preload", "--workers", "2", "--threads", "4", "--log-level", "critical", "--no-control-socket")
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Server:
    """Gunicorn with two workers on a database; a process group of its own, so that no part of it survives a kill."""

    def __init__(self, database_url: str) -> None:
        self.database_url = database_url
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        gunicorn = Path(sys.executable).with_name("gunicorn")
        self._process = subprocess.Popen(
            [gunicorn, *_OPTIONS, "--bind", f"127.0.0.1:{self.port}", "wsgi:app"],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": self.database_url, "APP_ENV": "development", "ALLOWED_HOSTS": ""},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until = time.monotonic() + _PATIENCE
        while not self._answers():
            assert self._process.poll() is None, "the server ended by itself"
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.02)

    def kill(self) -> None:
        """Kill -9 the master and its workers, whatever they are doing."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def _answers(self) -> bool:
        person = Person(self.port)
        try:
            return person.get("/sign-in")[0] == 200
        except OSError:
            return False
        finally:
            person.go()


class Person:
    """Somebody with a browser: one connection, one cookie."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
        self._cookie = ""

    def sign_in(self, person_id: int) -> None:
        """Sign in by the demo's page, and open the page for using money."""
        token = self._token("/sign-in")
        status, _ = self._ask("POST", "/sign-in/demo", {"csrf_token": token, "person": str(person_id)})
        assert status == 303
        self._csrf_token = self._token("/me/purchases/new")

    def buy(self, key: str, fields: dict[str, str]) -> int:
        """Send the form for a purchase and return the status of the answer."""
        status, _ = self._ask("POST", "/me/purchases/new", {"csrf_token": self._csrf_token, "key": key, **fields})
        return status

    def get(self, path: str) -> tuple[int, str]:
        return self._ask("GET", path)

    def go(self) -> None:
        self._connection.close()

    def _token(self, path: str) -> str:
        status, page = self.get(path)
        found = _TOKEN.search(page)
        assert status == 200, (path, status)
        assert found, path
        return found[1]

    def _ask(self, verb: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        body = urlencode(form) if form else None
        headers = {"Cookie": self._cookie} if self._cookie else {}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(verb, path, body, headers)
        answer = self._connection.getresponse()
        page = answer.read().decode()
        if given := answer.getheader("Set-Cookie"):
            self._cookie = given.partition(";")[0]
        return answer.status, page


def _free_port() -> int:
    """Find a port that nobody uses, among those that the system hands out to nobody by itself."""
    while True:
        port = random.randint(20_001, 32_000)
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
