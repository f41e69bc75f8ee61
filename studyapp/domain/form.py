"""Assembling an exam form by blueprint.

The number of items in each domain follows the blueprint by largest remainder; within a domain they are spread over
its leaves by weight and over difficulty. Items never met come before items met, those met longest ago first. No item
stands twice in a form, even when a leaf belongs to two domains. What the bank cannot supply is reported by domain:
no domain is short while any exchange of items between domains could have filled it.
"""

import random
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from studyapp.domain.blueprint import Domain


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that may be drawn. `last_seen` grows with time (milliseconds or days); None when never met."""

    id: str
    topic: str
    difficulty: float
    case_id: str = ""
    last_seen: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A domain's part of a form: the items drawn, and how many it wanted, could have drawn on, and never met."""

    domain: str
    wanted: int
    available: int
    unseen: int
    items: tuple[str, ...]

    @property
    def missing(self) -> int:
        """How many items the bank could not supply."""
        return self.wanted - len(self.items)


@dataclass(frozen=True, slots=True)
class Form:
    """An assembled form: sections in blueprint order, and `order`, the (item, domain) pairs as they are asked."""

    sections: tuple[Section, ...]
    order: tuple[tuple[str, str], ...]


def largest_remainder(total: int, weights: Sequence[float]) -> tuple[int, ...]:
    """`total` shared out by weight (Hamilton's method): sums exactly, each within 1 of its quota; ties to the earlier.

    Raises:
        ValueError: no weight is positive, or one is negative.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("weights are not negative and not all zero")
    quotas = [total * weight / whole for weight in weights]
    # Rounding guards against a quota such as 24.999999999999996.
    shares = [int(quota + 1e-9) for quota in quotas]
    by_remainder = sorted(range(len(weights)), key=lambda n: (-round(quotas[n] - shares[n], 9), n))
    for n in by_remainder[: total - sum(shares)]:
        shares[n] += 1
    return tuple(shares)


def assemble(domains: Sequence[Domain], items: int, candidates: Iterable[Candidate], rng: random.Random) -> Form:
    """A form of `items` items over a blueprint's domains, or of fewer when the bank is short."""
    by_topic: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        by_topic.setdefault(candidate.topic, []).append(candidate)
    wanted = largest_remainder(items, [domain.weight for domain in domains])
    supply = {topic: len(pool) for topic, pool in by_topic.items()}
    demands = [_Demand(domain.id, count, domain.topics) for domain, count in zip(domains, wanted, strict=True)]
    _share_leaves(demands, supply)
    drawn: dict[str, list[list[Candidate]]] = {domain.id: [] for domain in domains}
    for topic in sorted(by_topic):
        takers = [demand for demand in demands if demand.taken.get(topic)]
        total = sum(demand.taken[topic] for demand in takers)
        blocks = deque(draw(by_topic[topic], total, rng))
        for demand in takers:
            drawn[demand.domain].extend(_take(blocks, demand.taken[topic]))
    drawn = {domain: _join_cases(blocks) for domain, blocks in drawn.items()}
    sections = tuple(
        Section(
            domain=demand.domain,
            wanted=demand.wanted,
            available=sum(supply.get(topic, 0) for topic in demand.topics),
            unseen=sum(candidate.last_seen is None for topic in demand.topics for candidate in by_topic.get(topic, ())),
            items=tuple(candidate.id for block in drawn[demand.domain] for candidate in block),
        )
        for demand in demands
    )
    blocks_in_form = [(domain, block) for domain, blocks in drawn.items() for block in blocks]
    rng.shuffle(blocks_in_form)
    order = tuple((candidate.id, domain) for domain, block in blocks_in_form for candidate in block)
    return Form(sections=sections, order=order)


def draw(pool: Iterable[Candidate], count: int, rng: random.Random) -> list[list[Candidate]]:
    """`count` candidates (all, if there are fewer) in blocks: a case's items are one block, any other item its own.

    Never met before met, then longest ago first; among equals spread over difficulty. A case is drawn whole where it
    fits.
    """
    levels: dict[int, list[Candidate]] = {}
    for candidate in sorted(pool, key=lambda candidate: candidate.id):
        levels.setdefault(-1 if candidate.last_seen is None else candidate.last_seen, []).append(candidate)
    blocks: list[list[Candidate]] = []
    for level in sorted(levels):
        left = count - sum(map(len, blocks))
        if left <= 0:
            break
        blocks.extend(_draw_alike(levels[level], left, rng))
    return _join_cases(blocks)


def _draw_alike(pool: list[Candidate], count: int, rng: random.Random) -> list[list[Candidate]]:
    """Up to `count` of candidates that are equally well or little known."""
    chosen, passed_over = [], []
    left = count
    for block in _spread_by_difficulty(_blocks_of(pool), rng):
        if len(block) <= left:
            chosen.append(block)
            left -= len(block)
        else:
            passed_over.append(block)
    if left and passed_over:
        # Only cases bigger than what is left remain: the first questions of one of them.
        chosen.append(passed_over[0][:left])
    return chosen


def _blocks_of(pool: Iterable[Candidate]) -> list[list[Candidate]]:
    blocks: dict[str, list[Candidate]] = {}
    for candidate in pool:
        blocks.setdefault(f"case {candidate.case_id}" if candidate.case_id else f"item {candidate.id}", []).append(
            candidate
        )
    return list(blocks.values())


def _join_cases(blocks: list[list[Candidate]]) -> list[list[Candidate]]:
    """One block a case again, where some of its items had been met and others not."""
    return _blocks_of(candidate for block in blocks for candidate in block)


def _spread_by_difficulty(blocks: list[list[Candidate]], rng: random.Random) -> list[list[Candidate]]:
    """An order of which every beginning is spread evenly over difficulty."""
    jittered = [
        (sum(candidate.difficulty for candidate in block) / len(block) + rng.uniform(-0.05, 0.05), n)
        for n, block in enumerate(blocks)
    ]
    ranked = [blocks[n] for _, n in sorted(jittered)]
    size = len(ranked)
    start = rng.random()
    # The van der Corput sequence visits the ranks evenly; its random start makes each equally likely to come first.
    visits = (int((_reversed_bits(n) + start) % 1.0 * size) for n in range(1 << size.bit_length()))
    return [ranked[rank] for rank in dict.fromkeys((*visits, *range(size)))]


def _reversed_bits(number: int) -> float:
    value, step = 0.0, 0.5
    while number:
        value += step * (number & 1)
        number >>= 1
        step /= 2
    return value


def _take(blocks: deque[list[Candidate]], count: int) -> list[list[Candidate]]:
    """The next `count` candidates, cutting a block only where two domains meet."""
    taken = []
    while count:
        block = blocks.popleft()
        if len(block) > count:
            blocks.appendleft(block[count:])
            block = block[:count]
        taken.append(block)
        count -= len(block)
    return taken


@dataclass(slots=True)
class _Demand:
    """How many items a domain wants, and how many it takes from each of its leaves."""

    domain: str
    wanted: int
    topics: Mapping[str, float]
    taken: dict[str, int] = field(default_factory=dict)

    def total(self) -> int:
        return sum(self.taken.values())

    def give(self, topic: str, count: int) -> None:
        self.taken[topic] = self.taken.get(topic, 0) + count


def _share_leaves(demands: list[_Demand], supply: Mapping[str, int]) -> None:
    """Fill every demand from its leaves, by weight, without taking more of a leaf than there is.

    Each step gives one item to the domain that has the smallest part of what it wants. When its leaves are exhausted,
    others that share them move to leaves of their own: an augmenting path, so that the total is the largest possible.
    """
    left = dict(supply)
    open_demands = [demand for demand in demands if demand.wanted]
    while open_demands:
        demand = min(open_demands, key=lambda demand: demand.total() / demand.wanted)
        path = _augmenting_path(demand, demands, left)
        if path is None:
            # No exchange helps now, so none will later: what is given is never taken back on balance.
            open_demands.remove(demand)
            continue
        for taker, topic, giver in path:
            taker.give(topic, 1)
            if giver is None:
                left[topic] -= 1
            else:
                giver.give(topic, -1)
        if demand.total() == demand.wanted:
            open_demands.remove(demand)


def _augmenting_path(
    demand: _Demand, demands: list[_Demand], left: Mapping[str, int]
) -> list[tuple[_Demand, str, _Demand | None]] | None:
    """Steps (taker, leaf, giver) by which `demand` gets one more; the last leaf has items left, so nobody gives it."""
    steps: deque[tuple[_Demand, list[tuple[_Demand, str, _Demand | None]]]] = deque([(demand, [])])
    visited = {demand.domain}
    while steps:
        taker, path = steps.popleft()
        free = [topic for topic in taker.topics if left.get(topic, 0) > 0]
        if free:
            return [*path, (taker, max(free, key=lambda topic: _lack(taker, topic)), None)]
        for topic in taker.topics:
            for giver in demands:
                if giver.domain not in visited and giver.taken.get(topic, 0) > 0:
                    visited.add(giver.domain)
                    steps.append((giver, [*path, (taker, topic, giver)]))
    return None


def _lack(demand: _Demand, topic: str) -> float:
    """How far a leaf is behind its share of the domain's items."""
    share = demand.topics[topic] / sum(demand.topics.values())
    return share * demand.wanted - demand.taken.get(topic, 0)
