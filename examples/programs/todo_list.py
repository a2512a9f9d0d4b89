# SPDX-License-Identifier: Apache-2.0
"""A to-do list on the command line, commands read from standard input (cmd.Cmd)."""

import cmd
import json
import shlex
from pathlib import Path


class Todo(cmd.Cmd):
    prompt = ""
    intro = "To do. Commands: add, done, list, save, quit."
    use_rawinput = True

    def __init__(self):
        super().__init__()
        self.tasks = []

    def do_add(self, line):
        """add TEXT [due=DAY] [+TAG...]"""
        words, due, tags = [], None, []
        for word in shlex.split(line):
            if word.startswith("+"):
                tags.append(word[1:])
            elif word.startswith("due="):
                due = word[4:]
            else:
                words.append(word)
        if not words:
            print("what is to be done?")
            return
        self.tasks.append(
            {"text": " ".join(words), "due": due, "tags": tags, "done": False}
        )
        print(f"{len(self.tasks)}: {self.tasks[-1]['text']}")

    def do_done(self, line):
        """done NUMBER"""
        try:
            self.tasks[int(line) - 1]["done"] = True
        except (ValueError, IndexError):
            print(f"there is no task {line!r}")

    def do_list(self, tag):
        """list [TAG]"""
        shown = [
            (number, task)
            for number, task in enumerate(self.tasks, 1)
            if not tag or tag in task["tags"]
        ]
        # Tasks without a day come last.
        for number, task in sorted(shown, key=lambda item: item[1]["due"] or "9"):
            mark = "x" if task["done"] else " "
            due = f" ({task['due']})" if task["due"] else ""
            print(f"[{mark}] {number} {task['text']}{due}")

    def do_save(self, name):
        """save [FILE]"""
        path = Path(name or "todo.json")
        path.write_text(json.dumps(self.tasks, indent=1) + "\n", encoding="utf-8")
        print(f"{len(self.tasks)} tasks saved")

    def do_quit(self, _line):
        """quit"""
        print("open:", sum(not task["done"] for task in self.tasks))
        return True

    def default(self, line):
        print(f"no such command: {line.split()[0]}")

    def emptyline(self):
        pass


if __name__ == "__main__":
    Todo().cmdloop()
