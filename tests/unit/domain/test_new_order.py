"""The order of new cards: every topic has its turns, in proportion to the exam, and none is left out."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.new_order import OFF_EXAM, take_turns, turn_weights

TOPICS = ("C10", "H09", "L07", "T01")


def cards(topic: str, n: int) -> list[str]:
    """`n` card ids of a topic."""
    return [f"{topic}-{i}" for i in range(n)]


def test_topics_alternate_without_an_exam() -> None:
    """Four topics and eight cards: each topic twice, none twice in a row."""
    order = take_turns({topic: cards(topic, 9) for topic in TOPICS}, {}, turn_weights(TOPICS, None), 8)
    assert [card[:3] for card in order] == [*TOPICS, *TOPICS]


def test_heavier_topics_come_more_often_and_others_still_come() -> None:
    """Turns follow the exam's weights; a topic outside the exam has the small share that is stated."""
    exam = {"C10": 0.25, "H09": 0.25, "L07": 0.50}
    weights = turn_weights(TOPICS, exam)
    assert weights["T01"] == pytest.approx(OFF_EXAM / 3)
    order = take_turns({topic: cards(topic, 200) for topic in TOPICS}, {}, weights, 160)
    counts = Counter(card[:3] for card in order)
    total = sum(weights.values())
    for topic in TOPICS:
        assert counts[topic] == pytest.approx(160 * weights[topic] / total, abs=1.01)


def test_what_was_begun_before_counts() -> None:
    """A topic that is ahead from earlier days waits until the others have caught up."""
    waiting = {"L07": cards("L07", 5), "T01": cards("T01", 5)}
    order = take_turns(waiting, {"T01": 3}, {"L07": 1.0, "T01": 1.0}, 5)
    assert [card[:3] for card in order] == ["L07", "L07", "L07", "L07", "T01"]


@given(
    sizes=st.dictionaries(st.sampled_from(TOPICS), st.integers(0, 12)),
    begun=st.dictionaries(st.sampled_from(TOPICS), st.integers(0, 30)),
    weights=st.fixed_dictionaries({topic: st.floats(0.01, 1.0) for topic in TOPICS}),
    limit=st.integers(0, 60),
)
def test_nothing_is_lost_or_doubled(
    sizes: dict[str, int], begun: dict[str, int], weights: dict[str, float], limit: int
) -> None:
    """As many as asked for or as there are, each once, and within a topic in the topic's order."""
    waiting = {topic: cards(topic, n) for topic, n in sizes.items()}
    order = take_turns(waiting, begun, weights, limit)
    assert len(order) == min(limit, sum(sizes.values()))
    for topic, own in waiting.items():
        taken = [card for card in order if card.startswith(topic)]
        assert taken == own[: len(taken)]
