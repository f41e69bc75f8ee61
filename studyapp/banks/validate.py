"""Plain data into models, with pydantic's complaints turned into sentences an author can act on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from studyapp.banks.problems import Problem, Rule, Severity
from studyapp.banks.schema import (
    ITEM_MODELS,
    LATER_ITEM_TYPES,
    NOTE_MODELS,
    ItemModel,
    MultipleModel,
    NoteModel,
    NumericModel,
    SingleModel,
    TermNoteModel,
    TextModel,
    TrueFalseModel,
)
from studyapp.banks.schema import ClozeModel as ClozeItemModel
from studyapp.banks.yaml_source import Document, Path_

M = TypeVar("M", bound=BaseModel)

_EXPECTED = {
    "string_type": "text; put quotes around it",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping of keys to values",
    "model_attributes_type": "a mapping of keys to values",
    "date_type": "a date written like 2026-11-23",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece of data stands: its document (None for a mapping typed in the program), path and item id."""

    document: Document | None = None
    path: Path_ = ()
    item: str = ""

    def problem(self, rule: Rule, sentence: str, loc: Path_ = ()) -> Problem:
        """An error at `loc` below this place."""
        file, line = "", 0
        if self.document is not None:
            file, line = self.document.file, self.document.line((*self.path, *loc))
        return Problem(Severity.ERROR, file, line, self.item, field_name(loc), rule, sentence)


def field_name(loc: Path_) -> str:
    """A path as a person writes it, counting from 1: `options[2].why`."""
    name = ""
    for part in loc:
        if isinstance(part, int):
            name += f"[{part + 1}]"
        else:
            name += f".{part}" if name else part
    return name


def validated(model: type[M], data: Any, place: Place, problems: list[Problem]) -> M | None:
    """`data` as `model`, or None with every fault appended to `problems`."""
    try:
        return model.model_validate(data)
    except ValidationError as failure:
        problems.extend(_problem_of(model, fault, place) for fault in failure.errors(include_url=False))
        return None


def validated_item(data: Any, place: Place, problems: list[Problem]) -> ItemModel | None:
    """An item of any type."""
    chosen = _model_for(data, ITEM_MODELS, "item", place, problems)
    return None if chosen is None else validated(chosen, data, place, problems)


def validated_note(data: Any, place: Place, problems: list[Problem]) -> NoteModel | None:
    """A note of any type."""
    chosen = _model_for(data, NOTE_MODELS, "note", place, problems)
    return None if chosen is None else validated(chosen, data, place, problems)


def completeness(model: ItemModel | NoteModel, place: Place, problems: list[Problem]) -> None:
    """What a bundled item or note must have beyond its shape; a learner's own need none of it."""

    def missing(rule: Rule, sentence: str, *loc: str | int) -> None:
        problems.append(place.problem(rule, sentence, loc))

    if not model.references:
        sentence = "There is no citation: name at least one source under 'references'."
        missing(Rule.MISSING_CITATION, sentence, "references")
    if not model.objectives:
        missing(Rule.MISSING_FIELD, "'objectives' is missing.", "objectives")
    if not model.evidence:
        missing(Rule.MISSING_FIELD, "'evidence' is missing.", "evidence")
    if isinstance(model, TermNoteModel) and not model.respelling:
        missing(Rule.MISSING_FIELD, "'respelling' is missing.", "respelling")
    if not isinstance(model, (SingleModel, MultipleModel, TrueFalseModel, NumericModel, TextModel, ClozeItemModel)):
        return
    if not model.takeaway:
        missing(Rule.MISSING_TAKEAWAY, "There is no takeaway.", "takeaway")
    if model.bloom is None:
        missing(Rule.MISSING_FIELD, "'bloom' is missing.", "bloom")
    if model.difficulty is None:
        missing(Rule.MISSING_FIELD, "'difficulty' is missing.", "difficulty")
    if isinstance(model, (NumericModel, TextModel, ClozeItemModel)):
        if not model.why:
            missing(Rule.MISSING_RATIONALE, "There is no rationale: say under 'why' how the answer comes about.", "why")
        return
    for index, option in enumerate(model.options):
        if not option.why:
            sentence = f"Option {option.id} has no rationale: say under 'why' what is right or wrong with it."
            missing(Rule.MISSING_RATIONALE, sentence, "options", index, "why")


def _model_for(
    data: Any, models: Mapping[str, type[M]], what: str, place: Place, problems: list[Problem]
) -> type[M] | None:
    if not isinstance(data, dict):
        problems.append(place.problem(Rule.WRONG_TYPE, f"An {what} must be a mapping of keys to values."))
        return None
    kind = data.get("type")
    if kind is None:
        problems.append(place.problem(Rule.MISSING_FIELD, "'type' is missing.", ("type",)))
        return None
    if what == "item" and isinstance(kind, str) and kind in LATER_ITEM_TYPES:
        sentence = f"Items of type '{kind}' are not supported yet; the name is kept for them."
        problems.append(place.problem(Rule.UNSUPPORTED_TYPE, sentence, ("type",)))
        return None
    if not isinstance(kind, str) or kind not in models:
        sentence = f"There is no {what} type '{kind}'; known are {', '.join(models)}."
        problems.append(place.problem(Rule.UNKNOWN_TYPE, sentence, ("type",)))
        return None
    return models[kind]


def _problem_of(model: type[BaseModel], fault: Any, place: Place) -> Problem:
    loc: Path_ = tuple(fault["loc"])
    name, kind = field_name(loc), fault["type"]
    if kind == "missing":
        return place.problem(Rule.MISSING_FIELD, f"'{name}' is missing.", loc)
    if kind == "extra_forbidden":
        known = ", ".join(model.model_fields) if len(loc) == 1 else ""
        hint = f" Known keys: {known}." if known else ""
        return place.problem(Rule.UNKNOWN_KEY, f"'{name}' is not a key of the format.{hint}", loc)
    if kind in _EXPECTED:
        return place.problem(Rule.WRONG_TYPE, f"'{name}' must be {_EXPECTED[kind]}.", loc)
    if kind == "enum":
        return place.problem(Rule.BAD_VALUE, f"'{name}' must be {fault['ctx']['expected'].replace(chr(39), '')}.", loc)
    if kind == "string_too_short":
        return place.problem(Rule.BAD_VALUE, f"'{name}' is empty.", loc)
    message = str(fault["msg"])
    return place.problem(Rule.BAD_VALUE, f"'{name}' is not right: {message[0].lower()}{message[1:]}.", loc)
