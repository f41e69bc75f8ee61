"""Rows as the review and attempt services write them, for tests of what happens to stored history."""

import sqlite3
from collections.abc import Sequence

from studyapp.domain.memory import Rating
from studyapp.domain.scheduling import NEW_CARD, CardState, Graded, advance, moves_memory

DAY_MS = 86_400_000
FIRST_DAY = 739_000


def add_reviews(
    connection: sqlite3.Connection, card_id: str, graded: Sequence[tuple[Rating, int]], wish: float = 0.9
) -> CardState:
    """Log reviews of a card as (rating, day) and cache the state they lead to; returns it."""
    state = NEW_CARD
    for number, (rating, day) in enumerate(graded):
        moment = Graded(rating, FIRST_DAY + day, day * DAY_MS + number)
        kind = "review" if moves_memory(state, rating, moment.study_day) else "practice"
        state = advance(state, moment, card_id, wish)
        connection.execute(
            "INSERT INTO review (uuid, profile_id, card_id, session_id, at_ms, offset_min, study_day, kind, rating, "
            "duration_ms) VALUES (?, 1, ?, 's', ?, 0, ?, ?, ?, 5000)",
            (f"{card_id}-{number}", card_id, moment.at_ms, moment.study_day, kind, int(rating)),
        )
    connection.execute(
        "INSERT OR REPLACE INTO card_state (profile_id, card_id, phase, stability, difficulty, last_study_day, "
        "due_study_day, due_at_ms, reps, lapses, suspended, flagged, desired_retention, algorithm) "
        "VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, 'fsrs6:default')",
        (
            card_id,
            state.phase.value,
            state.stability,
            state.difficulty,
            state.last_day,
            state.due_day,
            state.due_at_ms,
            state.reps,
            state.lapses,
            state.desired_retention,
        ),
    )
    return state


def add_finished_quiz(connection: sqlite3.Connection, attempt_id: str, scores: dict[str, float]) -> None:
    """A finished quiz with one answer an item, each marked as in `scores`."""
    connection.execute(
        "INSERT INTO attempt (id, profile_id, kind, title, feedback, state, seed, time_used_s, position, started_ms, "
        "finished_ms, n, right_sum) VALUES (?, 1, 'practice', 'Quiz', 'tutor', 'finished', 1, 60, 0, 1000, 2000, ?, ?)",
        (attempt_id, len(scores), sum(scores.values())),
    )
    for position, (item_id, score) in enumerate(scores.items()):
        values = (attempt_id, position, item_id, score)
        connection.execute(
            "INSERT INTO attempt_slot (attempt_id, position, item_id, content_hash, response, flagged, duration_ms, "
            "locked, score) SELECT ?1, ?2, ?3, content_hash, '{}', 0, 5000, 1, ?4 FROM item WHERE id = ?3",
            values,
        )
        connection.execute(
            "INSERT INTO response (uuid, profile_id, item_id, attempt_id, topic_id, at_ms, offset_min, study_day, "
            "kind, response, score, first, duration_ms, content_hash) SELECT ?1 || ?2, 1, ?3, ?1, topic_id, 1500, 0, "
            "739000, 'practice', '{}', ?4, 1, 5000, content_hash FROM item WHERE id = ?3",
            values,
        )
