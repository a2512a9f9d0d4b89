# SPDX-License-Identifier: Apache-2.0
"""Addresses of the web and of the network, taken apart without touching either."""

import ipaddress
from urllib.parse import parse_qs, quote, unquote, urlencode, urljoin, urlsplit


def describe(url):
    parts = urlsplit(url)
    print(url)
    print(f"  host {parts.hostname}, port {parts.port}, path {unquote(parts.path)}")
    if parts.query:
        print(f"  query {parse_qs(parts.query)}")


def classify(text):
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return "not an address"
    kinds = ("loopback", "link_local", "multicast", "private", "global")
    kind = next((name for name in kinds if getattr(address, f"is_{name}")), "other")
    return f"IPv{address.version}, {kind.replace('_', '-')}"


def main():
    describe("https://user@shop.example.com:8443/caf%C3%A9/menu?size=2&tag=a&tag=b#top")
    describe("http://[2001:db8::1]/")
    base = "https://example.org/docs/guide/intro.html"
    for link in ("setup.html", "../api/", "/", "?page=2", "//cdn.example.net/x.js"):
        print(f"{link:24} {urljoin(base, link)}")
    print(urlencode({"q": "fish & chips", "lang": "en"}), quote("a/b c~ü", safe=""))

    for text in (
        "127.0.0.1",
        "10.1.2.3",
        "169.254.7.7",
        "9.9.9.9",
        "::1",
        "ff02::1",
        "1.2.3",
    ):
        print(f"{text:12} {classify(text)}")

    office = ipaddress.ip_network("192.168.40.0/22")
    print(office, "has", office.num_addresses - 2, "hosts, mask", office.netmask)
    for part in office.subnets(new_prefix=24):
        print(" ", part, "from", part[1], "to", part[-2])
    print(ipaddress.ip_address("192.168.43.9") in office)
    ranges = ipaddress.summarize_address_range(
        ipaddress.ip_address("10.0.0.5"), ipaddress.ip_address("10.0.0.12")
    )
    print(*ranges)
    print(
        int(ipaddress.ip_address("1.0.0.1")), ipaddress.ip_address("2001:db8::5").exploded
    )


if __name__ == "__main__":
    main()
