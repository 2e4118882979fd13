"""The one shape in which a form asks something of the server, and the one in which it is answered.

Nothing that a browser sends is trusted: what is no text, number or table where one is due counts as not sent, and
what it means is for the record to judge, with all faults at once.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from dashboard.pages.kit import outcomes
from dashboard.pages.kit.outcomes import ValueWords
from dashboard.records.core import BadInput, Conflict, Fault, RecordsError
from dashboard.web.request import RequestContext
from dashboard.web.sent import Sent, Table, Text, Whole, text


class FormRequest(Sent):
    """What a form asks: to `do` something with its `values`, on the `version` of a `subject` as it was seen.

    form: its name, which the answer brings back with `at`, when it was sent. of: the page in sight. record: under
    which what is typed in it is kept. key: under which the request is kept once, however often it is sent.
    """

    do: Text = ""
    form: Text = ""
    at: Any = None
    of: Text = ""
    subject: Text = ""
    record: Text = ""
    version: Whole = None
    key: Annotated[str | None, BeforeValidator(lambda sent: text(sent) or None)] = None
    values: Table = Field(default_factory=dict)
    beside: Table = Field(default_factory=dict)


class FormAnswer(BaseModel):
    """What goes back to the browser; only what is set is sent.

    shown: the content of each part that changed, by its id. outcome: what went well or wrong, said beside the button.
    saved: whether the server has it, so that what was typed is let go; conflict: whether both versions are shown.
    address: the query under which a reload shows the same. state: what the browser sends again with its next question.
    focus: the part to lead to. go: another page to open. settled: the forms of which nothing typed need be kept;
    carry: what goes from one form into another. editing: whether one is being filled. token: of the file at hand.
    working: whether to ask again in a moment.
    """

    model_config = ConfigDict(frozen=True)

    shown: dict[Any, Any] = Field(default_factory=dict)
    form: str | None = None
    at: Any = None
    outcome: list[Any] = Field(default_factory=list)
    saved: bool = False
    conflict: bool = False
    address: str | None = None
    state: dict[str, Any] = Field(default_factory=dict)
    focus: str | None = None
    go: str | None = None
    settled: list[str] = Field(default_factory=list)
    carry: dict[str, Any] | None = None
    editing: bool = False
    token: str | None = None
    working: bool = False

    def but(self, **changes: Any) -> Self:
        """Return the answer with some of it changed."""
        return self.model_copy(update=changes)

    def sent(self) -> dict[str, Any]:
        """Return the answer as the browser reads it. Components stay as they are: Dash writes them."""
        return {
            name: getattr(self, name) for name in type(self).model_fields if name in self.model_fields_set | {"shown"}
        }


Asked = TypeVar("Asked", bound=FormRequest)
# does what is asked, and returns what is said of it, or the whole answer. Raises RecordsError
Act = Callable[[Asked, RequestContext], "list[Any] | FormAnswer"]


def attempt(
    request: Asked, acts: Mapping[str, Act[Asked]], context: RequestContext, value_words: Callable[[Any], ValueWords]
) -> FormAnswer:
    """Do what a form asks, and answer whether it was kept.

    The answer has what is said of it, both versions where somebody was quicker, else all that must be mended.

    acts: what can be done, by name. value_words: of the version that is kept, what says its values in words.
    """
    made = FormAnswer(form=request.form, at=request.at, saved=False, conflict=False)
    try:
        done = acts.get(request.do, _unknown)(request, context)
        if isinstance(done, FormAnswer):
            return done.but(form=request.form, at=request.at, conflict=False)
        return made.but(outcome=done, saved=True)
    except Conflict as error:
        both = outcomes.two_versions(error, context.words, value_words(error.theirs))
        return made.but(outcome=[both], conflict=True)
    except RecordsError as error:
        return made.but(outcome=[outcomes.refusal(error, context.words)])


def _unknown(request: FormRequest, context: RequestContext) -> list[Any]:
    raise BadInput((Fault("records.fault.unknown_step", {}),))
