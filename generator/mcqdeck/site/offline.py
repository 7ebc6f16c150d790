"""What makes a site an app: its manifest, and the worker that keeps it for use without network."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256

from mcqdeck.model import Config
from mcqdeck.site.scripts import asset, literal
from mcqdeck.words import Words


def manifest(config: Config, words: Words) -> bytes:
    """The web app manifest (https://www.w3.org/TR/appmanifest/)."""
    shortcuts = [
        {"name": words.site.practice, "url": "index.html#/practice"},
        {"name": words.site.exam, "url": "index.html#/exam"},
    ]
    value = {
        "name": config.title,
        "short_name": config.title if len(config.title) <= 30 else config.title[:29] + "…",
        "id": f"mcqdeck-{config.id}",
        "lang": config.language,
        "dir": "auto",
        "start_url": "index.html",
        "scope": ".",
        "display": "standalone",
        "background_color": "#f6f6f4",
        "theme_color": "#f6f6f4",
        "icons": [
            {"src": "assets/icon.svg", "sizes": "any", "type": "image/svg+xml"},
            {"src": "assets/icon-192.png", "sizes": "192x192", "type": "image/png"},
            {"src": "assets/icon-512.png", "sizes": "512x512", "type": "image/png"},
            {
                "src": "assets/icon-maskable-512.png",
                "sizes": "512x512",
                "type": "image/png",
                "purpose": "maskable",
            },
        ],
        "shortcuts": shortcuts,
    }
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def worker(bank_id: str, first: Mapping[str, str], later: Mapping[str, str]) -> bytes:
    """The service worker: `first` are the files that the app cannot do without, `later` those that
    it fetches when it has time, each with the digest of its content.
    """
    version = sha256(literal([first, later]).encode()).hexdigest()[:12]
    head = (
        f"var BANK = {literal(bank_id)};\nvar VERSION = {literal(version)};\n"
        f"var FIRST = {literal(first)};\nvar LATER = {literal(later)};\n"
    )
    return head.encode() + asset("worker.js")
