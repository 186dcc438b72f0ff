"""What every page says about the municipality: its name, its telephone numbers, whether it is the demo."""

from dataclasses import dataclass

from flask import Flask, g

from planner.queries import people
from planner.web.language import spoken

EXIT = "https://www.dmi.dk/"


@dataclass(frozen=True, slots=True)
class House:
    """The municipality as pages show it; numbers that are not set are those of the demo."""

    municipality: str
    phone: str
    acute_phone: str
    exit: str
    demo: bool
    reader_names: bool


def house() -> House:
    """Load it once a request."""
    if "house" not in g:
        said = people.settings()
        g.house = House(
            municipality=said.get("municipality", "Kommunen"),
            phone=said.get("phone", "12 34 56 78"),
            acute_phone=said.get("acute_phone", "87 65 43 21"),
            exit=said.get("exit", EXIT),
            demo=said.get("demo") == "1",
            reader_names=said.get("reader_names") == "1",
        )
    found: House = g.house
    return found


def install(app: Flask) -> None:
    """Let every template name the house and the language."""
    app.context_processor(lambda: {"house": house(), "language": spoken()})
