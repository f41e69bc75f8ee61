"""The gate: someone who knows nothing must do no better on the bank than chance.

Each strategy answers every single item from its surface. Its score is the share right, where a tie
among k options counts 1/k; chance is the mean of 1/options. The whole bank's limit is
chance + 2.6 standard errors, sqrt(c(1-c)/n): about one honest bank in two hundred exceeds it for
one strategy. A subject's limit is chance + 10 points.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from studyapp.banks import texts
from studyapp.banks.capped import HEDGE
from studyapp.domain.item import SingleItem
from studyapp.domain.taxonomy import Taxonomy

ALL = "all"
_SIGMAS = 2.6
_SUBJECT_MARGIN = 0.10
_FOLDS = 5
_ENOUGH_TO_LEARN = 40  # items; below, five folds hold too few keys to learn anything from
_LOGISTIC = "logistic regression"

Scores = Sequence[float]
Strategy = Callable[[SingleItem], Scores]


@dataclass(frozen=True, slots=True)
class Result:
    """How a strategy did in a scope ('all' or a subject's id). `score` is None where it did not run, see `note`."""

    name: str
    scope: str
    n: int
    score: float | None
    limit: float
    passed: bool
    note: str = ""


def run_gate(items: Sequence[SingleItem], taxonomy: Taxonomy, *, learn: bool = True) -> tuple[Result, ...]:
    """Every strategy over the whole and over each subject that has single items.

    `learn=False` leaves the logistic regression out and says so (for an installed program, which has neither the
    sources nor scikit-learn). Where it should run and scikit-learn is missing, it is a failed check.
    """
    items = [item for item in items if len(item.key) == 1]
    subjects = {topic.id: topic.subject for topic in taxonomy.topics}
    scopes = {ALL: items}
    for item in items:
        scopes.setdefault(subjects.get(item.topic, "?"), []).append(item)
    results = [
        _cheap(name, strategy, scope, scoped) for name, strategy in STRATEGIES for scope, scoped in scopes.items()
    ]
    return (*results, *_logistic(items, scopes, learn=learn))


def chance(items: Sequence[SingleItem]) -> float:
    """Expected share right by guessing: the mean of 1/options; 0 for no items."""
    return sum(1 / len(item.options) for item in items) / len(items) if items else 0.0


def limit(items: Sequence[SingleItem], scope: str) -> float:
    """The highest score that passes."""
    if not items:
        return 1.0
    c = chance(items)
    noise = c + _SIGMAS * math.sqrt(c * (1 - c) / len(items))
    # Forty items of a subject scatter by more than ten points: there the wider of the two holds, else luck fails it.
    return min(1.0, noise if scope == ALL else max(c + _SUBJECT_MARGIN, noise))


def _cheap(name: str, strategy: Strategy, scope: str, items: Sequence[SingleItem]) -> Result:
    answered = [item for item in items if strategy(item)]
    score = sum(_credit(item, strategy(item)) for item in answered) / len(answered) if answered else 0.0
    top = limit(answered, scope)
    return Result(name, scope, len(answered), score, top, score <= top)


def _credit(item: SingleItem, scores: Scores) -> float:
    """Expected mark of choosing the option with the highest score, ties broken by chance."""
    best = max(scores)
    chosen = [option for option, score in zip(item.options, scores, strict=True) if score == best]
    return sum(option.correct for option in chosen) / len(chosen)


def _lengths(item: SingleItem) -> list[int]:
    return [len(texts.plain(option.text)) for option in item.options]


def _longest(item: SingleItem) -> Scores:
    return _lengths(item)


def _shortest(item: SingleItem) -> Scores:
    return [-length for length in _lengths(item)]


def _position(index: int) -> Strategy:
    def strategy(item: SingleItem) -> Scores:
        # An item with three options has no fourth to choose and is left out.
        return [float(place == index) for place in range(len(item.options))] if index < len(item.options) else []

    return strategy


def _stem_overlap(item: SingleItem) -> Scores:
    stem = texts.content_words(item.stem)
    return [len(stem & texts.content_words(option.text)) for option in item.options]


def _shared_tokens(item: SingleItem) -> Scores:
    tokens = [set(texts.words(option.text)) for option in item.options]
    return [sum(len(own & other) for other in tokens) - len(own) for own in tokens]


def _hedged(item: SingleItem) -> Scores:
    return [len(HEDGE.findall(option.text)) for option in item.options]


STRATEGIES: tuple[tuple[str, Strategy], ...] = (
    ("always longest", _longest),
    ("always shortest", _shortest),
    *((f"always {letter} as authored", _position(index)) for index, letter in enumerate("abcd")),
    ("most stem overlap", _stem_overlap),
    ("most shared tokens", _shared_tokens),
    ("most hedged", _hedged),
)


def _logistic(items: Sequence[SingleItem], scopes: dict[str, list[SingleItem]], *, learn: bool) -> list[Result]:
    note, failed = "", False
    marks: dict[str, float] = {}
    if not learn:
        note = "Not run on a compiled bank: checking its sources runs it."
    elif len(items) < _ENOUGH_TO_LEARN:
        note = f"Not run: fewer than {_ENOUGH_TO_LEARN} single items."
    else:
        try:
            marks = _cross_validated(items)
        except ImportError:
            note, failed = "Could not run: scikit-learn is not installed (pip install 'studyapp[dev]').", True
    results = []
    for scope, scoped in scopes.items():
        score = sum(marks[item.id] for item in scoped) / len(scoped) if marks and scoped else None
        top = limit(scoped, scope)
        passed = not failed if score is None else score <= top
        results.append(Result(_LOGISTIC, scope, len(scoped), score, top, passed, note))
    return results


def _cross_validated(items: Sequence[SingleItem]) -> dict[str, float]:
    """Mark of each item, answered by a regression that learned from the other folds' items."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    rows = [row for item in items for row in _features(item)]
    features = np.array(rows, dtype=np.float64)
    correct = np.array([option.correct for item in items for option in item.options])
    groups = np.array([index for index, item in enumerate(items) for _ in item.options])
    probability = np.zeros(len(rows))
    for train, test in GroupKFold(n_splits=_FOLDS).split(features, correct, groups):
        model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
        model.fit(features[train], correct[train])
        probability[test] = model.predict_proba(features[test])[:, 1]
    marks: dict[str, float] = {}
    start = 0
    for item in items:
        scores = [float(value) for value in probability[start : start + len(item.options)]]
        marks[item.id] = _credit(item, scores)
        start += len(item.options)
    return marks


def _features(item: SingleItem) -> list[list[float]]:
    """Surface features of each option against its siblings: nothing that needs knowledge of the subject."""
    lengths, overlap = _lengths(item), _stem_overlap(item)
    shared, hedges = _shared_tokens(item), _hedged(item)
    counts = [len(texts.words(option.text)) for option in item.options]
    mean = sum(lengths) / len(lengths)
    return [
        [
            lengths[index] / mean - 1.0,
            float(lengths[index] == max(lengths)),
            float(lengths[index] == min(lengths)),
            counts[index] - sum(counts) / len(counts),
            overlap[index] - sum(overlap) / len(overlap),
            shared[index] - sum(shared) / len(shared),
            float(hedges[index]),
            float(sum(character.isdigit() for character in option.text)),
            float(sum(character in ",;:()" for character in option.text)),
            *(float(index == place) for place in range(4)),
        ]
        for index, option in enumerate(item.options)
    ]
