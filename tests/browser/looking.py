"""What is looked for on every page: accessibility, width, targets, and what the browser complains about."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Page, Response

from planner.config import CHECKOUT
from tests.parts import missing

TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]

# What axe leaves open: words in a chart, over a pattern, in a select with its arrow, in a label with a drawn mark. It
# does not know which colour lies behind them. We do: the colour of the nearest ground, because all that is drawn over
# a ground (areas of charts, arrows, marks) leaves the words alone. So their contrast is measured against that.
_MEASURED = """
selectors => selectors.map((selector) => {
  const e = document.querySelector(selector);
  const parts = (c) => (c.match(/[0-9.]+/g) || []).map(Number);
  const light = (c) => parts(c).slice(0, 3).map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  let ground = "rgb(255, 255, 255)";
  for (let x = e; x; x = x.parentElement) {
    const c = getComputedStyle(x).backgroundColor, p = parts(c);
    if (p.length === 3 || p[3] === 1) { ground = c; break; }
  }
  const style = getComputedStyle(e), ink = e.namespaceURI.endsWith("svg") ? style.fill : style.color;
  const [a, b] = [light(ink), light(ground)].sort((x, y) => y - x), size = parseFloat(style.fontSize);
  const enough = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
  return { selector, ratio: (a + 0.05) / (b + 0.05), enough };
}).filter(({ ratio, enough }) => ratio < enough).map(({ selector, ratio }) => `${selector} ${ratio.toFixed(2)}`)
"""

_SPY = """
document.addEventListener("securitypolicyviolation", (e) => console.error("policy: " + e.violatedDirective + " " + e.blockedURI));
"""

_SMALL = """
() => {
  const seen = (e) => { const r = e.getBoundingClientRect(); return r.width > 1 && r.height > 1 && r.right > 0 && getComputedStyle(e).visibility !== "hidden"; };
  const inSentence = (e) => {
    const around = e.closest("p, li, dd, td, th, legend, label, h1, h2, h3");
    return e.tagName === "A" && around && around.textContent.trim().length > e.textContent.trim().length + 3
      && getComputedStyle(e).display.startsWith("inline") && !e.closest("nav");
  };
  const box = (e) => {
    const boxes = [e, ...(e.labels && /radio|checkbox/.test(e.type) ? e.labels : [])].map((x) => x.getBoundingClientRect());
    return { width: Math.max(...boxes.map((r) => r.right)) - Math.min(...boxes.map((r) => r.left)),
             height: Math.max(...boxes.map((r) => r.bottom)) - Math.min(...boxes.map((r) => r.top)) };
  };
  return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter((e) => seen(e) || /radio|checkbox/.test(e.type)).filter((e) => !inSentence(e))
    .filter((e) => !e.closest("details:not([open])") || e.tagName === "SUMMARY")
    .map((e) => ({ e, r: box(e) })).filter(({ r }) => r.width < 43.5 || r.height < 43.5)
    .map(({ e, r }) => `${e.tagName} ${(e.innerText || e.name || "").trim().slice(0, 40)} ${Math.round(r.width)}x${Math.round(r.height)}`);
}
"""

_WIDE = """
() => {
  const wide = document.documentElement.scrollWidth - window.innerWidth;
  if (wide <= 0) return [];
  return [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > window.innerWidth + 0.5)
    .slice(0, 5).map((e) => `${e.tagName}.${e.className.baseVal ?? e.className} +${Math.round(e.getBoundingClientRect().right - window.innerWidth)}`);
}
"""


def axe_source() -> str:
    """Read axe, which the set-up fetches."""
    found = Path(CHECKOUT) / "node_modules" / "axe-core" / "axe.min.js"
    if not found.exists():
        missing("axe-core is missing: run ./dev test once, which fetches it")
    return found.read_text("utf-8")


class Watch:
    """Everything a browser complains about on a page, and the answers it got."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.add_init_script(_SPY)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("dialog", lambda dialog: (self.complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("response", self._weigh)

    def _hear(self, message: ConsoleMessage) -> None:
        # An answer of 404 or 422 is announced here as well; whether it was right is for the test to say.
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            self.complaints.append(f"{message.type}: {message.text}")

    def _weigh(self, answer: Response) -> None:
        if answer.status >= 500 or (answer.status >= 400 and "/static/" in answer.url):
            self.complaints.append(f"{answer.status}: {answer.url}")

    def taken(self) -> list[str]:
        """Hand out the complaints and forget them."""
        complaints, self.complaints = self.complaints, []
        return complaints


def faults(page: Page, axe: str) -> list[str]:
    """Name what axe finds, and what it leaves open and cannot be measured to be right."""
    page.evaluate(axe)
    found: dict[str, Any] = page.evaluate(
        "tags => axe.run({ runOnly: tags, resultTypes: ['violations', 'incomplete'] })", TAGS
    )
    wrong = [f"{rule['id']}: {_where(rule['nodes'])}" for rule in found["violations"]]
    for rule in found["incomplete"]:
        if rule["id"] == "color-contrast":
            pale = page.evaluate(_MEASURED, [node["target"][-1] for node in rule["nodes"]])
            wrong += [f"pale: {each}" for each in pale]
        else:
            wrong.append(f"open {rule['id']}: {_where(rule['nodes'])}")
    return wrong


def _where(nodes: Sequence[dict[str, Any]]) -> str:
    return "; ".join(f"{node['html'][:120]} {(node.get('failureSummary') or '')[:160]}" for node in nodes[:3])


def too_wide(page: Page) -> list[str]:
    """Name what makes the page scroll sideways."""
    found: list[str] = page.evaluate(_WIDE)
    return found


def too_small(page: Page) -> list[str]:
    """Name what is smaller than a finger."""
    found: list[str] = page.evaluate(_SMALL)
    return found
