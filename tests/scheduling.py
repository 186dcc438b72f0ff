"""How two workers share the tests: a browser is heavy, so one worker has it and all that needs it."""

from xdist.scheduler import LoadScopeScheduling


class BrowserTogether(LoadScopeScheduling):
    """Every test is its own scope; those that drive a browser, which carry its name in their id, are one."""

    def _split_scope(self, nodeid: str) -> str:
        return "browser" if "chromium" in nodeid else nodeid
