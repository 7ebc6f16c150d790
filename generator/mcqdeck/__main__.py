"""`python -m mcqdeck` is the command `mcqdeck`."""

from mcqdeck.cli import main

main(prog_name="mcqdeck")
