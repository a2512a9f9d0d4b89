# SPDX-License-Identifier: Apache-2.0
"""Play a scale into a WAV file, and measure the notes that are in it."""

import array
import math
import sys
import wave

RATE = 8000
NOTES = {"C": -9, "D": -7, "E": -5, "F": -4, "G": -2, "A": 0, "B": 2}
TUNE = [("C", 1), ("C", 1), ("G", 1), ("G", 1), ("A", 1), ("A", 1), ("G", 2)]
BEAT = 0.2  # seconds


def frequency(note):
    return 440 * 2 ** (NOTES[note] / 12)


def tone(hertz, seconds):
    """Samples of a note that swells and fades, so that nothing clicks."""
    count = int(RATE * seconds)
    for n in range(count):
        envelope = math.sin(math.pi * n / count)
        yield int(20000 * envelope * math.sin(2 * math.pi * hertz * n / RATE))


def little_endian(samples):
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def write(path):
    samples = array.array("h")
    for note, beats in TUNE:
        samples.extend(tone(frequency(note), beats * BEAT))
    with wave.open(path, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(little_endian(samples).tobytes())


def measure(samples):
    """The frequency of a note, from how often it crosses zero upwards."""
    crossings = sum(a < 0 <= b for a, b in zip(samples, samples[1:]))
    return crossings * RATE / len(samples)


def main():
    write("tune.wav")
    with wave.open("tune.wav", "rb") as file:
        seconds = file.getnframes() / file.getframerate()
        print(
            f"{file.getnchannels()} channel, {file.getsampwidth()} bytes, {seconds:.1f} s"
        )
        for note, beats in TUNE:
            frames = file.readframes(int(RATE * beats * BEAT))
            heard = measure(little_endian(array.array("h", frames)))
            nearest = min(NOTES, key=lambda name: abs(frequency(name) - heard))
            print(f"wrote {note} ({frequency(note):.0f} Hz), heard {nearest}")


if __name__ == "__main__":
    main()
