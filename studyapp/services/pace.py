"""How long the learner takes for a card and for a question: medians of the newest answers, with sane defaults."""

from collections.abc import Sequence
from statistics import median

CARD_S = 10.0
QUESTION_S = 60.0
NEW_CARD_PASSES = 3
"""A new card is met about three times on its first day."""

_ENOUGH = 20


def seconds_each(durations_ms: Sequence[int], default_s: float) -> float:
    """The median in seconds, held within a fifth and five times the default; the default below 20 durations."""
    if len(durations_ms) < _ENOUGH:
        return default_s
    return min(max(median(durations_ms) / 1000.0, default_s / 5), default_s * 5)
