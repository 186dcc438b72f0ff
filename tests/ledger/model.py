"""Money as a child would keep it in jars: the simple model that the ledger's rules are compared with."""

from dataclasses import dataclass, field


@dataclass
class Bought:
    """A purchase: what it cost, what of that came from the free jar, what "the last one" gave back to it."""

    jar: int
    amount: int
    from_free: int = 0
    released: int = 0
    back: bool = False
    refunds: "list[Returned]" = field(default_factory=list)

    @property
    def returned(self) -> int:
        return sum(refund.amount for refund in self.refunds if not refund.back)

    @property
    def can_go_back(self) -> bool:
        return not self.back and not self.returned


@dataclass
class Returned:
    """Money that came back from a shop."""

    of: Bought
    amount: int
    back: bool = False


@dataclass
class Jars:
    """One free jar, and for each line a jar of what is set aside; ``spent`` counts what left through each.

    Every method says whether it may be done, and does it only then.
    """

    free_jar: int
    aside: dict[int, int]
    free: int = 0
    granted: int = 0
    spent: dict[int, int] = field(default_factory=dict)

    def grant(self, total: int) -> bool:
        if self.granted - total > self.free:
            return False
        self.free += total - self.granted
        self.granted = total
        return True

    def settle(self, costs: dict[int, int]) -> bool:
        """Fill each jar up to what its line costs beyond what was spent on it; what is too much goes back."""
        wanted = {jar: max(cost - self.spent.get(jar, 0), 0) for jar, cost in costs.items()}
        change = sum(wanted.values()) - sum(self.aside[jar] for jar in wanted)
        if change > self.free:
            return False
        self.free -= change
        self.aside.update(wanted)
        return True

    def buy(self, jar: int, amount: int, *, agreed: bool = False, last: bool = False) -> "Bought | None":
        set_aside = 0 if jar == self.free_jar else self.aside[jar]
        from_free = max(amount - set_aside, 0)
        if from_free > self.free or (from_free and jar != self.free_jar and not agreed):
            return None
        left = set_aside - (amount - from_free)
        released = left if last and jar != self.free_jar and not from_free else 0
        self.free += released - from_free
        if jar != self.free_jar:
            self.aside[jar] = left - released
        self.spent[jar] = self.spent.get(jar, 0) + amount
        return Bought(jar, amount, from_free, released)

    def refund(self, of: Bought, amount: int) -> "Returned | None":
        if of.back or amount > of.amount - of.returned:
            return None
        self.spent[of.jar] -= amount
        self.free += amount
        of.refunds.append(Returned(of, amount))
        return of.refunds[-1]

    def take_back(self, bought: Bought) -> bool:
        if not bought.can_go_back:
            return False
        again = min(bought.released, self.free)
        self.spent[bought.jar] -= bought.amount
        self.free += bought.from_free - again
        if bought.jar != self.free_jar:
            self.aside[bought.jar] += bought.amount - bought.from_free + again
        bought.back = True
        return True

    def take_refund_back(self, refund: Returned) -> bool:
        if refund.back or refund.amount > self.free:
            return False
        self.free -= refund.amount
        self.spent[refund.of.jar] += refund.amount
        refund.back = True
        return True

    def approve(self, total: int, costs: dict[int, int]) -> None:
        """A new award and new costs in one; whoever asks has made sure that the award reaches."""
        self.aside = {jar: max(cost - self.spent.get(jar, 0), 0) for jar, cost in costs.items()}
        self.granted = total
        self.free = total - sum(self.aside.values()) - sum(self.spent.values())
        assert self.free >= 0

    def needed(self, costs: dict[int, int]) -> int:
        """Add up what a plan of these costs takes, and what was used already."""
        jars = costs.keys() | self.spent.keys()
        return sum(max(costs.get(jar, 0), self.spent.get(jar, 0)) for jar in jars)

    def end(self) -> None:
        """Give everything back that is not spent."""
        self.free = 0
        self.aside = dict.fromkeys(self.aside, 0)
        self.granted = sum(self.spent.values())
