"""A person who has nothing but a keyboard: Tab to get somewhere, Enter and Space to do it."""

from playwright.sync_api import Page

_MOST = 400

_HERE = """
() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const label = e.labels && e.labels.length ? [...e.labels].map((l) => l.innerText).join(" ") : "";
  return (e.getAttribute("aria-label") || label || e.innerText || e.name || "").replace(/\\s+/g, " ").trim();
}
"""

_HIDDEN = """
() => {
  const e = document.activeElement, seen = [e, ...(e.labels || [])];
  const reached = seen.some((x) => {
    const r = x.getBoundingClientRect();
    const hit = document.elementFromPoint(r.left + Math.min(r.width, innerWidth) / 2, r.top + Math.min(r.height, innerHeight) / 2);
    return hit && seen.some((y) => y === hit || y.contains(hit) || hit.contains(y) && hit !== document.body);
  });
  const style = getComputedStyle(e), near = e.labels && e.labels.length ? getComputedStyle(e.labels[0], "::before") : style;
  const ringed = [style, near, getComputedStyle(e, "::after")].some((s) => (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== "none");
  return { reached, ringed };
}
"""


def here(page: Page) -> str | None:
    """Name what has the focus."""
    name: str | None = page.evaluate(_HERE)
    return name


def tab_to(page: Page, name: str) -> None:
    """Press Tab until something of that name has the focus; everything on the way can be seen and has a ring."""
    passed = []
    page.wait_for_load_state()  # a key that is pressed while a page comes is pressed on the one that goes
    for _ in range(_MOST):
        page.keyboard.press("Tab")
        at = here(page)
        passed.append(at)
        if at is not None and name in at:
            state = page.evaluate(_HIDDEN)
            assert state == {"reached": True, "ringed": True}, f"{at}: {state}"
            return
    raise AssertionError(f"{name} is not reached; passed {passed}")
