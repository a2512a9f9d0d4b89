# SPDX-License-Identifier: Apache-2.0
"""Walk a tree of files: by pattern, by size, by content, and what is there twice."""

import fnmatch
import hashlib
import os
import shutil
from collections import defaultdict
from pathlib import Path, PurePosixPath

TREE = {
    "project/src/main.py": "import sys\nprint(sys.argv)\n",
    "project/src/util.py": "def f():\n    return 1\n",
    "project/docs/index.md": "# Index\n\nSee main.py\n",
    "project/docs/old/index.md": "# Index\n\nSee main.py\n",
    "project/data/big.bin": "\0" * 3000,
    "project/.hidden": "secret\n",
}


def duplicates(paths):
    groups = defaultdict(list)
    for path in paths:
        groups[hashlib.md5(path.read_bytes(), usedforsecurity=False).digest()].append(path)
    return [group for group in groups.values() if len(group) > 1]


def grep(root, word):
    for path in sorted(root.rglob("*")):
        if path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            for number, line in enumerate(text.splitlines(), 1):
                if word in line:
                    yield f"{path}:{number}: {line}"


def tree(folder, indent=""):
    for path in sorted(folder.iterdir()):
        print(f"{indent}{path.name}{'/' if path.is_dir() else ''}")
        if path.is_dir():
            tree(path, indent + "  ")


def main():
    root = Path("project")
    for name, text in TREE.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")

    tree(root)
    files = sorted(path for path in root.rglob("*") if path.is_file())
    print("python:", *sorted(path.name for path in root.glob("**/*.py")))
    print("largest:", max(files, key=lambda path: path.stat().st_size).name)
    print("twice:", [[path.as_posix() for path in group] for group in duplicates(files)])
    print(*grep(root, "main"), sep="\n")

    for folder, folders, names in os.walk(root):
        folders.sort()
        notes = fnmatch.filter(names, "*.md")
        print(f"{folder}: {len(names)} files, {len(notes)} of them notes")
    path = PurePosixPath("/srv/data/archive.tar.gz")
    print(path.name, path.stem, path.suffixes, path.parent, path.with_suffix(".xz"))

    link = root / "latest"
    link.symlink_to("src/main.py")
    moved = (root / "src/util.py").rename(root / "src/tools.py")
    (root / "src/main.py").chmod(0o600)
    mode = (root / "src/main.py").stat().st_mode & 0o777
    print(link.read_text(encoding="utf-8").splitlines()[0], moved.name, oct(mode))
    shutil.rmtree(root)
    print("left:", list(Path().iterdir()))


if __name__ == "__main__":
    main()
