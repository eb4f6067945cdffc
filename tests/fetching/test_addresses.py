"""The table of public addresses, on the dot of every network in it."""

from ipaddress import ip_address

import pytest

from jumper_app.fetching.addresses import NOT_PUBLIC_V4, NOT_PUBLIC_V6, UNICAST_V6, is_public

PUBLIC = [
    "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
    "126.255.255.255", "128.0.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0",
    "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255",
    "2001:4860:4860::8888", "2a00:1450:4009::1", "2606:4700::1111", "2400::", "3ffe::1",
]  # fmt: skip

GLOBAL_BY_MISTAKE = [
    "64:ff9b::7f00:1", "2002:7f00:1::", "::127.0.0.1", "fec0::1", "224.0.0.1", "192.0.0.8",
]  # fmt: skip
"""What ``ipaddress.is_global`` of Python 3.11.7 calls global."""

ODD = ["", "localhost", "127.1", "0x7f000001", "fe80::1%eth0", "2001:4860:4860::8888%1", "::1%lo"]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize("address", GLOBAL_BY_MISTAKE + ODD)
def test_what_is_tunnelled_reserved_or_odd_is_not(address):
    assert not is_public(address)


@pytest.mark.parametrize("network", NOT_PUBLIC_V4 + NOT_PUBLIC_V6, ids=str)
def test_a_network_of_the_table_is_not_public_from_its_first_to_its_last_address(network):
    assert not is_public(str(network[0]))
    assert not is_public(str(network[-1]))


@pytest.mark.parametrize("address", [UNICAST_V6[0] - 1, UNICAST_V6[-1] + 1], ids=str)
def test_outside_of_what_was_given_out_nothing_is_public(address):
    assert not is_public(str(address))


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "8.8.8.8"])
def test_an_old_address_in_a_new_coat_is_not_public(address):
    mapped = f"::ffff:{address}"
    tunnelled = f"2002:{int(ip_address(address)):08x}::"
    assert not is_public(mapped)
    assert not is_public(tunnelled.replace(tunnelled[5:13], f"{tunnelled[5:9]}:{tunnelled[9:13]}"))
