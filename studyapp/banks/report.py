"""The text form of a check's report."""

from collections import Counter
from itertools import groupby
from typing import TextIO

from studyapp.banks.check import Report, as_data
from studyapp.banks.problems import Problem, Severity

_SHOWN_WARNINGS = 12  # of one file; the caps table has the totals


def write_text(report: Report, out: TextIO) -> None:
    """Problems by file, then counts, caps and gate."""
    problems = sorted(report.problems, key=lambda problem: (problem.file, problem.severity, problem.line))
    for file, group in groupby(problems, key=lambda problem: problem.file):
        out.write(f"{file}\n")
        _write_problems(list(group), out)
        out.write("\n")
    if report.usable:
        _write_counts(report, out)
        _write_caps(report, out)
        _write_gate(report, out)
    errors = sum(problem.severity is Severity.ERROR for problem in report.problems)
    caps = sum(not cap.passed for cap in report.caps)
    gates = sum(not result.passed for result in report.gate)
    verdict = "clean" if report.exit_code == 0 else "not clean"
    out.write(f"{verdict}: {errors} errors, {caps} caps exceeded, {gates} gate checks failed\n")


def _write_problems(problems: list[Problem], out: TextIO) -> None:
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    warnings = [problem for problem in problems if problem.severity is Severity.WARNING]
    for problem in errors + warnings[:_SHOWN_WARNINGS]:
        place = " ".join(part for part in (problem.item, problem.field) if part)
        out.write(f"  {problem.line or '-':>5}  {problem.severity}  {problem.rule}: ")
        out.write(f"{place + ': ' if place else ''}{problem.sentence}\n")
    if len(warnings) > _SHOWN_WARNINGS:
        rest = Counter(problem.rule.value for problem in warnings[_SHOWN_WARNINGS:])
        listed = ", ".join(f"{count} {rule}" for rule, count in rest.most_common())
        out.write(f"         and {len(warnings) - _SHOWN_WARNINGS} more warnings: {listed}\n")


def _write_counts(report: Report, out: TextIO) -> None:
    data = as_data(report)
    for what in ("items", "notes"):
        subjects = ", ".join(f"{subject} {count}" for subject, count in data[what]["by_subject"].items())
        kinds = ", ".join(f"{kind} {count}" for kind, count in data[what]["by_type"].items())
        out.write(f"{what}: {data[what]['total']} over {len(data[what]['by_leaf'])} topics ({subjects}; {kinds})\n")


def _write_caps(report: Report, out: TextIO) -> None:
    out.write("\nwarnings with a cap        met  allowed\n")
    out.writelines(
        f"  {cap.rule.value:<22} {cap.count:>5}  {cap.allowed:>7}  {'ok' if cap.passed else 'TOO MANY'}\n"
        for cap in report.caps
    )


def _write_gate(report: Report, out: TextIO) -> None:
    out.write("\ngate: what knowing nothing scores    scope     n   score  limit\n")
    for result in report.gate:
        score = "    -" if result.score is None else f"{100 * result.score:>5.1f}"
        state = (result.note or "ok") if result.passed else f"FAILED  {result.note}".strip()
        out.write(
            f"  {result.name:<34} {result.scope:<6} {result.n:>4}  {score}  {100 * result.limit:>5.1f}  {state}\n"
        )
    out.write("\n")
