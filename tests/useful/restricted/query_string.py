# SPDX-License-Identifier: Apache-2.0
# profile: page
# A page's address, taken apart.
address = "https://example.com/list/items?sort=price&page=2&tag=a&tag=b#top"
rest, _, fragment = address.partition("#")
path, _, query = rest.partition("?")
values = {}
for pair in query.split("&"):
    key, _, value = pair.partition("=")
    values.setdefault(key, []).append(value)
scheme, _, rest = path.partition("://")
host, *segments = rest.split("/")
print(scheme, host, segments, values, fragment)
