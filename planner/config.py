"""The settings, read once from the environment and checked before anything starts."""

import base64
import binascii
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Self, cast

Environment = Literal["development", "production"]

CHECKOUT = Path(__file__).resolve().parent.parent

DEVELOPMENT_SECRET_KEY = "only-for-development-so-no-secret-at-all"  # noqa: S105 - refused in production
DEVELOPMENT_PERSONAL_KEY = base64.urlsafe_b64encode(b"only-for-development-not-secret!").decode()

_LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
_KEY_BYTES = 32
_LARGEST_PORT = 65_535
_TRUE = frozenset({"1", "true", "yes", "on"})


class BadSetting(Exception):
    """A setting with which the planner does not start; one readable line that never shows the value of a secret."""

    def __init__(self, setting: str, reason: str) -> None:
        super().__init__(setting, reason)
        self.setting = setting
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.setting}: {self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that differs between one installation and another."""

    environment: Environment = "development"
    database_url: str = field(default=f"sqlite:///{CHECKOUT / 'instance' / 'planner.db'}", repr=False)
    secret_key: str = field(default=DEVELOPMENT_SECRET_KEY, repr=False)
    personal_key: str = field(default=DEVELOPMENT_PERSONAL_KEY, repr=False)
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)
    hosts: tuple[str, ...] = _LOCAL_HOSTS
    cookie_secure: bool = False
    debug: bool = False
    allow_sqlite: bool = False
    port: int = 8000
    code_cost: int = 14
    """How slow the digest of a private code is, as a power of two; only tests make it quick."""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """Read the settings; nothing secret has a default in production."""
        environment = _environment(environ)
        production = environment == "production"
        return cls(
            environment=environment,
            database_url=_database_url(environ.get("DATABASE_URL", "") or cls().database_url),
            secret_key=environ.get("SECRET_KEY", "" if production else DEVELOPMENT_SECRET_KEY),
            personal_key=environ.get("PERSONAL_KEY", "" if production else DEVELOPMENT_PERSONAL_KEY),
            oidc_issuer=environ.get("OIDC_ISSUER", ""),
            oidc_client_id=environ.get("OIDC_CLIENT_ID", ""),
            oidc_client_secret=environ.get("OIDC_CLIENT_SECRET", ""),
            hosts=_hosts(environ) or (() if production else _LOCAL_HOSTS),
            cookie_secure=production,
            debug=_switch(environ, "FLASK_DEBUG"),
            allow_sqlite=_switch(environ, "ALLOW_SQLITE"),
            port=_port(environ),
        )

    @property
    def production(self) -> bool:
        """Tell whether real people's data may be here."""
        return self.environment == "production"

    @property
    def sqlite(self) -> bool:
        """Tell whether the embedded database is used."""
        return self.database_url.startswith("sqlite")

    @property
    def oidc(self) -> bool:
        """Tell whether people sign in through OpenID Connect."""
        return bool(self.oidc_issuer)

    def check(self) -> None:
        """Refuse to start with settings that would be unsafe or cannot work.

        Raises ``BadSetting`` with the first fault.
        """
        _check_personal_key(self.personal_key)
        self._check_oidc()
        if self.production:
            self._check_secrets()
            self._check_exposure()

    def _check_oidc(self) -> None:
        trio = {
            "OIDC_ISSUER": self.oidc_issuer,
            "OIDC_CLIENT_ID": self.oidc_client_id,
            "OIDC_CLIENT_SECRET": self.oidc_client_secret,
        }
        missing = [name for name, value in trio.items() if not value]
        if missing and len(missing) < len(trio):
            raise BadSetting(missing[0], "is missing; issuer, client id and client secret belong together")
        if self.production and self.oidc and not self.oidc_issuer.startswith("https://"):
            raise BadSetting("OIDC_ISSUER", "must begin with https in production")

    def _check_secrets(self) -> None:
        if self.secret_key == DEVELOPMENT_SECRET_KEY:
            raise BadSetting("SECRET_KEY", "is the one from development; make a secret of your own")
        if len(self.secret_key) < _KEY_BYTES:
            raise BadSetting("SECRET_KEY", f"is missing or shorter than {_KEY_BYTES} characters")
        if self.personal_key == DEVELOPMENT_PERSONAL_KEY:
            raise BadSetting("PERSONAL_KEY", "is the one from development; make a key of your own")
        if self.personal_key == self.secret_key:
            raise BadSetting("PERSONAL_KEY", "is the same as SECRET_KEY; they must differ")

    def _check_exposure(self) -> None:
        if self.debug:
            raise BadSetting("FLASK_DEBUG", "must be off in production")
        if not self.hosts:
            raise BadSetting("ALLOWED_HOSTS", "is missing; name the hosts that may be used, separated by commas")
        if any("*" in host or "/" in host for host in self.hosts):
            raise BadSetting("ALLOWED_HOSTS", "must be plain host names, without wildcards and paths")
        if self.sqlite and not self.allow_sqlite:
            raise BadSetting("DATABASE_URL", "is SQLite; use PostgreSQL, or consent to SQLite with ALLOW_SQLITE=1")


def _environment(environ: Mapping[str, str]) -> Environment:
    name = environ.get("APP_ENV", "") or "development"
    if name not in {"development", "production"}:
        raise BadSetting("APP_ENV", "must be development or production")
    return cast("Environment", name)


def _database_url(url: str) -> str:
    """Name the driver, so that every spelling of a PostgreSQL address reaches psycopg 3."""
    scheme, separator, rest = url.partition("://")
    if not separator:
        raise BadSetting("DATABASE_URL", "is not an address such as sqlite:///file.db or postgresql://host/name")
    if scheme in {"postgres", "postgresql", "postgresql+psycopg"}:
        return f"postgresql+psycopg://{rest}"
    if scheme == "sqlite":
        return url
    raise BadSetting("DATABASE_URL", "must be SQLite or PostgreSQL")


def _hosts(environ: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(host.strip().lower() for host in environ.get("ALLOWED_HOSTS", "").split(",") if host.strip())


def _switch(environ: Mapping[str, str], name: str) -> bool:
    return environ.get(name, "").strip().lower() in _TRUE


def _port(environ: Mapping[str, str]) -> int:
    text = environ.get("PORT", "") or "8000"
    if not (text.isascii() and text.isdecimal() and 0 < int(text) <= _LARGEST_PORT):
        raise BadSetting("PORT", f"must be a whole number from 1 to {_LARGEST_PORT}")
    return int(text)


def _check_personal_key(key: str) -> None:
    try:
        size = len(base64.urlsafe_b64decode(key.encode("ascii")))
    except (binascii.Error, ValueError):
        size = 0
    if size != _KEY_BYTES:
        raise BadSetting("PERSONAL_KEY", f"is missing or not {_KEY_BYTES} bytes in url-safe base64")
