"""mcqdeck compiles banks of multiple-choice questions, written in Markdown, into Anki packages."""

__version__ = "0.1.0"
