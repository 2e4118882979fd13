"""Who may come in, what a browser may ask, and how connections are served."""

from dashboard.web.access import allowance, door, gate, mode, people, private_lines, requests, safety
from dashboard.web.access.allowance import (
    Spent,
)
from dashboard.web.access.connections import (
    Serving,
    listen,
)
from dashboard.web.access.gate import (
    DESK,
    SIGN_OUT,
)
from dashboard.web.access.loopback import is_loopback
from dashboard.web.access.safety import UPLOADS
from dashboard.web.access.start import (
    refused,
)

__all__ = [
    "DESK",
    "SIGN_OUT",
    "Serving",
    "Spent",
    "UPLOADS",
    "allowance",
    "door",
    "gate",
    "is_loopback",
    "listen",
    "mode",
    "people",
    "private_lines",
    "refused",
    "requests",
    "safety",
]
