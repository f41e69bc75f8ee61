"""Every note yields cards with stable ids, and each card shows a prompt that does not give its answer away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.cards import cards_of, face
from studyapp.domain.note import (
    AnyNote,
    BasicNote,
    Card,
    CardKind,
    ClozeNote,
    PartKind,
    ReversedNote,
    TermNote,
    WordPart,
)

WORDS = st.text(alphabet="abcdefghijklmnop -", min_size=1, max_size=12).filter(lambda text: text.strip() == text)
PARTS = st.builds(WordPart, form=WORDS, kind=st.sampled_from(PartKind), meaning=WORDS)
CLOZE_TEXT = st.lists(st.tuples(st.integers(1, 5), WORDS), min_size=1, max_size=5).map(
    lambda pairs: " and ".join(f"{{{{c{number}::{word}}}}}" for number, word in pairs)
)
NOTES: st.SearchStrategy[AnyNote] = st.one_of(
    st.builds(
        BasicNote,
        id=st.just("a.n1"),
        topic=st.just("T01"),
        front=WORDS,
        back=WORDS,
        typed=st.booleans(),
        accept=st.lists(WORDS, max_size=2).map(tuple),
    ),
    st.builds(ReversedNote, id=st.just("a.n1"), topic=st.just("T01"), front=WORDS, back=WORDS),
    st.builds(ClozeNote, id=st.just("a.n1"), topic=st.just("T01"), text=CLOZE_TEXT),
    st.builds(
        TermNote,
        id=st.just("a.n1"),
        topic=st.just("T01"),
        word=WORDS,
        parts=st.lists(PARTS, min_size=1, max_size=4).map(tuple),
        definition=WORDS,
        respelling=WORDS,
    ),
)

TERM = TermNote(
    id="term.heart.n0001",
    topic="T11",
    word="pericardiocentesis",
    parts=(
        WordPart("peri-", PartKind.PREFIX, "around"),
        WordPart("cardi/o", PartKind.COMBINING_FORM, "heart"),
        WordPart("-centesis", PartKind.SUFFIX, "surgical puncture"),
    ),
    definition="Puncture of the sac around the heart to draw off fluid.",
    respelling="per-ih-kar-dee-oh-sen-TEE-sis",
)


@given(NOTES)
def test_cards_have_ids_of_their_own_and_faces(note: AnyNote) -> None:
    """Each card's id is note and template, ids are distinct, and each card has a prompt and an answer."""
    cards = cards_of(note)
    assert len({card.id for card in cards}) == len(cards) >= 1
    for card in cards:
        assert card.id == f"{note.id}#{card.template}"
        shown = face(note, card)
        assert shown.prompt
        assert shown.answer
        typed = card.kind in (CardKind.TYPED, CardKind.BUILD)
        assert bool(shown.accept) == typed
        assert not typed or shown.answer in shown.accept


def test_a_term_is_asked_three_ways() -> None:
    """A term with parts is asked by its meaning, by the word and by the meanings of its parts."""
    cards = {card.template: card for card in cards_of(TERM)}
    assert list(cards) == ["meaning", "word", "build"]
    assert face(TERM, cards["meaning"]).prompt == "pericardiocentesis"
    assert face(TERM, cards["word"]).accept == ("pericardiocentesis",)
    build = face(TERM, cards["build"])
    assert build.prompt == "around (prefix) + heart (combining form) + surgical puncture (suffix)"
    assert build.answer == build.speak == "pericardiocentesis"
    assert cards["build"].kind is CardKind.BUILD


def test_a_cloze_card_hides_its_number_only() -> None:
    """The other numbers are shown, and two blanks of one number are answered together."""
    note = ClozeNote(id="n", topic="L07", text="{{c1::a}} {{c2::b::hint}} {{c1::c}}")
    first, second = cards_of(note)
    assert (face(note, first).prompt, face(note, first).answer) == ("[…] b […]", "a; c")
    assert (face(note, second).prompt, face(note, second).answer) == ("a [hint] c", "b")


def test_typing_or_not_keeps_the_card() -> None:
    """Switching a basic note to typed answers keeps the card's id, and with it its history."""
    plain = BasicNote(id="n", topic="L07", front="q", back="a")
    typed = BasicNote(id="n", topic="L07", front="q", back="a", typed=True, accept=("a", "b"))
    assert cards_of(plain)[0].id == cards_of(typed)[0].id
    assert face(typed, cards_of(typed)[0]).accept == ("a", "b")


@pytest.mark.parametrize("template", ["c3", "cx", "reverse", "build"])
def test_a_card_that_the_note_no_longer_has(template: str) -> None:
    """Asking for a card that an edit removed is a KeyError, not a wrong face."""
    note = ClozeNote(id="n", topic="L07", text="{{c1::a}}")
    card = Card(id=f"n#{template}", note_id="n", topic="L07", template=template, kind=CardKind.CLOZE)
    with pytest.raises(KeyError):
        face(note, card)
