"""A learner's own items and cards: the same shapes as bundled ones, without what only a bank must prove."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from studyapp.banks import structure
from studyapp.banks.convert import to_item, to_note
from studyapp.banks.problems import Problem, Rule
from studyapp.banks.validate import Place, validated_item, validated_note
from studyapp.domain.item import AnyItem
from studyapp.domain.note import AnyNote


def parse_own_item(mapping: Mapping[str, Any], topics: Collection[str]) -> AnyItem | list[Problem]:
    """The item that `mapping` (the keys of the bank format, and `topic`) describes, or everything wrong with it.

    References, objectives, level, difficulty, rationales and takeaway may be missing. A reference's `source` is shown
    as written. `topics` are the leaf ids that exist.
    """
    place, problems = _place(mapping), _topic_problems(mapping, topics)
    model = validated_item(_without_topic(mapping), place, problems)
    if model is None or problems:
        return problems
    if model.case is not None:
        return [place.problem(Rule.UNKNOWN_CASE, "An own item cannot belong to a case.", ("case",))]
    item = to_item(model, mapping["topic"], None, {})
    problems += _as_problems(place, structure.item_faults(item, own=True))
    return problems or item


def parse_own_note(mapping: Mapping[str, Any], topics: Collection[str]) -> AnyNote | list[Problem]:
    """The note that `mapping` (the keys of the bank format, and `topic`) describes, or everything wrong with it."""
    place, problems = _place(mapping), _topic_problems(mapping, topics)
    model = validated_note(_without_topic(mapping), place, problems)
    if model is None or problems:
        return problems
    note = to_note(model, mapping["topic"], {})
    problems += _as_problems(place, structure.note_faults(note))
    return problems or note


def _place(mapping: Mapping[str, Any]) -> Place:
    name = mapping.get("id")
    return Place(item=name if isinstance(name, str) else "")


def _without_topic(mapping: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in mapping.items() if key != "topic"}


def _topic_problems(mapping: Mapping[str, Any], topics: Collection[str]) -> list[Problem]:
    topic = mapping.get("topic")
    if not isinstance(topic, str) or not topic:
        return [_place(mapping).problem(Rule.MISSING_FIELD, "'topic' is missing.", ("topic",))]
    if topic not in topics:
        return [_place(mapping).problem(Rule.UNKNOWN_TOPIC, f"There is no topic '{topic}'.", ("topic",))]
    return []


def _as_problems(place: Place, findings: Iterable[structure.Finding]) -> list[Problem]:
    return [place.problem(finding.rule, finding.sentence, (finding.field,)) for finding in findings]
