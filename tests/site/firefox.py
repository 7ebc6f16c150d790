"""A Firefox without a window, driven by what it brings itself: Marionette, JSON over a socket.

https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
"""

from __future__ import annotations

import json
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

_STARTED = 60  # seconds
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class Firefox:
    """A Firefox with one page; `profile` is an empty folder of its own.

    Raises:
        RuntimeError: it does not start, or says that a command failed.
    """

    def __init__(self, program: str, profile: Path) -> None:
        (profile / "user.js").write_text('user_pref("marionette.port", 0);\n', encoding="utf-8")
        self._process = subprocess.Popen(
            [program, "--headless", "--no-remote", "--marionette", "--profile", str(profile)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._socket = socket.create_connection(("127.0.0.1", self._port(profile)), timeout=60)
        self._sent = 0
        self._receive()  # its greeting
        self._send("WebDriver:NewSession", capabilities={})

    def _port(self, profile: Path) -> int:
        """The port that it chose, once it listens there."""
        file = profile / "MarionetteActivePort"
        end = time.monotonic() + _STARTED
        while time.monotonic() < end:
            if file.exists() and (text := file.read_text(encoding="utf-8").strip()):
                return int(text)
            time.sleep(0.1)
        self._process.kill()
        raise RuntimeError("Firefox did not start")

    def _receive(self) -> Any:
        head = b""
        while not head.endswith(b":"):
            head += self._socket.recv(1)
        data = b""
        while len(data) < int(head[:-1]):
            data += self._socket.recv(int(head[:-1]) - len(data))
        return json.loads(data)

    def _send(self, command: str, **values: Any) -> Any:
        self._sent += 1
        data = json.dumps([0, self._sent, command, values]).encode()
        self._socket.sendall(b"%d:%s" % (len(data), data))
        _, _, error, result = self._receive()
        if error:
            raise RuntimeError(f"{command}: {error['message']}")
        return result

    def go(self, url: str) -> None:
        self._send("WebDriver:Navigate", url=url)

    def reload(self) -> None:
        """Reloads as a learner does; Marionette's own way passes service workers by."""
        self.run("window.isOld = true; location.reload()")
        self.wait("!window.isOld && document.readyState === 'complete'")

    def run(self, script: str, *values: Any) -> Any:
        """What the body of a function returns on the page; a promise is waited for."""
        return self._send("WebDriver:ExecuteScript", script=script, args=list(values))["value"]

    def wait(self, expression: str) -> Any:
        """Waits until an expression is true, at most 20 seconds, and returns its value."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if value := self.run(f"return {expression}"):
                return value
            time.sleep(0.05)
        raise AssertionError(f"never true: {expression}")

    def _find(self, selector: str) -> str:
        self.wait(f"document.querySelector({json.dumps(selector)})")
        reply = self._send("WebDriver:FindElement", using="css selector", value=selector)
        element: str = reply["value"][_ELEMENT]
        return element

    def click(self, selector: str) -> None:
        """Clicks, as a mouse does, in the middle of the first element that fits."""
        self._send("WebDriver:ElementClick", id=self._find(selector))

    def type(self, selector: str, text: str) -> None:
        """Presses keys while the keyboard is in an element."""
        self._send("WebDriver:ElementSendKeys", id=self._find(selector), text=text)

    def text(self, selector: str) -> str:
        text: str = self._send("WebDriver:GetElementText", id=self._find(selector))["value"]
        return text

    def close(self) -> None:
        self._send("Marionette:Quit", flags=["eForceQuit"])
        self._socket.close()
        self._process.wait(30)
