"""GitHub's autolinks: bare `http://`, `https://`, `ftp://` and `www.` addresses, and emails.

The rules are those of https://github.github.com/gfm/#autolinks-extension-.
"""

from __future__ import annotations

from collections.abc import Iterator
from string import whitespace

from mcqdeck.markdown.characters import ASCII_PUNCTUATION, is_punctuation
from mcqdeck.markdown.pattern import pattern

ENDS_HOST = (ASCII_PUNCTUATION | frozenset(whitespace)) - frozenset("._-")
AFTER_HOST = pattern(r"[\s<]")
EMAIL_LOCAL_PART = pattern(r"(?:(?<![A-Za-z0-9])(?:mailto|xmpp):)?[A-Za-z0-9.+_-]+@")
EMAIL_HOST = pattern(r"(?:[A-Za-z0-9_-]|\.(?=[A-Za-z0-9]))+")
LONG_HOST = 11  # labels; GitHub lets an underscore pass in longer hosts
TRAILING = frozenset("?!.,:*_~'\"")


def url_end(text: str, host: int, *, may_be_short: bool) -> int:
    """Where the bare address whose host begins at `host` ends; 0 if it is none."""
    end = _host_end(text, host)
    labels = text[host : max(end, host + 1)].split(".")
    if any("_" in label for label in labels[-2:]) and len(labels) <= LONG_HOST:
        return 0
    if end <= host or (not may_be_short and len(labels) < 2):
        return 0
    stop = AFTER_HOST.search(text, end)
    return trimmed(text, host, stop.start() if stop else len(text))


def trimmed(text: str, begin: int, end: int) -> int:
    """The end of an address without the punctuation that belongs to the sentence."""
    surplus = text.count(")", begin, end) - text.count("(", begin, end)
    while end > begin:
        last = text[end - 1]
        if last == ")" and surplus > 0:
            surplus -= 1
            end -= 1
        elif last in TRAILING:
            end -= 1
        elif last == ";":
            start = end - 2
            while start > begin and text[start].isascii() and text[start].isalpha():
                start -= 1
            end = start if start < end - 2 and text[start] == "&" else end - 1
        else:
            break
    return end


def _host_end(text: str, begin: int) -> int:
    """Where the host ends; as on GitHub, its first and the text's last character are not judged.

    GitHub's engine reads bytes, so a letter beyond ASCII is the last that counts as the host's.
    """
    at = begin + 1
    while at < len(text) - 1:
        if text[at] == "\\" and at < len(text) - 2:
            at += 1
        if text[at] > "\x7f":
            return at if text[at].isspace() or is_punctuation(text[at]) else at + 1
        if text[at] in ENDS_HOST:
            break
        at += 1
    return at


def emails(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each email of a text begins and ends, and the target of its link."""
    begin = 0
    while local := EMAIL_LOCAL_PART.search(text, begin):
        host = EMAIL_HOST.match(text, local.end())
        begin = local.end()
        if not host or "." not in host[0] or not host[0][-1].isalpha():
            continue
        if text.startswith("@", host.end()):
            continue
        address = text[local.start() : host.end()]
        yield local.start(), host.end(), address if ":" in address else f"mailto:{address}"
        begin = host.end()
