"""Answer what the data screen asks of the server: do it if the reader may, then show where things stand."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from dash import html

from dashboard.pages.data import choices, editions, fetches, mapping, own_layers, own_links, reports, roles, steps
from dashboard.pages.data.ids import Data
from dashboard.pages.data.parts import filled_or_said
from dashboard.pages.kit import forms
from dashboard.pages.kit.protocol import FormAnswer, FormRequest
from dashboard.web.access import Spent
from dashboard.web.request import say
from dashboard.web.uploads import FAILED, FETCH, IMPORT, WORKING, NotTaken, Upload, fetching, uploads, work
from geodata.editions import EditionStore, StoreError, imports
from geodata.model import Dataset, DatasetError

# the parts of the screen that the server fills
PARTS = (
    Data.IN_USE, Data.FILE, Data.PROGRESS, Data.MAPPING, Data.REPORT, Data.RESULT, Data.LAYERS, Data.LINKS,
    Data.EDITIONS,
)  # fmt: skip


LINKING = ("link", "drop_link")  # what changes the links between capitals


@dataclass(frozen=True, eq=False)
class ImportContext:
    """What an answer works with.

    store: None where a setting names a folder of data instead. count: called before a file is read or imported, which
    it is not where that raises Spent. current: gives the edition in use by now, where another may be.
    """

    store: EditionStore | None
    dataset: Dataset
    may_import: bool
    who: str
    count: Callable[[], None] = lambda: None
    current: Callable[[], Dataset] | None = None

    @property
    def in_use(self) -> Dataset:
        """The edition in use by now."""
        return self.dataset if self.current is None else self.current()

    @property
    def changeable(self) -> EditionStore:
        """The store of the editions. Raises NotTaken where a folder of data stands for it, which nothing changes."""
        if self.store is None:
            raise NotTaken("intake.no_right")
        return self.store


class ImportRequest(FormRequest):
    """What the data screen asks: of the file by its `token`, read as its `values` say, an `edition`, a `source`."""

    token: Any = None
    edition: Any = None
    source: Any = None
    values: Any = None


def answer(sent: Any, context: ImportContext) -> FormAnswer:
    """Do what was asked and return what the screen shows."""
    request = ImportRequest.read(sent)
    store = context.store
    upload = None if store is None else uploads.find(store.folder, request.token)
    told, do = None, _ACTIONS.get(request.do)
    if do is not None:
        told, begun = _refusal(lambda: _counted(do, request, context, upload), context)
        upload = begun or upload
        # giving up leaves nothing behind
        upload = None if store is None or upload is None else uploads.find(store.folder, upload.token)
    return _standing(context, upload, told, request)


def _counted(
    do: Callable[..., Upload | None], request: ImportRequest, context: ImportContext, upload: Upload | None
) -> Upload | None:
    if do in (_check, _import, _fetch, _remove, _link, _drop_link):
        context.count()
    return do(request, context, upload)


def _refusal(do: Callable[[], Upload | None], context: ImportContext) -> tuple[str | None, Upload | None]:
    """Do something that writes; return a sentence where it was not done, and the file that it began with."""
    if context.store is None or not context.may_import:
        return say("intake.no_right"), None
    try:
        return None, do()
    except (NotTaken, Spent, choices.Twice, StoreError, DatasetError, OSError) as error:
        return _why(error, context), None


def _why(error: Exception, context: ImportContext) -> str:
    """Return why something was not done, in a sentence."""
    if isinstance(error, (NotTaken, Spent)):
        return say(error.message, **error.fields)
    if isinstance(error, choices.Twice):
        names = {"role": roles.name(error.role, context.dataset), "columns": ", ".join(error.columns)}
        return say("intake.twice", **names)
    if isinstance(error, StoreError):
        return filled_or_said(error.message, error.fields)
    if isinstance(error, DatasetError):
        return say("intake.damaged", faults="; ".join(error.faults[: work.MOST_FAULTS]))
    reason = getattr(error, "strerror", None) or type(error).__name__
    folder = getattr(error, "filename", None) or context.changeable.folder
    return say("store.unwritable", folder=folder, reason=reason)


# ---- what can be asked for


def _check(request: ImportRequest, context: ImportContext, upload: Upload | None) -> None:
    """Read the file as a person wants it read."""
    if upload is None or upload.done() is not None:
        raise NotTaken("intake.gone")
    seen, sent = upload.seen(), request.values
    wanted = choices.answers(sent, seen, upload.request().answers, set(context.dataset.catalog.index))
    upload.want(choices.subject_of(sent, seen), wanted)
    work.check(context.changeable, upload)


def _again(request: ImportRequest, context: ImportContext, upload: Upload | None) -> None:
    """Read the file once more as before: a job failed, or another edition is in use. What is not here is fetched."""
    if upload is None or upload.done() is not None:
        raise NotTaken("intake.gone")
    begin = work.check if upload.request().is_here else work.fetch
    begin(context.changeable, upload)


def _fetch(request: ImportRequest, context: ImportContext, upload: Upload | None) -> Upload:
    """Fetch published limits, to be read like a file that was sent."""
    made = fetching.expect(context.changeable, str(request.source))
    work.fetch(context.changeable, made)
    return made


def _stop(request: ImportRequest, context: ImportContext, upload: Upload | None) -> None:
    """Have a download end; what is here of it is kept."""
    if upload is None:
        raise NotTaken("intake.gone")
    upload.stop()


def _import(request: ImportRequest, context: ImportContext, upload: Upload | None) -> None:
    """Import the file as it was last seen."""
    if upload is None:
        raise NotTaken("intake.gone")
    work.bring_in(context.changeable, upload, context.who)


def _forget(request: ImportRequest, context: ImportContext, upload: Upload | None) -> None:
    """Give the file up, or leave what became of it."""
    job = None if upload is None else upload.job()
    if job is not None and job.status == WORKING:
        raise NotTaken("intake.working")
    if upload is not None:
        upload.forget()


def _use(request: ImportRequest, context: ImportContext, upload: Upload | None) -> None:
    """Put another edition in use."""
    context.changeable.use(str(request.edition), context.who)


def _undo(request: ImportRequest, context: ImportContext, upload: Upload | None) -> None:
    """Put the edition of before an import in use again."""
    if upload is None or (done := upload.done()) is None:
        raise NotTaken("intake.gone")
    context.changeable.use(done.before, context.who)
    upload.end(replace(done, undone=True))


def _remove(request: ImportRequest, context: ImportContext, upload: Upload | None) -> None:
    """Put an edition without a user's layer in use."""
    imports.remove_layer(context.changeable, str(request.edition), who=context.who)


def _link(request: ImportRequest, context: ImportContext, upload: Upload | None) -> None:
    """Put an edition with a link that is new or corrected in use."""
    own_links.keep(context.changeable, request.values, context.in_use, context.who)


def _drop_link(request: ImportRequest, context: ImportContext, upload: Upload | None) -> None:
    """Put an edition without a link in use."""
    own_links.remove(context.changeable, str(request.edition), context.in_use, context.who)


_ACTIONS: dict[str, Callable[..., Upload | None]] = {
    "check": _check, "again": _again, "fetch": _fetch, "stop": _stop, "import": _import, "forget": _forget, "use": _use,
    "undo": _undo, "remove": _remove, "link": _link, "drop_link": _drop_link,
}  # fmt: skip


# ---- what is shown


def _standing(context: ImportContext, upload: Upload | None, told: str | None, request: ImportRequest) -> FormAnswer:
    """Return the parts of the screen as things stand. told: why what was asked was not done."""
    if upload is not None and (job := upload.job()) is not None and job.status == WORKING:
        shown: dict[str, Any] = {Data.PROGRESS: steps.progress(job)}
        if request.do != "look":
            shown |= {Data.FILE: steps.file(upload, job), Data.RESULT: _refused(told)}
        return FormAnswer(shown=shown, token=upload.token, working=True, focus=None)
    token = None if upload is None else upload.token
    # what a person has chosen on the form so far must stay
    if told is not None and (upload is not None or request.do == "link"):
        return FormAnswer(shown={Data.PROGRESS: _refused(told)}, token=token, working=False, focus=Data.PROGRESS)
    shown = dict.fromkeys(PARTS)
    shown[Data.IN_USE] = editions.in_use(context.store, context.dataset)
    shown[Data.EDITIONS] = editions.listed(context.store, context.may_import)
    shown[Data.LAYERS] = own_layers.listed(context.in_use, context.may_import)
    chosen = str(request.edition) if request.do == "edit_link" else ""
    shown[Data.LINKS] = own_links.listed(context.in_use, context.may_import and context.store is not None, chosen)
    shown[Data.FILE] = steps.choose(context.may_import, context.store is None, context.dataset.limits_official)
    if upload is not None:
        shown |= _of_file(upload, context)
    if told is not None:
        shown[Data.PROGRESS] = _refused(told)
    if told is None and request.do in LINKING:
        shown[Data.PROGRESS] = html.Div(html.P(say("own_links.saved")), className="done", role="status")
    focus = Data.LINKS if chosen else Data.PROGRESS if request.do in LINKING else _focus(upload, told)
    was = request.values.get("was", "") if isinstance(request.values, dict) else ""
    settled = [forms.typed_as(own_links.FORM, str(was))] if told is None and request.do == "link" else []
    return FormAnswer(shown=shown, token=token, working=False, focus=focus, settled=settled)


def _of_file(upload: Upload, context: ImportContext) -> dict[str, Any]:
    """Return what is shown of the file at hand."""
    seen, done, job, sent = upload.seen(), upload.done(), upload.job(), upload.request()
    shown: dict[str, Any] = {Data.FILE: steps.file(upload, None)}
    if job is not None and job.status == FAILED:
        shown[Data.PROGRESS] = fetches.failed(job, upload) if job.what == FETCH else steps.progress(job)
    if seen is not None and reports.is_worth_reading(seen):
        shown[Data.REPORT] = reports.report(seen, upload.token)
    if done is not None:
        shown[Data.RESULT] = steps.result(done, context.may_import)
    elif seen is not None:
        shown[Data.MAPPING] = mapping.form(sent.name, seen, sent.answers, context.dataset)
        # after a job that failed, what was seen before may hold no longer
        if job is None or job.status != FAILED or job.what == IMPORT:
            shown[Data.RESULT] = steps.confirm(seen)
    return shown


def _refused(told: str | None) -> html.Div | None:
    return None if told is None else html.Div(html.P(told), className="error", role="alert")


def _focus(upload: Upload | None, told: str | None) -> str | None:
    """Return the part that changed most: the reader was waiting for it."""
    if told is not None:
        return Data.PROGRESS
    if upload is None:
        return Data.FILE
    if upload.done() is not None:
        return Data.RESULT
    job = upload.job()
    return Data.PROGRESS if job is not None and job.status == FAILED else Data.MAPPING
