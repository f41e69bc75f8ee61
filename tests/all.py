"""Everything that must pass before a change is good: lint, types, import contracts, banks, tests.

Run it with the interpreter of an environment that holds `pip install -e '.[dev]'`:
`python tests/all.py [arguments for pytest]`. The exit code is 0 when every step passed.
"""

import os
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = Path(sysconfig.get_path("scripts"))


def steps(pytest_arguments: list[str]) -> list[tuple[str, list[str]]]:
    """Name and command of each step, cheapest first."""
    python = sys.executable
    return [
        ("lint", [python, "-m", "ruff", "check", "."]),
        ("format", [python, "-m", "ruff", "format", "--check", "."]),
        ("import contracts", [str(SCRIPTS / "lint-imports")]),
        ("banks", [python, "-m", "studyapp", "check"]),
        ("types", [python, "-m", "mypy"]),
        (
            "tests",
            [python, "-m", "pytest", "-q", "--cov", "--cov-report=term", "--durations=10", *pytest_arguments],
        ),
    ]


def main(arguments: list[str]) -> int:
    """Run every step even after one fails, so that one run shows all that is wrong."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    failed: list[str] = []
    for name, command in steps(arguments):
        print(f"== {name}", flush=True)
        begin = time.monotonic()
        code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        print(f"== {name}: {'passed' if code == 0 else 'FAILED'} in {time.monotonic() - begin:.0f} s", flush=True)
        if code:
            failed.append(name)
    print("everything passed" if not failed else f"failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
