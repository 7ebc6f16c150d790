"""From Markdown to safe HTML, and what is wrong with the Markdown."""

from mcqdeck.render.mistakes import MISTAKES
from mcqdeck.render.questions import inspect, render

__all__ = ["MISTAKES", "inspect", "render"]
