"""Every template compiles, and a name that nobody gave it is an error and not an empty place."""

import re

import pytest
from flask import Flask
from jinja2 import StrictUndefined, TemplateSyntaxError

from tests.project.tree import files, texts

pytestmark = pytest.mark.only_sqlite


def test_every_template_compiles(app: Flask) -> None:
    broken = []
    for name in app.jinja_env.list_templates(filter_func=lambda name: name.endswith((".html", ".txt", ".svg", ".xml"))):
        try:
            app.jinja_env.get_template(name)
        except TemplateSyntaxError as error:
            broken.append(f"{name}:{error.lineno} {error.message}")

    assert broken == []


def test_the_templates_of_the_tree_are_the_ones_the_app_finds(app: Flask) -> None:
    own = {name.removeprefix("templates/") for name in files() if name.startswith("templates/")}

    assert own
    assert own <= set(app.jinja_env.list_templates())


def test_a_missing_name_is_an_error(app: Flask) -> None:
    assert issubclass(app.jinja_env.undefined, StrictUndefined)


@pytest.mark.parametrize("ending", ["html", "svg", "xml"])
def test_what_people_write_is_shown_and_not_obeyed(ending: str, app: Flask) -> None:
    escaped = app.jinja_env.autoescape

    assert escaped is True or escaped(f"page.{ending}")


@pytest.mark.parametrize(
    "forbidden",
    [
        pytest.param(r"\|\s*safe\b|autoescape\s+false", id="unescaped"),
        pytest.param(r"<script(?![^>]*\ssrc=)", id="inline script"),
        pytest.param(r"<style\b|\sstyle\s*=", id="inline style"),
        pytest.param(r"<[^>]*\son[a-z]+\s*=", id="inline handler"),
        pytest.param(r"(?:href|src|action)\s*=\s*[\"']?(?:https?:)?//", id="address of others"),
    ],
)
def test_no_template_needs_a_looser_content_policy(forbidden: str) -> None:
    found = [
        f"{name}: {match[0]}"
        for name, text in texts()
        if name.startswith("templates/")
        for match in re.finditer(forbidden, text, re.IGNORECASE)
    ]

    assert found == []
