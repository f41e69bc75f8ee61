"""The texts of an item or note that a learner sees, and how they are cut into words."""

import re
from collections.abc import Iterator

from studyapp.core.errors import StudyAppError
from studyapp.domain import cloze
from studyapp.domain.item import AnyItem, ChoiceItem, ClozeItem, Item, NumericItem, TextItem
from studyapp.domain.note import AnyNote, BasicNote, ClozeNote, ReversedNote, TermNote

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
# Words too common to tell anything about an option; short words are left out by length.
_COMMON = frozenset(
    """
    about after against also been before being between both does during each from have into more most must only other
    over same should some such than that their them then there these they this those through under until upon very
    what when where which while whom whose will with within without would your
    january february march april june july august september october november december
    """.split()  # noqa: SIM905  a list of words is easier read as lines
)


def item_texts(item: AnyItem) -> Iterator[tuple[str, str]]:
    """Field and text of everything shown of an item, its case apart."""
    yield "stem", item.stem
    if isinstance(item, ChoiceItem):
        for option in item.options:
            yield "options", option.text
            yield "options", option.why
    elif isinstance(item, NumericItem):
        yield "answer", item.unit
        yield "why", item.why
        for mistake in item.mistakes:
            yield "mistakes", mistake.why
    elif isinstance(item, TextItem):
        for accepted in item.accept:
            yield "accept", accepted
        yield "why", item.why
    else:
        yield "why", item.why
    yield "takeaway", item.takeaway


def note_texts(note: AnyNote) -> Iterator[tuple[str, str]]:
    """Field and text of everything shown of a note."""
    match note:
        case BasicNote():
            yield "front", note.front
            yield "back", note.back
            for accepted in note.accept:
                yield "accept", accepted
        case ReversedNote():
            yield "front", note.front
            yield "back", note.back
        case ClozeNote():
            yield "text", note.text
        case TermNote():
            yield "word", note.word
            yield "definition", note.definition
            yield "plural", note.plural
            for part in note.parts:
                yield "parts", part.meaning
    yield "extra", note.extra


def shown_texts(content: AnyItem | AnyNote) -> Iterator[tuple[str, str]]:
    """`item_texts` or `note_texts`, without empty ones."""
    texts = item_texts(content) if isinstance(content, Item) else note_texts(content)
    return ((field, text) for field, text in texts if text)


def plain(text: str) -> str:
    """Text without marks of emphasis, on one line."""
    return " ".join(text.replace("*", "").split())


def words(text: str) -> list[str]:
    """Words of a text in lower case."""
    return _WORD.findall(plain(text).casefold())


def content_words(text: str) -> set[str]:
    """Words that carry meaning: four letters or more and not common; a plural counts as its singular."""
    return {_singular(word) for word in words(text) if len(word) >= 4 and word not in _COMMON}


def revealed(text: str) -> str:
    """A cloze text with its blanks filled in, or the text as it is where a blank is malformed."""
    try:
        return cloze.reveal(text)
    except StudyAppError:
        return text


def key_text(item: AnyItem) -> str:
    """What the key says, for comparing items."""
    if isinstance(item, ChoiceItem):
        return "; ".join(option.text for option in item.options if option.correct)
    if isinstance(item, NumericItem):
        return f"{item.value:g} {item.unit}"
    if isinstance(item, TextItem):
        return item.accept[0]
    return "; ".join(d.answer for d in _deletions(item))


def _deletions(item: ClozeItem) -> tuple[cloze.Deletion, ...]:
    try:
        return cloze.deletions(item.stem)
    except StudyAppError:
        return ()


def _singular(word: str) -> str:
    word = re.sub(r"['’]s?$", "", word)
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
