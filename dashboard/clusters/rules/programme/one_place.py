"""All districts in one department, and in one province; else those outside that of most districts are at fault."""

import numpy as np

from dashboard.clusters.model import NOBODY, Candidate, Groups
from dashboard.clusters.rules.context import Context
from dashboard.clusters.rules.rule import FAIL, PASS, Finding, Rule, Verdict, names, plural
from geodata.model import Territory


class OnePlace(Rule):
    """All districts within one place, whose codes are the first `digits` of theirs.

    The distance is the districts outside the place of the main province; a place too many counts more than any number
    of districts.
    """

    of_form = True

    def __init__(self, key: str, digits: int):
        self.key, self.digits = key, digits

    def judge(self, groups: Groups, intent: Candidate, context: Context) -> Finding:
        """Fail groups that lie in several places."""
        places = groups.places(self.digits)
        together = ((places == places[:, :1]) | (places == NOBODY)).all(axis=1)
        distance = np.zeros(len(groups), dtype=int)
        if not together.all():
            distance[~together] = self._outside(groups.take(~together))
        return Finding.of(np.where(together, PASS, FAIL), distance)

    def _outside(self, groups: Groups) -> np.ndarray:
        provinces = groups.places(4)
        held = provinces != NOBODY
        shared = ((provinces[:, :, None] == provinces[:, None, :]) & held[:, None, :]).sum(axis=2)
        # members stand in the order of their codes: of provinces with as many districts the smallest is the main one
        main = np.take_along_axis(provinces, np.where(held, shared, 0).argmax(axis=1)[:, None], axis=1)
        scale = 10 ** (4 - self.digits)
        places = np.where(held, provinces // scale, main // scale)
        in_order = np.sort(places, axis=1)
        too_many = (in_order[:, 1:] != in_order[:, :-1]).sum(axis=1)
        return too_many * len(groups.codes) + (places != main // scale).sum(axis=1)

    def reasons(self, candidate: Candidate, context: Context, status: str, distance: int) -> Verdict:
        """Name the place, or the places and the districts outside the main one."""
        territory = context.territory
        main = candidate.main_province[: self.digits]
        if status == "pass":
            return self.verdict("pass", place=self._name(main, territory))
        strays = frozenset(u for u in candidate.ubigeos if u[: self.digits] != main)
        held = sorted({u[: self.digits] for u in candidate.ubigeos})
        return self.verdict(
            "fail",
            plural(len(strays)),
            strays,
            places=tuple(self._name(code, territory) for code in held),
            main=self._name(main, territory),
            strays=names(strays, territory),
        )

    def _name(self, code: str, territory: Territory) -> str:
        named = territory.departments if self.digits == 2 else territory.provinces
        return named[code].name


RULES = (OnePlace("one_department", 2), OnePlace("one_province", 4))
