"""Shapes that the whole API shares: refusals, keys, pages of lists, the session."""

from marshmallow import INCLUDE, Schema, fields, validate

from planner.api.fields import CountField, DayField

UUID_FORM = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"


class RefusalSchema(Schema):
    """Why something was refused: a code, and the facts of the refusal beside it."""

    class Meta:
        unknown = INCLUDE

    code = fields.String(required=True)


class KeySchema(Schema):
    """The key that makes sending twice do it once."""

    key = fields.String(
        required=True,
        data_key="Idempotency-Key",
        validate=validate.Regexp(rf"^{UUID_FORM}\Z"),
        metadata={
            "pattern": f"^{UUID_FORM}$",
            "description": "A UUID of your own making, the same when you send again.",
        },
    )
    token = fields.String(
        data_key="X-CSRF-Token", metadata={"description": "The token from `GET /api/v1/session`; without it: 400."}
    )


class PagingSchema(Schema):
    """Which part of a list; a page beyond the last means the last, and no page has more than 100 rows."""

    page = CountField(load_default=1)
    page_size = CountField(load_default=50)


class PlaceSchema(Schema):
    """Where a page stands in its list."""

    number = fields.Integer(required=True)
    pages = fields.Integer(required=True)
    size = fields.Integer(required=True)
    total = fields.Integer(required=True)


class SessionSchema(Schema):
    """Who is signed in, and the token that changes need."""

    csrf_token = fields.String(required=True)
    person_id = fields.Integer(required=True, allow_none=True)
    called = fields.String(required=True, allow_none=True)
    roles = fields.List(fields.String(), required=True)
    ties = fields.List(fields.String(), required=True)


class PeriodSchema(Schema):
    """Days from the first to the last, both included."""

    first_day = DayField(dump_only=True, required=True)
    last_day = DayField(dump_only=True, required=True)
