"""The only place with the sentences: what each refusal says to a person, the result before the reason."""

from functools import singledispatch

from flask import current_app
from flask_babel import gettext, ngettext

from packages_catalog.faults import CatalogueFaults
from planner.domain import (
    authority,
    chime,
    decision,
    delivery,
    errors,
    goal,
    ledger,
    mix,
    money,
    period,
    plan,
    purchase,
)
from planner.usecases import courses, deliveries, files, numbers, people, plans, transaction
from planner.web.filters import day, kr, words


@singledispatch
def explain(error: errors.DomainError) -> str:
    """Say in the language that is spoken what was refused, why, and what to do."""
    return gettext("That is not possible right now. (%(code)s)", code=error.code)


def _says(error: type[errors.DomainError], sentence: str) -> None:
    explain.register(error, lambda _error: gettext(sentence))


def N_(sentence: str) -> str:  # noqa: N802 - the name that translation tools look for
    """Mark a sentence for translation; it is translated when it is said."""
    return sentence


_PLAIN: dict[type[errors.DomainError], str] = {
    errors.NotFound: N_("We cannot find that. It may have been moved or taken away."),
    errors.Conflict: N_("Somebody else was quicker. Nothing was changed. Look at the page again, and try once more."),
    transaction.Busy: N_("Many people are using the planner right now. Nothing was changed. Try again in a moment."),
    transaction.KeyReused: N_("This form was used for something else. Open the page again, and try once more."),
    money.UnreadableAmount: N_("Write the amount as 1.234,50. It must be more than 0 kr."),
    CatalogueFaults: N_("The package has faults. They are listed with the place and the reason."),
    period.PeriodEndsBeforeStart: N_("The last day must not be before the first."),
    mix.NoPrice: N_("There is no price for that day yet. Choose a later day, or call us."),
    plan.NotYourPart: N_("Somebody else in the plan does this."),
    plan.EmptyPlan: N_("There is nothing in your plan yet. Put something in first."),
    plan.NoGoal: N_("Write first what you want. One sentence is enough."),
    plan.PackagesExclude: N_("Two things in your plan cannot run at the same time. Take one out, or move it."),
    plan.PriceChanged: N_("A price has changed since you opened the page. Look at both prices, and send again."),
    plans.AlreadyInPlan: N_("That is in your plan already."),
    decision.ReasonsMissing: N_("Write the reasons: the amount is smaller than expected, so the law asks for them."),
    authority.AboutYourself: N_("You cannot decide about yourself."),
    authority.AboutKin: N_("You cannot decide about somebody you are close to."),
    authority.YouSubmitted: N_("You sent this plan yourself. Somebody else must decide it."),
    ledger.AlreadyTakenBack: N_("That was taken back already. Nothing more happened."),
    purchase.InTheFuture: N_("The day has not come yet. Choose today or an earlier day."),
    purchase.NotForBuying: N_("This is help that others give you. It is paid when it has been given."),
    purchase.TooManyBack: N_("No money can come back on this one."),
    delivery.NoSuchPart: N_("The help is not given in that part. Choose one from the list."),
    delivery.PartDelivered: N_("That part was recorded before. It is not paid twice."),
    deliveries.NotDelivered: N_("This is something the citizen buys. It is recorded as a purchase."),
    goal.NoWords: N_("Write something first. A few words are enough."),
    chime.OffTheScale: N_("Choose a number from 0 to 10."),
    numbers.UnreadableNumber: N_("Write the CPR number as six digits and four digits: 610180-4001."),
    courses.TemplateOver: N_("The kind of budget does not hold on the first day. Choose another kind or another day."),
    people.InvitationOver: N_("The code does not work. It may be used or too old. Ask for a new one."),
    people.LastAdministrator: N_("Somebody must be left who can give roles. Give the role to another person first."),
    people.OwnRights: N_("Nobody gives rights to themselves. Another administrator can do it."),
    people.UnknownUnit: N_("There is no such unit."),
}

for _error, _sentence in _PLAIN.items():
    _says(_error, _sentence)


@explain.register
def _(error: transaction.AlreadyDone) -> str:
    return gettext("That is done already. Nothing happened twice. (%(kind)s)", kind=error.kind.value)


@explain.register
def _(error: goal.TooManyWords) -> str:
    return gettext("That is too long. At most %(most)s characters fit.", most=error.longest)


@explain.register
def _(error: plan.NotNow) -> str:
    return gettext(
        "That is not possible now. The plan stands at: %(status)s. Open it again to see what happened.",
        status=status_name(error.status),
    )


@explain.register
def _(error: plan.PlanChanged) -> str:
    return gettext(
        "The plan was changed meanwhile. It is now version %(number)s: %(status)s. Nothing was decided. Read it again.",
        number=error.number,
        status=status_name(error.status),
    )


@explain.register
def _(error: plan.LineOutsidePlan) -> str:
    return gettext(
        "Something in your plan lies outside the days of the plan, %(first)s to %(last)s. Move it or make it shorter.",
        first=day(error.plan.first_day),
        last=day(error.plan.last_day),
    )


@explain.register
def _(error: plan.StartPassed) -> str:
    return gettext(
        "A start day has passed. It could run from %(first)s to %(last)s instead.",
        first=day(error.offered.first_day),
        last=day(error.offered.last_day),
    )


@explain.register
def _(error: plan.PackageGone) -> str:
    return gettext(
        "“%(package)s” is not offered any more. Take it out, and choose another.", package=_called(error.package_id)
    )


@explain.register
def _(error: plan.NeedMissing) -> str:
    return gettext("Something in your plan only works together with “%(package)s”.", package=_called(error.package_id))


def _called(package_id: str) -> str:
    """Name a package as people know it, or by its id when the catalogue does not know it."""
    package = current_app.extensions["catalogue"].get(package_id)
    return words(package.name) if package else package_id


@explain.register
def _(error: plan.MixTooDear) -> str:
    return gettext(
        "It costs %(more)s more than is set aside. Take something out, choose a shorter time, or ask your adviser.",
        more=kr(error.cost - error.frame),
    )


@explain.register
def _(error: decision.AwardBelowPlan) -> str:
    return gettext(
        "The amount of %(award)s does not cover the plan. It needs %(needed)s.",
        award=kr(error.award),
        needed=kr(error.needed),
    )


@explain.register
def _(error: decision.AboveCeiling) -> str:
    return gettext("This kind of budget can be at most %(ceiling)s.", ceiling=kr(error.ceiling))


@explain.register
def _(error: courses.AboveTemplate) -> str:
    return gettext("This kind of budget can be at most %(ceiling)s.", ceiling=kr(error.ceiling))


@explain.register
def _(error: courses.CourseTooLong) -> str:
    return ngettext(
        "This kind of budget can last at most %(num)s month.",
        "This kind of budget can last at most %(num)s months.",
        error.months,
    )


@explain.register
def _(error: authority.OverLimit) -> str:
    return gettext(
        "%(amount)s is above your limit of %(limit)s. The plan now waits with those who can decide it.",
        amount=kr(error.amount),
        limit=kr(error.limit),
    )


@explain.register
def _(error: ledger.BudgetExceeded) -> str:
    return gettext(
        "%(amount)s is more than there is. There is %(available)s.",
        amount=kr(error.amount),
        available=kr(error.available),
    )


@explain.register
def _(error: ledger.DearerThanSetAside) -> str:
    return gettext(
        "It costs more than the %(aside)s set aside. Shall the last %(more)s come from your free money?",
        aside=kr(error.set_aside),
        more=kr(error.from_free),
    )


@explain.register
def _(error: ledger.RefundTooLarge) -> str:
    return gettext("At most %(left)s can come back on this one.", left=kr(error.left))


@explain.register
def _(error: purchase.NotYet) -> str:
    return gettext("Your money can be used from %(first)s.", first=day(error.first_day))


@explain.register
def _(error: purchase.TooLate) -> str:
    return gettext(
        "The last day to write purchases down was %(last)s. Call us, and we look at it.", last=day(error.last_day)
    )


@explain.register
def _(error: files.TooManyRows) -> str:
    return gettext(
        "This file would have more than %(most)s rows. Choose fewer months, and take it again.", most=error.most
    )


_STATUS = {
    plan.PlanStatus.DRAFT: N_("being put together"),
    plan.PlanStatus.SUBMITTED: N_("sent"),
    plan.PlanStatus.RETURNED: N_("there is a question"),
    plan.PlanStatus.INSISTED: N_("sent, to be answered as it is"),
    plan.PlanStatus.WITHDRAWN: N_("taken back"),
    plan.PlanStatus.APPROVED: N_("in force"),
    plan.PlanStatus.ENDED: N_("ended"),
}


def status_name(status: plan.PlanStatus) -> str:
    """Name a plan's status in the language that is spoken."""
    return gettext(_STATUS[status])
