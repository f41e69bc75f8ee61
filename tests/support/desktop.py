"""A virtual screen and the real program on it, driven by keys as a person would."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AVAILABLE = sys.platform == "linux" and shutil.which("Xvfb") is not None and shutil.which("xdotool") is not None
PATIENCE = 40.0


class GoneError(Exception):
    """The program is no longer there (it was killed)."""


@contextmanager
def virtual_screen() -> Iterator[str]:
    """An X server of its own; yields its DISPLAY."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


class Program:
    """The program on a display, over one data folder, once a window is there whose title has `named` in it."""

    def __init__(self, display: str, folder: Path, named: str = "StudyApp") -> None:
        self._named = named
        self._environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        command = [sys.executable, "-m", "studyapp", "--data-dir", str(folder)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self._environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.window = self._find_window()

    def _xdotool(self, *arguments: str) -> str:
        outcome = subprocess.run(
            ["xdotool", *arguments],
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        if outcome.returncode:
            raise GoneError(f"xdotool {' '.join(arguments)}: {outcome.stderr}")
        return outcome.stdout.strip()

    def _find_window(self) -> str:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise AssertionError(f"the program ended with {self.process.returncode}: {self.output()}")
            try:
                windows = self._xdotool("search", "--onlyvisible", "--name", self._named).split()
            except GoneError:
                time.sleep(0.05)
                continue
            if windows:
                self._xdotool("windowfocus", "--sync", windows[-1])
                return windows[-1]
        raise AssertionError("no window appeared")

    def title(self) -> str:
        """The window's title, which tells how far the work at hand is."""
        return self._xdotool("getwindowname", self.window)

    def press(self, *keys: str) -> None:
        """Press keys one after the other (xdotool's names)."""
        self._xdotool("key", "--delay", "15", *keys)

    def wait_for_title(self, pattern: str) -> re.Match[str]:
        """Wait until the title matches and return the match."""
        deadline = time.monotonic() + PATIENCE
        title = ""
        while time.monotonic() < deadline:
            title = self.title()
            match = re.search(pattern, title)
            if match:
                return match
            time.sleep(0.02)
        raise AssertionError(f"the title stayed {title!r}, waited for {pattern!r}")

    def output(self) -> str:
        """What the ended program printed."""
        return self.process.stdout.read() if self.process.stdout else ""

    def read_line(self) -> str:
        """The next line the program prints."""
        return self.process.stdout.readline() if self.process.stdout else ""

    def kill(self) -> None:
        """Kill it as a power cut would: no handler runs."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self._close_pipe()

    def close(self) -> int:
        """Close the window in the ordinary way and return the exit code."""
        self.press("ctrl+q")
        try:
            code = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            raise
        self._close_pipe()
        return code

    def _close_pipe(self) -> None:
        if self.process.stdout:
            self.process.stdout.close()
