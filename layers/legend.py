"""Say what a legend row is: a mark and the key of its words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LegendEntry:
    """One row of a legend: the mark as an image address, and the text key that explains it.

    look: the row is shown only while something looks like that; "" for a row that is always there.
    """

    mark: str
    text: str
    look: str = ""
