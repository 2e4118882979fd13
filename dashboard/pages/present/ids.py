"""Name the components of the presentation."""

from enum import StrEnum


class Present(StrEnum):
    """What a callback touches: the browser steps through the rest by itself."""

    ROOT = "present-root"


# the address that tells whether what is presented has changed
VERSIONS = "presented-versions"
# the address that tells what the room of a meeting has answered
ROOM_ADDRESS = "/presentar/sala"
