"""Write the addresses that open proposals on the map and in the comparison: as they are kept, or as they were.

`assets/js/model/address.js` reads them. A kept proposal goes by its id; a moment of before as a candidate, whose parts
stand between `~`, candidates between `|`.
"""

import re
from collections.abc import Sequence
from urllib.parse import urlencode

from dashboard.clusters.model import encode
from dashboard.records.proposals import Proposal

INITIALS = (("h", "health"), ("e", "education"), ("n", "environment"))  # in the order in which they are written
MOST_NAME = 60  # letters of a name that the map keeps


def on_map(proposal: Proposal) -> str:
    """Return the address of the map with a proposal as it is kept."""
    return "/?" + urlencode({"d": proposal.department, "a": f"p:{proposal.id}"})


def compared(proposals: Sequence[Proposal]) -> str:
    """Return the address of the comparison of proposals as they are kept."""
    return "/comparar?" + urlencode({"k": ".".join(f"p:{proposal.id}" for proposal in proposals)})


def moments(proposals: Sequence[Proposal], names: Sequence[str]) -> str:
    """Return the address of the comparison of proposals as they were; `names` tell moments of one apart."""
    texts = [packed(proposal, name) for proposal, name in zip(proposals, names, strict=True)]
    return "/comparar?" + urlencode({"c": "|".join(texts), "k": ".".join(map(str, range(len(texts))))})


def packed(proposal: Proposal, name: str) -> str:
    """Return a proposal as one candidate of an address."""
    services = "".join(letter for letter, service in INITIALS if service in proposal.services)
    parts = (name[:MOST_NAME], encode(proposal.ubigeos), services, str(proposal.phase), proposal.id)
    # all else is escaped once, with the whole query
    return "~".join(re.sub(r"[%~|]", lambda mark: f"%{ord(mark[0]):02X}", part) for part in parts)
