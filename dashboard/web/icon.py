"""The icon of every page."""

# in the page itself: a browser asks for the file of an icon again whenever the address changes
ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 20'%3E"
    "%3Cpath d='M2 6 9 2v9l-7 4z' fill='%23e38050'/%3E%3Cpath d='m11 9 7-4v9l-7 4z' fill='%230b5cab'/%3E%3C/svg%3E"
)
