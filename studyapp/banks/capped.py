"""Warnings that are counted: each is no fault in one item, but too many of them give a bank's keys away."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from studyapp.banks import numbers, texts, wording
from studyapp.banks.problems import Rule
from studyapp.banks.structure import Finding
from studyapp.domain.item import AnyItem, ChoiceItem, Item, MultipleItem, SingleItem
from studyapp.domain.note import AnyNote

# Shares of items, from the rates in professionally edited banks.
CAPS: dict[Rule, float] = {
    Rule.LONG_KEY: 0.08,
    Rule.UNEVEN_LENGTHS: 0.06,
    Rule.NEGATIVE_STEM: 0.06,
    Rule.ABSOLUTE_DISTRACTORS: 0.01,
    Rule.HEDGED_KEY: 0.01,
    Rule.ECHOED_KEY: 0.04,
    Rule.CONVERGENCE: 0.05,
    Rule.VAGUE_FREQUENCY: 0.02,
    Rule.UNFOCUSED_STEM: 0.01,
    Rule.UNORDERED_NUMBERS: 0.02,
}

_ABSOLUTE = re.compile(
    r"\b(?:always|never|none|nobody|everyone|everybody|every time|absolutely|completely|entirely|totally|impossible|"
    r"(?:under|in) (?:no|any|all) (?:circumstances|cases)|no exceptions?|without exception)\b",
    re.IGNORECASE,
)
HEDGE = re.compile(
    r"\b(?:usually|generally|often|typically|sometimes|likely|probably|possibly|in most cases|in general|tends? to|"
    r"may|might|unless|depending on|depends on)\b",
    re.IGNORECASE,
)
_HEDGE_STRONG = re.compile(
    r"\b(?:usually|generally|often|typically|sometimes|likely|probably|possibly|in most cases|in general|tends? to|"
    r"might)\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:often|frequently|sometimes|occasionally|rarely|seldom|usually|commonly|regularly|periodically|many times)\b",
    re.IGNORECASE,
)
_UNFOCUSED = re.compile(
    r"\bwhich (?:one )?(?:of (?:the following|these)(?: statements?)?|statements?)(?: below)? (?:is|are) "
    r"(?:\w+ )?(?:true|correct|accurate|false|incorrect|right)\b",
    re.IGNORECASE,
)
_SEGMENT = re.compile(r",|;|\band\b|\bor\b|\bwith\b|\bplus\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cap:
    """How often a warning was met among `n` items, and how often it may be."""

    rule: Rule
    count: int
    n: int
    cap: float

    @property
    def allowed(self) -> int:
        """The number allowed: the share of `n`, but one even in a bank too small for that share."""
        return max(1, math.floor(self.cap * self.n))

    @property
    def passed(self) -> bool:
        """True when the count is within what is allowed."""
        return self.count <= self.allowed


def findings(item: AnyItem) -> Iterator[Finding]:
    """The capped warnings of one item."""
    for check in _CHECKS:
        if (finding := check(item)) is not None:
            yield finding


def caps(contents: Iterable[AnyItem | AnyNote], met: Iterable[Rule]) -> tuple[Cap, ...]:
    """The table of caps over choice items (where every capped warning can arise); `met` are the warnings' rules."""
    counts = Counter(met)
    n = sum(isinstance(content, SingleItem | MultipleItem) for content in contents)
    return tuple(Cap(rule, counts[rule], n, cap) for rule, cap in CAPS.items())


def _single(item: Item) -> tuple[str, list[str]] | None:
    """Key and distractors of a single item as plain text."""
    if not isinstance(item, SingleItem) or len(item.key) != 1:
        return None
    key = next(texts.plain(option.text) for option in item.options if option.correct)
    return key, [texts.plain(option.text) for option in item.options if not option.correct]


def _long_key(item: AnyItem) -> Finding | None:
    if (parts := _single(item)) is None:
        return None
    key, longest = len(parts[0]), max(len(text) for text in parts[1])
    # Among options of a word or two, a factor of 1.3 is a couple of letters and tells nobody anything.
    if key >= 1.3 * longest and key - longest >= 8:
        return Finding(Rule.LONG_KEY, f"The key has {key} letters, the longest distractor {longest}.", "options")
    return None


def _uneven(item: AnyItem) -> Finding | None:
    if not isinstance(item, SingleItem | MultipleItem):
        return None
    lengths = [len(texts.plain(option.text)) for option in item.options]
    if max(lengths) >= 2.0 * min(lengths) and max(lengths) - min(lengths) >= 20:
        return Finding(Rule.UNEVEN_LENGTHS, f"Options run from {min(lengths)} to {max(lengths)} letters.", "options")
    return None


def _negative(item: AnyItem) -> Finding | None:
    if isinstance(item, SingleItem | MultipleItem) and wording.negated(item.stem):
        return Finding(Rule.NEGATIVE_STEM, "The question is asked in the negative.", "stem")
    return None


def _absolute(item: AnyItem) -> Finding | None:
    if (parts := _single(item)) is None or _ABSOLUTE.search(parts[0]):
        return None
    for text in parts[1]:
        if match := _ABSOLUTE.search(text):
            return Finding(Rule.ABSOLUTE_DISTRACTORS, f"'{match.group(0)}' stands only in a distractor.", "options")
    return None


def _hedged(item: AnyItem) -> Finding | None:
    if (parts := _single(item)) is None or any(_HEDGE_STRONG.search(text) for text in parts[1]):
        return None
    if match := _HEDGE_STRONG.search(parts[0]):
        return Finding(Rule.HEDGED_KEY, f"'{match.group(0)}' stands only in the key.", "options")
    return None


def _echoed(item: AnyItem) -> Finding | None:
    if (parts := _single(item)) is None:
        return None
    stem = {word for word in texts.content_words(item.stem) if len(word) >= 5}
    in_key = stem & texts.content_words(parts[0])
    in_others = stem & set().union(*(texts.content_words(text) for text in parts[1]))
    if in_key and not in_others:
        return Finding(Rule.ECHOED_KEY, f"Only the key repeats '{min(in_key)}' from the stem.", "options")
    return None


def _convergence(item: AnyItem) -> Finding | None:
    """Every piece of the key stands in another option too, and no distractor can say that of itself."""
    if (parts := _single(item)) is None:
        return None
    options = [parts[0], *parts[1]]
    pieces = [{piece.strip().casefold() for piece in _SEGMENT.split(text) if piece.strip()} for text in options]

    def converges(index: int) -> bool:
        others = set().union(*(pieces[other] for other in range(len(pieces)) if other != index))
        return len(pieces[index]) >= 2 and pieces[index] <= others

    if converges(0) and not any(converges(index) for index in range(1, len(options))):
        return Finding(Rule.CONVERGENCE, "Every part of the key stands in another option too.", "options")
    return None


def _vague(item: AnyItem) -> Finding | None:
    if isinstance(item, SingleItem | MultipleItem):
        for option in item.options:
            if match := _VAGUE.search(option.text):
                return Finding(Rule.VAGUE_FREQUENCY, f"'{match.group(0)}' is a vague frequency.", "options")
    return None


def _unfocused(item: AnyItem) -> Finding | None:
    if not isinstance(item, SingleItem | MultipleItem):
        return None
    stem = texts.plain(item.stem)
    if len(texts.words(stem)) < 5 or _UNFOCUSED.search(stem):
        return Finding(Rule.UNFOCUSED_STEM, "The stem asks nothing that could be answered without the options.", "stem")
    return None


def _unordered(item: AnyItem) -> Finding | None:
    if not isinstance(item, ChoiceItem) or len(item.options) < 3:
        return None
    values = numbers.order_value([texts.plain(option.text) for option in item.options])
    if values is not None and values != sorted(values):
        return Finding(Rule.UNORDERED_NUMBERS, "The numbers or dates are not in ascending order.", "options")
    return None


_CHECKS: Sequence[Callable[[AnyItem], Finding | None]] = (
    _long_key,
    _uneven,
    _negative,
    _absolute,
    _hedged,
    _echoed,
    _convergence,
    _vague,
    _unfocused,
    _unordered,
)
