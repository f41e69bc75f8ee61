"""Items that ask the same are found; cards that ask the same of two things are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from studyapp.banks.loader import Entry
from studyapp.banks.near import LIMIT, near_duplicates
from studyapp.domain.item import AnyItem, Bloom, TextItem
from studyapp.domain.note import AnyNote, BasicNote, ReversedNote


def item(name: str, stem: str, key: str) -> TextItem:
    """An item with a typed answer."""
    return TextItem(
        id=name, topic="L07", stem=stem, takeaway="", bloom=Bloom.APPLY, difficulty=0.5, accept=(key,), why=""
    )


def found(*contents: AnyItem | AnyNote) -> list[str]:
    """Ids at which near duplicates are reported."""
    return [problem.item for problem in near_duplicates([Entry(content) for content in contents])]


def test_word_order_does_not_hide_a_duplicate() -> None:
    """The same words in another order are the same question; the later item is reported, once for each earlier."""
    one = item("a", "Which form must a new employee sign on the first day?", "I-9")
    two = item("b", "On the first day, which form must a new employee sign?", "I-9")
    other = item("c", "What does the employer do with the form after three years?", "Destroys it")
    assert found(one, two, other) == ["b"]
    assert found(one, other) == []


WORDS = st.sampled_from(["breach", "notice", "patient", "sixty", "days", "office", "media", "letter"])


@given(st.lists(WORDS, min_size=1, max_size=8), st.lists(WORDS, min_size=1, max_size=8))
def test_the_ratio_is_the_token_sort_ratio(first: list[str], second: list[str]) -> None:
    """What counts as near is exactly rapidfuzz's token-sort ratio over stem and key."""
    stems = [" ".join(first), " ".join(second)]
    ratio = fuzz.token_sort_ratio(f"{stems[0]} key", f"{stems[1]} key")
    assert found(item("a", stems[0], "key"), item("b", stems[1], "key")) == (["b"] if ratio >= LIMIT else [])


@pytest.mark.parametrize(
    ("front", "back", "near"),
    [
        ("What does the prefix hypo- mean in a term?", "below", False),
        ("What does the prefix hyper- mean in the term?", "too much", True),
        ("What does the prefix hypo- mean in a term?", "above", True),
        ("What does the prefix hyper- mean in a term?", "excessive", True),
    ],
)
def test_cards_that_ask_the_same_of_two_things(front: str, back: str, *, near: bool) -> None:
    """A front that differs in what it asks about, with another answer, is another card; small words do not count."""
    first = BasicNote(id="a", topic="T02", front="What does the prefix hyper- mean in a term?", back="above")
    assert found(first, ReversedNote(id="b", topic="T02", front=front, back=back)) == (["b"] if near else [])
