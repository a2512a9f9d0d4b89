# SPDX-License-Identifier: Apache-2.0
# profile: page
# A page's table of prices, with totals.
items = [("Tea", 3, 1.2), ("Coffee", 2, 2.35), ("Cake", 10, 0.99)]
print(f"{'item':<10}{'n':>4}{'each':>8}{'sum':>9}")
print("-" * 31)
grand = 0
for name, n, each in items:
    grand += n * each
    print(f"{name:<10}{n:>4}{each:>8.2f}{n * each:>9.2f}")
print("=" * 31)
print(f"{'total':<22}{grand:>9.2f}")
