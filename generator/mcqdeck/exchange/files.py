"""The images and sounds that come along with questions, under names that a bank may use."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from urllib.parse import unquote

from mcqdeck.exchange.bank.names import media_name
from mcqdeck.exchange.item import Attachment

FOLDER = "media"
_REMOTE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//|mailto:|#", re.IGNORECASE)
_DATA = re.compile(r"data:image/([a-z+]+)[^,]*;base64,(.*)", re.IGNORECASE | re.DOTALL)
_TYPES = {"jpeg": "jpg", "svg+xml": "svg"}


class Files:
    """Files by the names that texts call them by; `named` are those that a text has asked for.

    `losses` tells what could not be kept.
    """

    _MOST_NAMED = 5

    def __init__(self, known: Mapping[str, bytes]) -> None:
        self._around = known
        self._known: dict[str, bytes] = {}
        self._paths: dict[str, str] = {}
        self._called: dict[str, str] = {}
        self._named: dict[str, bytes] = {}
        self._missing: dict[str, None] = {}
        self._losses: set[str] = set()

    @property
    def losses(self) -> set[str]:
        """What could not be kept, a sentence a kind."""
        if not self._missing:
            return self._losses
        names = ", ".join(list(self._missing)[: self._MOST_NAMED])
        more = ", …" if len(self._missing) > self._MOST_NAMED else ""
        return self._losses | {f"files that texts name are missing: {names}{more}"}

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """The files that texts name, each with its path in the bank."""
        return tuple(Attachment(path, data) for path, data in self._named.items())

    def add(self, name: str, data: bytes, *, called: str = "") -> None:
        """Takes a file; one of the same name that came before it is forgotten.

        `called` is what it is to be called in the bank if that is not `name`.
        """
        if self._known.get(name) != data:
            self._known[name] = data
            self._paths.pop(name, None)
            self._called[name] = called or name

    def path(self, address: str) -> str:
        """The path in the bank of a file that a text names; an address on the web is its own."""
        if not address or _REMOTE.match(address):
            return address
        if address[:5].lower() == "data:":
            return self._embedded(address)
        for name in dict.fromkeys(
            (address, unquote(address), unquote(address.partition("#")[0].partition("?")[0]))
        ):
            if name in self._paths:
                return self._paths[name]
            data = self._find(name)
            if data is not None:
                self._paths[name] = self._place(self._called.get(name, name), data)
                return self._paths[name]
        self._missing[address] = None
        return address

    def _find(self, name: str) -> bytes | None:
        bare = name.removeprefix("./")
        for candidate in dict.fromkeys((name, bare, bare.lstrip("/"))):
            if candidate in self._known:
                return self._known[candidate]
            if (data := self._around.get(candidate)) is not None:
                return data
        return None

    def _embedded(self, address: str) -> str:
        """A file that stands in its own address."""
        match = _DATA.match(address)
        try:
            data = base64.b64decode(unquote(match[2]), validate=False) if match else b""
        except (binascii.Error, ValueError):
            data = b""
        if not match or not data:
            self._losses.add("an image that is embedded in its address cannot be read")
            return address[:80]
        kind = match[1].lower()
        return self._place(f"image.{_TYPES.get(kind, kind)}", data)

    def _place(self, name: str, data: bytes) -> str:
        path = f"{FOLDER}/{media_name(name)}"
        if self._named.get(path, data) != data:
            pure = PurePosixPath(path)
            tail = hashlib.sha256(data).hexdigest()[:8]
            path = f"{FOLDER}/{pure.stem}-{tail}{pure.suffix}"
        self._named[path] = data
        return path
