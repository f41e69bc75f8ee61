"""Options are shuffled, except where their order means something."""

import importlib
import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.item import Bloom, Option, SingleItem, TextItem, TrueFalseItem
from studyapp.domain.option_order import keeps_order, option_order


def single(*texts: str) -> SingleItem:
    """An item with these options; the first is the key."""
    return SingleItem(
        id="x.1",
        topic="T01",
        stem="?",
        takeaway="",
        bloom=Bloom.APPLY,
        difficulty=0.6,
        options=tuple(Option("abcdef"[n], text, "", correct=n == 0) for n, text in enumerate(texts)),
    )


def test_dates_are_english_whatever_the_system_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A German system, whose months have other names, shows the same order."""
    foreign = [f"monat{n}" for n in range(13)]
    monkeypatch.setattr("calendar.month_name", foreign)
    monkeypatch.setattr("calendar.month_abbr", foreign)
    strptime = importlib.import_module("_strptime")
    monkeypatch.setattr(strptime, "_TimeRE_cache", strptime.TimeRE())
    monkeypatch.setattr(strptime, "_regex_cache", {})
    assert keeps_order(["January 5, 2026", "March 6, 2026", "May 9, 2026", "July 1, 2026"])
    assert keeps_order(["MARCH 6", "october 9."])
    assert not keeps_order(["Monat3 6", "Monat5 9"])


@pytest.mark.parametrize(
    "texts",
    [
        ["5", "10", "15", "20"],
        ["$145", "$1,450", "$14,500.50"],
        ["30 days", "60 days", "90 days"],
        ["1 day", "2 days", "10 days"],
        ["6 %", "10 %", "12.5%"],
        ["April 2", "May 2", "May 26", "December 31"],
        ["February 29, 2024", "March 1, 2024", "January 3, 2025"],
        ["15 business days", "30 business days"],
    ],
)
def test_numbers_amounts_and_dates_keep_their_order(texts: list[str]) -> None:
    """A list that ascends is shown as it ascends."""
    assert keeps_order(texts)
    for seed in range(10):
        assert option_order(single(*texts), random.Random(seed)) == tuple("abcdef"[: len(texts)])


@pytest.mark.parametrize(
    "texts",
    [
        ["20", "10", "15", "5"],
        ["30 days", "2 months", "90 days"],
        ["10", "20", "thirty"],
        ["Bill 30 days later and keep the record", "Bill 60 days later and keep the record"],
        ["May 2", "April 2"],
        ["April 2", "30 days"],
        ["Privacy officer", "Owner", "Biller"],
        ["10", "10"],
    ],
)
def test_anything_else_is_shuffled(texts: list[str]) -> None:
    """Words, mixed units and lists out of order come in every order."""
    assert not keeps_order(texts)
    assert len({option_order(single(*texts), random.Random(seed)) for seed in range(50)}) > 1


@given(st.integers(0, 2**32))
def test_a_seed_gives_one_order(seed: int) -> None:
    """The stored seed rebuilds the order, and no option is lost."""
    item = single("Owner", "Biller", "Coder", "Nurse")
    order = option_order(item, random.Random(seed))
    assert order == option_order(item, random.Random(seed))
    assert sorted(order) == ["a", "b", "c", "d"]


def test_the_key_stands_everywhere_alike() -> None:
    """Over many seeds the key has each place about as often."""
    item = single("Owner", "Biller", "Coder", "Nurse")
    places = Counter(option_order(item, random.Random(seed)).index("a") for seed in range(2000))
    assert all(400 < places[place] < 600 for place in range(4))


def test_true_stands_before_false() -> None:
    """True and false are never shuffled, and an item without options has no order."""
    item = TrueFalseItem(
        id="x.2",
        topic="T01",
        stem="?",
        takeaway="",
        bloom=Bloom.REMEMBER,
        difficulty=0.6,
        options=(Option("t", "True", ""), Option("f", "False", "", correct=True)),
    )
    typed = TextItem(
        id="x.3", topic="T01", stem="?", takeaway="", bloom=Bloom.REMEMBER, difficulty=0.6, accept=("a",), why=""
    )
    for seed in range(20):
        assert option_order(item, random.Random(seed)) == ("t", "f")
        assert option_order(typed, random.Random(seed)) == ()
