"""Turn a message key and its arguments into a sentence, joining lists as a language does.

Words come from a `say(key, **fields)` callable, so that this module holds none. Each argument that is a
tuple of names gives the sentence three fields: `{cut}` ("A, B y C"), `{cut_nor}` ("A ni a B") and
`{cut_or}` ("A o B"). An item of a tuple may itself be a part of a sentence: a mapping with a text key `say` and its
own fields.
"""

from collections.abc import Callable, Mapping, Sequence

from dashboard.clusters.rules import Verdict

Say = Callable[..., str]
MOST_NAMED = 8  # a sentence that lists more is not read

_VOWEL_I = ("i", "í", "hi", "hí")  # Spanish "y" becomes "e" before the sound i, but not before hie-
_VOWEL_O = ("o", "ó", "ho", "hó")  # and "o" becomes "u" before the sound o
_OPENING = "«“\"'(¿¡"  # what opens a name is not heard


def sentence(say: Say, message: str, args: Mapping[str, object]) -> str:
    """Return the sentence of a message with its lists joined."""
    return say(message, **_fields(say, args))


def verdict_sentence(say: Say, verdict: Verdict) -> str:
    """Return what a rule says, as a sentence."""
    return sentence(say, verdict.message, verdict.args)


def joined(say: Say, names: Sequence[object], how: str = "and") -> str:
    """Join names with commas and a last word; `how` is and, or, nor (which stands between all).

    Of more than :data:`MOST_NAMED` the first are named and the others counted.
    """
    parts = [_part(say, name) for name in names]
    if len(parts) > MOST_NAMED:
        first = say("list.comma").join(parts[: MOST_NAMED - 2])
        return first + say("list.more", n=len(parts) - MOST_NAMED + 2)
    if len(parts) < 2:
        return "".join(parts)
    if how == "nor":
        return say("list.nor").join(parts)
    return say("list.comma").join(parts[:-1]) + say(_last_word(how, parts[-1])) + parts[-1]


def _part(say: Say, item: object) -> str:
    if not isinstance(item, Mapping):
        return str(item)
    return sentence(say, str(item["say"]), {key: value for key, value in item.items() if key != "say"})


def _last_word(how: str, following: str) -> str:
    start = following.casefold().lstrip(_OPENING)
    if how == "and" and start.startswith(_VOWEL_I) and not start.startswith(("hie", "ie", "ia", "io")):
        return "list.and_i"
    return "list.or_o" if how == "or" and start.startswith(_VOWEL_O) else f"list.{how}"


def _fields(say: Say, args: Mapping[str, object]) -> dict[str, object]:
    fields: dict[str, object] = {}
    for key, value in args.items():
        if isinstance(value, (tuple, list)):
            fields[key] = joined(say, value)
            fields |= {f"{key}_{how}": joined(say, value, how) for how in ("nor", "or")}
        else:
            fields[key] = value
    return fields
