"""Long work off the GUI thread: one lane, answers brought home by one signal."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")


class Jobs(Protocol):
    """Runs plain functions and delivers what they return on the GUI thread."""

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run `work` elsewhere, then `done` with its answer, or `failed` with its exception.

        Both are dropped when `owner` is gone by then. Without `failed` the exception is raised on the GUI thread,
        where the program's handler shows it.
        """
        ...

    def wait(self) -> None:
        """Let everything asked for so far finish and be delivered."""
        ...

    @property
    def running(self) -> int:
        """Jobs asked for and not yet delivered."""
        ...


class WorkerJobs(QObject):
    """Jobs on one worker thread, in the order asked for: the database never sees two at once."""

    _finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="studyapp-worker")
        self._answers: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._pending: set[Future[Any]] = set()
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> int:
        """Jobs asked for and not yet delivered."""
        return len(self._pending)

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """See `Jobs.run`."""
        future = self._pool.submit(work)
        self._pending.add(future)
        future.add_done_callback(partial(self._hand_over, owner, done, failed))

    def wait(self) -> None:
        """Block until nothing is left, delivering meanwhile."""
        while self._pending:
            for future in list(self._pending):
                future.exception()
            self._deliver(block=True)

    def close(self) -> None:
        """Finish what is running, drop the rest, stop the thread."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _hand_over(
        self,
        owner: QObject,
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None,
        future: "Future[T]",
    ) -> None:
        # Called on the worker: only puts the answer aside and rings.
        self._answers.put(partial(self._settle, owner, done, failed, future))
        if shiboken6.isValid(self):
            self._finished.emit()

    def _deliver(self, block: bool = False) -> None:
        while True:
            try:
                # The callback runs a moment after the future is done; waiting for it needs no polling.
                settle = self._answers.get(block=block and bool(self._pending))
            except Empty:
                return
            settle()

    def _settle(
        self,
        owner: QObject,
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None,
        future: "Future[T]",
    ) -> None:
        self._pending.discard(future)
        if future.cancelled() or not shiboken6.isValid(owner):
            return
        error = future.exception()
        if error is None:
            done(future.result())
        elif failed is not None and isinstance(error, Exception):
            failed(error)
        else:
            raise error


class InlineJobs:
    """Jobs done at once on the caller's thread: for tests and pictures."""

    running = 0

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """See `Jobs.run`."""
        try:
            answer = work()
        except Exception as error:
            if failed is None:
                raise
            failed(error)
            return
        if shiboken6.isValid(owner):
            done(answer)

    def wait(self) -> None:
        """Nothing is ever left."""
