"""The server's answers: the page, the bank as values, cards, media, and the fix of a mistake."""

from __future__ import annotations

import asyncio
import json
import re
import secrets
from base64 import b64encode
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from importlib.resources import files as resources
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from mcqdeck import files
from mcqdeck.diagnostic import McqdeckError
from mcqdeck.model import FONTS, RenderedBank, RenderedChapter, RenderedQuestion
from mcqdeck.pack.faces import Card, Faces, style_with_addresses, with_addresses
from mcqdeck.preview.charts import charts
from mcqdeck.preview.early import EarlyCard
from mcqdeck.preview.frame import SANDBOX, Frame
from mcqdeck.preview.guard import Guard
from mcqdeck.preview.release import next_release
from mcqdeck.preview.session import News, Session
from mcqdeck.preview.snapshot import Shown, Snapshot
from mcqdeck.preview.views import Findings, Views, handle
from mcqdeck.project import CATALOGUE
from mcqdeck.project import fix as fix_sources
from mcqdeck.render.mathml import typeset
from mcqdeck.report.explain import explained

_PAGE: dict[str, str] = {
    "index.html": "text/html; charset=utf-8",
    "page.css": "text/css; charset=utf-8",
    "icon.svg": "image/svg+xml",
    **dict.fromkeys(
        (
            *("main.js", "dom.js", "updates.js", "relay.js", "list.js", "stage.js", "source.js"),
            *("release.js", "bank.js"),
        ),
        "text/javascript; charset=utf-8",
    ),
}
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self'",
        "frame-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
_MEDIA = {
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "wav": "audio/wav",
    "mp4": "video/mp4",
    "webm": "video/webm",
}
_MEDIA_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
_BYTE_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")
_PING = 15.0  # seconds; a stream that is silent longer might be taken for dead
_MOST_PASSES = 10  # of all fixes, as in `check --fix`
_MOST_BODY = 4096  # bytes of a request
_MOST_FRAMES = 4  # that are remembered: pages may ask for one that has just gone

S = TypeVar("S")
T = TypeVar("T")


class FixWanted(msgspec.Struct):
    """What the page asks to be fixed: one finding by its handle, or all there are."""

    handle: str = ""
    all: bool = False


class Answers:
    """What the server of one session says. `origin` is its own, as in `http://127.0.0.1:8765`."""

    def __init__(self, session: Session, *, editor: str, decks: Path, origin: str) -> None:
        self._session = session
        self._threads = session.threads
        self._decks = decks
        self._views = Views(editor)
        self.run = secrets.token_hex(8)
        """Tells this run of the server from an earlier one on the same port."""
        self.media_path = f"/media/{secrets.token_urlsafe(16)}/"
        self._media_url = origin + self.media_path
        self._media: dict[str, Path] = {}
        self._findings = _newest(Findings)
        self._faces = _last_of(Faces, _of_faces)
        self._frame_for = _last_of(lambda bank: Frame(bank, self._media_url), _of_frame)
        self._frames: dict[str, Frame] = {}
        self._early = _newest(self._early_card)
        self._outline = _newest(self._make_outline)
        self._charts = _newest(_charts_of)
        self._release: tuple[tuple[int, float], bytes] = ((0, 0.0), b"")
        self._releasing = asyncio.Lock()

    async def page(self, request: Request) -> Response:
        """A file of the page."""
        name = request.path_params.get("name", "index.html")
        if name not in _PAGE:
            return _nothing()
        data = resources("mcqdeck.preview").joinpath("page", name).read_bytes()
        return Response(
            data, headers={"Content-Type": _PAGE[name], "Content-Security-Policy": _POLICY}
        )

    async def frame(self, request: Request) -> Response:
        """The document for cards."""
        wanted = request.url.query.partition("-")[0]
        frame = self._frames.get(wanted) or self._frame(self._session.snapshot.bank)
        return Response(
            frame.html,
            headers={
                "Content-Type": "text/html; charset=utf-8",
                "Content-Security-Policy": frame.policy,
            },
        )

    def _frame(self, bank: RenderedBank) -> Frame:
        frame = self._frame_for(bank)
        if frame.key not in self._frames:
            older = [*self._frames.items()][1 - _MOST_FRAMES :]
            self._frames = {**dict(older), frame.key: frame}
        return frame

    async def outline(self, request: Request) -> Response:
        """The bank with its chapters and questions, and what the last save changed in it.

        `since` is the number of the snapshot that the page has.
        """
        snapshot = self._session.snapshot
        since = request.query_params.get("since", "")
        save = self._session.last_save(int(since)) if _is_number(since) else None
        outline = await self._threads.run(self._outline, snapshot)
        news = {
            "changed": save.changed if save else (),
            "saved": save.saved if save else (),
            "outline": msgspec.Raw(outline),
        }
        return _as_json(_json(news))

    def _make_outline(self, snapshot: Snapshot) -> bytes:
        outline = self._views.outline(snapshot, self._findings(snapshot))
        own = {"run": self.run, "frame": self._frame(snapshot.bank).key, "sandbox": SANDBOX}
        return _json(outline | own)

    async def question(self, request: Request) -> Response:
        """A question: its cards, its source and what is wrong with it."""
        snapshot = self._session.snapshot
        shown = snapshot.find(request.query_params.get("key", ""))
        if shown is None:
            return _as_json(_json({"number": snapshot.number, "problem": "gone"}))
        return _as_json(await self._threads.run(self._question, snapshot, shown))

    def _question(self, snapshot: Snapshot, shown: Shown) -> bytes:
        answer = self._views.question(snapshot, shown, self._findings(snapshot))
        self._session.look_at(answer["path"], shown.key)
        answer["number"] = snapshot.number
        return _json(answer | self._cards(snapshot.bank, shown.rendered, shown.chapter))

    def _early_card(self, card: EarlyCard) -> bytes:
        """A card that stands in for that of a question until all about it is known."""
        told = {"key": card.key, "is_changed": card.is_changed}
        return _json(told | self._cards(card.bank, card.question, card.chapter))

    def _cards(
        self, bank: RenderedBank, question: RenderedQuestion, chapter: RenderedChapter
    ) -> dict[str, Any]:
        """The cards of a question, and the frame in which they can stand."""
        self._media.update({media_file.name: Path(media_file.path) for media_file in bank.media})
        unread: list[str] = []

        def side(html: str) -> str:
            made = typeset(with_addresses(html, self._media_url.__add__))
            unread.extend(made.unread)
            return made.html

        def sides(card: Card) -> dict[str, str]:
            front, back = side(card.front), side(card.back)
            return {"template": card.template, "deck": card.deck, "front": front, "back": back}

        faces = self._faces(bank)
        return {
            "cards": [sides(card) for card in faces.of(question, chapter)],
            "style": style_with_addresses(faces.style, self._styled),
            "unread": list(dict.fromkeys(unread)),
            "frame": self._frame(bank).key,
        }

    def _styled(self, name: str) -> str:
        """The address of a file that a style names; for a font, which no sandbox fetches, data."""
        kind = name.rpartition(".")[2]
        path = self._media.get(name)
        if kind not in FONTS or path is None:
            return self._media_url + name
        try:
            data = self._read(path)
        except McqdeckError:  # it is gone, and the style will be another one in a moment
            return self._media_url + name
        return f"data:font/{kind};base64,{b64encode(data).decode()}"

    async def charts(self, _: Request) -> Response:
        """The bank in numbers."""
        return _as_json(await self._threads.run(self._charts, self._session.snapshot))

    async def release(self, _: Request) -> Response:
        """What the next release would do; waits until the whole bank was checked."""
        async with self._releasing:
            snapshot = self._session.snapshot
            while not (snapshot.is_complete or snapshot.trouble):
                newer = await self._session.after(snapshot.number, _PING)
                if newer is None:
                    return _as_json(b"{}", status=503)
                snapshot = newer
            key = snapshot.number, _time_of(self._decks / f"{snapshot.bank.config.id}.apkg")
            if self._release[0] != key:
                release = await self._threads.run(
                    next_release, self._session.project, snapshot, self._decks
                )
                self._release = key, _json(release)
            return _as_json(self._release[1])

    async def rule(self, request: Request) -> Response:
        """Why a rule is there, with an example, as `check --explain` has it."""
        rule = next(
            (known for known in CATALOGUE if known.name == request.path_params["name"]), None
        )
        if rule is None:
            return _nothing()
        return _as_json(_json({"lines": list(explained(rule))}))

    async def updates(self, _: Request) -> Response:
        """A stream that tells of each new snapshot; one serves all pages of a browser."""
        headers = {"Content-Type": "text/event-stream; charset=utf-8"}
        return StreamingResponse(self._updates(), headers=headers)

    async def _updates(self) -> AsyncIterator[bytes]:
        session = self._session
        with session.listening():
            yield b"retry: 500\n\n"
            known: News = session.snapshot
            number = session.snapshot.number - 1
            news: News | None = known
            while not session.is_over:
                if isinstance(news, EarlyCard):
                    card = await self._threads.run(self._early, news)
                    told = {"run": self.run, "number": number, "early": msgspec.Raw(card)}
                    yield b"data: " + _json(told) + b"\n\n"
                elif news is not None:
                    save = session.last_save(number)
                    number = news.number
                    changed = save.changed if save else ()
                    told = {"run": self.run, "number": number, "changed": changed}
                    yield b"data: " + _json(told) + b"\n\n"
                else:
                    yield b": still here\n\n"
                known = news or known
                news = await session.news(known, _PING)

    async def drawn(self, _: Request) -> Response:
        """A page tells that it shows what it was told."""
        self._session.drawn()
        return Response(status_code=204)

    async def fix(self, request: Request) -> Response:
        """Fixes a finding, or all, in the sources."""
        body = b""
        async for piece in request.stream():
            body += piece
            if len(body) > _MOST_BODY:
                return _as_json(_json({"problem": "The request is too long."}), status=413)
        try:
            wanted = msgspec.json.decode(body, type=FixWanted)
        except msgspec.MsgspecError:
            return _as_json(_json({"problem": "This is not a request for a fix."}), status=400)
        try:
            fixed = await self._fix(wanted)
        except McqdeckError as error:
            return _as_json(_json({"problem": str(error)}))
        if not fixed:
            problem = "Nothing was left to fix here: the file has changed."
            return _as_json(_json({"problem": problem}))
        return _as_json(_json({"fixed": sorted(fixed)}))

    async def _fix(self, wanted: FixWanted) -> set[str]:
        fixed: set[str] = set()
        for _ in range(_MOST_PASSES if wanted.all else 1):
            snapshot = self._session.snapshot
            told = [
                diagnostic
                for diagnostic in snapshot.diagnostics
                if wanted.all or handle(diagnostic) == wanted.handle
            ]
            checked = self._session.project.checked(snapshot, told)
            paths = await self._threads.run(fix_sources, checked, is_vital=True)
            if not paths:
                break
            fixed.update(paths)
            await self._session.update(map(Path, paths))
        return fixed

    async def media(self, request: Request) -> Response:
        """A media file that a card shows, by its name in the package."""
        name = request.path_params["name"]
        path = self._media.get(name)
        if path is None:
            return _nothing()
        try:
            data = await self._threads.run(self._read, path)
        except McqdeckError:
            return _nothing()
        kind = _MEDIA[name.rpartition(".")[2].lower()]
        return _ranged(
            request,
            data,
            {"Content-Type": kind, "Content-Security-Policy": _MEDIA_POLICY},
        )

    def _read(self, path: Path) -> bytes:
        if not files.is_inside(path, self._session.project.folder):
            raise McqdeckError(f"{path.as_posix()}: not in the bank")
        return files.read(path, files.MOST_MEDIA)


def application(answers: Answers, session: Session, hosts: frozenset[str]) -> Starlette:
    """The server of a session; `hosts` are the values of `Host` under which it answers."""

    @asynccontextmanager
    async def watched(_: Starlette) -> AsyncIterator[None]:
        watching = asyncio.create_task(session.watch())
        yield
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching

    routes = [
        Route("/", answers.page),
        Route("/page/{name}", answers.page),
        Route("/frame", answers.frame),
        Route("/api/outline", answers.outline),
        Route("/api/question", answers.question),
        Route("/api/charts", answers.charts),
        Route("/api/release", answers.release),
        Route("/api/rule/{name}", answers.rule),
        Route("/api/updates", answers.updates),
        Route("/api/drawn", answers.drawn, methods=["POST"]),
        Route("/api/fix", answers.fix, methods=["POST"]),
        Route(f"{answers.media_path}{{name}}", answers.media),
    ]
    guard = Middleware(Guard, hosts=hosts, shared=answers.media_path)
    return Starlette(routes=routes, middleware=[guard], lifespan=watched)


def _newest(make: Callable[[S], T]) -> Callable[[S], T]:
    """The same function, which remembers its answer for the last value."""
    return _last_of(make, id)


def _last_of(make: Callable[[S], T], key: Callable[[S], object]) -> Callable[[S], T]:
    """The same function, which remembers its last answer for values with the same `key`."""
    made: list[tuple[S, object, T]] = []

    def remembered(value: S) -> T:
        about = key(value)
        if not made or made[0][1] != about:
            made[:] = [(value, about, make(value))]
        return made[0][2]

    return remembered


def _charts_of(snapshot: Snapshot) -> bytes:
    return _json(charts(snapshot))


def _of_frame(bank: RenderedBank) -> object:
    """What the frame for a bank's cards depends on."""
    return bank.config, bank.has_sound


def _of_faces(bank: RenderedBank) -> object:
    """What the cards of a bank depend on, apart from their questions."""
    decks = [(chapter.path, chapter.title) for chapter in bank.chapters]
    return bank.config, bank.has_sound, bank.style, bank.folder, decks


def _json(value: Any) -> bytes:
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:  # a file's name that is not UTF-8
        return json.dumps(value).encode()


def _as_json(data: bytes, *, status: int = 200) -> Response:
    return Response(data, status_code=status, headers={"Content-Type": "application/json"})


def _nothing() -> Response:
    return Response("There is nothing here.\n", status_code=404, media_type="text/plain")


def _ranged(request: Request, data: bytes, headers: dict[str, str]) -> Response:
    """A file, or the part of it that is asked for: browsers play a sound piece by piece."""
    headers |= {"Accept-Ranges": "bytes"}
    asked = _BYTE_RANGE.fullmatch(request.headers.get("range", ""))
    if asked is None or not (asked[1] or asked[2]):
        return Response(data, headers=headers)
    start = int(asked[1]) if asked[1] else max(0, len(data) - int(asked[2]))
    end = min(int(asked[2]) + 1 if asked[1] and asked[2] else len(data), len(data))
    if start >= end:
        return Response(status_code=416, headers={"Content-Range": f"bytes */{len(data)}"})
    headers |= {"Content-Range": f"bytes {start}-{end - 1}/{len(data)}"}
    return Response(data[start:end], status_code=206, headers=headers)


def _time_of(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
