# SPDX-License-Identifier: Apache-2.0
"""Pack files into ZIP, tar and gzip, look into the archives, and take them apart."""

import gzip
import io
import shutil
import tarfile
import zipfile
from pathlib import Path

FILES = {
    "site/index.html": "<h1>Hello</h1>\n" * 40,
    "site/data/numbers.txt": "\n".join(map(str, range(500))),
    "site/data/empty.txt": "",
}


def make_tree():
    for name, text in FILES.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def zipped(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in FILES:
            archive.write(name)
        archive.writestr("README", "made by a program")
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            ratio = "packed" if entry.compress_size < entry.file_size else "stored"
            print(f"{entry.filename:24} {entry.file_size:5} {ratio}")
        print("sound:", archive.testzip() is None, "|", archive.read("README").decode())


def tarred(path):
    with tarfile.open(path, "w:gz") as archive:
        archive.add("site")
        note = b"added from memory"
        entry = tarfile.TarInfo("note.txt")
        entry.size = len(note)
        archive.addfile(entry, io.BytesIO(note))
    with tarfile.open(path) as archive:
        print(sorted(archive.getnames()))
        print(archive.extractfile("note.txt").read().decode())
        # Where Python has it: nothing is written outside the folder, whatever names say.
        keep = getattr(tarfile, "data_filter", lambda member, path: member)
        archive.extraction_filter = keep
        archive.extractall("unpacked")


def main():
    make_tree()
    zipped("site.zip")
    tarred("site.tar.gz")
    same = all(
        Path("unpacked", name).read_text("utf-8") == text for name, text in FILES.items()
    )
    print("unpacked as it was:", same)

    with gzip.open("log.gz", "wt", encoding="utf-8", newline="\n") as file:
        for number in range(1000):
            print(f"line {number} of a long log", file=file)
    with gzip.open("log.gz", "rt", encoding="utf-8") as file:
        print("lines:", sum(1 for _ in file))
    with open("log.gz", "rb") as file, gzip.open(file, "rt", encoding="utf-8") as text:
        print(text.readline().strip(), "| magic:", Path("log.gz").read_bytes()[:2].hex())

    shutil.rmtree("unpacked")
    shutil.make_archive("again", "zip", "site")
    print("formats:", zipfile.is_zipfile("again.zip"), tarfile.is_tarfile("again.zip"))
    Path("again.zip").unlink()
    shutil.rmtree("site")
    print("left:", sorted(path.name for path in Path().iterdir()))


if __name__ == "__main__":
    main()
