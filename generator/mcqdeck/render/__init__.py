"""From Markdown to safe HTML, and what is wrong with the Markdown."""

from mcqdeck.render.inspection import inspect
from mcqdeck.render.mistakes import MISTAKES
from mcqdeck.render.questions import render

__all__ = ["MISTAKES", "inspect", "render"]
