"""Somebody at a browser: reads headings, fills in what a label names, presses what a button says."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Locator, Page, expect

from planner.domain.money import ZERO, Money
from tests.stories.reading import amount


@dataclass
class Person:
    """A person with a browser of their own. Every page they come to is looked at; its money must add up."""

    page: Page
    seen: list[str] = field(default_factory=list)

    @classmethod
    def come(cls, browser: Browser, base: str, called: str, *, scripts: bool) -> "Person":
        """Let somebody come to the demo's door and choose who they are."""
        context = browser.new_context(
            base_url=base, java_script_enabled=scripts, viewport={"width": 360, "height": 780}
        )
        person = cls(context.new_page())
        person.open("/sign-in")
        person.press(called)
        return person

    def leave(self) -> None:
        """Close the browser."""
        self.page.context.close()

    def open(self, address: str) -> None:
        """Go to an address."""
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.ok, f"{address}: {answer.status}"
        self.look()

    def look(self) -> None:
        """Look at the page: wherever the three parts of the money stand, they add up."""
        self.page.wait_for_load_state()
        self.seen.append(self.page.url)
        for parts in self.page.locator("dl.sum, dl.parts").all():
            found = [amount(text) for text in parts.locator("dd").all_inner_texts()]
            if len(found) == 4:
                assert Money.sum(found[:3]) == found[3], f"{self.page.url}: {found}"
            else:
                assert Money.sum(found) > ZERO, f"{self.page.url}: {found}"

    def sum(self) -> tuple[Money, ...]:
        """Read used, set aside and free from the page that is open."""
        shown = self.page.locator("dl.sum, dl.parts").first
        return tuple(amount(text) for text in shown.locator("dd").all_inner_texts()[:3])

    def follow(self, name: str) -> None:
        """Follow a link by how its words begin."""
        self.page.get_by_role("link", name=re.compile(rf"^{re.escape(name)}(?!\w)")).first.click()
        self.look()

    def fill(self, label: str, words: str) -> None:
        """Write into a field."""
        self._field(label).fill(words)

    def choose(self, label: str) -> None:
        """Choose a radio button or tick a box."""
        self._field(label).check(force=True)

    def pick(self, label: str, option: str) -> None:
        """Choose from a list."""
        self._field(label).select_option(label=option)

    def press(self, name: str) -> None:
        """Press a button, and look at the page that comes."""
        self.page.locator("main").get_by_role("button", name=name).first.click()
        self.look()

    def sees(self, words: str) -> None:
        """Expect words on the page."""
        expect(self.page.locator("main").get_by_text(words).first).to_be_visible()

    def sees_not(self, words: str) -> None:
        """Expect words nowhere on the page."""
        expect(self.page.get_by_text(words)).to_have_count(0)

    def _field(self, label: str) -> Locator:
        fields = self.page.locator("main").locator("input, select, textarea")
        return fields.and_(self.page.get_by_label(label)).first
