"""The two messages of Anki's packages, in the wire format of protocol buffers.

https://protobuf.dev/programming-guides/encoding/ and `proto/anki/import_export.proto` of Anki:
`PackageMetadata` has the version in field 1; `MediaEntries` has its entries in field 1, and each
has its name in field 1 and, in field 255, that of its member where it is no running number.
"""

from __future__ import annotations

from collections.abc import Iterator

_VARINT, _FIXED_64, _BYTES, _FIXED_32 = 0, 1, 2, 5


def version(data: bytes) -> int:
    """The version of a package, from its member `meta`.

    Raises:
        ValueError: it is no such message.
    """
    return next(
        (value for field, value in _fields(data) if field == 1 and isinstance(value, int)), 0
    )


def media_names(data: bytes) -> dict[str, str]:
    """The names of the media by their members' names.

    Raises:
        ValueError: it is no such message.
    """
    names: dict[str, str] = {}
    entries = [value for field, value in _fields(data) if field == 1 and isinstance(value, bytes)]
    for number, entry in enumerate(entries):
        fields = dict(_fields(entry))
        member = fields.get(255, number)
        name = fields.get(1, b"")
        if isinstance(name, bytes):
            names[str(member)] = name.decode()
    return names


def _fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        kind = key & 7
        if kind == _VARINT:
            value, at = _varint(data, at)
            yield key >> 3, value
            continue
        if kind == _BYTES:
            length, at = _varint(data, at)
        elif kind in {_FIXED_64, _FIXED_32}:
            length = 8 if kind == _FIXED_64 else 4
        else:
            raise ValueError(f"wire type {kind} at byte {at}")
        if at + length > len(data):
            raise ValueError("it ends within a field")
        yield key >> 3, data[at : at + length]
        at += length


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 70, 7):
        if at >= len(data):
            break
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
    raise ValueError("it ends within a number")
