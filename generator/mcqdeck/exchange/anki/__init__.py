"""Anki packages (.apkg, .colpkg), old and new: our own, and those with choices of other kinds."""

from mcqdeck.exchange.anki.read import read, recognises

__all__ = ["read", "recognises"]
