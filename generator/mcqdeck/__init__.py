"""mcqdeck compiles banks of multiple-choice questions, written in Markdown, into Anki packages.

From Python: `load` reads a bank, `check` finds what is wrong with banks, `build` writes packages.
"""

from mcqdeck.project import build, check, load

__all__ = ["__version__", "build", "check", "load"]

__version__ = "0.1.0"
