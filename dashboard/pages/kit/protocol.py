"""The one shape in which a form asks something of the server, and the one in which it is answered.

Nothing that a browser sends is trusted: what is no text, number or table where one is due counts as not sent, and
what it means is for the record to judge, with all faults at once.
"""

from typing import Annotated, Any, Self

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field

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
    subject: Text = Field("", validation_alias=AliasChoices("subject", "proposal"))
    record: Text = ""
    version: Whole = None
    key: Annotated[str | None, BeforeValidator(lambda sent: text(sent) or None)] = None
    values: Table = Field(default_factory=dict, validation_alias=AliasChoices("values", "fields"))


class FormAnswer(BaseModel):
    """What goes back to the browser; only what is set is sent.

    shown: the content of each part that changed, by its id. outcome: what went well or wrong, said beside the button.
    done: whether it was kept, so that what was typed may be forgotten; conflict: whether both versions are shown.
    address: the query under which a reload shows the same. state: what the browser sends again with its next question.
    focus: the part to lead to. go: another page to open. settled: the forms of which nothing typed need be kept;
    carry: what goes from one form into another. editing: whether one is being filled. token: of the file at hand.
    working: whether to ask again in a moment.
    """

    model_config = ConfigDict(frozen=True)

    shown: dict[Any, Any] = Field(default_factory=dict)
    form: str | None = None
    at: Any = None
    outcome: list[Any] = Field(default_factory=list, serialization_alias="told")
    done: bool = Field(False, serialization_alias="ok")
    conflict: bool = Field(False, serialization_alias="clash")
    address: str | None = None
    state: dict[str, Any] = Field(default_factory=dict, serialization_alias="kept")
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
        names = {name: field.serialization_alias or name for name, field in type(self).model_fields.items()}
        return {names[name]: getattr(self, name) for name in names if name in self.model_fields_set or name == "shown"}
