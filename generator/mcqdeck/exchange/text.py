"""From the bytes of a text file to its text, whatever program saved it."""

from __future__ import annotations

import re

from mcqdeck.diagnostic import McqdeckError
from mcqdeck.exchange.item import Source
from mcqdeck.exchange.missing import needed

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
# Words in Western European languages never have so many such letters in a row; words of others,
# read as Windows-1252, do.
_NOT_WESTERN = re.compile(r"[À-ÿ]{4}|[\x80-\x9f]")
_GUESSES = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "mac_roman",
            "cp932", "euc_jp", "gb18030", "big5", "euc_kr", "koi8_r", "iso8859_2"]  # fmt: skip
_SAMPLE = 200_000
_NAMES = {"cp1252": "Windows-1252", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}


def text_of(source: Source) -> str:
    r"""The text of a file, with `\n` at its line ends and without a byte order mark.

    Raises:
        McqdeckError: it is no text, or not in the encoding that it says.
    """
    return decoded(source.name, source.data)[0]


def decoded(name: str, data: bytes) -> tuple[str, str]:
    """The text of the file `name`, and the encoding it is in, as people call it.

    Raises:
        McqdeckError: as `text_of`.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _strictly(name, data[len(mark) :], encoding)
            break
    else:
        encoding = _encoding(data)
        text = _strictly(name, data, encoding)
    if "\0" in text:
        raise McqdeckError(
            f"{name}: this is no text: a NUL stands at character {text.index(chr(0))}"
        )
    return text.replace("\r\n", "\n").replace("\r", "\n"), _NAMES.get(encoding, encoding.upper())


def _strictly(name: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise McqdeckError(
            f"{name}: not {_NAMES.get(encoding, encoding.upper())} from byte {error.start} on; "
            "save the file as UTF-8"
        ) from error


def _is_meant_as_utf_8(data: bytes) -> bool:
    """Whether bytes are UTF-8, or would be if they were not damaged at a few places."""
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")  # the sign itself is no damage
    return not damaged or sum(map("\x7f".__lt__, text)) > 3 * damaged


def _encoding(data: bytes) -> str:
    """The encoding of bytes without a mark: UTF-8 if they can be that, else the likeliest."""
    sample = data[:_SAMPLE]
    zeros = sample.count(0)
    if zeros > len(sample) // 4:
        return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
    if _is_meant_as_utf_8(data):
        return "utf-8"
    try:
        if not _NOT_WESTERN.search(data.decode("cp1252")):
            return "cp1252"
    except UnicodeDecodeError:
        pass
    with needed("charset-normalizer"):
        from charset_normalizer import from_bytes  # noqa: PLC0415 (slow to load, seldom needed)

    lines = b"\n".join(line for line in sample.splitlines() if not line.isascii())
    guess = from_bytes(lines[:20_000], cp_isolation=_GUESSES).best()
    return guess.encoding if guess else "cp1252"
