"""The test client: every request stands alone, as it does on a real server."""

from contextvars import copy_context
from typing import Any

from flask import has_app_context
from flask.globals import _cv_app
from flask.testing import FlaskClient
from werkzeug.test import TestResponse


class Visitor(FlaskClient):
    """A browser of one person.

    A test may have the app's context open to look into tables; Flask would lend that context, with its ``g`` and
    its session, to the request, which then sees what no request of a server sees. So it is put aside meanwhile.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if has_app_context():
            return copy_context().run(self._open_alone, *args, **kwargs)
        return super().open(*args, **kwargs)

    def _open_alone(self, *args: Any, **kwargs: Any) -> TestResponse:
        _cv_app.set(None)  # type: ignore[arg-type]  # only in the copy of the context, where nothing is open
        return super().open(*args, **kwargs)
