"""One reader for each kind of file; each reports all faults at once and changes nothing."""

from geodata.readers.contract import (
    Answers,
    EditionChanges,
    LayerChange,
    Options,
    Question,
    Understanding,
    UnreadableFile,
)

__all__ = ["Answers", "EditionChanges", "LayerChange", "Options", "Question", "Understanding", "UnreadableFile"]
