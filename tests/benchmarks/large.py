"""A large database: 100,000 notes with a card each and 300,000 reviews, over which the doctor finds nothing wrong.

Made through the program's own `open_study` from a bank of the bundled taxonomy and items and generated notes, in which
the sample learner first studies a week or more; then reviews, and the card states that replaying them gives, are
written straight into the tables. What is not lifelike: words are drawn one by one by how often the bank uses them, and
each synthetic card was reviewed five times, on different days, the last time with success.
"""

import random
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import astuple, replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from studyapp.banks.compiled import bundled_bank
from studyapp.domain.bank import Bank
from studyapp.domain.memory import Rating
from studyapp.domain.note import AnyNote, BasicNote, ClozeNote
from studyapp.domain.scheduling import Graded, replay_all
from studyapp.services.sample import SAMPLE_TODAY, SampleClock, open_sample
from studyapp.services.study import Study, open_study
from studyapp.storage.cards import ALGORITHM
from studyapp.storage.payloads import item_words, note_words
from tests.benchmarks.common import Size, cached_folder, sources_of

SEED = 20261123
DAYS = 700
WISH = 0.90
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_WORD = re.compile(r"[A-Za-z]{2,}")


def large_folder(size: Size) -> Path:
    """The data folder with that database, made on first use (about a minute at full size)."""
    bank = bundled_bank()
    made_of = sources_of(
        "tests/benchmarks/large.py",
        "studyapp/services/sample.py",
        "studyapp/storage/schema.sql",
        "studyapp/storage/payloads.py",
        "studyapp/domain/scheduling.py",
        "studyapp/domain/memory.py",
    )
    named = f"{size.notes} {size.reviews} {size.weeks}"
    return cached_folder(f"large-{size.name}", [bank.content_hash, named, *made_of], _maker(bank, size))


def open_large(folder: Path) -> Study:
    """The services over a copy of that database, on the sample learner's present day."""
    return open_study(folder, _evening(), random.Random(SEED), bank=None)


def bank_words(bank: Bank) -> Counter[str]:
    """Every word of the bank, in lower case, with how often it is used."""
    texts = [item_words(item) for item in bank.items] + [note_words(note) for note in bank.notes]
    return Counter(word.lower() for title, body in texts for word in _WORD.findall(f"{title} {body}"))


def words_to_type(count: int) -> list[str]:
    """Words of at least five letters from the bundled bank, chosen by chance, frequent and rare alike."""
    words = sorted(word for word in bank_words(bundled_bank()) if len(word) >= 5)
    return random.Random(SEED).sample(words, count)


def _evening() -> SampleClock:
    clock = SampleClock(datetime(2026, 10, 1, tzinfo=UTC))
    clock.set_evening(SAMPLE_TODAY)
    return clock


def _maker(bank: Bank, size: Size) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        rng = random.Random(SEED)
        notes = tuple(_notes(bank, size.notes, rng))
        large = replace(bank, content_hash=f"large {size.notes}", notes=notes)
        study, _ = open_sample(folder, large, weeks=min(2, size.weeks))
        study.settings.save(replace(study.settings.get(), minutes_per_day=600, new_cards_per_day=100))
        try:
            _add_reviews(study.database.path, size.reviews, rng)
            # The backup is made when the study closes, and room on the disk is another matter.
            wrong = [
                finding.sentence
                for finding in study.data.examine()
                if not finding.ok and finding.check not in {"backups", "disk space"}
            ]
        finally:
            study.close()
        if wrong:
            raise RuntimeError(f"the large database is not sound: {' '.join(wrong)}")

    return make


def _notes(bank: Bank, count: int, rng: random.Random) -> Iterator[AnyNote]:
    """Three of four basic, one of four cloze with one deletion: one card each."""
    used = bank_words(bank)
    words, weights = list(used), list(used.values())
    topics = [topic.id for topic in bank.taxonomy.topics]
    drawn = iter(rng.choices(words, weights, k=count * 30))
    for n in range(count):
        id_, topic = f"large.{n:06}", topics[n % len(topics)]
        front = " ".join(next(drawn) for _ in range(rng.randint(6, 14))).capitalize()
        back = " ".join(next(drawn) for _ in range(rng.randint(2, 12)))
        if n % 4 == 3:
            yield ClozeNote(id=id_, topic=topic, text=f"{front} {{{{c1::{back}}}}}.")
        else:
            yield BasicNote(id=id_, topic=topic, front=f"{front}?", back=f"{back}.")


def _add_reviews(path: Path, count: int, rng: random.Random) -> None:
    """Reviews of cards that the sample learner did not meet, and the states that replaying them gives."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        (profile,) = connection.execute("SELECT id FROM profile").fetchone()
        unmet = connection.execute(
            "SELECT id FROM card WHERE id NOT IN (SELECT card_id FROM card_state) ORDER BY position"
        )
        cards = [id_ for (id_,) in unmet]
        logs = _logs(cards[: len(cards) * 3 // 5], count, rng)
        rows = sorted(
            (graded.at_ms, graded.study_day, card, int(graded.rating)) for card, log in logs.items() for graded in log
        )
        states = replay_all(logs, dict.fromkeys(logs, WISH))
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "INSERT INTO review (uuid, profile_id, card_id, session_id, at_ms, offset_min, study_day, kind, rating, "
            "duration_ms) VALUES (?, ?, ?, ?, ?, -300, ?, 'review', ?, ?)",
            (
                (
                    str(UUID(int=rng.getrandbits(128))),
                    profile,
                    card,
                    f"day {day}",
                    at_ms,
                    day,
                    rating,
                    at_ms // 7 % 12000,
                )
                for at_ms, day, card, rating in rows
            ),
        )
        connection.executemany(
            "INSERT INTO card_state (profile_id, card_id, phase, stability, difficulty, last_study_day, due_study_day, "
            "due_at_ms, reps, lapses, suspended, flagged, desired_retention, algorithm) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?)",
            (
                (profile, card, *astuple(state)[:8], state.desired_retention, ALGORITHM)
                for card, state in states.items()
            ),
        )
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _logs(cards: list[str], count: int, rng: random.Random) -> dict[str, list[Graded]]:
    """About `count` reviews over these cards, on distinct days of the last two years, each card's last one a pass."""
    today = SAMPLE_TODAY.toordinal()
    reviews = max(1, round(count / len(cards)))
    logs: dict[str, list[Graded]] = {}
    for card in cards:
        days = sorted(rng.sample(range(today - DAYS, today), reviews))
        ratings = rng.choices([Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.EASY], [10, 12, 68, 10], k=reviews)
        ratings[-1] = max(ratings[-1], Rating.GOOD)
        # 17:00 UTC, noon for the learner; the second of the day is by chance.
        times = [((day - _EPOCH_DAY) * 86400 + 61200 + rng.randrange(14400)) * 1000 for day in days]
        logs[card] = [Graded(rating, day, at) for rating, day, at in zip(ratings, days, times, strict=True)]
    return logs
