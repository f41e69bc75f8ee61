"""The shape of every bank file, as pydantic models.

Shape only: strict types, known keys, sane values. What a bundled item needs beyond a learner's own
(rationales, takeaway, citation, level, difficulty) is asked by `completeness`, so both go through
the same models. Unknown keys are errors everywhere.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from studyapp.domain.blueprint import Trust
from studyapp.domain.item import Bloom, Volatility
from studyapp.domain.note import PartKind

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Loose = Annotated[str, StringConstraints(strip_whitespace=True)]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]*$", max_length=80)]
ContentId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*(\.[a-z0-9-]+){1,4}$", max_length=80)]
OptionId = Annotated[str, StringConstraints(pattern=r"^[a-z]$")]


def _iso_date(value: Any) -> Any:
    """A date that was put in quotes is still a date."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


Day = Annotated[date, BeforeValidator(_iso_date)]
# Enumerations are written as text in YAML, which strict mode would refuse.
AnyBloom = Annotated[Bloom, Field(strict=False)]
AnyVolatility = Annotated[Volatility, Field(strict=False)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class ReferenceModel(_Model):
    """A citation: the source's id, the place in it, and the day it was checked."""

    source: Text
    locator: Loose = ""
    as_of: Day
    edition: Loose = ""


class _Content(_Model):
    id: ContentId
    objectives: list[Name] = []
    references: list[ReferenceModel] = []
    volatility: AnyVolatility = Volatility.STABLE
    evidence: Loose = ""


class OptionModel(_Model):
    """One option; `why` is asked of bundled items only."""

    id: OptionId
    text: Text
    correct: bool = False
    why: Loose = ""


class _ItemModel(_Content):
    stem: Text
    case: ContentId | None = None
    takeaway: Loose = ""
    bloom: AnyBloom | None = None
    difficulty: Annotated[float, Field(gt=0.0, lt=1.0)] | None = None
    compute: Loose = ""
    reserved: bool = False


class _ChoiceModel(_ItemModel):
    options: Annotated[list[OptionModel], Field(min_length=2, max_length=10)]


class SingleModel(_ChoiceModel):
    """One best answer."""

    type: Literal["single"]


class MultipleModel(_ChoiceModel):
    """Every correct option is to be chosen."""

    type: Literal["multiple"]


class TrueFalseModel(_ChoiceModel):
    """Exactly the options `t` and `f`."""

    type: Literal["true_false"]


class AnswerModel(_Model):
    """A number, how far off is still right, and its unit."""

    value: float
    tolerance: Annotated[float, Field(ge=0.0)]
    unit: Loose = ""


class MistakeModel(_Model):
    """A wrong number that people reach, and how."""

    value: float
    why: Text


class NumericModel(_ItemModel):
    """A number to work out."""

    type: Literal["numeric"]
    answer: AnswerModel
    why: Loose = ""
    mistakes: list[MistakeModel] = []


class TextModel(_ItemModel):
    """A word or phrase to type."""

    type: Literal["text"]
    accept: Annotated[list[Text], Field(min_length=1)]
    why: Loose = ""


class ClozeModel(_ItemModel):
    """A stem with blanks."""

    type: Literal["cloze"]
    why: Loose = ""


class _NoteModel(_Content):
    extra: Loose = ""


class BasicNoteModel(_NoteModel):
    """Front to back, typed or not."""

    type: Literal["basic"]
    front: Text
    back: Text
    typed: bool = False
    accept: list[Text] = []


class ReversedNoteModel(_NoteModel):
    """Front to back and back to front."""

    type: Literal["reversed"]
    front: Text
    back: Text


class ClozeNoteModel(_NoteModel):
    """Text with deletions, a card for each number."""

    type: Literal["cloze"]
    text: Text


class PartModel(_Model):
    """A word part."""

    form: Text
    kind: Annotated[PartKind, Field(strict=False)]
    meaning: Text


class TermNoteModel(_NoteModel):
    """A medical term with its parts."""

    type: Literal["term"]
    word: Text
    parts: Annotated[list[PartModel], Field(min_length=1)]
    definition: Text
    plural: Loose = ""
    respelling: Loose = ""
    system: Loose = ""


class CaseModel(_Model):
    """A stimulus that several items share."""

    id: ContentId
    title: Text
    stimulus: Text


class LeafModel(_Model):
    """A leaf file's outermost keys; cases, items and notes are validated one by one so that all faults are found."""

    topic: Text
    cases: list[Any] = []
    items: list[Any] = []
    notes: list[Any] = []


class ManifestSubject(_Model):
    """A subject and the folder that holds its leaf files."""

    id: Text
    dir: Name
    title: Text


class ManifestModel(_Model):
    """manifest.yaml."""

    id: Name
    version: Text
    licence: Text
    code_sets: dict[str, Text]
    subjects: Annotated[list[ManifestSubject], Field(min_length=1)]


class ObjectiveModel(_Model):
    """Something the learner can do after a leaf."""

    id: Name
    title: Text


class TopicModel(_Model):
    """A leaf topic."""

    id: Name
    title: Text
    objectives: list[ObjectiveModel] = []


class SubjectModel(_Model):
    """A subject with its leaves in curriculum order."""

    id: Name
    title: Text
    topics: Annotated[list[TopicModel], Field(min_length=1)]


class TaxonomyModel(_Model):
    """taxonomy.yaml."""

    subjects: Annotated[list[SubjectModel], Field(min_length=1)]


class SourceModel(_Model):
    """An entry of sources.yaml."""

    title: Text
    publisher: Text
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
    kind: Literal["statute", "regulation", "agency", "manual", "open-text", "code-set"]
    licence: Text


class FactModel(_Model):
    """An entry of facts.yaml: a number that changes. `value` is interpolated as {fact:ID}."""

    value: Text | int | float
    unit: Loose = ""
    valid_from: Day
    valid_to: Day | None = None
    review_by: Day | None = None
    sources: list[Name]
    as_of: Day


class ExamDomainModel(_Model):
    """A section of an exam: its share in per cent (or parts, where nothing is published) and its leaves' weights."""

    id: Name
    title: Text
    weight: Annotated[float, Field(gt=0.0)]
    topics: Annotated[dict[str, Annotated[float, Field(gt=0.0)]], Field(min_length=1)]


class ProvenanceModel(_Model):
    """Where an exam's figures were read, when, and how far to trust them."""

    source: Text
    as_of: Day
    trust: Annotated[Trust, Field(strict=False)]
    weights_published: bool
    note: Loose = ""


class ExamModel(_Model):
    """A file of resources/exams."""

    id: Name
    title: Text
    issuer: Text
    items: Annotated[int, Field(ge=1, le=1000)]
    minutes: Annotated[int, Field(ge=1, le=1440)]
    cut_score: Annotated[float, Field(gt=0.0, lt=1.0)]
    cut_published: bool
    domains: Annotated[list[ExamDomainModel], Field(min_length=1)]
    provenance: ProvenanceModel


ItemModel = SingleModel | MultipleModel | TrueFalseModel | NumericModel | TextModel | ClozeModel
NoteModel = BasicNoteModel | ReversedNoteModel | ClozeNoteModel | TermNoteModel

ITEM_MODELS: dict[str, type[ItemModel]] = {
    "single": SingleModel,
    "multiple": MultipleModel,
    "true_false": TrueFalseModel,
    "numeric": NumericModel,
    "text": TextModel,
    "cloze": ClozeModel,
}
NOTE_MODELS: dict[str, type[NoteModel]] = {
    "basic": BasicNoteModel,
    "reversed": ReversedNoteModel,
    "cloze": ClozeNoteModel,
    "term": TermNoteModel,
}
# Known names whose place in the format is kept: an item that uses one is refused with a sentence of its own.
LATER_ITEM_TYPES = frozenset({"order", "match", "hotspot"})
