"""Find the addresses by which the other devices of a room reach this computer, with or without internet."""

import contextlib
import ipaddress
import socket
import struct
import sys
from collections.abc import Iterator

if sys.platform == "linux":
    import fcntl

OWN_ADDRESS = 0x8915  # asks Linux for the address of an interface
INTERFACE_NAME = 15  # letters
UNLIKELY = ("docker", "veth", "br-", "virbr", "tun", "tap")  # interfaces that lead to no room
# a computer says by which of its addresses it would go there; nothing is sent
SOMEWHERE = ("192.168.0.1", "10.0.0.1", "172.16.0.1", "192.0.2.1")


def addresses() -> tuple[str, ...]:
    """Return the IPv4 addresses of this computer in its networks, the likeliest one of a room first."""
    found = dict.fromkeys([*_of_interfaces(), *_on_the_way(), *_of_the_name()])
    return tuple(address for address in found if _is_of_a_network(address))


def _is_of_a_network(address: str) -> bool:
    known = ipaddress.ip_address(address)
    return not (known.is_loopback or known.is_unspecified or known.is_link_local)


def _of_interfaces() -> Iterator[str]:
    if sys.platform != "linux":
        return
    names = [name for _, name in socket.if_nameindex()]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        for name in sorted(names, key=lambda name: name.startswith(UNLIKELY)):
            with contextlib.suppress(OSError):  # one that has no address
                asked = struct.pack("256s", name[:INTERFACE_NAME].encode())
                yield socket.inet_ntoa(fcntl.ioctl(asking.fileno(), OWN_ADDRESS, asked)[20:24])


def _on_the_way() -> Iterator[str]:
    for host in SOMEWHERE:
        with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
            asking.connect((host, 9))
            yield asking.getsockname()[0]


def _of_the_name() -> Iterator[str]:
    with contextlib.suppress(OSError):
        for found in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET):
            yield str(found[4][0])
