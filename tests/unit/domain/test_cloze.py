"""Cloze deletions are read exactly, hidden one number at a time, and refused in words when malformed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.core.errors import StudyAppError
from studyapp.domain import cloze

PLAIN = st.text(alphabet=st.characters(exclude_characters="{}|:", exclude_categories=["Cs"]), max_size=20)
WORD = PLAIN.map(str.strip).filter(bool)
DELETIONS = st.builds(
    cloze.Deletion,
    number=st.integers(1, 9),
    accept=st.lists(WORD, min_size=1, max_size=3).map(tuple),
    hint=st.one_of(st.just(""), WORD),
)


def _write(segments: list[str | cloze.Deletion]) -> str:
    return "".join(
        segment
        if isinstance(segment, str)
        else f"{{{{c{segment.number}::{'|'.join(segment.accept)}{'::' + segment.hint if segment.hint else ''}}}}}"
        for segment in segments
    )


@given(st.lists(st.one_of(PLAIN, DELETIONS), max_size=8))
def test_what_is_written_is_read_back(segments: list[str | cloze.Deletion]) -> None:
    """Any mixture of plain text and deletions is read back with the same deletions and the same plain text."""
    parsed = cloze.parse(_write(segments))
    assert [s for s in parsed if isinstance(s, cloze.Deletion)] == [
        s for s in segments if isinstance(s, cloze.Deletion)
    ]
    assert "".join(s for s in parsed if isinstance(s, str)) == "".join(s for s in segments if isinstance(s, str))


@given(st.lists(st.one_of(PLAIN, DELETIONS), max_size=8), st.integers(1, 9))
def test_hiding_a_number_fills_in_the_others(segments: list[str | cloze.Deletion], number: int) -> None:
    """Only the asked number is hidden, behind its hint or an ellipsis; every other blank shows its first answer."""
    expected = "".join(
        s if isinstance(s, str) else (f"[{s.hint or '…'}]" if s.number == number else s.accept[0]) for s in segments
    )
    assert cloze.hide(_write(segments), number) == expected


@given(st.text(alphabet="{}c1:| a\n", max_size=30))
def test_any_text_is_read_or_refused_in_a_sentence(text: str) -> None:
    """No text whatever raises anything but a sentence with a remedy."""
    try:
        cloze.parse(text)
    except StudyAppError as error:
        assert error.sentence.endswith(".")
        assert error.remedy


@pytest.mark.parametrize(
    "text",
    ["{{c1::open", "{{c1::}}", "{{c0::zero}}", "{{x1::a}}", "{{c1::a|}}", "{{c1::a::b::c}}", "{{c1::{{c2::a}}}}"],
)
def test_malformed_blanks_are_refused(text: str) -> None:
    """Blanks that are open, empty, unnumbered, nested or have two hints are refused."""
    with pytest.raises(StudyAppError):
        cloze.parse(text)


def test_the_example_of_the_format() -> None:
    """The example that authors are given reads as they mean it."""
    text = "Notify within {{c1::60 calendar days|sixty days::how long}} after {{c2::discovery}}."
    assert cloze.hide(text, 1) == "Notify within [how long] after discovery."
    assert cloze.hide(text, 2) == "Notify within 60 calendar days after […]."
    assert cloze.hide(text) == "Notify within [how long] after […]."
    assert cloze.reveal(text) == "Notify within 60 calendar days after discovery."
    assert cloze.numbers(text) == (1, 2)
    assert cloze.deletions(text)[0].accept == ("60 calendar days", "sixty days")
