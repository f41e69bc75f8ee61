"""Drawing a quiz: never met before met, as the exam weighs the topics, and topics interleaved."""

import random
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import accumulate

from studyapp.domain.form import Candidate, draw

Block = list[Candidate]
Take = Callable[[list[Candidate], int], list[Block]]

OFF_EXAM = 10
"""Of so many questions at most one is of a topic that the exam does not ask."""


def draw_quiz(
    candidates: Iterable[Candidate], length: int, rng: random.Random, weights: Mapping[str, float] | None = None
) -> tuple[str, ...]:
    """Ids of up to `length` candidates in the order to ask them.

    Items never met come before items met, those met longest ago first; both are taken from the topics in turn, so
    that a small topic is not crowded out by a large one. A case's items stay together; else two items of one topic
    follow each other only when no other topic is left.

    With `weights` (share of the exam by topic) topics come in proportion to them, and items that carry none only fill
    in where the others run out, one in ten at most; they are all that is drawn when there are no others.
    """
    pool = sorted(candidates, key=lambda candidate: candidate.id)
    shares = {topic: weight for topic, weight in (weights or {}).items() if weight > 0}
    in_turn = partial(_in_turn, rng=rng)
    inside = [candidate for candidate in pool if candidate.topic in shares]
    if inside:
        chosen = _unseen_first(inside, length, partial(_by_weight, shares=shares, rng=rng))
        asked = sum(map(len, chosen))
        outside = [candidate for candidate in pool if candidate.topic not in shares]
        chosen += _unseen_first(outside, min(length - asked, asked // (OFF_EXAM - 1)), in_turn)
    else:
        chosen = _unseen_first(pool, length, in_turn)
    return tuple(candidate.id for block in _interleaved(chosen, rng) for candidate in block)


def in_order(item_ids: Iterable[str], candidates: Iterable[Candidate], rng: random.Random) -> tuple[str, ...]:
    """Exactly the candidates with these ids, interleaved by topic."""
    wanted = set(item_ids)
    chosen = [candidate for candidate in candidates if candidate.id in wanted]
    return draw_quiz(chosen, len(chosen), rng)


def begin_with(order: tuple[str, ...], first: str) -> tuple[str, ...]:
    """The quiz with this item first: from its place in the quiz, or in place of the last one."""
    others = tuple(item_id for item_id in order if item_id != first)
    return (first, *others)[: len(order)]


def _unseen_first(pool: list[Candidate], length: int, take: Take) -> list[Block]:
    """Up to `length` items, those met only where the others do not suffice."""
    chosen = take([candidate for candidate in pool if candidate.last_seen is None], length)
    left = length - sum(map(len, chosen))
    return chosen + take([candidate for candidate in pool if candidate.last_seen is not None], left) if left else chosen


def _by_weight(pool: list[Candidate], length: int, shares: Mapping[str, float], rng: random.Random) -> list[Block]:
    """Up to `length` items, from each topic as many as its share, rounded by chance."""
    topics: dict[str, list[Candidate]] = {}
    for candidate in pool:
        topics.setdefault(candidate.topic, []).append(candidate)
    taken = dict.fromkeys((topic for topic in shares if topic in topics), 0)
    left = min(length, len(pool))
    while left:
        # What a topic cannot supply goes to the others, by weight again.
        waiting = [topic for topic in taken if taken[topic] < len(topics[topic])]
        for topic, count in zip(waiting, _sampled(left, [shares[topic] for topic in waiting], rng), strict=True):
            more = min(count, len(topics[topic]) - taken[topic])
            taken[topic] += more
            left -= more
    return [block for topic, count in taken.items() if count for block in draw(topics[topic], count, rng)]


def _sampled(total: int, weights: list[float], rng: random.Random) -> list[int]:
    """`total` shared out by stratified sampling: each part is its quota on average, and never two away from it.

    Neighbours together are so, too: leaves in the order of a blueprint bring its domains in proportion.
    """
    edges = [total * reached / sum(weights) for reached in accumulate(weights)]
    counts = [0] * len(weights)
    for stratum in range(total):
        # Clipped, as the last edge may fall short of the total by a rounding error.
        counts[min(bisect_right(edges, stratum + rng.random()), len(weights) - 1)] += 1
    return counts


def _in_turn(pool: list[Candidate], length: int, rng: random.Random) -> list[Block]:
    """Up to `length` items, one block from each topic in turn."""
    topics: dict[str, list[Candidate]] = {}
    for candidate in pool:
        topics.setdefault(candidate.topic, []).append(candidate)
    queues = [draw(topic, len(topic), rng) for topic in topics.values()]
    rng.shuffle(queues)
    chosen: list[Block] = []
    left = length
    while left and queues:
        for queue in queues:
            if left:
                block = queue.pop(0)[:left]
                chosen.append(block)
                left -= len(block)
        queues = [queue for queue in queues if queue]
    return chosen


def _interleaved(blocks: list[Block], rng: random.Random) -> list[Block]:
    """The blocks, the topic with most left next unless it was just asked."""
    topics: dict[str, list[Block]] = {}
    for block in blocks:
        topics.setdefault(block[0].topic, []).append(block)
    names = list(topics)
    rng.shuffle(names)
    ordered: list[Block] = []
    last = ""
    while len(ordered) < len(blocks):
        waiting = [name for name in names if topics[name] and name != last] or [last]
        last = max(waiting, key=lambda name: len(topics[name]))
        ordered.append(topics[last].pop(0))
    return ordered
