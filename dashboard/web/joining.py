"""Join the browser's modules into one script, in the order in which they import each other.

A browser would ask for each module by itself, one wait after another; one file arrives in one. No tool is needed:
modules keep to what is read here (a test holds them to it), and each becomes a function that hands out what it exports.
"""

import re
from pathlib import Path

_IMPORT = re.compile(r'^import (?:(?:\* as (?P<space>\w+)|\{(?P<names>[^}]*)\}) from )?"(?P<path>[^"]+)";\n', re.M)
_EXPORT = re.compile(r"^export (?=(?:const|class|function|async function) (\w+))", re.M)
_OTHER = re.compile(r"^(?:import|export)\b.*", re.M)
_COMMENT = re.compile(r"^[ \t]*(?://[^\n]*|/\*\*(?:(?!\*/).)*\*/[ \t]*)\n", re.M | re.S)
_TYPE = re.compile(r"/\*\* @type \{[^\n]*?\} \*/ ")
_INDENT = re.compile(r"^[ \t]+|^\n", re.M)


class ModuleError(ValueError):
    """Modules that cannot be joined: one imports itself by way of others, or says something that is not read here."""


def joined(folder: Path, entry: str, after: str = "") -> str:
    """Return one script that does what the module `entry` of a folder does, with all that it imports.

    after: the entry of a script that a page runs before; what it has is not brought again. A script's modules are
    names that scripts of the same page see. Raises ModuleError where imports run in a circle or a line of import or
    export is of another kind.
    """
    done: dict[Path, str] = {}
    if after:
        _visit(folder, (folder / after).resolve(), done, ())
    before = set(done)
    _visit(folder, (folder / entry).resolve(), done, ())
    return '"use strict";\n' + "".join(text for file, text in done.items() if file not in before)


def _visit(folder: Path, file: Path, done: dict[Path, str], above: tuple[Path, ...]) -> None:
    if file in done:
        return
    if file in above:
        raise ModuleError(" imports ".join(path.name for path in (*above[above.index(file) :], file)))
    text = _TYPE.sub("", _COMMENT.sub("", file.read_text("utf-8")))
    for found in _IMPORT.finditer(text):
        _visit(folder, (file.parent / found["path"]).resolve(), done, (*above, file))
    done[file] = _as_function(folder, file, text)


def _name(folder: Path, file: Path) -> str:
    return re.sub(r"\W", "$", file.relative_to(folder.resolve()).with_suffix("").as_posix())


def _as_function(folder: Path, file: Path, text: str) -> str:
    def given(found: re.Match[str]) -> str:
        other = _name(folder, (file.parent / found["path"]).resolve())
        if found["space"]:
            return f"const {found['space']} = {other};\n"
        return f"const {{{found['names'].replace(' as ', ': ')}}} = {other};\n" if found["names"] else ""

    exports = _EXPORT.findall(text)
    body = _EXPORT.sub("", _IMPORT.sub(given, text))
    if other := _OTHER.search(body):
        raise ModuleError(f"{file.name}: {other[0]}")
    handed = f"return {{ {', '.join(exports)} }};\n" if exports else ""
    return f"const {_name(folder, file)} = (() => {{\n{_INDENT.sub('', body)}{handed}}})();\n"
