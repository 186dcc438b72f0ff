"""The only place with the sentences: what each refusal says to a person, the result before the reason."""

from functools import singledispatch

from flask_babel import gettext, ngettext

from packages_catalog.faults import CatalogueFaults
from packages_catalog.vocabulary import LAWS
from planner.domain import (
    allowed,
    authority,
    away,
    chime,
    decision,
    delivery,
    errors,
    goal,
    law,
    ledger,
    mix,
    money,
    period,
    phase,
    plan,
    price_fault,
    private_code,
    private_mix,
    purchase,
    wish,
)
from planner.exchange import paper
from planner.queries import offers
from planner.usecases import (
    calendar_links,
    composing,
    courses,
    deliveries,
    figures,
    files,
    numbers,
    package_drafts,
    packages,
    people,
    price_lists,
    private_mixes,
    proposals,
    publishing,
    transaction,
    trials,
)
from planner.web.adjusting import beyond_name
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
    price_fault.PriceListFaults: N_("The list has faults, so nothing was kept. Put them right, and choose it again."),
    price_lists.MappingNameTaken: N_("Another list has that name already. Choose another."),
    CatalogueFaults: N_("The package has faults. They are listed with the place and the reason."),
    period.PeriodEndsBeforeStart: N_("The last day must not be before the first."),
    mix.NoPrice: N_("There is no price for that day yet. Choose a later day, or call us."),
    plan.NotYourPart: N_("Somebody else in the plan does this."),
    plan.EmptyPlan: N_("There is nothing in your plan yet. Put something in first."),
    plan.NoGoal: N_("Write first what you want. One sentence is enough."),
    plan.NoGoalOnLine: N_("Something in your plan points to no goal yet. Choose what it is good for."),
    plan.LineChanged: N_(
        "It was changed meanwhile, in another window or by somebody else. Nothing was saved. "
        "You see below how it stands now. Press Save once more if yours is right."
    ),
    plan.DraftChanged: N_("The plan was changed meanwhile. Nothing happened. Look at it once more, then press again."),
    plan.StepsChanged: N_(
        "It was changed meanwhile, in another window or by somebody else. Nothing was saved. "
        "You see below what stands there now. Press Save once more if yours is right."
    ),
    composing.TooMuchTime: N_("A week has 168 hours. Write fewer hours."),
    composing.NothingToUndo: N_("There is nothing to take back yet."),
    trials.TooManyTries: N_("You have five tries. Use one, or throw one away. Then you can make another."),
    away.AwayTooLong: N_("That is more than a year. Write at most a year at a time, or call us."),
    phase.NobodyTakesOver: N_("Write first who takes over at least one thing. Then you can be done with this phase."),
    phase.HandoverOver: N_("That was struck out already."),
    wish.WishOver: N_("The wish was answered or taken back meanwhile. Look at it again."),
    plan.PriceChanged: N_("A price has changed since you opened the page. Look at both prices, and send again."),
    composing.AlreadyInPlan: N_("That is in your plan already."),
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
    package_drafts.UnreadableId: N_("An id has small letters, digits and single hyphens."),
    package_drafts.DraftChanged: N_(
        "Somebody else wrote in this draft meanwhile. What you typed is kept below. Look at both, and choose."
    ),
    package_drafts.DraftThere: N_("A draft of it is being written already. Go on with that one."),
    package_drafts.DraftTooLarge: N_("There are too many words. A package is at most 256 kB."),
    packages.NothingNew: N_("The draft says what is published already. There is nothing to publish."),
    packages.StillOffered: N_("The package can be chosen already."),
    packages.DayPassed: N_("That day has passed. Choose today or a later day."),
    proposals.AlreadyAnswered: N_("Somebody has answered this proposal already."),
    paper.PaperMissing: N_("The paper cannot be made here just now. Use print instead."),
    calendar_links.TooManyLinks: N_("You have as many addresses as there can be. Switch one off first."),
    figures.FigureTooEarly: N_("The day has passed. Choose today or a later day."),
    figures.FigureUnreadable: N_("Write a whole number. It must not be below 0."),
    private_code.TooManyCodes: N_("Many people are using codes right now. Wait a minute, and try again."),
    private_mix.MixFull: N_("There is room for twenty things. Take one out first."),
    private_mixes.CodeUnknown: N_(
        "We find nothing under that code. Look at the letters once more. After 30 days everything is deleted."
    ),
    private_mixes.NothingToTry: N_("There is nothing to keep yet. Choose something first."),
    private_mixes.NothingToClaim: N_(
        "Nothing was put into your plan. Choose at least one thing that can be in a plan."
    ),
}

for _error, _sentence in _PLAIN.items():
    _says(_error, _sentence)


@explain.register
def _(error: transaction.AlreadyDone) -> str:
    return gettext("That is done already. Nothing happened twice. (%(kind)s)", kind=error.kind.value)


@explain.register
def _(error: publishing.IdTaken) -> str:
    return gettext("The id “%(id)s” is taken. Choose another.", id=error.package_id)


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
def _(error: plan.TooMuchJustBecause) -> str:
    return gettext(
        "You can use up to %(cap)s just because you feel like it. You have chosen for %(cost)s.",
        cap=kr(error.cap),
        cost=kr(error.cost),
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
def _(error: plan.PackagesExclude) -> str:
    one, other = (_called(package_id) for package_id in error.packages)
    return gettext(
        "“%(one)s” and “%(other)s” cannot run at the same time. Take one out, or move it.", one=one, other=other
    )


@explain.register
def _(error: allowed.BeyondBounds) -> str:
    package = offers.catalogue().get(error.package_id)
    return gettext(
        "This is more than you can choose yourself: %(what)s. Write why you would like it, and it becomes a wish.",
        what="; ".join(beyond_name(over, package) for over in error.over),
    )


@explain.register
def _(error: allowed.TooLongInAll) -> str:
    return gettext(
        "Together it is %(weeks)s weeks. It can last at most %(most)s weeks. Choose fewer weeks somewhere.",
        weeks=error.weeks,
        most=error.most,
    )


@explain.register
def _(error: allowed.NotAdjustedSo) -> str:
    return gettext(
        "“%(package)s” was changed, and cannot be adjusted so any more. Open it and choose again.",
        package=_called(error.package_id),
    )


@explain.register
def _(error: phase.WeeksDoNotFit) -> str:
    return gettext("Now it is %(weeks)s weeks. Longer needs more weeks, shorter needs fewer.", weeks=error.weeks)


@explain.register
def _(error: law.TooLongByLaw) -> str:
    said = gettext(
        "“%(package)s” can last at most %(months)s months. The law says so (%(law)s § %(paragraph)s). "
        "Let it end on %(day)s or before.",
        package=_called(error.package_id),
        months=error.months,
        law=words(LAWS[error.law]),
        paragraph=error.paragraph,
        day=day(error.last_day),
    )
    return " ".join([said, gettext("After that you can ask for a new period.")]) if error.renewable else said


@explain.register
def _(error: law.AgeOutside) -> str:
    ages = {"low": error.lowest or 0, "high": error.highest or 0}
    if error.highest is None:
        said = gettext("“%(package)s” is for people from %(low)s years.", package=_called(error.package_id), **ages)
    else:
        said = gettext(
            "“%(package)s” is for people from %(low)s to %(high)s years.", package=_called(error.package_id), **ages
        )
    return " ".join([said, gettext("Take it out, and ask your adviser what there is for you.")])


@explain.register
def _(error: plan.NeedMissing) -> str:
    return gettext("Something in your plan only works together with “%(package)s”.", package=_called(error.package_id))


def _called(package_id: str) -> str:
    """Name a package as people know it, or by its id when the catalogue does not know it."""
    package = offers.catalogue().get(package_id)
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
