"""Near duplicates: items that ask the same thing, and notes whose questions can hardly be told apart."""

from collections.abc import Sequence

from studyapp.banks import texts
from studyapp.banks.loader import Entry
from studyapp.banks.problems import Problem, Rule
from studyapp.domain.item import Item, item_type
from studyapp.domain.note import AnyNote, BasicNote, ClozeNote, ReversedNote, TermNote

LIMIT = 90.0  # token-sort ratio in per cent
_BLOCK = 500  # rows compared at a time: 5,000 items make a table of 2.5 million bytes, not 25
# Words that change nothing about what is asked.
_SMALL = frozenset(["a", "an", "and", "are", "at", "by", "do", "does", "for", "in", "is", "of", "on", "the", "to"])


def near_duplicates(entries: Sequence[Entry]) -> list[Problem]:
    """An error at the second of every pair whose token-sort ratio (rapidfuzz) is 90 or more.

    Items are compared within their type over stem and key, notes over what asks them; fronts
    alike but for the thing they ask about are no duplicates when their answers differ.
    """
    groups: dict[str, list[tuple[Entry, str]]] = {}
    for entry in entries:
        content = entry.content
        if isinstance(content, Item):
            text = f"{texts.revealed(content.stem)} {texts.key_text(content)}"
            groups.setdefault(item_type(content), []).append((entry, _sorted_words(text)))
        else:
            groups.setdefault("notes", []).append((entry, _sorted_words(note_front(content))))
    return [problem for group in groups.values() for problem in _pairs(group)]


def _pairs(group: list[tuple[Entry, str]]) -> list[Problem]:
    import numpy as np
    from rapidfuzz import fuzz, process

    problems = []
    strings = [text for _, text in group]
    for start in range(0, len(strings), _BLOCK):
        # The words are sorted already, so the plain ratio is the token-sort ratio.
        table = process.cdist(
            strings[start : start + _BLOCK], strings[start:], scorer=fuzz.ratio, score_cutoff=LIMIT, dtype=np.float32
        )
        for row, column in np.argwhere(table >= LIMIT):
            first, second = start + int(row), start + int(column)
            if first < second and not _tells_apart(group[first], group[second]):
                problems.append(_problem(group[first][0], group[second][0], float(table[row, column])))
    return problems


def _tells_apart(first: tuple[Entry, str], second: tuple[Entry, str]) -> bool:
    """True for notes that ask the same of two things ("the prefix hyper-", "the prefix hypo-") with unlike answers."""
    one, other = first[0].content, second[0].content
    if isinstance(one, Item) or isinstance(other, Item):
        return False
    words, other_words = set(first[1].split()) - _SMALL, set(second[1].split()) - _SMALL
    return bool(words - other_words and other_words - words and _back(one) != _back(other))


def _problem(first: Entry, second: Entry, ratio: float) -> Problem:
    field = "stem" if isinstance(second.content, Item) else "front"
    return second.error(Rule.NEAR_DUPLICATE, f"It asks nearly the same as {first.content.id} ({ratio:.0f} %).", field)


def note_front(note: AnyNote) -> str:
    """What asks a note, for comparing."""
    match note:
        case BasicNote() | ReversedNote():
            return note.front
        case ClozeNote():
            return texts.revealed(note.text)
        case TermNote():
            return note.word


def _back(note: AnyNote) -> str:
    match note:
        case BasicNote() | ReversedNote():
            return _sorted_words(note.back)
        case ClozeNote():
            # A cloze's answers are part of what is compared already: the whole text is its own answer.
            return _sorted_words(texts.revealed(note.text))
        case TermNote():
            return _sorted_words(note.definition)


def _sorted_words(text: str) -> str:
    return " ".join(sorted(texts.words(text)))
