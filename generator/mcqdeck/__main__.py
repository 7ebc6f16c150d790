"""`python -m mcqdeck` is the command `mcqdeck`."""

from mcqdeck.cli import main

if __name__ == "__main__":  # a worker imports this module too
    main(prog_name="mcqdeck")
