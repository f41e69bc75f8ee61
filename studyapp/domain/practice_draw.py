"""Drawing a quiz: never met before met, and topics interleaved."""

import random
from collections.abc import Iterable

from studyapp.domain.form import Candidate, draw

Block = list[Candidate]


def draw_quiz(candidates: Iterable[Candidate], length: int, rng: random.Random) -> tuple[str, ...]:
    """Ids of up to `length` candidates in the order to ask them.

    Items never met come before items met, those met longest ago first; both are taken from the topics in turn, so
    that a small topic is not crowded out by a large one. A case's items stay together; else two items of one topic
    follow each other only when no other topic is left.
    """
    pool = sorted(candidates, key=lambda candidate: candidate.id)
    chosen = _in_turn([candidate for candidate in pool if candidate.last_seen is None], length, rng)
    left = length - sum(map(len, chosen))
    if left:
        chosen += _in_turn([candidate for candidate in pool if candidate.last_seen is not None], left, rng)
    return tuple(candidate.id for block in _interleaved(chosen, rng) for candidate in block)


def in_order(item_ids: Iterable[str], candidates: Iterable[Candidate], rng: random.Random) -> tuple[str, ...]:
    """Exactly the candidates with these ids, interleaved by topic."""
    wanted = set(item_ids)
    chosen = [candidate for candidate in candidates if candidate.id in wanted]
    return draw_quiz(chosen, len(chosen), rng)


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
