"""`studyapp check`: load, lint, count, gate; report as text or as one JSON object."""

import io
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from studyapp.banks import icd, lint
from studyapp.banks.capped import Cap, caps
from studyapp.banks.compiled import read_compiled
from studyapp.banks.gate import Result, run_gate
from studyapp.banks.loader import Entry, Loaded, load_bank
from studyapp.banks.problems import Problem, Rule, Severity, error, has_errors
from studyapp.core import paths as places
from studyapp.core.errors import StudyAppError
from studyapp.domain.cards import cards_of
from studyapp.domain.item import AnyItem, Item, SingleItem, item_type
from studyapp.domain.note import AnyNote, note_type
from studyapp.domain.taxonomy import Taxonomy

CLEAN, PROBLEMS, UNUSABLE = 0, 1, 2


@dataclass(slots=True)
class Report:
    """Everything that a check found."""

    problems: list[Problem] = field(default_factory=list)
    items: list[AnyItem] = field(default_factory=list)
    notes: list[AnyNote] = field(default_factory=list)
    caps: tuple[Cap, ...] = ()
    gate: tuple[Result, ...] = ()
    taxonomy: Taxonomy = field(default_factory=lambda: Taxonomy(()))
    usable: bool = True

    @property
    def exit_code(self) -> int:
        """0 clean, 1 with errors or a failed gate or cap, 2 when there was nothing to check."""
        if not self.usable:
            return UNUSABLE
        passed = all(cap.passed for cap in self.caps) and all(result.passed for result in self.gate)
        return CLEAN if passed and not has_errors(self.problems) else PROBLEMS


def run_check(paths: Sequence[Path], *, as_json: bool, today: date, out: TextIO) -> int:
    """Check bank folders, leaf files or compiled banks (the bundled bank when none is named) and write the report.

    Returns 0 when clean, 1 with errors or a failed gate or cap, 2 when a path is no bank at all.
    """
    report = check(paths, today)
    if as_json:
        json.dump(as_data(report), out, indent=2)
        out.write("\n")
    else:
        from studyapp.banks.report import write_text

        text = io.StringIO()
        write_text(report, text)
        # A console that cannot show a dash or an accent shows a question mark instead of failing.
        encoding = getattr(out, "encoding", None) or "utf-8"
        out.write(text.getvalue().encode(encoding, "replace").decode(encoding))
    return report.exit_code


def check(paths: Sequence[Path], today: date) -> Report:
    """Load and check, without writing anything."""
    report = Report()
    learn = False
    for path in paths or [places.question_banks_dir() or places.compiled_bank()]:
        if path.suffix == ".json":
            _add_compiled(report, path, today)
            continue
        learn = True
        loaded = load_bank(path, _exams_beside(path))
        _add(report, loaded, path, today)
    contents = [*report.items, *report.notes]
    warned = [problem.rule for problem in report.problems if problem.severity is Severity.WARNING]
    report.caps = caps(contents, warned)
    singles = [item for item in report.items if isinstance(item, SingleItem)]
    report.gate = run_gate(singles, report.taxonomy, learn=learn)
    return report


def as_data(report: Report) -> dict[str, Any]:
    """The report as plain data for JSON."""
    subjects = {topic.id: topic.subject for topic in report.taxonomy.topics}
    items = _counted(report.items, subjects, [item_type(item).value for item in report.items])
    items["reserved"] = sum(item.reserved for item in report.items)
    notes = _counted(report.notes, subjects, [note_type(note).value for note in report.notes])
    notes["cards"] = sum(len(_cards(note)) for note in report.notes)
    return {
        "items": items,
        "notes": notes,
        "generators": [],
        "errors": [_problem(problem) for problem in report.problems if problem.severity is Severity.ERROR],
        "warnings": [_problem(problem) for problem in report.problems if problem.severity is Severity.WARNING],
        "caps": {
            cap.rule.value: {
                "count": cap.count,
                "n": cap.n,
                "cap": cap.cap,
                "allowed": cap.allowed,
                "passed": cap.passed,
            }
            for cap in report.caps
        },
        "gate": {
            "passed": all(result.passed for result in report.gate),
            "strategies": [_strategy(result) for result in report.gate],
        },
    }


def _add(report: Report, loaded: Loaded, path: Path, today: date) -> None:
    report.problems += loaded.problems
    report.usable = report.usable and loaded.root is not None
    if loaded.root is None:
        return
    table = None
    try:
        table = icd.read_table(icd.find_table(loaded.root))
    except StudyAppError as failure:
        report.problems.append(error(Rule.UNREADABLE, failure.sentence, file=path.as_posix()))
    report.problems += lint.lint(loaded, today, table)
    report.items += [entry.content for entry in loaded.entries if isinstance(entry.content, Item)]
    report.notes += [entry.content for entry in loaded.entries if not isinstance(entry.content, Item)]
    report.taxonomy = Taxonomy(report.taxonomy.subjects + loaded.taxonomy.subjects)


def _add_compiled(report: Report, path: Path, today: date) -> None:
    try:
        bank = read_compiled(path)
    except StudyAppError as failure:
        report.usable = False
        report.problems.append(error(Rule.UNREADABLE, failure.sentence, file=path.as_posix()))
        return
    entries = tuple(Entry(content, file=path.as_posix()) for content in (*bank.items, *bank.notes))
    report.problems += lint.lint(Loaded(bank, (), entries, taxonomy=bank.taxonomy), today)
    report.items += bank.items
    report.notes += bank.notes
    report.taxonomy = Taxonomy(report.taxonomy.subjects + bank.taxonomy.subjects)


def _exams_beside(path: Path) -> Path | None:
    """The blueprints that belong to a whole bank: `resources/exams` beside its folder, as in a checkout."""
    exams = path.resolve().parent / "resources" / "exams"
    return exams if (path / "manifest.yaml").is_file() and exams.is_dir() else None


def _counted(contents: Sequence[AnyItem | AnyNote], subjects: dict[str, str], types: list[str]) -> dict[str, Any]:
    leaves = Counter(content.topic for content in contents)
    by_subject: Counter[str] = Counter()
    for leaf, count in leaves.items():
        by_subject[subjects.get(leaf, "?")] += count
    return {
        "total": len(contents),
        "by_subject": dict(sorted(by_subject.items())),
        "by_leaf": dict(sorted(leaves.items())),
        "by_type": dict(sorted(Counter(types).items())),
    }


def _cards(note: AnyNote) -> Sequence[object]:
    try:
        return cards_of(note)
    except StudyAppError:
        return ()  # a malformed cloze, reported as such


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.file,
        "line": problem.line,
        "item": problem.item,
        "field": problem.field,
        "rule": problem.rule.value,
        "sentence": problem.sentence,
    }


def _strategy(result: Result) -> dict[str, Any]:
    score = None if result.score is None else round(result.score, 4)
    data: dict[str, Any] = {"name": result.name, "scope": result.scope, "n": result.n, "score": score}
    data["limit"] = round(result.limit, 4)
    data["passed"] = result.passed
    if result.note:
        data["note"] = result.note
    return data
