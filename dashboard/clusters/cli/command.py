"""The command line of the engine: list, check and plan, in the words of either language.

Everything a command does is a plain function of this room; here options are read and answers printed.
"""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from dashboard.clusters.cli import request
from dashboard.clusters.model import Candidate, from_proposal
from dashboard.clusters.planning import Plan, make_plan
from dashboard.clusters.ranking import Changes, Ranking, frontier, rankings, single_changes, smallest_mends, standpoint
from dashboard.clusters.rules import SIGNS, Context, Verdict, judge, worst
from dashboard.clusters.scoring import SPREAD, Terms, anchored, pool, pool_of
from dashboard.clusters.writing import Column, Wording, joined, sentences, tables, verdict_sentence
from geodata.model import Dataset
from geodata.shared import disk, file_name

TABLE_ROWS = 20
CHANGES_SHOWN, MENDS_SHOWN = 10, 5
NARROWEST = 100
FAILED = 1
CHECK_FORMULAS = ("score", "rank", "percentile", "frontier", "change", "mend")
PLAN_FORMULAS = ("plan_gap", "plan_phases", "ledger")


@dataclass(frozen=True)
class ClustersCommandLine:
    """What a command works with: the words of the reader, the data set (read when asked for) and the way out."""

    words: Wording
    dataset: Callable[[], Dataset]
    write: Callable[[str], None]
    # where the output is sent into a file: the way for bytes, since a file of CSV begins with a mark
    write_file: Callable[[bytes], None] | None = None

    @property
    def width(self) -> int:
        """Return how many letters fit on a line."""
        return max(shutil.get_terminal_size((120, 24)).columns, NARROWEST)


def build(cli: ClustersCommandLine) -> typer.Typer:
    """Return the application, its help in the reader's language. Commands raise the errors of the domain."""
    say = cli.words.say
    app = typer.Typer(help=say("cli.about"), add_completion=False, rich_markup_mode=None, no_args_is_help=False)
    option = partial(_option, say)
    sizes = option("sizes", "--sizes")
    services = option("services", "--services")
    weights = option("weights", "--weights")
    anchors = option("anchors", "--anchors")
    output = option("output", "--output")

    # read before the options are, so that help and errors come in it; accepted anywhere
    lang = option("lang", "--lang")

    @app.command("list", help=say("cli.help.list"))
    def list_(
        province: Annotated[str, option("province", "--province")] = "",
        department: Annotated[str, option("department", "--department")] = "",
        sizes: Annotated[str, sizes] = "3-6",
        services: Annotated[str, services] = "",
        weights: Annotated[str, weights] = "",
        anchors: Annotated[str, anchors] = SPREAD,
        form: Annotated[str, option("format", "--format")] = "table",
        limit: Annotated[str, option("limit", "--limit")] = "",
        output: Annotated[str, output] = "",
        lang: Annotated[str, lang] = "es",
    ) -> None:
        if province and department:
            raise request.Unread("both_places")
        form = request.one_of(form, request.LIST_FORMATS, "bad_format")
        folder = request.folder(output, form)
        most = request.whole(limit, "--limit") if limit else TABLE_ROWS if form == "table" and folder is None else 0
        terms = request.terms(sizes, services, weights, anchors)
        list_candidates(cli, province or department, terms, form, most, folder)

    @app.command("check", help=say("cli.help.check"))
    def check(
        districts: Annotated[list[str], typer.Argument(help=say("cli.help.districts"))],
        sizes: Annotated[str, sizes] = "3-6",
        services: Annotated[str, services] = "",
        weights: Annotated[str, weights] = "",
        anchors: Annotated[str, anchors] = SPREAD,
        phase: Annotated[str, option("phase", "--phase")] = "1",
        locked: Annotated[str, option("locked", "--locked")] = "",
        form: Annotated[str, option("format", "--format")] = "text",
        limit: Annotated[str, option("limit", "--limit")] = "",
        formulas: Annotated[bool, option("formulas", "--formulas")] = False,
        lang: Annotated[str, lang] = "es",
    ) -> None:
        form = request.one_of(form, request.TEXT_FORMATS, "bad_format")
        territory = cli.dataset().territory
        terms = request.terms(sizes, services, weights, anchors)
        candidate = Candidate(
            request.districts(" ".join(districts), territory),
            services=terms.services,
            phase=request.whole(phase, "--phase", 1),
        )
        kept = request.districts(locked, territory)
        most = request.whole(limit, "--limit") if limit else None
        status = check_candidate(cli, candidate, terms, kept, form, most)
        if formulas and form == "text":
            _lines(cli, ["", *(sentences.formula_sentence(cli.words, key) for key in CHECK_FORMULAS)])
            _lines(cli, _anchor_lines(cli, terms))
        raise typer.Exit(status)

    @app.command("plan", help=say("cli.help.plan"))
    def plan(
        objective: Annotated[str, option("objective", "--objective")] = "affected",
        fixed: Annotated[list[str] | None, option("fixed", "--fixed")] = None,
        required: Annotated[str, option("required", "--required")] = "",
        forbidden: Annotated[list[str] | None, option("forbidden", "--forbidden")] = None,
        banned: Annotated[str, option("banned", "--banned")] = "",
        governments: Annotated[str, option("governments", "--governments")] = "",
        per_province: Annotated[str, option("per_province", "--per-province")] = "",
        phases: Annotated[str, option("phases", "--phases")] = "",
        seconds: Annotated[str, option("seconds", "--seconds")] = "",
        sizes: Annotated[str, sizes] = "3-6",
        services: Annotated[str, services] = "",
        weights: Annotated[str, weights] = "",
        anchors: Annotated[str, anchors] = SPREAD,
        form: Annotated[str, option("format", "--format")] = "table",
        formulas: Annotated[bool, option("formulas", "--formulas")] = False,
        output: Annotated[str, output] = "",
        lang: Annotated[str, lang] = "es",
    ) -> None:
        form = request.one_of(form, request.LIST_FORMATS, "bad_format")
        folder = request.folder(output, form)
        terms = request.terms(sizes, services, weights, anchors)
        given = {"objective": objective, "fixed": fixed or (), "forbidden": forbidden or (), "required": required}
        given |= {"banned": banned, "governments": governments, "per_province": per_province}
        given |= {"phases": phases, "seconds": seconds}
        dataset = cli.dataset()
        print_plan(cli, make_plan(dataset, request.request(given, dataset.territory), terms), form, folder)
        if formulas and form == "table":
            keys = (f"plan_{objective}", *PLAN_FORMULAS)
            _lines(cli, ["", *(sentences.formula_sentence(cli.words, key) for key in keys)])
            _lines(cli, _anchor_lines(cli, terms))

    return app


def _anchor_lines(cli: ClustersCommandLine, terms: Terms) -> list[str]:
    """Return between which values each criterion gives 0 and 100 points, and where they come from."""
    say = cli.words.say
    return [
        f"  {say(f'criterion.{key}.name')}: {sentences.anchors_sentence(cli.words, item, terms.anchors)}"
        for key, item in anchored(cli.dataset(), terms).items()
        if not item.judged
    ]


def _option(say: Callable[..., str], key: str, name: str) -> Any:  # typer gives back what stands for a value
    return typer.Option(name, help=say(f"cli.help.{key}"), show_default=False)


def list_candidates(
    cli: ClustersCommandLine, place: str, terms: Terms, form: str, most: int, output: Path | None = None
) -> None:
    """Print the feasible candidates of a place, best first, or write them into a folder."""
    among = pool(cli.dataset(), terms, place)
    rows = among.order[: most or None].tolist()
    if output is not None:
        _files(
            cli,
            output,
            _place(cli, place),
            "file.candidates",
            tables.candidate_rows(among, rows),
            tables.candidate_columns(among, cli.words.say),
        )
    elif form == "csv":
        _csv(cli, tables.candidate_rows(among, rows))
    elif form == "json":
        cli.write(tables.as_json(tables.candidate_rows(among, rows)))
    else:
        if rows:
            cli.write(tables.as_text(tables.candidate_table(cli.words, among, rows), cli.width))
        cli.write(cli.words.say("cli.found", n=len(among), shown=len(rows)) + "\n")
        _lines(cli, sentences.left_out_sentences(cli.words, among.scale))


def check_candidate(
    cli: ClustersCommandLine,
    candidate: Candidate,
    terms: Terms,
    locked: frozenset[str],
    form: str,
    most: int | None = None,
) -> int:
    """Print rules, ranking, single changes and the smallest mend; return 1 where a rule fails.

    most: how many changes and how many mends are printed, 0 for all; the usual number of each where None.
    """
    dataset, say = cli.dataset(), cli.words.say
    if not candidate.ubigeos:
        raise request.Unread("no_districts")
    context = Context.of(dataset)
    own = next((p for p in dataset.proposals if p.ubigeos == candidate.ubigeos), None)
    if own is not None:
        candidate = candidate.replacing(from_proposal(own).replaces)
    verdicts = judge(candidate, context)
    places = rankings(candidate, dataset, terms)
    shown = (CHANGES_SHOWN, MENDS_SHOWN) if most is None else (most or None, most or None)
    singles = single_changes(candidate, dataset, context, terms, locked, shown[0])
    mends = smallest_mends(candidate, dataset, context, terms, locked, shown[1])
    if form == "json":
        said = [(v.rule, v.status, verdict_sentence(say, v)) for v in verdicts]
        cli.write(tables.as_json(tables.check_tree(candidate, said, places, singles, mends)))
    else:
        names = joined(say, sentences.district_names(candidate.ubigeos, dataset.territory))
        _lines(cli, [names, *([say("cli.replaces", name=own.name)] if own else []), ""])
        _lines(cli, [*_verdict_lines(cli, verdicts), say("cli.compared_with", n=len(context.proposals)), ""])
        _lines(cli, [*_ranking_lines(cli, candidate, places, terms), ""])
        _lines(cli, _change_lines(cli, singles, mends))
    return FAILED if worst(verdicts) == "fail" else 0


def _lines(cli: ClustersCommandLine, lines: Sequence[str]) -> None:
    cli.write("".join(f"{line}\n" for line in lines))


def _verdict_lines(cli: ClustersCommandLine, verdicts: Sequence[Verdict]) -> list[str]:
    say = cli.words.say
    return [f"{SIGNS[v.status]} {say(f'rule.{v.rule}.name')}: {verdict_sentence(say, v)}" for v in verdicts]


def _ranking_lines(
    cli: ClustersCommandLine, candidate: Candidate, places: Sequence[Ranking], terms: Terms
) -> list[str]:
    words, dataset = cli.words, cli.dataset()
    found = []
    for ranking in places:
        better = sentences.percentile_sentence(words, ranking.score)
        found.append(" ".join(filter(None, [sentences.ranking_sentence(words, ranking), better])))
    first = places[0]
    criteria = first.scale.criteria
    found += [
        f"  {sentences.criterion_sentence(words, place, criteria[key], first.member)}"
        for key, place in first.criteria.items()
    ]
    among = pool(dataset, terms, first.place)
    values = pool_of(dataset, terms, [candidate.ubigeos]).values
    own = {key: None if np.isnan(column[0]) else float(column[0]) for key, column in values.items()}
    front = frontier(among)
    if len(among):
        stands = standpoint(own, among, front)
        found.append(sentences.frontier_sentence(words, stands, front, among, first.name))
    return [*found, *sentences.left_out_sentences(words, first.scale)]


def _change_lines(cli: ClustersCommandLine, singles: Changes, mends: Changes) -> list[str]:
    words, territory, say = cli.words, cli.dataset().territory, cli.words.say

    def listed(changes: Changes) -> list[str]:
        return [
            " ".join(
                [
                    "-",
                    sentences.change_sentence(words, c, territory),
                    *sentences.effect_sentences(words, c, changes.score),
                ]
            )
            for c in changes.changes
        ] + ([say("cli.unlisted", shown=len(changes.changes), found=changes.found)] if changes.unlisted else [])

    title = say("engine.changes.title", found=singles.found, tried=singles.tried)
    none = say("engine.changes.none")
    return [
        *([title, *listed(singles)] if singles.found else [none]),
        sentences.mends_sentence(words, mends),
        *listed(mends),
    ]


def _place(cli: ClustersCommandLine, place: str) -> str:
    """Return the name of a province or department; nothing for all of them."""
    territory = cli.dataset().territory
    named = territory.provinces.get(place) or territory.departments.get(place)
    return "" if named is None else named.name


def _csv(cli: ClustersCommandLine, rows: Sequence[tables.Row]) -> None:
    if cli.write_file is not None:
        cli.write_file(tables.csv_file(rows))
    else:
        cli.write(tables.as_csv(rows))


def _files(
    cli: ClustersCommandLine,
    folder: Path,
    holds: str,
    kind: str,
    rows: Sequence[tables.Row],
    columns: Mapping[str, Column],
) -> None:
    """Write rows and what their columns are as two files of a folder, and tell where they are."""
    say = cli.words.say
    files = {kind: tables.csv_file(rows), "codebook.layer.codebook": tables.codebook_file(columns, say)}
    for key, content in files.items():
        path = folder / file_name(holds, say(key), "csv")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            disk.write_whole(path, content)
        except OSError as error:
            raise request.Unread("unwritable", path=path, said=error.strerror or type(error).__name__) from error
        cli.write(say("cli.written", path=path) + "\n")


def print_plan(cli: ClustersCommandLine, plan: Plan, form: str, output: Path | None = None) -> None:
    """Print a plan: its clusters, its ledger, how good it is; or write its clusters into a folder."""
    words, territory = cli.words, cli.dataset().territory
    if output is not None:
        objective = words.say(f"engine.plan.objective.{plan.request.objective}")
        holds = words.say("file.clusters_of_plan", n=len(plan.clusters), objective=objective)
        columns = tables.plan_columns(cli.dataset(), words.say)
        _files(cli, output, holds, "file.plan", tables.plan_rows(plan, territory), columns)
        return
    if form == "csv":
        _csv(cli, tables.plan_rows(plan, territory))
        return
    if form == "json":
        cli.write(tables.as_json(tables.plan_tree(plan, territory)))
        return
    cli.write(tables.as_text(tables.plan_table(words, plan, territory), cli.width) + "\n")
    cli.write(tables.as_text(tables.ledger_table(words, plan.ledger, territory), cli.width) + "\n")
    _lines(cli, [*sentences.plan_sentences(words, plan), words.say("cli.considered", n=plan.considered)])
    last = [(line, line.target) for line in plan.ledger if line.department == "" and line.target is not None]
    if last:
        line, target = last[-1]
        reached = {"total": target["total"], "phase": line.phase, "reached": line.total}
        _lines(cli, [words.say("cli.target", **reached)])
    _lines(cli, sentences.left_out_sentences(words, plan.scale))
