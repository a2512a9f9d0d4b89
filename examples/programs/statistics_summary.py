# SPDX-License-Identifier: Apache-2.0
"""Describe two samples: location, spread, correlation, a line through them."""

import random
import statistics as st


def histogram(values, width, start):
    """(lower bound, count) of each class of that width."""
    counts = {}
    for value in values:
        low = start + width * int((value - start) // width)
        counts[low] = counts.get(low, 0) + 1
    return sorted(counts.items())


def main():
    random.seed(1815)
    heights = [round(random.gauss(171, 8)) for _ in range(200)]
    weights = [round(0.9 * height - 85 + random.gauss(0, 6), 1) for height in heights]

    print(f"n         {len(heights)}")
    print(f"mean      {st.fmean(heights):.3f}")
    print(f"median    {st.median(heights)}")
    print(f"modes     {st.multimode(heights)}")
    print(f"deviation {st.stdev(heights):.3f}")
    q1, q2, q3 = st.quantiles(heights, n=4)
    print(f"quartiles {q1:.2f} {q2:.2f} {q3:.2f}")
    print(f"geometric {st.geometric_mean(heights):.3f}")
    print(f"harmonic  {st.harmonic_mean(heights):.3f}")

    print("\nheights in classes of 5 cm")
    for low, count in histogram(heights, 5, 140):
        print(f"{low}-{low + 4} {'#' * count}")

    slope, intercept = st.linear_regression(heights, weights)
    print(f"\nweight = {slope:.3f} * height {intercept:+.2f}")
    print(f"correlation {st.correlation(heights, weights):.4f}")

    normal = st.NormalDist.from_samples(heights)
    print(
        f"taller than 190 cm: {1 - normal.cdf(190):.2%} by the model, "
        f"{sum(h > 190 for h in heights) / len(heights):.2%} in the sample"
    )
    try:
        st.mean([])
    except st.StatisticsError as error:
        print("an empty sample:", error)


if __name__ == "__main__":
    main()
