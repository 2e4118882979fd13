"""Write the addresses that open proposals, of now or of before, on the map and in the comparison.

`assets/address.js` reads them: parts of a candidate stand between `~`, candidates between `|`.
"""

from collections.abc import Sequence
from urllib.parse import quote, urlencode

from dashboard.clusters.codes import encode
from dashboard.records.proposals import Proposal

INITIALS = (("h", "health"), ("e", "education"), ("n", "environment"))  # in the order in which they are written
MOST_NAME = 60  # letters of a name that the map keeps


def on_map(proposal: Proposal) -> str:
    """Return the address of the map with a proposal in hand."""
    return "/?" + urlencode({"d": proposal.department, "c": packed(proposal), "a": "0"})


def compared(proposals: Sequence[Proposal], names: Sequence[str] = ()) -> str:
    """Return the address of the comparison of proposals; `names` tell moments of one apart."""
    named = names or [proposal.name for proposal in proposals]
    texts = [packed(proposal, name) for proposal, name in zip(proposals, named, strict=True)]
    return "/comparar?" + urlencode({"c": "|".join(texts), "k": ".".join(map(str, range(len(texts))))})


def packed(proposal: Proposal, name: str = "") -> str:
    """Return a proposal as one candidate of an address."""
    services = "".join(letter for letter, service in INITIALS if service in proposal.services)
    parts = ((name or proposal.name)[:MOST_NAME], encode(proposal.ubigeos), services, str(proposal.phase), proposal.id)
    return "~".join(quote(part, safe="").replace("~", "%7E") for part in parts)
