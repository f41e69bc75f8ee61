"""Facts that change: `{fact:ID}` in a text is replaced by the value that facts.yaml holds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from studyapp.banks.problems import Problem, Rule, error
from studyapp.banks.schema import FactModel
from studyapp.banks.yaml_source import Path_

_MARK = re.compile(r"\{fact:([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Fact:
    """An entry of facts.yaml and where it stands."""

    id: str
    model: FactModel
    file: str
    line: int


@dataclass(slots=True)
class Interpolation:
    """What was met while filling in: the facts used, and names that facts.yaml does not have, with their places."""

    used: set[str] = field(default_factory=set)
    unknown: list[tuple[Path_, str]] = field(default_factory=list)


def interpolate(data: Any, facts: Mapping[str, Fact], met: Interpolation, path: Path_ = ()) -> Any:
    """A copy of plain `data` with every `{fact:ID}` filled in."""
    if isinstance(data, dict):
        return {key: interpolate(value, facts, met, (*path, key)) for key, value in data.items()}
    if isinstance(data, list):
        return [interpolate(value, facts, met, (*path, index)) for index, value in enumerate(data)]
    if not isinstance(data, str) or "{fact:" not in data:
        return data

    def fill(match: re.Match[str]) -> str:
        name = match.group(1).strip()
        if name not in facts:
            met.unknown.append((path, name))
            return match.group(0)
        met.used.add(name)
        value = str(facts[name].model.value)
        # In arithmetic the value stands as a bare number.
        return re.sub(r"[$,%\s]", "", value) if path[-1:] == ("compute",) else value

    return _MARK.sub(fill, data)


def check_facts(facts: Mapping[str, Fact], sources: Mapping[str, object], today: date) -> list[Problem]:
    """Validity and provenance of every fact on the day `today`."""
    problems: list[Problem] = []
    for fact in facts.values():
        model = fact.model

        def report(rule: Rule, sentence: str, where: Fact = fact) -> None:
            problems.append(error(rule, sentence, file=where.file, line=where.line, item=where.id))

        if model.valid_to is None and model.review_by is None:
            report(Rule.FACT_VALIDITY, "The fact has neither 'valid_to' nor 'review_by'.")
        if model.valid_to is not None and model.valid_to < model.valid_from:
            report(Rule.FACT_VALIDITY, "The fact ends before it begins.")
        if len(set(model.sources)) < 2:
            report(Rule.FACT_SOURCES, "A number that changes needs two agreeing sources.")
        for source in model.sources:
            if source not in sources:
                report(Rule.UNKNOWN_SOURCE, f"There is no source '{source}' in sources.yaml.")
        if model.valid_to is not None and model.valid_to < today:
            report(Rule.FACT_EXPIRED, f"The fact was valid to {model.valid_to}: find the new value.")
        elif model.review_by is not None and model.review_by < today:
            report(Rule.FACT_EXPIRED, f"The fact was to be reviewed by {model.review_by}: check it again.")
    return problems
