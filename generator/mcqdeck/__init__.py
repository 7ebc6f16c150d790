"""mcqdeck compiles banks of multiple-choice questions, written in Markdown, into Anki packages.

From Python: `load` reads a bank, `check` finds what is wrong with banks, `build` writes packages.
"""

TYPE_CHECKING = False  # what type checkers take for true; to load `typing` takes a while
if TYPE_CHECKING:
    from mcqdeck.building import build
    from mcqdeck.project import check, load

__all__ = ["__version__", "build", "check", "load"]

__version__ = "1.0.0"


def __getattr__(name: str) -> object:
    """Loads the functions when they are first asked for, so that `--version` need not wait."""
    if name in __all__:
        from mcqdeck import building, project  # noqa: PLC0415

        return getattr(building if name == "build" else project, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
