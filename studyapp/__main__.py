"""`python -m studyapp` and the command `studyapp`."""

import sys

from studyapp.cli import run


def main() -> int:
    """Run the program with the arguments of the process; returns the exit code."""
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
