# SPDX-License-Identifier: Apache-2.0
# profile: page
# Colours of a page.
def parse(text):
    text = text.lstrip("#")
    if len(text) == 3:
        text = "".join(c * 2 for c in text)
    return tuple(int(text[i:i + 2], 16) for i in (0, 2, 4))


def mix(a, b, share):
    return "#" + "".join(f"{round(x + (y - x) * share):02x}" for x, y in zip(parse(a), parse(b)))


print(parse("#ff8000"), parse("#0af"), [mix("#000", "#ffffff", s / 4) for s in range(5)])
