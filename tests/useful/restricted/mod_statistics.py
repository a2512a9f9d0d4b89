# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Averages and spreads.
import statistics as s

data = [2, 4, 4, 4, 5, 5, 7, 9]
print(s.mean(data), s.median(data), s.mode(data), s.multimode("aabb"), s.pstdev(data), s.pvariance(data), round(s.stdev(data), 4), round(s.variance(data), 4))
print(s.fmean([1, 2], weights=[3, 1]), round(s.geometric_mean([1, 10]), 6), s.harmonic_mean([40, 60]), s.median_low(data), s.median_high(data), s.median_grouped([1, 2, 2, 3]), s.quantiles(data, n=4))
x, y = [1, 2, 3, 4], [2.1, 3.9, 6.2, 7.8]
line = s.linear_regression(x, y)
print(round(s.correlation(x, y), 4), round(s.covariance(x, y), 4), round(line.slope, 3), round(line.intercept, 3))
n = s.NormalDist(100, 15)
print(round(n.cdf(115), 4), round(n.pdf(100), 5), round(n.inv_cdf(0.5), 2), n.mean, n.stdev, n.variance, n + 5, round(n.zscore(130), 2), round(n.overlap(s.NormalDist(110, 15)), 3), len(n.samples(3, seed=1)), s.NormalDist.from_samples([1, 2, 3]), [round(q) for q in n.quantiles(4)])
try:
    s.mean([])
except s.StatisticsError as e:
    print(e)
