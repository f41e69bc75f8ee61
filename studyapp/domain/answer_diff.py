"""A typed answer laid beside the accepted one, character by character."""

import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from studyapp.domain.answer_text import fold_character, plain, same_answer

Runs = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class AnswerDiff:
    """A typed answer beside the accepted one: runs of (text, ok); `right` after forgiving case, spacing and hyphens."""

    right: bool
    given: Runs
    expected: Runs


def compare(given: str, accept: tuple[str, ...]) -> AnswerDiff:
    """Compare what was typed with the accepted answer that comes nearest to it.

    In `given`, runs that are not ok are letters that do not belong; in `expected`, letters that are missing.

    Raises:
        ValueError: nothing is accepted.
    """
    if not accept:
        raise ValueError("a typed answer is compared with at least one accepted answer")
    typed = unicodedata.normalize("NFC", given.strip())
    best: tuple[float, str, SequenceMatcher[str]] | None = None
    for answer in accept:
        expected = unicodedata.normalize("NFC", plain(answer).strip())
        if same_answer(given, (answer,)):
            return AnswerDiff(right=True, given=_whole(typed), expected=_whole(expected))
        matcher = SequenceMatcher(None, _units(typed), _units(expected), autojunk=False)
        if best is None or matcher.ratio() > best[0]:
            best = (matcher.ratio(), expected, matcher)
    assert best is not None
    _, expected, matcher = best
    blocks = matcher.get_matching_blocks()
    in_typed = {block.a + n for block in blocks for n in range(block.size)}
    in_expected = {block.b + n for block in blocks for n in range(block.size)}
    return AnswerDiff(right=False, given=_runs(typed, in_typed), expected=_runs(expected, in_expected))


def _units(text: str) -> list[str]:
    return [folded for folded in map(fold_character, text) if folded]


def _whole(text: str) -> Runs:
    return ((text, True),) if text else ()


def _runs(text: str, ok_units: set[int]) -> Runs:
    """Runs of like characters; a space or hyphen goes with the letter before it."""
    marks: list[bool] = []
    unit = 0
    for character in text:
        if fold_character(character):
            marks.append(unit in ok_units)
            unit += 1
        else:
            marks.append(marks[-1] if marks else True)
    runs = []
    start = 0
    for ok, group in groupby(marks):
        end = start + len(list(group))
        runs.append((text[start:end], ok))
        start = end
    return tuple(runs)
