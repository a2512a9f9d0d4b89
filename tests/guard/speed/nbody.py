# SPDX-License-Identifier: Apache-2.0
"""The planets, by lists of numbers."""
import math


def energy(bodies):
    total = 0.0
    for i in range(len(bodies)):
        (x, y, z), v, mass = bodies[i]
        total += 0.5 * mass * (v[0] * v[0] + v[1] * v[1] + v[2] * v[2])
        for j in range(i + 1, len(bodies)):
            (a, b, c), w, other = bodies[j]
            dx, dy, dz = x - a, y - b, z - c
            total -= mass * other / math.sqrt(dx * dx + dy * dy + dz * dz)
    return total


def advance(dt, steps, bodies, pairs):
    for step in range(steps):
        for (p, v, m), (q, w, n) in pairs:
            dx, dy, dz = p[0] - q[0], p[1] - q[1], p[2] - q[2]
            size = dt * (dx * dx + dy * dy + dz * dz) ** -1.5
            v[0] -= dx * n * size
            v[1] -= dy * n * size
            v[2] -= dz * n * size
            w[0] += dx * m * size
            w[1] += dy * m * size
            w[2] += dz * m * size
        for p, v, m in bodies:
            p[0] += dt * v[0]
            p[1] += dt * v[1]
            p[2] += dt * v[2]


def main():
    bodies = [([1.1 * i, 0.3 * i * i, 0.1], [0.1 * i, 0.2, 0.05 * i], 1.0 / (i + 1))
              for i in range(5)]
    pairs = [(bodies[i], bodies[j]) for i in range(5) for j in range(i + 1, 5)]
    advance(0.0001, 20000, bodies, pairs)
    return round(energy(bodies), 6)
