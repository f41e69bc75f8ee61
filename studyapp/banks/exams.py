"""Exam blueprints from resources/exams, checked against the taxonomy."""

import math
from collections.abc import Collection
from pathlib import Path

from studyapp.banks.convert import to_blueprint
from studyapp.banks.problems import Problem, Rule
from studyapp.banks.schema import ExamModel
from studyapp.banks.validate import Place, validated
from studyapp.banks.yaml_source import read_yaml
from studyapp.domain.blueprint import Blueprint


def load_exams(folder: Path, topics: Collection[str]) -> tuple[tuple[Blueprint, ...], tuple[Problem, ...]]:
    """Every blueprint in `folder` (ordered by file name) that has no error, and all problems.

    `topics` are the leaf ids a blueprint may draw on.
    """
    problems: list[Problem] = []
    blueprints: dict[str, Blueprint] = {}
    files = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    for path in files:
        document = read_yaml(path, problems)
        if document is None:
            continue
        before = len(problems)
        model = validated(ExamModel, document.data, Place(document), problems)
        if model is None:
            continue
        place = Place(document, (), model.id)
        _check(model, place, topics, problems)
        if model.id in blueprints:
            sentence = f"There is another exam with the id '{model.id}'."
            problems.append(place.problem(Rule.DUPLICATE_ID, sentence, ("id",)))
        if len(problems) == before:
            blueprints[model.id] = to_blueprint(model)
    return tuple(blueprints.values()), tuple(problems)


def _check(model: ExamModel, place: Place, topics: Collection[str], problems: list[Problem]) -> None:
    total = sum(domain.weight for domain in model.domains)
    if model.provenance.weights_published and not math.isclose(total, 100.0):
        sentence = f"Published weights are per cent and must sum to 100, not {total:g}."
        problems.append(place.problem(Rule.BAD_VALUE, sentence, ("domains",)))
    seen: set[str] = set()
    for index, domain in enumerate(model.domains):
        if domain.id in seen:
            sentence = f"The domain '{domain.id}' is there twice."
            problems.append(place.problem(Rule.DUPLICATE_ID, sentence, ("domains", index, "id")))
        seen.add(domain.id)
        for topic in domain.topics:
            if topic not in topics:
                sentence = f"There is no topic '{topic}' in taxonomy.yaml."
                problems.append(place.problem(Rule.UNKNOWN_TOPIC, sentence, ("domains", index, "topics", topic)))
