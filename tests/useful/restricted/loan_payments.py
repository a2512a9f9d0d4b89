# SPDX-License-Identifier: Apache-2.0
# profile: page
# A loan, month by month, in cents so that nothing is lost.
def schedule(cents, percent, months):
    rate = percent / 1200
    payment = round(cents * rate / (1 - (1 + rate) ** -months))
    while cents > 0:
        interest = round(cents * rate)
        part = min(payment - interest, cents)
        cents -= part
        yield interest, part, cents


rows = list(schedule(100_000, 6, 6))
for number, (interest, part, left) in enumerate(rows, 1):
    print(f"{number} {interest / 100:>6.2f} {part / 100:>8.2f} {left / 100:>9.2f}")
print(sum(part for _, part, _ in rows) == 100_000)
