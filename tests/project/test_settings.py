"""Settings: read from the environment, checked before anything starts, never shown with their secrets."""

import base64
import re
import secrets
from dataclasses import FrozenInstanceError

import pytest

from planner.config import (
    CHECKOUT,
    DEVELOPMENT_PERSONAL_KEY,
    DEVELOPMENT_SECRET_KEY,
    BadSetting,
    Settings,
)

KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()
GOOD = {
    "APP_ENV": "production",
    "DATABASE_URL": "postgresql://planner:hemmeligt@db/planner",
    "SECRET_KEY": "s" * 8 + secrets.token_hex(20),
    "PERSONAL_KEY": KEY,
    "ALLOWED_HOSTS": "plan.example.org",
    "OIDC_ISSUER": "https://login.example.org",
    "OIDC_CLIENT_ID": "planner",
    "OIDC_CLIENT_SECRET": "hemmeligt",
}
BAD = [
    ("SECRET_KEY", {"SECRET_KEY": None}),
    ("SECRET_KEY", {"SECRET_KEY": DEVELOPMENT_SECRET_KEY}),
    ("SECRET_KEY", {"SECRET_KEY": "short"}),
    ("PERSONAL_KEY", {"PERSONAL_KEY": None}),
    ("PERSONAL_KEY", {"PERSONAL_KEY": DEVELOPMENT_PERSONAL_KEY}),
    ("PERSONAL_KEY", {"PERSONAL_KEY": KEY[:20]}),
    ("PERSONAL_KEY", {"PERSONAL_KEY": "æ" * 44}),
    ("PERSONAL_KEY", {"SECRET_KEY": KEY}),
    ("DATABASE_URL", {"DATABASE_URL": None}),
    ("DATABASE_URL", {"DATABASE_URL": "sqlite:///planner.db"}),
    ("DATABASE_URL", {"DATABASE_URL": "mysql://db/planner"}),
    ("DATABASE_URL", {"DATABASE_URL": "planner.db"}),
    ("FLASK_DEBUG", {"FLASK_DEBUG": "1"}),
    ("ALLOWED_HOSTS", {"ALLOWED_HOSTS": None}),
    ("ALLOWED_HOSTS", {"ALLOWED_HOSTS": " , "}),
    ("ALLOWED_HOSTS", {"ALLOWED_HOSTS": "*.example.org"}),
    ("OIDC_ISSUER", {"OIDC_ISSUER": None}),
    ("OIDC_CLIENT_ID", {"OIDC_CLIENT_ID": None}),
    ("OIDC_CLIENT_SECRET", {"OIDC_CLIENT_SECRET": None}),
    ("OIDC_ISSUER", {"OIDC_ISSUER": "http://login.example.org"}),
    ("APP_ENV", {"APP_ENV": "staging"}),
    ("PORT", {"PORT": "80a"}),
    ("PORT", {"PORT": "70000"}),
]


def changed(changes: dict[str, str | None]) -> dict[str, str]:
    """Change the good settings; ``None`` leaves one out."""
    return {name: value for name, value in (GOOD | changes).items() if value is not None}


def test_production_starts_with_good_settings() -> None:
    settings = Settings.from_environment(GOOD)

    settings.check()
    assert settings.production
    assert settings.cookie_secure


@pytest.mark.parametrize(("name", "changes"), BAD)
def test_production_is_refused_in_one_line_that_names_the_setting(name: str, changes: dict[str, str | None]) -> None:
    with pytest.raises(BadSetting) as refused:
        Settings.from_environment(changed(changes)).check()

    assert refused.value.setting == name
    assert re.fullmatch(rf"{name}: [^\n]{{10,120}}", str(refused.value))
    assert not any(value and len(value) > 8 and value in str(refused.value) for value in changes.values())


def test_development_starts_with_nothing_set() -> None:
    settings = Settings.from_environment({})

    settings.check()
    assert settings.database_url == f"sqlite:///{CHECKOUT}/instance/planner.db"
    assert not settings.cookie_secure
    assert "localhost" in settings.hosts
    assert settings == Settings()


def test_an_empty_setting_is_a_missing_one() -> None:
    assert Settings.from_environment({"APP_ENV": "", "DATABASE_URL": "", "PORT": "", "ALLOWED_HOSTS": ""}) == Settings()


def test_half_a_sign_in_is_refused_in_development_too() -> None:
    with pytest.raises(BadSetting, match="OIDC_CLIENT_ID"):
        Settings.from_environment({"OIDC_ISSUER": "http://localhost:9000"}).check()


def test_sqlite_is_used_in_production_only_with_consent() -> None:
    Settings.from_environment(changed({"DATABASE_URL": "sqlite:///planner.db", "ALLOW_SQLITE": "1"})).check()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_names_its_driver(scheme: str) -> None:
    settings = Settings.from_environment({"DATABASE_URL": f"{scheme}://planner@db/planner?sslmode=require"})

    assert settings.database_url == "postgresql+psycopg://planner@db/planner?sslmode=require"
    assert not settings.sqlite


def test_hosts_are_read_without_spaces_and_case() -> None:
    assert Settings.from_environment({"ALLOWED_HOSTS": " Plan.Example.org, b.example.org,"}).hosts == (
        "plan.example.org",
        "b.example.org",
    )


def test_settings_never_show_their_secrets() -> None:
    shown = repr(Settings.from_environment(GOOD))

    assert "hemmeligt" not in shown
    assert GOOD["SECRET_KEY"] not in shown
    assert KEY not in shown


def test_settings_do_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings().debug = True
