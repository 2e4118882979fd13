"""One reader for each kind of file; each reports all faults at once and changes nothing."""

from geodata.readers.contract import Changes, Question, Understanding, Unreadable

__all__ = ["Changes", "Question", "Understanding", "Unreadable"]
