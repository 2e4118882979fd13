"""The words a page or a file of the record is written with, handed in by whoever knows the language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from dashboard.clusters.writing import Say, sentence
from dashboard.records.core.errors import Fault
from geodata.words import dates

# where the names of what can be chosen in a field stand
CHOICES = {"round": "focas.round", "area": "focas.area", "role": "records.role", "sector": "group.sector"}
CHOICES |= {"outcome": "records.outcome", "scope": "records.scope"}
NAMED = ("state", "step", "role", "meeting_state")


@dataclass(frozen=True, slots=True)
class Words:
    """`say(key, **fields)` gives a sentence, `number(value, decimals)` a number; `language` is es or en."""

    say: Say
    number: Callable[[float | None, int], str]
    language: str = "es"

    def day(self, day: date | None) -> str:
        """Return a date as a reader writes it, or that there is none."""
        return self.say("records.no_date") if day is None else dates.day(day, self.language)

    def short_day(self, day: date | None) -> str:
        """Return a date where there is little room, or that there is none."""
        return self.say("records.no_date") if day is None else dates.short_day(day, self.language)

    def moment(self, at: datetime) -> str:
        """Return a moment by the clock of Peru, which is named."""
        return dates.moment(at, self.language)

    def short_moment(self, at: datetime) -> str:
        """Return a moment by the clock of Peru where there is little room."""
        return dates.short_moment(at, self.language)

    def span(self, first: date, last: date) -> str:
        """Return the time from a day to a later one: `13 años y 7 meses`."""
        return dates.span(first, last, self.language)

    def fault(self, fault: Fault) -> str:
        """Return what is wrong, with the row of the spreadsheet where there is one."""
        said = sentence(self.say, fault.message, self._fields(fault.fields))
        return said if fault.row is None else self.say("records.in_row", row=fault.row, fault=said)

    def _plainly(self, value: float) -> str:
        """Return a bound as a reader writes it, with no more decimals than it has."""
        return self.number(value, next((n for n in range(4) if round(value, n) == value), 4))

    def _fields(self, fields: Mapping[str, object]) -> dict[str, object]:
        """What has a name in both languages is said by it."""
        named: dict[str, object] = {
            name: self.say(f"records.{name}.{fields[name]}") for name in NAMED if name in fields
        }
        if "rule" in fields:
            named["rule"] = self.say(f"rule.{fields['rule']}.name")
        if "field" in fields:
            named["field"] = self.say(f"records.field.{fields['field']}")
        allowed, room = fields.get("allowed"), CHOICES.get(str(fields.get("field")))
        if isinstance(allowed, tuple) and room:
            named["allowed"] = tuple(self.say(f"{room}.{choice}") for choice in allowed)
        named |= {name: self._plainly(value) for name, value in fields.items() if isinstance(value, float)}
        named |= {name: self.day(value) for name, value in fields.items() if isinstance(value, date)}
        return {**fields, **named}
