"""Decides for each range and version of python-ranges.json whether the range has it, by the library `packaging`.

The evaluation is the pseudocode of https://ossf.github.io/osv-schema/#evaluation. Reads ranges and versions from standard input, and
writes for each range the versions that it has.
"""

import json
import sys

from packaging.version import Version


class Lowest:
    """`introduced: 0`, which comes before every version."""

    def __lt__(self, other):
        return not isinstance(other, Lowest)

    def __gt__(self, other):
        return False


def key(event):
    (kind, text), = event.items()
    return Lowest() if kind == "introduced" and text == "0" else Version(text)


class Order:
    def __init__(self, event):
        self.key = key(event)

    def __lt__(self, other):
        if isinstance(self.key, Lowest):
            return not isinstance(other.key, Lowest)
        return not isinstance(other.key, Lowest) and self.key < other.key


def before_limits(version, events):
    limits = [event["limit"] for event in events if "limit" in event]
    return not limits or any("*" in limit or version < Version(limit) for limit in limits)


def included(version, events):
    if not before_limits(version, events):
        return False
    vulnerable = False
    for event in sorted((event for event in events if "limit" not in event), key=Order):
        (kind, text), = event.items()
        if kind == "introduced" and (text == "0" or version >= Version(text)):
            vulnerable = True
        elif kind == "fixed" and version >= Version(text):
            vulnerable = False
        elif kind == "last_affected" and version > Version(text):
            vulnerable = False
    return vulnerable


given = json.load(sys.stdin)
json.dump(
    [[text for text in given["versions"] if included(Version(text), events)] for events in given["ranges"]],
    sys.stdout,
)
