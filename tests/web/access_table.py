"""Who gets what from every address: written by hand, one row an address, one column a person.

Placeholders in braces are Bo's: ``{plan}`` is in force with ``{budget}``, ``{entry}``, ``{purchase}``,
``{delivery}``, ``{item}`` and ``{objection}``; ``{tie}`` ties Bo and Ali; ``{role}`` is Finn's;
``{draft}`` is being put together, holds ``{line}``, and has ``{trial}`` beside it; ``{away}`` are days of Bo's; ``{sent}`` waits for its answer.
``{local}`` is a package of the house, published as ``{digest}``; ``{kladde}`` is the draft of another, ``{proposal}`` a proposal of Bo's, ``{list_mapping}`` says how a price list is read.
Another row of the same address asks for something else. A posting row is sent without anything but its token, so 422 means: this person may, and the form says what is missing.
"""

from dataclasses import dataclass

PEOPLE = {
    "nobody": "is not signed in",
    "bo": "the citizen whose things they are",
    "lis": "another citizen",
    "mette": "caseworker of Bo's unit",
    "finn": "caseworker of another unit",
    "karen": "approver of Bo's unit",
    "jens": "finance of the municipality",
    "jan": "finance of another unit",
    "asta": "administrator",
    "ali": "Bo's support person",
    "rune": "Lis's support person",
    "rikke": "Bo's relative, who supports nobody",
    "birgit": "catalogue editor",
}

_TABLE = """
                                            nobody bo  lis mette finn karen jens jan asta ali rune rikke birgit

GET  /                                         302 302 302 302 302 302 302 302 302 302 302 302 302
GET  /sign-in                                  200 200 200 200 200 200 200 200 200 200 200 200 200
POST /sign-in/demo                             404 404 404 404 404 404 404 404 404 404 404 404 404
GET  /sign-in/openid                           404 404 404 404 404 404 404 404 404 404 404 404 404
GET  /sign-in/back                             404 404 404 404 404 404 404 404 404 404 404 404 404
GET  /sign-in/invitation                       302 302 302 302 302 302 302 302 302 302 302 302 302
POST /sign-in/invitation                       303 303 303 303 303 303 303 303 303 303 303 303 303
POST /sign-out                                 303 303 303 303 303 303 303 303 303 303 303 303 303
POST /language                                 303 303 303 303 303 303 303 303 303 303 303 303 303
GET  /packages                                 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  /packages/cti                             200 200 200 200 200 200 200 200 200 200 200 200 200
GET  /packages/unknown                         404 404 404 404 404 404 404 404 404 404 404 404 404
GET  /packages/export.zip                      200 200 200 200 200 200 200 200 200 200 200 200 200
GET  /packages/export.json                     200 200 200 200 200 200 200 200 200 200 200 200 200
GET  /calendar/unknown.ics                     404 404 404 404 404 404 404 404 404 404 404 404 404
GET  /packages/compare                         200 200 200 200 200 200 200 200 200 200 200 200 200
GET  /packages/compare?package=cti&package=act 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  /try                                      200 200 200 200 200 200 200 200 200 200 200 200 200
POST /try                                      422 422 422 422 422 422 422 422 422 422 422 422 422
GET  /try/code                                 200 200 200 200 200 200 200 200 200 200 200 200 200
POST /try/code                                 422 422 422 422 422 422 422 422 422 422 422 422 422
GET  /try/claim                                302 200 200 403 403 403 403 403 403 403 403 403 403
POST /try/claim                                401 422 422 403 403 403 403 403 403 403 403 403 403
POST /try/claim/plan                           401 422 422 403 403 403 403 403 403 403 403 403 403
GET  /acute                                    200 200 200 200 200 200 200 200 200 200 200 200 200
GET  /accessibility                            200 200 200 200 200 200 200 200 200 200 200 200 200
GET  /privacy                                  200 200 200 200 200 200 200 200 200 200 200 200 200

GET  /me/                                      302 200 200 403 403 403 403 403 403 403 403 403 403
GET  /me/money                                 302 200 200 403 403 403 403 403 403 403 403 403 403
GET  /me/money/{budget}                        302 200 404 403 403 403 403 403 403 403 403 403 403
GET  /me/money/{budget}/postings.csv           302 200 404 403 403 403 403 403 403 403 403 403 403
GET  /me/money/{budget}/{entry}                302 200 404 403 403 403 403 403 403 403 403 403 403
POST /me/money/{budget}/{entry}                401 422 404 403 403 403 403 403 403 403 403 403 403
GET  /me/purchases/new                         302 200 200 403 403 403 403 403 403 403 403 403 403
POST /me/purchases/new                         401 422 422 403 403 403 403 403 403 403 403 403 403
GET  /me/purchases/{purchase}                  302 200 404 403 403 403 403 403 403 403 403 403 403
GET  /me/purchases/{purchase}/money-back       302 200 404 403 403 403 403 403 403 403 403 403 403
POST /me/purchases/{purchase}/money-back       401 422 404 403 403 403 403 403 403 403 403 403 403
GET  /me/purchases/{purchase}/take-back        302 200 404 403 403 403 403 403 403 403 403 403 403
POST /me/purchases/{purchase}/take-back        401 422 404 403 403 403 403 403 403 403 403 403 403

GET  /me/plan                                  302 200 200 403 403 403 403 403 403 403 403 403 403
GET  /me/plan/{plan}                           302 200 404 403 403 403 403 403 403 403 403 403 403
POST /me/plan/{plan}/withdrawal                401 422 404 403 403 403 403 403 403 403 403 403 403
POST /me/plan/{plan}/answer                    401 422 404 403 403 403 403 403 403 403 403 403 403
POST /me/plan/{plan}/change                    401 422 404 403 403 403 403 403 403 403 403 403 403
GET  /me/plan/compose                          302 302 200 302 302 403 403 403 403 302 302 403 403
GET  /me/plan/{draft}/compose                  302 200 404 200 404 403 403 403 403 200 404 403 403
POST /me/plan/{draft}/packages/cti             401 422 404 422 404 403 403 403 403 422 404 403 403
GET  /me/plan/own                              302 302 200 404 404 403 403 403 403 404 404 403 403
GET  /me/plan/{draft}/own                      302 200 404 200 404 403 403 403 403 200 404 403 403
POST /me/plan/{draft}/own                      401 422 404 422 404 403 403 403 403 422 404 403 403
GET  /me/plan/{draft}/lines/{line}             302 200 404 200 404 403 403 403 403 200 404 403 403
POST /me/plan/{draft}/lines/{line}             401 422 404 422 404 403 403 403 403 422 404 403 403
POST /me/plan/{draft}/lines/{line}/move        401 422 404 422 404 403 403 403 403 422 404 403 403
POST /me/plan/{draft}/lines/{line}/removal     401 422 404 422 404 403 403 403 403 422 404 403 403
GET  /me/plan/check                            302 302 200 403 403 403 403 403 403 403 403 403 403
GET  /me/plan/{draft}/check                    302 200 404 403 403 403 403 403 403 403 403 403 403
POST /me/plan/{draft}/submission               401 422 404 403 403 403 403 403 403 403 403 403 403
GET  /me/plan/sent                             302 200 303 403 403 403 403 403 403 403 403 403 403
GET  /me/plan/{sent}/sent                      302 200 404 403 403 403 403 403 403 403 403 403 403
GET  /me/plan/{draft}/unpaid                   302 200 404 200 404 403 403 403 403 200 404 403 403
GET  /me/plan/{draft}/rungs                    302 200 404 200 404 403 403 403 403 200 404 403 403
GET  /me/plan/{draft}/tries                    302 200 404 200 404 403 403 403 403 200 404 403 403
GET  /me/plan/{draft}/tries/{trial}            302 200 404 200 404 403 403 403 403 200 404 403 403
POST /me/plan/{draft}/unpaid                   401 422 404 422 404 403 403 403 403 422 404 403 403
POST /me/plan/{draft}/undo                     401 422 404 422 404 403 403 403 403 422 404 403 403
POST /me/plan/{draft}/limit                    401 422 404 422 404 403 403 403 403 422 404 403 403
POST /me/plan/{draft}/rungs                    401 422 404 422 404 403 403 403 403 422 404 403 403
POST /me/plan/{draft}/tries                    401 422 404 422 404 403 403 403 403 422 404 403 403
POST /me/plan/{draft}/lines/{line}/goals       401 422 404 422 404 403 403 403 403 422 404 403 403
POST /me/plan/{draft}/tries/{trial}/use        401 422 404 422 404 403 403 403 403 422 404 403 403
POST /me/plan/{draft}/tries/{trial}/throw      401 422 404 422 404 403 403 403 403 422 404 403 403
POST /me/plan/{draft}/tries/{trial}/lines/{line}/back 401 422 404 422 404 403 403 403 403 422 404 403 403
GET  /me/plan/{draft}/lines/{line}/choices     302 200 404 200 404 403 403 403 403 200 404 403 403
POST /me/plan/{draft}/lines/{line}/choices     401 422 404 422 404 403 403 403 403 422 404 403 403
POST /me/plan/{draft}/wishes/{wish}/removal    401 422 404 422 404 403 403 403 403 422 404 403 403
GET  /me/plan/{plan}/lines/{item}/phases       302 200 404 200 404 403 403 403 403 200 404 403 403
POST /me/plan/{plan}/lines/{item}/phases/1/handovers 401 422 404 422 404 403 403 403 403 422 404 403 403
POST /me/plan/{plan}/lines/{item}/phases/1/handovers/{handover}/removal 401 422 404 422 404 403 403 403 403 422 404 403 403
POST /me/plan/{plan}/lines/{item}/phases/1/talks 401 422 404 422 404 403 403 403 403 422 404 403 403
GET  /me/away                                  302 200 200 403 403 403 403 403 403 403 403 403 403
POST /me/away                                  401 422 422 403 403 403 403 403 403 403 403 403 403
POST /me/away/{away}/removal                   401 422 404 403 403 403 403 403 403 403 403 403 403
GET  /me/plan/suggestions                      302 302 200 404 404 403 403 403 403 404 404 403 403
GET  /me/plan/{draft}/suggestions              302 200 404 200 404 403 403 403 403 200 404 403 403
POST /me/plan/{draft}/suggestions              401 422 404 422 404 403 403 403 403 422 404 403 403
GET  /me/plan/paper                            302 200 200 403 403 403 403 403 403 403 403 403 403
GET  /me/plan/{plan}/paper                     302 200 404 403 403 403 403 403 403 403 403 403 403
GET  /me/plan/paper.pdf                        302 200 200 403 403 403 403 403 403 403 403 403 403
GET  /me/plan/{plan}/paper.pdf                 302 200 404 403 403 403 403 403 403 403 403 403 403
GET  /me/plan/calendar                         302 200 200 403 403 403 403 403 403 403 403 403 403
GET  /me/plan/{plan}/calendar                  302 200 404 403 403 403 403 403 403 403 403 403 403
POST /me/plan/{plan}/calendar                  401 422 404 403 403 403 403 403 403 403 403 403 403
GET  /me/plan/{plan}/calendar.ics              302 200 404 403 403 403 403 403 403 403 403 403 403
POST /me/plan/{plan}/calendar/1/revocation     401 422 404 403 403 403 403 403 403 403 403 403 403

GET  /me/goals                                 302 200 200 403 403 403 403 403 403 403 403 403 403
POST /me/goals                                 401 422 422 403 403 403 403 403 403 403 403 403 403
GET  /me/goals/new                             302 200 200 403 403 403 403 403 403 403 403 403 403
GET  /me/goals/all                             302 200 200 403 403 403 403 403 403 403 403 403 403
GET  /me/goals/{goal}                          302 200 404 403 403 403 403 403 403 403 403 403 403
POST /me/goals/{goal}/check-ins                401 422 404 403 403 403 403 403 403 403 403 403 403
POST /me/goals/{goal}/step                     401 422 404 403 403 403 403 403 403 403 403 403 403
GET  /me/goals/{goal}/words                    302 200 404 403 403 403 403 403 403 403 403 403 403
POST /me/goals/{goal}/words                    401 422 404 403 403 403 403 403 403 403 403 403 403
GET  /me/chime                                 302 200 200 403 403 403 403 403 403 403 403 403 403
POST /me/chime                                 401 422 422 403 403 403 403 403 403 403 403 403 403
GET  /me/chime/answers                         302 200 200 403 403 403 403 403 403 403 403 403 403
GET  /me/readings                              302 200 200 403 403 403 403 403 403 403 403 403 403
GET  /me/readings.csv                          302 200 200 403 403 403 403 403 403 403 403 403 403
GET  /me/happened                              302 200 200 403 403 403 403 403 403 403 403 403 403
GET  /me/more                                  302 200 200 403 403 403 403 403 403 403 403 403 403
GET  /me/settings                              302 200 200 403 403 403 403 403 403 403 403 403 403
GET  /me/earlier                               302 200 200 403 403 403 403 403 403 403 403 403 403
GET  /me/people                                302 200 200 403 403 403 403 403 403 403 403 403 403
GET  /me/people/{tie}/stop                     302 200 404 403 403 403 403 403 403 403 403 403 403
POST /me/people/{tie}/stop                     401 422 404 403 403 403 403 403 403 403 403 403 403

GET  /desk/                                    302 403 403 200 200 200 403 403 403 403 403 403 403
GET  /desk/courses/new                         302 403 403 200 200 403 403 403 403 403 403 403 403
GET  /desk/courses/new?citizen={bo}            302 403 403 200 404 403 403 403 403 403 403 403 403
POST /desk/courses/search                      401 403 403 422 422 403 403 403 403 403 403 403 403
POST /desk/courses                             401 403 403 422 422 403 403 403 403 403 403 403 403
GET  /desk/plans/{plan}                        302 403 403 200 404 200 403 403 403 403 403 403 403
POST /desk/plans/{plan}/approval               401 403 403 422 404 422 403 403 403 403 403 403 403
POST /desk/plans/{plan}/question               401 403 403 422 404 422 403 403 403 403 403 403 403
GET  /desk/plans/{plan}/approved               302 403 403 200 404 200 403 403 403 403 403 403 403
GET  /desk/plans/{draft}/approved              302 403 403 404 404 404 403 403 403 403 403 403 403
GET  /desk/plans/{plan}/end                    302 403 403 200 404 403 403 403 403 403 403 403 403
POST /desk/plans/{plan}/end                    401 403 403 422 404 403 403 403 403 403 403 403 403
GET  /desk/plans/{plan}/deliveries             302 403 403 200 404 403 403 403 403 200 404 403 403
POST /desk/plans/{plan}/deliveries/{item}      401 403 403 422 404 403 403 403 403 422 404 403 403
POST /desk/plans/{plan}/deliveries/{delivery}/take-back  401 403 403 422 404 403 403 403 403 422 404 403 403
GET  /desk/supported                           302 403 403 403 403 403 403 403 403 200 200 403 403
GET  /desk/wishes                              302 403 403 200 200 200 403 403 403 403 403 403 403
GET  /desk/wishes/{wish}                       302 403 403 200 404 200 403 403 403 403 403 403 403
POST /desk/wishes/{wish}                       401 403 403 422 404 422 403 403 403 403 403 403 403
GET  /desk/objections                          302 403 403 200 200 403 403 403 403 403 403 403 403
GET  /desk/objections/{objection}              302 403 403 200 404 403 403 403 403 403 403 403 403
POST /desk/objections/{objection}              401 403 403 422 404 403 403 403 403 403 403 403 403

GET  /finance/                                 302 403 403 403 403 403 200 200 403 403 403 403 403
GET  /finance/postings                         302 403 403 403 403 403 200 200 403 403 403 403 403
GET  /finance/estimates                        302 403 403 403 403 403 200 200 403 403 403 403 403
GET  /finance/budgets/{budget}                 302 403 403 403 403 403 200 404 403 403 403 403 403
POST /finance/postings/file                    401 403 403 403 403 403 400 400 403 403 403 403 403

GET  /editor/                                  302 403 403 403 403 403 403 403 403 403 403 403 200
GET  /editor/packages/new                      302 403 403 403 403 403 403 403 403 403 403 403 200
POST /editor/packages                          401 403 403 403 403 403 403 403 403 403 403 403 422
GET  /editor/packages/{local}                  302 403 403 403 403 403 403 403 403 403 403 403 200
GET  /editor/packages/{local}/versions/{digest} 302 403 403 403 403 403 403 403 403 403 403 403 200
POST /editor/packages/{local}/draft            401 403 403 403 403 403 403 403 403 403 403 403 422
GET  /editor/packages/{gone}              302 403 403 403 403 403 403 403 403 403 403 403 200
GET  /editor/packages/{local}/withdrawal       302 403 403 403 403 403 403 403 403 403 403 403 200
POST /editor/packages/{local}/withdrawal       401 403 403 403 403 403 403 403 403 403 403 403 422
POST /editor/packages/{local}/offer            401 403 403 403 403 403 403 403 403 403 403 403 422
GET  /editor/drafts/{kladde}                   302 403 403 403 403 403 403 403 403 403 403 403 200
POST /editor/drafts/{kladde}                   401 403 403 403 403 403 403 403 403 403 403 403 422
GET  /editor/drafts/{kladde}/preview           302 403 403 403 403 403 403 403 403 403 403 403 200
GET  /editor/drafts/{kladde}/difference        302 403 403 403 403 403 403 403 403 403 403 403 200
POST /editor/drafts/{kladde}/publication       401 403 403 403 403 403 403 403 403 403 403 403 422
POST /editor/drafts/{kladde}/removal           401 403 403 403 403 403 403 403 403 403 403 403 422
GET  /editor/proposals                         302 403 403 403 403 403 403 403 403 403 403 403 200
GET  /editor/proposals/{proposal}              302 403 403 403 403 403 403 403 403 403 403 403 200
POST /editor/proposals/{proposal}              401 403 403 403 403 403 403 403 403 403 403 403 422
POST /editor/proposals/{proposal}/draft        401 403 403 403 403 403 403 403 403 403 403 403 422
GET  /editor/prices                            302 403 403 403 403 403 403 403 403 403 403 403 200
POST /editor/prices                            401 403 403 403 403 403 403 403 403 403 403 403 422
GET  /editor/prices/list                       302 403 403 403 403 403 403 403 403 403 403 403 302
POST /editor/prices/list                       401 403 403 403 403 403 403 403 403 403 403 403 422
GET  /editor/prices/mappings/new               302 403 403 403 403 403 403 403 403 403 403 403 200
POST /editor/prices/mappings/new               401 403 403 403 403 403 403 403 403 403 403 403 422
GET  /editor/prices/mappings/{list_mapping}    302 403 403 403 403 403 403 403 403 403 403 403 200
POST /editor/prices/mappings/{list_mapping}    401 403 403 403 403 403 403 403 403 403 403 403 422
GET  /proposals/                               302 200 200 200 200 200 200 200 200 200 200 200 200
POST /proposals/                               401 422 422 422 422 422 422 422 422 422 422 422 422

GET  /admin/                                   302 403 403 403 403 403 403 403 200 403 403 403 403
POST /admin/search                             401 403 403 403 403 403 403 403 422 403 403 403 403
GET  /admin/people/new                         302 403 403 403 403 403 403 403 200 403 403 403 403
POST /admin/people                             401 403 403 403 403 403 403 403 422 403 403 403 403
GET  /admin/people/{bo}                        302 403 403 403 403 403 403 403 200 403 403 403 403
GET  /admin/people/{bo}/change                 302 403 403 403 403 403 403 403 200 403 403 403 403
POST /admin/people/{bo}/change                 401 403 403 403 403 403 403 403 422 403 403 403 403
POST /admin/people/{bo}/invitation             401 403 403 403 403 403 403 403 422 403 403 403 403
POST /admin/people/{bo}/roles                  401 403 403 403 403 403 403 403 422 403 403 403 403
POST /admin/people/{finn}/roles/{role}/end     401 403 403 403 403 403 403 403 422 403 403 403 403
POST /admin/people/{bo}/ties                   401 403 403 403 403 403 403 403 422 403 403 403 403
POST /admin/people/{bo}/ties/{tie}/end         401 403 403 403 403 403 403 403 422 403 403 403 403
GET  /admin/people/{ali}/ties/new              302 403 403 403 403 403 403 403 200 403 403 403 403
POST /admin/people/{ali}/ties/search           401 403 403 403 403 403 403 403 422 403 403 403 403
GET  /admin/units                              302 403 403 403 403 403 403 403 200 403 403 403 403
POST /admin/units                              401 403 403 403 403 403 403 403 422 403 403 403 403
GET  /admin/figures                            302 403 403 403 403 403 403 403 200 403 403 403 403
GET  /admin/figures/free_cap                   302 403 403 403 403 403 403 403 200 403 403 403 403
POST /admin/figures/free_cap                   401 403 403 403 403 403 403 403 422 403 403 403 403

GET  /api/docs                                 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  /api/openapi.json                         200 200 200 200 200 200 200 200 200 200 200 200 200
GET  /api/v1/session                           200 200 200 200 200 200 200 200 200 200 200 200 200
GET  /api/v1/packages                          200 200 200 200 200 200 200 200 200 200 200 200 200
GET  /api/v1/packages/cti                      200 200 200 200 200 200 200 200 200 200 200 200 200
GET  /api/v1/packages/unknown                  404 404 404 404 404 404 404 404 404 404 404 404 404
GET  /api/v1/plans                             401 200 200 403 403 403 403 403 403 403 403 403 403
GET  /api/v1/plans/{plan}                      401 200 404 403 403 403 403 403 403 403 403 403 403
GET  /api/v1/budgets                           401 200 200 403 403 403 403 403 403 403 403 403 403
GET  /api/v1/budgets/{budget}                  401 200 404 403 403 403 403 403 403 403 403 403 403
GET  /api/v1/purchases                         401 200 200 403 403 403 403 403 403 403 403 403 403
GET  /api/v1/purchases/{purchase}              401 200 404 403 403 403 403 403 403 403 403 403 403
POST /api/v1/purchases                         401 422 422 403 403 403 403 403 403 403 403 403 403
GET  /api/v1/finance/overview                  401 403 403 403 403 403 200 200 403 403 403 403 403
GET  /api/v1/finance/postings                  401 403 403 403 403 403 200 200 403 403 403 403 403
"""


@dataclass(frozen=True, slots=True)
class Row:
    """An address, how it is asked, and the answer that each person gets."""

    method: str
    address: str
    answers: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.method} {self.address}"

    def answer(self, person: str) -> int:
        """Tell what a person gets."""
        return self.answers[list(PEOPLE).index(person)]


def _read(table: str) -> tuple[Row, ...]:
    head, *lines = (line.split() for line in table.splitlines() if line.strip())
    assert head == list(PEOPLE)
    assert all(len(line) == len(PEOPLE) + 2 for line in lines)
    return tuple(Row(method, address, tuple(map(int, answers))) for method, address, *answers in lines)


ROWS = _read(_TABLE)
