"""Who may ask the server: only the author's own browser, from the page that the server gave it.

A server on the loopback address can be reached by every web page that the author opens. Such a page
may send a request (and is told apart by `Origin` and `Sec-Fetch-Site`), or let its own name lead to
this machine (and is told apart by `Host`: DNS rebinding).
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
_SAME_ORIGIN = "Cross-Origin-Resource-Policy"


class Guard:
    """Lets through to `app` what comes from its own pages, and adds headers to all answers.

    Paths that begin with `shared`, which nobody can guess, may also be asked for by a sandboxed
    frame, whose origin is none.
    """

    def __init__(self, app: ASGIApp, *, hosts: frozenset[str], shared: str) -> None:
        self._app, self._hosts, self._shared = app, hosts, shared

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers, or refuses, one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_shared = scope["path"].startswith(self._shared)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault(_SAME_ORIGIN, "cross-origin" if is_shared else "same-origin")
            await send(message)

        problem = self._problem(scope, is_shared=is_shared)
        if problem:
            refusal = PlainTextResponse(f"{problem}\n", status_code=403)
            await refusal(scope, receive, send_with_headers)
        else:
            await self._app(scope, receive, send_with_headers)

    def _problem(self, scope: Scope, *, is_shared: bool) -> str:
        """Why a request is refused, or nothing."""
        headers = Headers(scope=scope)
        host = headers.get("host", "").lower()
        if host not in self._hosts or len(headers.getlist("host")) != 1:
            return "This server answers only to this machine's own address."
        origin = headers.get("origin")
        is_own = origin is None or origin == f"http://{host}" or (is_shared and origin == "null")
        if not is_own:
            return "This server answers only to its own page."
        is_reading = scope["method"] in ("GET", "HEAD")
        if not is_reading and origin is None:
            return "This server answers only to its own page."
        site = headers.get("sec-fetch-site", "same-origin")
        is_visit = is_reading and scope["path"] == "/" and _is_visit(headers)
        if site not in ("same-origin", "none") and not is_shared and not is_visit:
            return "This server answers only to its own page."
        return ""


def _is_visit(headers: Headers) -> bool:
    """Whether somebody followed a link to the page."""
    return (
        headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    )
