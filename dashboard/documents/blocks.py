"""What documents are made of: blocks, which a page, a DOCX and a PDF are written from, so that all say the same."""

from dataclasses import dataclass

from layers.drawing import Drawing


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title of the whole. `on_new_page`: it begins one."""

    level: int
    text: str
    on_new_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text of one or more sentences; `lead` are its first words, which stand out."""

    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """A list; `numbered` when its order matters."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; the first column names the rows.

    `kinds` says of each column what is in it: `t` text, `s` something short that stays on one line, `n` a number.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kinds: str

    def __post_init__(self) -> None:
        if {len(self.head), *map(len, self.rows)} != {len(self.kinds)}:
            raise ValueError(f"{self.caption}: the columns are not those of {self.kinds}")


@dataclass(frozen=True, slots=True)
class Picture:
    """A map with its caption, which also says what is seen."""

    drawing: Drawing
    caption: str


@dataclass(frozen=True, slots=True)
class Signer:
    """Someone who signs: what stands below the line, the name first where there is one."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signatures:
    """Room for people to sign, side by side."""

    signers: tuple[Signer, ...]


Block = Heading | Paragraph | Points | Table | Picture | Signatures
