"""The desk of each person: what waits for them, what is new to them, and the message that tells them of it."""

from dashboard.records.desk import mail
from dashboard.records.desk.changes import News, Novelty, news
from dashboard.records.desk.items import AGREED, MEET, MENTION, RETURNED, Item, count, waiting

__all__ = [
    "AGREED",
    "Novelty",
    "Item",
    "MEET",
    "MENTION",
    "News",
    "RETURNED",
    "count",
    "mail",
    "news",
    "waiting",
]
