"""Validated models into the domain's values."""

from collections.abc import Mapping
from typing import Any

from studyapp.banks.schema import (
    BasicNoteModel,
    ClozeModel,
    ClozeNoteModel,
    ExamModel,
    ItemModel,
    MultipleModel,
    NoteModel,
    NumericModel,
    OptionModel,
    ReferenceModel,
    ReversedNoteModel,
    SingleModel,
    SourceModel,
    TaxonomyModel,
    TermNoteModel,
    TextModel,
    TrueFalseModel,
)
from studyapp.domain.blueprint import Blueprint, Domain, Provenance
from studyapp.domain.item import (
    AnyItem,
    Bloom,
    Case,
    ClozeItem,
    Mistake,
    MultipleItem,
    NumericItem,
    Option,
    Reference,
    SingleItem,
    TextItem,
    TrueFalseItem,
)
from studyapp.domain.note import AnyNote, BasicNote, ClozeNote, ReversedNote, TermNote, WordPart
from studyapp.domain.taxonomy import Objective, Subject, Taxonomy, Topic

# What an own item counts as when its writer did not say: most are worked examples of middling difficulty.
OWN_BLOOM = Bloom.APPLY
OWN_DIFFICULTY = 0.6


def to_item(model: ItemModel, topic: str, case: Case | None, sources: Mapping[str, SourceModel]) -> AnyItem:
    """An item of the domain; level and difficulty fall back to those of own items."""
    common: dict[str, Any] = {
        "id": model.id,
        "topic": topic,
        "stem": model.stem,
        "takeaway": model.takeaway,
        "bloom": model.bloom or OWN_BLOOM,
        "difficulty": OWN_DIFFICULTY if model.difficulty is None else model.difficulty,
        "references": to_references(model.references, sources),
        "objectives": tuple(model.objectives),
        "volatility": model.volatility,
        "case": case,
        "reserved": model.reserved,
    }
    match model:
        case SingleModel():
            return SingleItem(**common, options=_options(model.options))
        case MultipleModel():
            return MultipleItem(**common, options=_options(model.options))
        case TrueFalseModel():
            return TrueFalseItem(**common, options=_options(model.options))
        case NumericModel():
            answer = model.answer
            return NumericItem(
                **common,
                value=answer.value,
                tolerance=answer.tolerance,
                unit=answer.unit,
                why=model.why,
                mistakes=tuple(Mistake(mistake.value, mistake.why) for mistake in model.mistakes),
            )
        case TextModel():
            return TextItem(**common, accept=tuple(model.accept), why=model.why)
        case ClozeModel():
            return ClozeItem(**common, why=model.why)


def to_note(model: NoteModel, topic: str, sources: Mapping[str, SourceModel]) -> AnyNote:
    """A note of the domain."""
    common: dict[str, Any] = {
        "id": model.id,
        "topic": topic,
        "references": to_references(model.references, sources),
        "objectives": tuple(model.objectives),
        "volatility": model.volatility,
        "extra": model.extra,
    }
    match model:
        case BasicNoteModel():
            return BasicNote(
                **common, front=model.front, back=model.back, typed=model.typed, accept=tuple(model.accept)
            )
        case ReversedNoteModel():
            return ReversedNote(**common, front=model.front, back=model.back)
        case ClozeNoteModel():
            return ClozeNote(**common, text=model.text)
        case TermNoteModel():
            return TermNote(
                **common,
                word=model.word,
                parts=tuple(WordPart(part.form, part.kind, part.meaning) for part in model.parts),
                definition=model.definition,
                respelling=model.respelling,
                system=model.system,
                plural=model.plural,
            )


def to_references(models: list[ReferenceModel], sources: Mapping[str, SourceModel]) -> tuple[Reference, ...]:
    """Citations with their source's title and address; a source that is not listed is shown as it was written."""
    references = []
    for model in models:
        source = sources.get(model.source)
        title = model.source if source is None else source.title
        url = source.url if source is not None else (model.source if model.source.startswith("http") else "")
        references.append(Reference(title, url, model.locator, model.as_of, model.edition))
    return tuple(references)


def to_taxonomy(model: TaxonomyModel) -> Taxonomy:
    """The curriculum."""
    return Taxonomy(
        tuple(
            Subject(
                subject.id,
                subject.title,
                tuple(
                    Topic(
                        topic.id,
                        subject.id,
                        topic.title,
                        tuple(Objective(objective.id, objective.title) for objective in topic.objectives),
                    )
                    for topic in subject.topics
                ),
            )
            for subject in model.subjects
        )
    )


def to_blueprint(model: ExamModel) -> Blueprint:
    """An exam's blueprint, its domain weights scaled to sum to 1."""
    total = sum(domain.weight for domain in model.domains)
    provenance = model.provenance
    return Blueprint(
        id=model.id,
        title=model.title,
        issuer=model.issuer,
        items=model.items,
        minutes=model.minutes,
        cut_score=model.cut_score,
        cut_published=model.cut_published,
        domains=tuple(
            Domain(domain.id, domain.title, domain.weight / total, dict(domain.topics)) for domain in model.domains
        ),
        provenance=Provenance(
            provenance.source, provenance.as_of, provenance.trust, provenance.weights_published, provenance.note
        ),
    )


def _options(models: list[OptionModel]) -> tuple[Option, ...]:
    return tuple(Option(model.id, model.text, model.why, model.correct) for model in models)
