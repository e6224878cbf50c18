"""Which addresses of the network anybody may be sent to, and which lead into somebody's own house.

An address that another one stands in (mapped, 6to4, NAT64) is judged as what it leads to: RFC 4291, 3056, 6052.
"""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_NAT64 = IPv6Network("64:ff9b::/96")
_LAST_FOUR_BYTES = 0xFFFF_FFFF


def is_private(written: str) -> bool:
    """Whether an address is no public one: of this machine, of a local network, of a carrier, or reserved.

    What is no address at all is private, too.
    """
    try:
        address = _meant(ip_address(written.partition("%")[0]))
    except ValueError:
        return True
    odd = address.is_multicast or address.is_reserved or address.is_unspecified
    local = isinstance(address, IPv6Address) and address.is_site_local
    return odd or local or not address.is_global


def _meant(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The address of the fourth version that one of the sixth stands for, or else that address itself."""
    if isinstance(address, IPv4Address):
        return address
    within = address.ipv4_mapped or address.sixtofour
    if within is None and address in _NAT64:
        within = IPv4Address(int(address) & _LAST_FOUR_BYTES)
    return within or address
