"""From a note to its cards, and from a card to what it shows."""

from collections.abc import Iterable

from studyapp.domain import cloze
from studyapp.domain.note import (
    AnyNote,
    BasicNote,
    Card,
    CardFace,
    CardKind,
    ClozeNote,
    PartKind,
    ReversedNote,
    TermNote,
    WordPart,
)

_KIND_WORDS = {
    PartKind.PREFIX: "prefix",
    PartKind.ROOT: "root",
    PartKind.COMBINING_FORM: "combining form",
    PartKind.SUFFIX: "suffix",
}


def cards_of(note: AnyNote) -> tuple[Card, ...]:
    """The cards of a note, in a fixed order with ids that depend only on the note's id and the template.

    A basic note keeps the template `front` whether its answer is typed or not, so its history survives that switch.

    Raises:
        StudyAppError: the text of a cloze note has a malformed blank.
    """
    match note:
        case BasicNote():
            return (_card(note, "front", CardKind.TYPED if note.typed else CardKind.FRONT),)
        case ReversedNote():
            return (_card(note, "front", CardKind.FRONT), _card(note, "reverse", CardKind.REVERSE))
        case ClozeNote():
            return tuple(_card(note, f"c{number}", CardKind.CLOZE) for number in cloze.numbers(note.text))
        case TermNote():
            cards = [_card(note, "meaning", CardKind.FRONT), _card(note, "word", CardKind.TYPED)]
            if len(note.parts) > 1:
                cards.append(_card(note, "build", CardKind.BUILD))
            return tuple(cards)


def face(note: AnyNote, card: Card) -> CardFace:
    """What `card`, one of `cards_of(note)`, shows.

    Raises:
        KeyError: the note has no such card (it was edited since).
    """
    match note:
        case BasicNote() if card.template == "front":
            accept = _distinct((note.back, *note.accept)) if note.typed else ()
            return CardFace(prompt=note.front, answer=note.back, accept=accept)
        case ReversedNote() if card.template == "front":
            return CardFace(prompt=note.front, answer=note.back)
        case ReversedNote() if card.template == "reverse":
            return CardFace(prompt=note.back, answer=note.front)
        case ClozeNote():
            return _cloze_face(note, card)
        case TermNote():
            return _term_face(note, card)
    raise KeyError(card.id)


def _card(note: AnyNote, template: str, kind: CardKind) -> Card:
    return Card(id=f"{note.id}#{template}", note_id=note.id, topic=note.topic, template=template, kind=kind)


def _cloze_face(note: ClozeNote, card: Card) -> CardFace:
    number = int(card.template[1:]) if card.template[1:].isdecimal() else 0
    asked = [deletion for deletion in cloze.deletions(note.text) if deletion.number == number]
    if not asked:
        raise KeyError(card.id)
    return CardFace(prompt=cloze.hide(note.text, number), answer="; ".join(_distinct(d.answer for d in asked)))


def _term_face(note: TermNote, card: Card) -> CardFace:
    if card.template == "meaning":
        return CardFace(prompt=note.word, answer=note.definition, speak=note.word)
    prompts = {"word": note.definition, "build": " + ".join(_part_prompt(part) for part in note.parts)}
    return CardFace(prompt=prompts[card.template], answer=note.word, accept=(note.word,), speak=note.word)


def _part_prompt(part: WordPart) -> str:
    # The kind tells the learner which sort of part is wanted: "blood" may be hem/o or -emia.
    return f"{part.meaning} ({_KIND_WORDS[part.kind]})"


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
