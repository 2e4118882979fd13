"""Say who acts in a request."""

from dashboard.records.actors import Actor, local_actor
from geodata import editions


def actor() -> Actor:
    """Return who acts in this request: the one person of local mode, someone who signed in, or nobody."""
    return local_actor(editions.whoami())
