"""Steady a rate that few cases leave to chance, before districts are ranked by it.

The empirical Bayes estimator of R. J. Marshall, "Mapping disease and mortality rates using empirical Bayes
estimators", Applied Statistics 40 (1991), 283-294, in its global form. Of districts with rates r and n cases each:

    m = sum(n r) / sum(n)                    the rate of all districts together
    s2 = sum(n (r - m)^2) / sum(n)           how far theirs lie from it
    A = max(s2 - m / mean(n), 0)             how much of that is no chance
    m + (r - m) A / (A + m / n)              the rate of one, nearer to m the fewer its cases

Chance is Poisson's (m / n), as there and in PySAL: for rates that are not rare a binomial one, m (1 - m) / n, is
smaller, so that this draws a little nearer to m. Rates are shares of 1; what is not known stays so.
"""

from dataclasses import dataclass

import numpy as np

Numbers = np.ndarray
RATES_NEEDED = 2  # one rate alone has nothing to be compared with


@dataclass(frozen=True, slots=True)
class Prior:
    """What the rates of all districts say of the rate of any: their `mean` (m above), and `between` (A above)."""

    mean: float
    between: float

    @classmethod
    def of(cls, rates: Numbers, cases: Numbers) -> "Prior | None":
        """Return it for rates (districts,) of so many cases each; None where fewer than two have a known number."""
        known = ~np.isnan(rates) & (cases > 0)
        if known.sum() < RATES_NEEDED:
            return None
        r, n = rates[known], cases[known]
        mean = float((n * r).sum() / n.sum())
        spread = float((n * (r - mean) ** 2).sum() / n.sum())
        return cls(mean, max(spread - mean / float(n.mean()), 0.0))

    def weights(self, cases: Numbers) -> Numbers:
        """Return how much of its own rate each district keeps, 0 to 1; 1 where the cases are none or not known."""
        counted = cases > 0  # which no NaN is
        chance = self.mean / np.where(counted, cases, 1.0)
        kept = self.between / (self.between + chance) if self.mean > 0 else np.ones_like(chance)
        return np.where(counted, kept, 1.0)

    def steadied(self, rates: Numbers, cases: Numbers) -> Numbers:
        """Return the rates drawn to the mean; those whose cases are none or not known stay as they are."""
        kept = self.weights(cases)
        return np.where(kept == 1.0, rates, self.mean + kept * (rates - self.mean))

    def raw(self, steadied: Numbers, cases: Numbers) -> Numbers:
        """Return the rates that would come out as `steadied`; NaN where everything comes out as the mean."""
        kept = self.weights(cases)
        kept = np.where(kept > 0, kept, np.nan)
        return np.where(kept == 1.0, steadied, self.mean + (steadied - self.mean) / kept)
