"""Exam forms follow the blueprint, repeat nothing, and say what is missing."""

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.blueprint import Domain
from studyapp.domain.form import Candidate, assemble, draw, largest_remainder

TOPICS = ["L01", "L02", "L03", "L04", "L05", "L06"]


def blueprint(*domains: tuple[float, dict[str, float]]) -> tuple[Domain, ...]:
    """The domains of a blueprint, given as (weight, leaves)."""
    return tuple(
        Domain(id=f"d{n}", title=f"D{n}", weight=weight, topics=topics) for n, (weight, topics) in enumerate(domains)
    )


def pool(topic: str, count: int, *, case: str = "", seen: int | None = None, start: int = 0) -> list[Candidate]:
    """Candidates of one leaf with difficulties from 0.05 to 0.95."""
    return [
        Candidate(f"{topic}.{n:03}", topic, 0.05 + 0.9 * (n - start) / max(1, count - 1), case, seen)
        for n in range(start, start + count)
    ]


@given(st.integers(0, 500), st.lists(st.floats(0.0, 1.0), min_size=1, max_size=12).filter(lambda w: sum(w) > 0.01))
def test_largest_remainder_sums_exactly(total: int, weights: list[float]) -> None:
    """The shares sum to the total and each is its quota rounded down or up."""
    shares = largest_remainder(total, weights)
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - total * weight / sum(weights)) < 1 + 1e-6


def test_largest_remainder_of_real_blueprints() -> None:
    """The issuer's own figures come out exactly, and a quarter of them as anyone would reckon by hand."""
    weights = [0.25, 0.20, 0.20, 0.25, 0.10]
    assert largest_remainder(100, weights) == (25, 20, 20, 25, 10)
    assert largest_remainder(25, weights) == (6, 5, 5, 6, 3)
    assert largest_remainder(200, [1 / 9] * 9) == (23, 23, 22, 22, 22, 22, 22, 22, 22)
    assert largest_remainder(100, [0.29, 0.17, 0.07, 0.19, 0.18, 0.10]) == (29, 17, 7, 19, 18, 10)


def test_weights_must_mean_something() -> None:
    """No weight at all, or a negative one, cannot be shared by."""
    for weights in ([0.0, 0.0], [1.0, -0.1]):
        with pytest.raises(ValueError, match="weights"):
            largest_remainder(10, weights)


DOMAINS = st.lists(
    st.tuples(
        st.floats(0.05, 1.0),
        st.dictionaries(st.sampled_from(TOPICS), st.floats(0.2, 3.0), min_size=1),
    ),
    min_size=1,
    max_size=5,
)
SUPPLY = st.fixed_dictionaries({topic: st.integers(0, 12) for topic in TOPICS})


@st.composite
def candidates(draw_: st.DrawFn) -> list[Candidate]:
    """A bank with cases, and items met and not."""
    found = []
    for topic, count in draw_(SUPPLY).items():
        for n in range(count):
            case = draw_(st.sampled_from(["", "", "", f"{topic}.case1", f"{topic}.case2"]))
            seen = draw_(st.sampled_from([None, None, 1, 2, 3]))
            found.append(Candidate(f"{topic}.{n}", topic, draw_(st.floats(0.05, 0.95)), case, seen))
    return found


def most_possible(wanted: list[int], topics: list[set[str]], supply: Counter[str]) -> int:
    """The largest form that can be had, by Hall's theorem over every set of domains (not the way `assemble` goes)."""
    short = 0
    for chosen in range(1, 2 ** len(wanted)):
        members = [n for n in range(len(wanted)) if chosen >> n & 1]
        leaves = set().union(*(topics[n] for n in members))
        short = max(short, sum(wanted[n] for n in members) - sum(supply[leaf] for leaf in leaves))
    return sum(wanted) - short


@given(DOMAINS, candidates(), st.integers(1, 40), st.integers(0, 2**32))
def test_forms_keep_their_promises(
    domains: list[tuple[float, dict[str, float]]], bank: list[Candidate], items: int, seed: int
) -> None:
    """No duplicates, each item from a leaf of its domain, the shortage exact and as small as can be, cases together."""
    exam = blueprint(*domains)
    form = assemble(exam, items, bank, random.Random(seed))
    ids = [item for item, _ in form.order]
    by_id = {candidate.id: candidate for candidate in bank}
    assert len(set(ids)) == len(ids)
    assert sum(section.wanted for section in form.sections) == items
    assert sorted(form.order) == sorted((item, section.domain) for section in form.sections for item in section.items)
    for section, domain in zip(form.sections, exam, strict=True):
        assert {by_id[item].topic for item in section.items} <= set(domain.topics)
        assert section.available == sum(candidate.topic in domain.topics for candidate in bank)
        assert section.missing == section.wanted - len(section.items) >= 0
    supply = Counter(candidate.topic for candidate in bank)
    wanted = [section.wanted for section in form.sections]
    assert len(ids) == most_possible(wanted, [set(topics) for _, topics in domains], supply)
    asked_cases = [(by_id[item].case_id, domain) for item, domain in form.order]
    changes = [here for n, here in enumerate(asked_cases) if here[0] and (n == 0 or asked_cases[n - 1] != here)]
    assert len(set(changes)) == len(changes)


@given(candidates(), st.integers(1, 40), st.integers(0, 2**32))
def test_a_seed_gives_one_form(bank: list[Candidate], items: int, seed: int) -> None:
    """The same bank and seed give the same form, in whatever order the bank was read."""
    exam = blueprint((0.6, {"L01": 1.0, "L02": 2.0}), (0.4, {"L02": 1.0, "L03": 1.0}))
    first = assemble(exam, items, bank, random.Random(seed))
    assert first == assemble(exam, items, list(reversed(bank)), random.Random(seed))


@given(candidates(), st.integers(1, 12), st.integers(0, 2**32))
def test_never_met_comes_first_then_longest_ago(bank: list[Candidate], count: int, seed: int) -> None:
    """Within a leaf nothing met is drawn while something not met, or met longer ago, is left."""
    leaf = [candidate for candidate in bank if candidate.topic == "L01"]
    drawn = {candidate.id for block in draw(leaf, count, random.Random(seed)) for candidate in block}
    assert len(drawn) == min(count, len(leaf))
    age = {candidate.id: -1 if candidate.last_seen is None else candidate.last_seen for candidate in leaf}
    newest_drawn = max((age[item] for item in drawn), default=-1)
    assert all(age[item] >= newest_drawn for item in age if item not in drawn)


@given(st.integers(0, 2**32))
def test_leaves_share_a_domain_by_weight(seed: int) -> None:
    """A heavy leaf gets its multiple of items, to within one."""
    exam = blueprint((1.0, {"L01": 2.0, "L02": 1.0, "L03": 1.0}))
    form = assemble(exam, 21, pool("L01", 30) + pool("L02", 30) + pool("L03", 30), random.Random(seed))
    counts = Counter(item[:3] for item, _ in form.order)
    assert counts["L01"] in {10, 11}
    assert counts["L02"] in {5, 6}
    assert counts["L03"] in {5, 6}


@given(st.integers(0, 2**32))
def test_difficulty_is_spread(seed: int) -> None:
    """Eight of forty items take two from each quarter of difficulty, give or take one."""
    drawn = [candidate.difficulty for block in draw(pool("L01", 40), 8, random.Random(seed)) for candidate in block]
    quarters = Counter(min(3, int((difficulty - 0.05) / 0.225)) for difficulty in drawn)
    assert all(1 <= quarters[quarter] <= 3 for quarter in range(4))


def test_each_item_has_its_chance() -> None:
    """Over many seeds every item of a leaf is drawn about equally often."""
    met = Counter(
        candidate.id
        for seed in range(600)
        for block in draw(pool("L01", 12), 4, random.Random(seed))
        for candidate in block
    )
    assert len(met) == 12
    assert min(met.values()) > 120
    assert max(met.values()) < 280


def test_a_case_is_drawn_whole_where_it_fits() -> None:
    """Five items with a case of four among singles: the case comes whole or not at all."""
    bank = pool("L01", 4, case="c1") + pool("L01", 6, start=10)
    for seed in range(50):
        blocks = draw(bank, 5, random.Random(seed))
        assert {len(block) for block in blocks} in ({1}, {1, 4})


def test_a_domain_lends_a_shared_leaf() -> None:
    """A domain that has other leaves leaves the shared one to a domain that has none."""
    exam = blueprint((0.5, {"L01": 1.0, "L02": 1.0}), (0.5, {"L01": 1.0}))
    form = assemble(exam, 20, pool("L01", 10) + pool("L02", 10), random.Random(1))
    assert [len(section.items) for section in form.sections] == [10, 10]
