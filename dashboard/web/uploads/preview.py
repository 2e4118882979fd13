"""Keep how a file was understood and what an import would do, as the screen shows it and the disk holds it."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import orjson

from geodata.editions import POSSIBLE, ImportOutcome
from geodata.readers import Question, Understanding
from geodata.reports import Report


@dataclass(frozen=True, eq=False)
class Seen:
    """What one check of a file found.

    status: possible, needless or refused. base: the edition it was read against. asked: every question
    that this file ever left open, answered or not, in the order in which they came up. answers: those
    that it was read with, and is imported with.
    """

    status: str
    subject: str
    base: str
    understanding: Understanding
    report: Report
    asked: tuple[Question, ...] = ()
    answers: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_possible(self) -> bool:
        """Tell whether a person may confirm the import."""
        return self.status == POSSIBLE

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return what a person must still say."""
        return self.understanding.questions

    @property
    def answered(self) -> tuple[Question, ...]:
        """Return the questions of before that are open no longer."""
        still = {question.key for question in self.questions}
        return tuple(question for question in self.asked if question.key not in still)

    @classmethod
    def of(cls, outcome: ImportOutcome, answers: Mapping[str, Any], before: "Seen | None" = None) -> "Seen":
        """Return what a check or a refused import found. before: the former check of the same kind of file."""
        seen = outcome.preview
        known = {} if before is None or before.subject != seen.subject else {q.key: q for q in before.asked}
        asked = known | {question.key: question for question in seen.questions}
        return cls(
            outcome.status, seen.subject, seen.base, seen.understanding, outcome.report, tuple(asked.values()),
            dict(answers),
        )  # fmt: skip

    def to_json(self) -> bytes:
        """Return all of it as JSON, which :meth:`from_json` reads back."""
        return orjson.dumps(
            {
                "status": self.status, "subject": self.subject, "base": self.base,
                "understanding": asdict(self.understanding), "report": self.report.to_json(),
                "asked": [asdict(question) for question in self.asked], "answers": self.answers,
            },
            default=_plain, option=orjson.OPT_NON_STR_KEYS | orjson.OPT_SERIALIZE_NUMPY,
        )  # fmt: skip

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Seen":
        """Read it back. Raises KeyError, TypeError where it is not one."""
        understood = dict(value["understanding"])
        understood["questions"] = tuple(Question(**q) for q in understood["questions"])
        understood["sample"] = tuple(tuple(row) for row in understood["sample"])
        return cls(
            value["status"], value["subject"], value["base"], Understanding(**understood),
            Report.from_json(value["report"]), tuple(Question(**q) for q in value["asked"]), value["answers"],
        )  # fmt: skip


def _plain(value: Any) -> Any:
    """Return what JSON cannot write as what it can: numbers of numpy, sets, paths."""
    if hasattr(value, "item"):
        plain = value.item()
        return None if isinstance(plain, float) and math.isnan(plain) else plain
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    return dict(value) if isinstance(value, Mapping) else str(value)
