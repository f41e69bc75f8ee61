"""Long work: answers come home on the GUI thread, in order, and are dropped when nobody is there any more."""

import threading
from collections.abc import Callable, Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from studyapp.gui.jobs import InlineJobs, Jobs, WorkerJobs


@pytest.fixture
def worker(qapp: object) -> Iterator[WorkerJobs]:
    """One worker, stopped afterwards."""
    jobs = WorkerJobs()
    yield jobs
    jobs.close()


def test_answers_arrive_on_the_gui_thread(worker: WorkerJobs, qtbot: QtBot) -> None:
    """Work runs elsewhere; what it returns is delivered here, by the event loop alone."""
    owner = QObject()
    seen: list[tuple[int, int]] = []

    def work() -> int:
        return threading.get_ident()

    def done(ident: int) -> None:
        seen.append((ident, threading.get_ident()))

    worker.run(owner, work, done)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0] != seen[0][1]
    assert seen[0][1] == threading.get_ident()


def test_order_is_kept(worker: WorkerJobs) -> None:
    """The database never sees two at once: jobs run and arrive in the order asked for."""
    owner = QObject()
    seen: list[int] = []
    for number in range(20):
        worker.run(owner, number.__int__, seen.append)
    worker.wait()
    assert seen == list(range(20))
    assert worker.running == 0


def test_answer_for_a_closed_screen_is_dropped(worker: WorkerJobs) -> None:
    """A screen that is gone is not called."""
    owner = QObject()
    seen: list[int] = []
    go = threading.Event()

    def work() -> int:
        go.wait(10)
        return 1

    worker.run(owner, work, seen.append)
    shiboken6.delete(owner)
    go.set()
    worker.wait()
    assert seen == []


@pytest.mark.parametrize("inline", [True, False])
def test_failure_is_handed_over(worker: WorkerJobs, inline: bool) -> None:
    """An exception goes to `failed`, or is raised where the program's handler shows it."""
    jobs: Jobs = InlineJobs() if inline else worker
    owner = QObject()
    failures: list[Exception] = []

    def work() -> int:
        raise ValueError("no")

    jobs.run(owner, work, print, failures.append)
    jobs.wait()
    assert [str(failure) for failure in failures] == ["no"]
    with pytest.raises(ValueError, match="no"):
        _run_to_the_end(jobs, owner, work)


def _run_to_the_end(jobs: Jobs, owner: QObject, work: Callable[[], int]) -> None:
    jobs.run(owner, work, print)
    jobs.wait()
