"""The command line. Only `studyapp` and `studyapp screens` load Qt, and only when they run."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from studyapp import __version__
from studyapp.core.errors import StudyAppError


def _scale(text: str) -> float:
    value = float(text)
    if not 0.8 <= value <= 2.0:
        raise argparse.ArgumentTypeError("a text size between 0.8 and 2.0")
    return value


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    size = (int(width), int(height))
    if not (640 <= size[0] <= 4000 and 480 <= size[1] <= 4000):
        raise argparse.ArgumentTypeError("a size such as 1280x800, from 640x480 to 4000x4000")
    return size


def build_parser() -> argparse.ArgumentParser:
    """The parser of every command; argparse answers unknown arguments with the usage and exit code 2."""
    data_dir = argparse.ArgumentParser(add_help=False)
    data_dir.add_argument(
        "--data-dir",
        type=Path,
        default=argparse.SUPPRESS,
        metavar="DIR",
        help="folder of the learner's data (default: STUDYAPP_DATA_DIR, else the platform's data folder)",
    )
    parser = argparse.ArgumentParser(
        prog="studyapp",
        description="Flashcards, practice quizzes and timed practice exams, offline. Without a command: the window.",
        parents=[data_dir],
    )
    parser.add_argument("--version", action="version", version=f"studyapp {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    check = commands.add_parser("check", help="check question banks; exit 0 clean, 1 with problems, 2 unusable")
    check.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="bank folders or files (default: the bundled)"
    )
    check.add_argument("--json", action="store_true", help="print one JSON object")

    doctor = commands.add_parser("doctor", help="examine the learner's data; exit 0 sound, 1 not", parents=[data_dir])
    doctor.add_argument("--json", action="store_true", help="print one JSON object")

    screens = commands.add_parser("screens", help="render every screen to PNG files, filled from a sample learner")
    screens.add_argument("folder", type=Path, metavar="DIR")
    screens.add_argument("--theme", choices=["light", "dark"], default="light")
    screens.add_argument("--scale", type=_scale, default=1.0, help="text size, 0.8 to 2.0")
    screens.add_argument("--size", type=_size, default=(1280, 800), help="window size, e.g. 1024x640")
    return parser


def run(argv: Sequence[str]) -> int:
    """Run one command and return its exit code. An error the person can act on is printed as a sentence."""
    arguments = build_parser().parse_args(argv)
    try:
        return _dispatch(arguments)
    except StudyAppError as error:
        print(f"studyapp: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader of our output went away (`studyapp check | head`): not a fault of either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _dispatch(arguments: argparse.Namespace) -> int:
    if arguments.command == "check":
        from studyapp.banks.check import run_check

        today = datetime.now(UTC).astimezone().date()
        return run_check(arguments.paths, as_json=arguments.json, today=today, out=sys.stdout)
    if arguments.command == "doctor":
        return _doctor(getattr(arguments, "data_dir", None), as_json=arguments.json)

    from studyapp import app

    if arguments.command == "screens":
        for path in app.render_screens(arguments.folder, arguments.theme, arguments.scale, arguments.size):
            print(path)
        return 0
    return app.run_window(getattr(arguments, "data_dir", None))


def _doctor(data_dir: Path | None, *, as_json: bool) -> int:
    from studyapp.core.clock import SystemClock
    from studyapp.core.paths import data_folder
    from studyapp.services.data import examine_folder

    findings = examine_folder(data_folder(data_dir), SystemClock())
    sound = all(finding.ok for finding in findings)
    if as_json:
        print(json.dumps({"sound": sound, "findings": [asdict(finding) for finding in findings]}, indent=2))
    else:
        for finding in findings:
            print(f"{'ok ' if finding.ok else 'BAD'}  {finding.check}: {finding.sentence}")
    return 0 if sound else 1
