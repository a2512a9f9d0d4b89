# SPDX-License-Identifier: Apache-2.0
"""numpy with its threads under a cell's filter, with and without threads."""

import sys

try:
    import numpy as np
except ImportError:
    sys.exit(77)  # a visible skip

a = np.random.default_rng(1).random((600, 600))
b = a @ np.linalg.inv(a)
assert np.allclose(b, np.eye(600), atol=1e-6)
assert np.fft.fft(a[0]).shape == (600,)
np.save("a.npy", a)
m = np.load("a.npy", mmap_mode="r+")
m[0, 0] = 2
m.flush()
assert np.load("a.npy")[0, 0] == 2
