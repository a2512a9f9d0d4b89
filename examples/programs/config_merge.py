# SPDX-License-Identifier: Apache-2.0
"""Settings from an INI file, then a TOML file, then the command line, into JSON."""

import configparser
import json
import sys
import tomllib
from pathlib import Path


def from_ini(path):
    parser = configparser.ConfigParser()
    parser.read_string(Path(path).read_text(encoding="utf-8"), source=path)
    return {
        section: {key: guess(value) for key, value in parser[section].items()}
        for section in parser.sections()
    }


def guess(text):
    """INI knows text alone: numbers and switches are read out of it."""
    if text.lower() in ("yes", "on", "true"):
        return True
    if text.lower() in ("no", "off", "false"):
        return False
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def merge(below, above):
    """The settings of both; where both have one, that of `above`."""
    merged = dict(below)
    for key, value in above.items():
        if isinstance(value, dict) and isinstance(merged.get(key), dict):
            merged[key] = merge(merged[key], value)
        else:
            merged[key] = value
    return merged


def from_arguments(arguments):
    settings = {}
    for argument in arguments:
        path, _, value = argument.partition("=")
        section, _, key = path.partition(".")
        settings.setdefault(section, {})[key] = guess(value)
    return settings


def main():
    settings = from_ini("server.ini")
    with open("server.toml", "rb") as file:
        settings = merge(settings, tomllib.load(file))
    settings = merge(settings, from_arguments(sys.argv[1:]))
    text = json.dumps(settings, indent=2, sort_keys=True, default=str)
    Path("settings.json").write_text(text + "\n", encoding="utf-8")
    print(text)

    try:
        tomllib.loads("key = = 3")
    except tomllib.TOMLDecodeError:
        print("a broken TOML text is refused")
    try:
        configparser.ConfigParser().read_string("[a]\nkey = 1\nkey = 2\n")
    except configparser.DuplicateOptionError as error:
        print("a key given twice is refused:", error.option)


if __name__ == "__main__":
    main()
