# SPDX-License-Identifier: Apache-2.0
# profile: page
# Money over years.
balance, rate = 1000.0, 3.5
for year in range(1, 6):
    interest = balance * rate / 100
    balance += interest
    print(f"{year:>2} {interest:>8.2f} {balance:>10.2f}")
