"""What the register's screens ask of the server."""

from typing import Any

from dashboard.pages.kit.protocol import FormRequest
from dashboard.web.sent import Text, Whole


class RegisterRequest(FormRequest):
    """What the register asks besides: a `page` of the history, moments `before` and `after`, a `step`.

    item: the comment or the document that it is about, "" for none.
    """

    page: Whole = None
    before: Any = None
    after: Any = None
    step: Text = ""
    item: Text = ""
