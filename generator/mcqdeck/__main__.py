"""The command `mcqdeck`, also as `python -m mcqdeck`. What it needs is loaded under a guard."""

from __future__ import annotations

import gc

from mcqdeck import interrupt


def main() -> None:
    """Runs the command; Ctrl-C ends it in one line, also while its modules are being loaded."""
    interrupt.end_at_once()
    gc.disable()  # until the command begins: nothing that is loaded is garbage
    from mcqdeck.cli import main as run  # noqa: PLC0415

    run(prog_name="mcqdeck")


if __name__ == "__main__":  # a worker imports this module too
    main()
