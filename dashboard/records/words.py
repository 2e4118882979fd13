"""The words a page or a file of the record is written with, handed in by whoever knows the language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from dashboard.clusters.wording import Say, sentence
from dashboard.records.errors import Fault

NAMED = ("state", "step", "role", "meeting_state")


@dataclass(frozen=True, slots=True)
class Words:
    """`say(key, **fields)` gives a sentence, `number(value, decimals)` a number; `language` is es or en."""

    say: Say
    number: Callable[[float | None, int], str]
    language: str = "es"

    def day(self, day: date | None) -> str:
        """Return a date as a reader writes it, or that there is none."""
        if day is None:
            return self.say("records.no_date")
        return self.say("records.date", day=day.day, month=self.say(f"records.month.{day.month}"), year=day.year)

    def fault(self, fault: Fault) -> str:
        """Return what is wrong, with the row of the spreadsheet where there is one."""
        said = sentence(self.say, fault.message, self._fields(fault.fields))
        return said if fault.row is None else self.say("records.in_row", row=fault.row, fault=said)

    def _fields(self, fields: Mapping[str, object]) -> dict[str, object]:
        """What has a name in both languages is said by it."""
        named = {name: self.say(f"records.{name}.{fields[name]}") for name in NAMED if name in fields}
        if "field" in fields:
            named["field"] = self.say(f"records.field.{fields['field']}")
        return {**fields, **named}
