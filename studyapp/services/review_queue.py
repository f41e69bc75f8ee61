"""The order in which a session serves its cards: ids only, so that a collection of any size costs nothing."""

from bisect import insort
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field


@dataclass(slots=True)
class ReviewQueue:
    """Ids still to come. Cards being learned come as soon as their minutes are over, before anything else.

    New cards are mixed evenly among due ones. When only cards in their minutes of waiting are left, the earliest
    comes at once: nobody is made to wait.
    """

    learning: list[tuple[int, str]] = field(default_factory=list)
    due: deque[str] = field(default_factory=deque)
    new: deque[str] = field(default_factory=deque)
    ahead: deque[str] = field(default_factory=deque)
    _due_total: int = 0
    _new_total: int = 0

    @classmethod
    def of(cls, learning: Iterable[tuple[int, str]], due: Iterable[str], new: Iterable[str]) -> "ReviewQueue":
        """A queue of these cards, each group in its order."""
        queue = cls(learning=sorted(learning), due=deque(due), new=deque(new))
        queue._due_total, queue._new_total = len(queue.due), len(queue.new)
        return queue

    def pop(self, now_ms: int) -> str | None:
        """The next card's id, taken out of the queue; None when nothing is left."""
        if self.learning and self.learning[0][0] <= now_ms:
            return self.learning.pop(0)[1]
        if self.due or self.new:
            # Which group is further behind its even share?
            new_first = len(self.new) * self._due_total > len(self.due) * self._new_total
            return (self.new if self.new and (new_first or not self.due) else self.due).popleft()
        if self.learning:
            return self.learning.pop(0)[1]
        return self.ahead.popleft() if self.ahead else None

    def wait(self, due_at_ms: int, card_id: str) -> None:
        """Bring the card back at that time."""
        insort(self.learning, (due_at_ms, card_id))

    def put_back(self, card_id: str, state: str) -> None:
        """Have the card (state as in `CardView`) come next in its group."""
        if state == "learning":
            insort(self.learning, (0, card_id))
        else:
            (self.new if state == "new" else self.due).appendleft(card_id)

    def drop(self, card_id: str) -> None:
        """Take the card out wherever it stands."""
        self.learning = [entry for entry in self.learning if entry[1] != card_id]
        for group in (self.due, self.new, self.ahead):
            with suppress(ValueError):
                group.remove(card_id)
