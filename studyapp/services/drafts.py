"""Own items and cards between the editor and the domain: an entry as a draft, and a draft checked."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from typing import Any

from studyapp.domain.item import (
    AnyItem,
    ChoiceItem,
    ClozeItem,
    NumericItem,
    Reference,
    TextItem,
    item_type,
)
from studyapp.domain.note import AnyNote, BasicNote, ClozeNote, ReversedNote, TermNote, note_type

DRAFT_ID = "own.draft"
"""Stands for the id of a draft that was never stored."""

Faults = list[tuple[str, str]]
"""Field and sentence of everything wrong with a draft."""


def parse_item(draft: Mapping[str, object], topics: Collection[str], entry_id: str) -> AnyItem | Faults:
    """The item that a draft describes, or what is wrong with it."""
    from studyapp.banks.own import parse_own_item

    parsed = parse_own_item({**draft, "id": entry_id}, topics)
    return [(problem.field, problem.sentence) for problem in parsed] if isinstance(parsed, list) else parsed


def parse_note(draft: Mapping[str, object], topics: Collection[str], entry_id: str) -> AnyNote | Faults:
    """The note that a draft describes, or what is wrong with it."""
    from studyapp.banks.own import parse_own_note

    parsed = parse_own_note({**draft, "id": entry_id}, topics)
    return [(problem.field, problem.sentence) for problem in parsed] if isinstance(parsed, list) else parsed


def hints(entry: AnyItem | AnyNote) -> Faults:
    """What is worth improving in a valid item: nothing here keeps it from being stored."""
    found: Faults = []
    if isinstance(entry, ChoiceItem):
        bare = [option.id for option in entry.options if not option.why]
        if bare:
            found.append(("options", f"Say why each option is right or wrong; {_listed(bare)} has no reason yet."))
        key = [len(option.text) for option in entry.options if option.correct]
        rest = [len(option.text) for option in entry.options if not option.correct]
        if len(key) == 1 and rest and key[0] >= 1.3 * max(rest) and key[0] - max(rest) > 10:
            found.append(("options", "The right option is by far the longest, which gives it away."))
    if isinstance(entry, (ChoiceItem, NumericItem, TextItem, ClozeItem)):
        if not entry.takeaway:
            found.append(("takeaway", "Add one sentence to take away from this question."))
        if not entry.references:
            found.append(("references", "Add where this can be checked."))
    return found


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def with_sources_of(entry: AnyNote, stored: AnyNote) -> AnyNote:
    """`entry` with the addresses of the sources that it still shares with its stored version.

    A draft names a source by its title, so an edit of anything else would otherwise lose the address.
    """
    known = {reference.title: reference.url for reference in stored.references}
    return replace(
        entry,
        references=tuple(
            replace(reference, url=reference.url or known.get(reference.title, "")) for reference in entry.references
        ),
    )


def item_draft(item: AnyItem) -> dict[str, object]:
    """The item in the keys of the bank format, as `parse_item` takes them; a case's stimulus is left out."""
    draft: dict[str, object] = {
        "topic": item.topic,
        "type": item_type(item).value,
        "stem": item.stem,
        "takeaway": item.takeaway,
        "bloom": item.bloom.value,
        "difficulty": item.difficulty,
        **_common(item),
    }
    match item:
        case ChoiceItem():
            draft["options"] = [asdict(option) for option in item.options]
        case NumericItem():
            draft["answer"] = {"value": item.value, "tolerance": item.tolerance, "unit": item.unit}
            draft["why"] = item.why
            draft["mistakes"] = [asdict(mistake) for mistake in item.mistakes]
        case TextItem():
            draft["accept"] = list(item.accept)
            draft["why"] = item.why
        case ClozeItem():
            draft["why"] = item.why
    return draft


def note_draft(note: AnyNote) -> dict[str, object]:
    """The note in the keys of the bank format, as `parse_note` takes them."""
    draft: dict[str, object] = {
        "topic": note.topic,
        "type": note_type(note).value,
        "extra": note.extra,
        **_common(note),
    }
    match note:
        case BasicNote():
            draft |= {"front": note.front, "back": note.back, "typed": note.typed, "accept": list(note.accept)}
        case ReversedNote():
            draft |= {"front": note.front, "back": note.back}
        case ClozeNote():
            draft["text"] = note.text
        case TermNote():
            draft |= {name: getattr(note, name) for name in ("word", "definition", "respelling", "system", "plural")}
            draft["parts"] = [
                {"form": part.form, "kind": part.kind.value, "meaning": part.meaning} for part in note.parts
            ]
    return draft


def _common(entry: AnyItem | AnyNote) -> dict[str, object]:
    return {
        "objectives": list(entry.objectives),
        "references": [_reference(reference) for reference in entry.references],
        "volatility": entry.volatility.value,
    }


def _reference(reference: Reference) -> dict[str, Any]:
    return {
        "source": reference.title,
        "locator": reference.locator,
        "as_of": reference.as_of.isoformat(),
        "edition": reference.edition,
    }
