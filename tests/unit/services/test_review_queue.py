"""The order in which a session serves its cards."""

from hypothesis import given
from hypothesis import strategies as st

from studyapp.services.review_queue import ReviewQueue


def drained(queue: ReviewQueue, now_ms: int = 0) -> list[str]:
    """Every id in the order served."""
    ids = []
    while (card_id := queue.pop(now_ms)) is not None:
        ids.append(card_id)
    return ids


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 5))
def test_everything_comes_once_and_in_the_order_of_its_group(due: int, new: int, learning: int) -> None:
    """Nothing is lost or doubled; due cards keep their order, and so do new ones."""
    queue = ReviewQueue.of(
        [(9_000 + n, f"l{n}") for n in range(learning)], [f"d{n}" for n in range(due)], [f"n{n}" for n in range(new)]
    )
    ids = drained(queue)
    for group, count in (("d", due), ("n", new), ("l", learning)):
        assert [card for card in ids if card[0] == group] == [f"{group}{n}" for n in range(count)]


@given(st.integers(1, 40), st.integers(1, 40))
def test_new_cards_are_mixed_evenly(due: int, new: int) -> None:
    """At any point the share of new cards served is the share of due cards served, to within one card."""
    ids = drained(ReviewQueue.of((), [f"d{n}" for n in range(due)], [f"n{n}" for n in range(new)]))
    for served in range(1, len(ids) + 1):
        begun = sum(card[0] == "n" for card in ids[:served])
        assert abs(begun - served * new / (due + new)) <= 1.0


def test_minutes_over_come_before_anything_else() -> None:
    """A card whose minute is over comes at once, one whose minute is not waits while others are there."""
    queue = ReviewQueue.of([(5_000, "soon"), (60_000, "later")], ["d0", "d1"], ())
    assert queue.pop(4_999) == "d0"
    assert queue.pop(5_000) == "soon"
    queue.wait(5_500, "again")
    assert drained(queue, 5_400) == ["d1", "again", "later"]


def test_a_card_is_dropped_wherever_it_stands() -> None:
    """Behind others, too, a card taken out does not come."""
    queue = ReviewQueue.of([(1, "l0"), (2, "l1")], ["d0", "d1", "d2"], ["n0", "n1"])
    queue.ahead.extend(["a0", "a1"])
    for card_id in ("l1", "d1", "n1", "a1", "nowhere"):
        queue.drop(card_id)
    assert sorted(drained(queue)) == ["a0", "d0", "d2", "l0", "n0"]


def test_what_is_put_back_comes_next() -> None:
    """A card put back for an undo is the next of its group, and a card dropped is gone."""
    queue = ReviewQueue.of((), ["d0", "d1"], ["n0"])
    first = queue.pop(0)
    assert first == "d0"
    queue.wait(60_000, first)
    queue.drop(first)
    queue.put_back("d0", "review")
    queue.put_back("x", "learning")
    assert drained(queue)[:2] == ["x", "d0"]
    queue.put_back("n0", "new")
    queue.drop("n0")
    assert drained(queue) == []
