"""A learner's own items and cards need no proof, but must be askable."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.banks.own import parse_own_item, parse_own_note
from studyapp.banks.problems import Rule
from studyapp.domain.item import ClozeItem, Item, MultipleItem, NumericItem, SingleItem, TextItem, TrueFalseItem
from studyapp.domain.note import BasicNote, ClozeNote, ReversedNote, TermNote

TOPICS = {"L07", "T01"}
KEYS = st.sampled_from(["id", "type", "topic", "stem", "options", "text", "why", "correct", "accept", "answer", "x"])
BASE = {"id": "own.a1b2", "topic": "L07", "stem": "Whom do I tell?"}
TWO = [{"id": "a", "text": "Ana", "correct": True}, {"id": "b", "text": "Ben"}]


def rules(result: object) -> set[Rule]:
    """Rules of the problems, which must be a list."""
    assert isinstance(result, list)
    return {problem.rule for problem in result}


@pytest.mark.parametrize(
    ("more", "cls"),
    [
        ({"type": "single", "options": TWO}, SingleItem),
        (
            {"type": "multiple", "options": [*TWO, {"id": "c", "text": "Cy", "correct": True}]},
            MultipleItem,
        ),
        (
            {
                "type": "true_false",
                "options": [{"id": "t", "text": "True", "correct": True}, {"id": "f", "text": "False"}],
            },
            TrueFalseItem,
        ),
        ({"type": "numeric", "answer": {"value": 3, "tolerance": 0.5, "unit": "days"}}, NumericItem),
        ({"type": "text", "accept": ["Ana"]}, TextItem),
        ({"type": "cloze", "stem": "I tell {{c1::Ana}}."}, ClozeItem),
    ],
)
def test_items_without_proof(more: dict[str, Any], cls: type) -> None:
    """Every type of item is accepted with nothing but question and answer."""
    item = parse_own_item({**BASE, **more}, TOPICS)
    assert isinstance(item, Item)
    assert type(item) is cls
    assert item.topic == "L07"
    assert item.references == ()


@pytest.mark.parametrize(
    ("more", "cls"),
    [
        ({"type": "basic", "front": "a", "back": "b"}, BasicNote),
        ({"type": "reversed", "front": "a", "back": "b"}, ReversedNote),
        ({"type": "cloze", "text": "{{c1::a}} b"}, ClozeNote),
        (
            {
                "type": "term",
                "word": "carditis",
                "parts": [{"form": "cardi/o", "kind": "combining_form", "meaning": "heart"}],
                "definition": "Inflamed heart",
            },
            TermNote,
        ),
    ],
)
def test_notes_without_proof(more: dict[str, Any], cls: type) -> None:
    """Every type of note is accepted with nothing but its sides."""
    assert type(parse_own_note({"id": "own.n1", "topic": "T01", **more}, TOPICS)) is cls


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"options": [{"id": "a", "text": "Ana"}, {"id": "b", "text": "Ben"}]}, Rule.NO_KEY),
        ({"options": [TWO[0], {"id": "b", "text": " Ana. "}]}, Rule.DUPLICATE_OPTIONS),
        ({"options": TWO[:1]}, Rule.BAD_VALUE),
        ({"stem": "  "}, Rule.BAD_VALUE),
        ({"topic": "X99"}, Rule.UNKNOWN_TOPIC),
        ({"topic": None}, Rule.MISSING_FIELD),
        ({"type": "match"}, Rule.UNSUPPORTED_TYPE),
        ({"colour": "red"}, Rule.UNKNOWN_KEY),
        ({"case": "law.breach.c01"}, Rule.UNKNOWN_CASE),
        ({"difficulty": 2.0}, Rule.BAD_VALUE),
    ],
)
def test_what_cannot_be_asked_is_refused(change: dict[str, Any], rule: Rule) -> None:
    """No key, twins, too few options, an empty stem, an unknown topic and unknown keys are told."""
    assert rule in rules(parse_own_item({**BASE, "type": "single", "options": TWO, **change}, TOPICS))


PLAIN = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.sampled_from(["L07", "single"])
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=10,
)


@given(st.dictionaries(KEYS, PLAIN, max_size=6))
def test_no_mapping_makes_it_throw(mapping: dict[str, Any]) -> None:
    """Whatever an editor or an import hands over is parsed or answered with problems."""
    for given_mapping in (mapping, {**BASE, "type": "single", **mapping}, {**BASE, "type": "cloze", **mapping}):
        for parsed in (parse_own_item(given_mapping, TOPICS), parse_own_note(given_mapping, TOPICS)):
            assert parsed


def test_a_card_without_a_blank_is_refused() -> None:
    """A cloze note without a blank would have no card."""
    assert rules(parse_own_note({"id": "own.n1", "topic": "L07", "type": "cloze", "text": "abc"}, TOPICS)) == {
        Rule.CLOZE_SYNTAX
    }


def test_a_reference_is_shown_as_written() -> None:
    """An own reference names its source in plain words or as an address; its date may come as text."""
    note = parse_own_note(
        {
            "id": "own.n1",
            "topic": "L07",
            "type": "basic",
            "front": "a",
            "back": "b",
            "references": [
                {"source": "My textbook", "locator": "p. 3", "as_of": "2026-11-23"},
                {"source": "https://www.hhs.gov", "as_of": "2026-11-23"},
            ],
        },
        TOPICS,
    )
    assert isinstance(note, BasicNote)
    assert [(reference.title, reference.url) for reference in note.references] == [
        ("My textbook", ""),
        ("https://www.hhs.gov", "https://www.hhs.gov"),
    ]
