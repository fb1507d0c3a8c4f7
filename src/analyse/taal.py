"""Argparse in Dutch.

Argparse speaks through a module-level gettext function and has no other hook for a language, so that function
is replaced; a word that is missing here appears in English, and a test lists the ones that users can meet.
"""

from __future__ import annotations

import argparse

WOORDEN = {
    "usage: ": "gebruik: ",
    "options": "opties",
    "positional arguments": "argumenten",
    "show this help message and exit": "toon deze uitleg",
    "%(prog)s: error: %(message)s\n": "%(prog)s: fout: %(message)s\n",
    "unrecognized arguments: %s": "dit kent analyse niet: %s",
    "the following arguments are required: %s": "dit ontbreekt nog: %s",
    "argument %(argument_name)s: %(message)s": "bij %(argument_name)s: %(message)s",
    "expected one argument": "hier hoort één waarde achter",
    "expected at least one argument": "hier hoort minstens één waarde achter",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r bestaat niet; kies uit %(choices)s",
    "invalid %(type)s value: %(value)r": "%(value)r past hier niet",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s kan meer betekenen: %(matches)s",
}


def spreek_nederlands() -> None:
    """Make every argparse text of this process Dutch."""
    setattr(argparse, "_", lambda tekst: WOORDEN.get(tekst, tekst))  # noqa: B010
