"""Sign-in through OpenID Connect: code flow with PKCE, state and nonce; linked once by an invitation."""

from http import HTTPStatus
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import abort, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from joserfc.errors import JoseError
from wtforms import StringField

from planner import clock, logs
from planner.access import everybody
from planner.config import Settings
from planner.domain.errors import DomainError
from planner.queries import people
from planner.usecases import people as administration
from planner.web.forms import ActionForm, text_required
from planner.web.public import blueprint
from planner.web.public.front import enter, safe_next
from planner.web.wording import explain

log = logs.logger()

NAME = "municipality"
LONGEST_CODE = 100
NEWCOMER_SECONDS = 15 * 60
_PATIENCE = 10
# Only keys that the provider alone holds; neither "none" nor a shared secret.
_ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})


class InvitationForm(ActionForm):
    """The one-time code that an administrator handed out."""

    code = StringField(lazy_gettext("Your code"), text_required(LONGEST_CODE))


@blueprint.get("/sign-in/openid")
@everybody
def openid() -> ResponseReturnValue:
    """Send the visitor to the provider, and remember what its answer must match."""
    client = _client()
    _forget_attempts()
    session["next"] = safe_next(request.args.get("next", ""))
    try:
        answer: ResponseReturnValue = client.authorize_redirect(_address_back())
    except (requests.RequestException, RuntimeError, ValueError) as failure:
        return _failed(HTTPStatus.SERVICE_UNAVAILABLE, failure)
    return answer


@blueprint.get("/sign-in/back")
@everybody
def openid_back() -> ResponseReturnValue:
    """Take the provider's answer: sign in whom we know, and ask the others for their invitation."""
    client = _client()
    try:
        issuer, subject = _account(client)
    except (requests.RequestException, RuntimeError) as failure:
        return _failed(HTTPStatus.SERVICE_UNAVAILABLE, failure)
    except (AuthlibBaseError, JoseError, ValueError, KeyError) as forged:
        return _failed(HTTPStatus.BAD_REQUEST, forged)
    person_id = people.linked(issuer, subject)
    if person_id is not None:
        return enter(person_id, session.get("next", ""))
    until = int(clock.now().timestamp()) + NEWCOMER_SECONDS
    session["newcomer"] = {"issuer": issuer, "subject": subject, "until": until}
    return redirect(url_for(".invitation"), HTTPStatus.SEE_OTHER)


@blueprint.get("/sign-in/invitation")
@everybody
def invitation() -> ResponseReturnValue:
    """Ask a newcomer for the code."""
    if _newcomer() is None:
        return redirect(url_for(".sign_in"))
    return render_template("public/invitation.html", form=InvitationForm(formdata=None))


@blueprint.post("/sign-in/invitation")
@everybody
def accept_invitation() -> ResponseReturnValue:
    """Link a newcomer's account to the person whose code it is, once."""
    newcomer = _newcomer()
    if newcomer is None:
        return redirect(url_for(".sign_in"), HTTPStatus.SEE_OTHER)
    form = InvitationForm()
    if form.validate_on_submit():
        try:
            person_id = administration.accept(form.code.data, *newcomer, at=clock.now())
            return enter(person_id, session.get("next", ""))
        except DomainError as refusal:
            form.refuse(explain(refusal))
    return render_template("public/invitation.html", form=form), HTTPStatus.UNPROCESSABLE_ENTITY


def _account(client: Any) -> tuple[str, str]:  # noqa: ANN401 - Authlib carries no types
    """Take the answer apart, and tell whose account at which provider it is."""
    settings = _settings()
    issuer = settings.oidc_issuer.rstrip("/")
    claims = {
        "iss": {"essential": True, "values": [issuer, f"{issuer}/"]},
        "aud": {"essential": True, "value": settings.oidc_client_id},
    }
    metadata = client.load_server_metadata()
    offered = metadata.get("id_token_signing_alg_values_supported") or ()
    metadata["id_token_signing_alg_values_supported"] = sorted(_ALGORITHMS & set(offered)) or ["RS256"]
    token = client.authorize_access_token(claims_options=claims)
    account = token["userinfo"]
    return str(account["iss"]), str(account["sub"])


def _client() -> Any:  # noqa: ANN401 - Authlib carries no types
    """Find the provider's client, made at its first use; there is none unless the settings name a provider."""
    settings = _settings()
    if not settings.oidc:
        abort(HTTPStatus.NOT_FOUND)
    if "openid" not in current_app.extensions:
        oauth = OAuth(current_app)
        oauth.register(
            NAME,
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret,
            server_metadata_url=f"{settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={"scope": "openid", "code_challenge_method": "S256", "default_timeout": _PATIENCE},
        )
        current_app.extensions["openid"] = oauth
    return current_app.extensions["openid"].create_client(NAME)


def _address_back() -> str:
    """Name the address the provider answers to; the host is one of those the settings allow."""
    return url_for(".openid_back", _external=True, _scheme="https" if _settings().production else request.scheme)


def _newcomer() -> tuple[str, str] | None:
    found = session.get("newcomer")
    if not isinstance(found, dict) or found.get("until", 0) < clock.now().timestamp():
        return None
    return found["issuer"], found["subject"]


def _forget_attempts() -> None:
    """Drop sign-ins that were begun and not finished, so that the cookie does not grow."""
    for name in [name for name in session if name.startswith("_state_")] + ["newcomer"]:
        session.pop(name, None)


def _failed(status: HTTPStatus, reason: Exception) -> ResponseReturnValue:
    log.warning("sign-in failed", error=type(reason).__name__, status=status.value)
    unreachable = status is HTTPStatus.SERVICE_UNAVAILABLE
    return render_template("public/sign_in_failed.html", unreachable=unreachable), status


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
