"""Every check beyond shape and names, over what the loader read."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from studyapp.banks import capped, compute, facts, icd, near, wording
from studyapp.banks.loader import Entry, Loaded
from studyapp.banks.problems import Problem, Rule, Severity
from studyapp.banks.structure import Finding
from studyapp.banks.texts import words
from studyapp.core.errors import StudyAppError
from studyapp.domain.cards import cards_of, face
from studyapp.domain.item import Case, Item
from studyapp.domain.note import TermNote

_CASE_ITEMS = range(3, 7)


def lint(loaded: Loaded, today: date, icd_table: Mapping[str, bool] | None = None) -> tuple[Problem, ...]:
    """All errors and warnings of the guide for authors, in the order of the files.

    `today` decides which facts are past their review. Without `icd_table` codes are not looked up.
    """
    problems = [problem for entry in loaded.entries for problem in _entry(entry, icd_table)]
    problems += _cases(loaded.entries)
    problems += near.near_duplicates(loaded.entries)
    problems += _ambiguous(loaded.entries)
    problems += facts.check_facts(loaded.facts, loaded.sources, today)
    return tuple(sorted(problems, key=lambda problem: (problem.file, problem.line, problem.rule)))


def _entry(entry: Entry, icd_table: Mapping[str, bool] | None) -> Iterator[Problem]:
    content = entry.content
    errors: list[Finding] = list(wording.text_faults(content))
    if icd_table is not None:
        errors += icd.code_faults(content, icd_table)
    if isinstance(content, Item):
        errors += wording.item_wording(content)
        for finding in capped.findings(content):
            yield entry.problem(Severity.WARNING, finding.rule, finding.sentence, finding.field)
        if entry.compute:
            errors += _computed(entry)
    # The same fault in three options is one thing to mend; its sentence says where it begins.
    for finding in dict.fromkeys(errors):
        yield entry.error(finding.rule, finding.sentence, finding.field)


def _computed(entry: Entry) -> list[Finding]:
    assert isinstance(entry.content, Item)  # notes have no compute line
    try:
        value = compute.evaluate(entry.compute)
    except StudyAppError as failure:
        return [Finding(Rule.COMPUTE_INVALID, str(failure), "compute")]
    try:
        reproduced = compute.reproduces(value, entry.content)
    except StudyAppError:
        return []  # a malformed cloze is reported as such
    if reproduced:
        return []
    sentence = f"It works out to {compute.in_words(value)}, which is not the key."
    return [Finding(Rule.COMPUTE_MISMATCH, sentence, "compute")]


def _cases(entries: Sequence[Entry]) -> Iterator[Problem]:
    members: dict[str, list[Entry]] = {}
    cases: dict[str, Case] = {}
    for entry in entries:
        if isinstance(entry.content, Item) and entry.content.case is not None:
            cases[entry.content.case.id] = entry.content.case
            members.setdefault(entry.content.case.id, []).append(entry)
    for name, case in cases.items():
        first = members[name][0]
        for finding in dict.fromkeys(wording.case_faults(case)):
            yield first.error(finding.rule, f"In case {name}: {finding.sentence}", finding.field)
        if len(members[name]) not in _CASE_ITEMS:
            sentence = f"Case {name} has {len(members[name])} items; a case is worth reading for 3 to 6."
            yield first.problem(Severity.WARNING, Rule.CASE_SIZE, sentence, "case")


def _ambiguous(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Typed cards of terms with the same prompt and another answer: a right answer would be marked wrong."""
    seen: dict[str, tuple[str, str]] = {}
    for entry in entries:
        note = entry.content
        if not isinstance(note, TermNote):
            continue
        for card in cards_of(note):
            shown = face(note, card)
            prompt = f"{card.template}: {' '.join(words(shown.prompt))}"
            other, answer = seen.setdefault(prompt, (note.id, shown.answer))
            if answer != shown.answer:
                sentence = f"Its card '{card.template}' asks what {other} asks, with another answer: {shown.prompt}"
                yield entry.problem(Severity.WARNING, Rule.AMBIGUOUS_CARD, sentence, "parts")
