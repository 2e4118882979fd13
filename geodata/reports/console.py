"""Speak to whoever runs a command: sentences, tables, steps of long work and questions.

Colour, tables and moving progress are for a terminal; elsewhere everything is plain lines.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from geodata.reports.files import filled
from geodata.words import Field, say

PLAIN_WIDTH = 200


class Voice:
    """One language, an output and a place for steps and faults."""

    def __init__(self, language: str):
        self.language = language
        self.out = _console(sys.stdout)
        self.err = _console(sys.stderr)

    def say(self, key: str, /, **fields: Field) -> str:
        """Return a sentence."""
        return say(self.language, key, **fields)

    def tell(self, key: str, /, **fields: Field) -> None:
        """Print a sentence."""
        self.line(filled(key, fields, self.language))

    def line(self, text: str = "") -> None:
        """Print a line as it is."""
        self.out.print(text, markup=False, highlight=False, soft_wrap=True)

    def refuse(self, key: str, /, **fields: Field) -> None:
        """Print why something was not done, beside the output proper."""
        sentence = filled(key, fields, self.language)
        self.err.print(sentence, markup=False, highlight=False, soft_wrap=True, style="bold red")

    @property
    def is_talking(self) -> bool:
        """Tell whether a person can be asked."""
        return sys.stdin is not None and sys.stdin.isatty() and self.out.is_terminal

    def table(self, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
        """Print a table; its cells parted by tabs where nobody looks at a terminal."""
        if not self.out.is_terminal:
            for row in (columns, *rows):
                self.line("\t".join(row))
            return
        table = Table(*columns)
        for row in rows:
            table.add_row(*row)
        self.out.print(table, markup=False, highlight=False)

    @contextmanager
    def steps(self) -> Iterator[Callable[[str], None]]:
        """Give a function that tells which step of an import has begun."""
        if not self.err.is_terminal:
            yield lambda step: self.err.print(
                self.say(f"import.step.{step}"), markup=False, highlight=False, soft_wrap=True
            )
            return
        with Progress(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(),
                      console=self.err, transient=True) as progress:  # fmt: skip
            task = progress.add_task("", total=None)
            yield lambda step: progress.update(task, description=self.say(f"import.step.{step}"))

    @contextmanager
    def download(self, name: str) -> Iterator[Callable[[int, int | None], None]]:
        """Give a function of (bytes so far, bytes in all or None) that shows a download."""
        if not self.err.is_terminal:
            yield lambda done, total: None
            return
        with Progress(TextColumn("{task.description}"), BarColumn(), DownloadColumn(),
                      console=self.err, transient=True) as progress:  # fmt: skip
            task = progress.add_task(name, total=None)
            yield lambda done, total: progress.update(task, completed=done, total=total)

    def ask(self) -> str | None:
        """Let a person answer what was asked; None where they gave none."""
        answer = self.out.input("> ").strip()
        return answer or None

    def agrees(self, key: str) -> bool:
        """Ask a question that is answered by yes or no; anything unclear is a no."""
        return self.out.input(f"{self.say(key)} [s/n] ", markup=False).strip().lower() in ("s", "si", "sí", "y", "yes")


def _console(stream: TextIO | None) -> Console:
    width = None if stream is not None and stream.isatty() else PLAIN_WIDTH
    return Console(file=stream, width=width)
