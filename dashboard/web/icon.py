"""The icon of every page."""

from pathlib import Path
from urllib.parse import quote

# in the page itself: a browser asks for the file of an icon again whenever the address changes
ICON = "data:image/svg+xml," + quote(Path(__file__).with_name("icon.svg").read_text("utf-8").strip(), safe=" =:/'")
