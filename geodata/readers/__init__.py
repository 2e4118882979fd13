"""One reader for each kind of file; each reports all faults at once and changes nothing."""

from geodata.readers.contract import Answers, Changes, Options, Question, Understanding, Unreadable

__all__ = ["Answers", "Changes", "Options", "Question", "Understanding", "Unreadable"]
