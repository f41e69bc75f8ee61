"""What every item and note must satisfy to be askable at all, bundled or a learner's own."""

from collections.abc import Iterator
from typing import NamedTuple

from studyapp.banks.problems import Rule
from studyapp.core.errors import StudyAppError
from studyapp.domain import cloze
from studyapp.domain.item import (
    AnyItem,
    ChoiceItem,
    ClozeItem,
    MultipleItem,
    NumericItem,
    SingleItem,
    TrueFalseItem,
)
from studyapp.domain.note import AnyNote, ClozeNote


class Finding(NamedTuple):
    """A rule that content breaks, in a sentence, and the field it is about."""

    rule: Rule
    sentence: str
    field: str


def item_faults(item: AnyItem, *, own: bool = False) -> Iterator[Finding]:
    """Faults in the key and options of an item. Own items may have two options, bundled ones need three."""
    if isinstance(item, ChoiceItem):
        yield from _options(item, own=own)
    elif isinstance(item, ClozeItem):
        yield from _cloze(item.stem, "stem")
    elif isinstance(item, NumericItem):
        for mistake in item.mistakes:
            if abs(mistake.value - item.value) <= item.tolerance:
                yield Finding(Rule.MISTAKE_IS_KEY, f"The mistake {mistake.value:g} counts as right.", "mistakes")


def note_faults(note: AnyNote) -> Iterator[Finding]:
    """Faults that leave a note without cards."""
    if isinstance(note, ClozeNote):
        yield from _cloze(note.text, "text")


def plain(text: str) -> str:
    """Text without markup, spacing and final point, for comparing; case stays, since an item may ask about capitals."""
    return " ".join(text.replace("*", "").split()).rstrip(".")


def _options(item: ChoiceItem, *, own: bool) -> Iterator[Finding]:
    keys = len(item.key)
    if isinstance(item, SingleItem):
        yield from _one_key(keys)
        if not own and len(item.options) < 3:
            yield Finding(Rule.TOO_FEW_OPTIONS, "A single item needs at least three options.", "options")
    elif isinstance(item, MultipleItem):
        if keys < 2 or keys == len(item.options):
            sentence = "A multiple item needs two or more correct options and at least one wrong one."
            yield Finding(Rule.MULTIPLE_KEY, sentence, "options")
    elif isinstance(item, TrueFalseItem):
        yield from _one_key(keys)
        if [(option.id, option.text) for option in item.options] != [("t", "True"), ("f", "False")]:
            sentence = 'A true_false item has exactly the options {id: t, text: "True"} and {id: f, text: "False"}.'
            yield Finding(Rule.TRUE_FALSE, sentence, "options")
    seen: dict[str, str] = {}
    for option in item.options:
        for what, value in (("id", f"id {option.id}"), ("text", plain(option.text))):
            if value in seen:
                sentence = f"Options {seen[value]} and {option.id} have the same {what}."
                yield Finding(Rule.DUPLICATE_OPTIONS, sentence, "options")
            seen.setdefault(value, option.id)


def _one_key(keys: int) -> Iterator[Finding]:
    if keys == 0:
        yield Finding(Rule.NO_KEY, "No option is marked 'correct: true'.", "options")
    elif keys > 1:
        yield Finding(Rule.SEVERAL_KEYS, f"{keys} options are marked correct; there is one best answer.", "options")


def _cloze(text: str, field: str) -> Iterator[Finding]:
    try:
        if not cloze.deletions(text):
            yield Finding(Rule.CLOZE_SYNTAX, "There is no blank: write one as {{c1::answer}}.", field)
    except StudyAppError as failure:
        yield Finding(Rule.CLOZE_SYNTAX, str(failure), field)
