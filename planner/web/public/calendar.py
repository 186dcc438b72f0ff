"""A plan's calendar under its private address: whoever has the address can read it, until it is switched off."""

from flask import Response
from flask_babel import force_locale

from planner.access import everybody
from planner.domain.calendar_link import digest
from planner.domain.errors import NotFound
from planner.queries import calendar as queries
from planner.web.diary import calendar_of
from planner.web.public import blueprint


@blueprint.get("/calendar/<token>.ics")
@everybody
def private_calendar(token: str) -> Response:
    """Hand out the calendar in its citizen's language; an unknown address and one switched off are not found alike."""
    feed = queries.feed(digest(token))
    if feed is None:
        raise NotFound
    with force_locale(feed.language):
        return calendar_of(feed.plan, named=feed.named)
