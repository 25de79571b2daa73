"""Only public addresses on the web's ports may be reached, however an address is spelled or wrapped."""

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.addresses import is_public, public_web, resolve

PRIVATE = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "203.0.113.9",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "2002:7f00:1::",
    "2002:a00:1::",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2001:0:7f00:1::1",
    "2001:db8::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "100::1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_not_public(address):
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_public_addresses_are(address):
    assert is_public(ip_address(address))


@pytest.mark.parametrize("port", [21, 22, 25, 81, 5432, 8000, 8080, 8443])
def test_only_the_webs_ports_may_be_reached(port):
    assert not public_web(ip_address("1.1.1.1"), port)


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_wrapping_an_address_never_makes_it_public(address):
    for wrapped in (
        f"::ffff:{address}",
        f"64:ff9b::{address}",
        f"2002:{int(address) >> 16:x}:{int(address) & 0xFFFF:x}::",
    ):
        assert is_public(ip_address(wrapped)) == is_public(address)


@given(st.integers(0, 2**128 - 1).map(IPv6Address))
def test_every_address_gets_an_answer(address):
    assert is_public(address) in (True, False)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.1", "2130706433", "0x7f.1", "0177.0.0.1", "0x7f000001", "localhost"]
)
def test_odd_spellings_show_what_they_are(host):
    assert all(address.is_loopback for address in resolve(host, 80))
