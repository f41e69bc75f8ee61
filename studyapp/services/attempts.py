"""Running an attempt: the same room serves quizzes, placement and timed exams."""

from studyapp.core.errors import StudyAppError
from studyapp.domain.attempt import Attempt, AttemptKind, AttemptState
from studyapp.domain.study_day import from_ms
from studyapp.services.attempt_results import AttemptResult, DomainScore, OpenAttempt, SlotResult, summarise
from studyapp.services.attempt_runner import AttemptRunner
from studyapp.services.changes import Area, Changes
from studyapp.services.desk import Desk
from studyapp.services.settings import SettingsService
from studyapp.storage import attempts as storage
from studyapp.storage import catalogue, entries, responses, topics
from studyapp.storage.attempts import StoredAttempt, Tally

__all__ = ["AttemptResult", "AttemptRunner", "AttemptService", "DomainScore", "OpenAttempt", "SlotResult"]


class AttemptService:
    """Open and finished attempts of every kind."""

    def __init__(self, desk: Desk, settings: SettingsService) -> None:
        self._desk = desk
        self._settings = settings

    def open_attempts(self) -> tuple[OpenAttempt, ...]:
        """Attempts begun and not finished, newest first."""
        with self._desk.database.read() as session:
            rows = storage.open_rows(session, self._desk.profile_id)
        return tuple(
            OpenAttempt(
                attempt_id=row.id,
                kind=row.kind,
                title=row.title,
                answered=row.answered,
                n=row.n,
                started_at=from_ms(row.started_ms),
                time_left_s=None if row.time_limit_s is None else max(0.0, row.time_limit_s - row.time_used_s),
            )
            for row in rows
        )

    def runner(self, attempt_id: str) -> AttemptRunner:
        """The room of an open attempt, at the place and with the time where it was left.

        Raises:
            StudyAppError: there is no such attempt, or it is over.
        """
        stored = self._load(attempt_id)
        if stored.attempt.state is not AttemptState.OPEN:
            raise StudyAppError("This attempt is over.", "Look at its result, or start a new one.")
        return AttemptRunner(self._desk, self._settings, stored, self.result)

    def begin(self, attempt: Attempt, *, spec: str = "{}") -> AttemptRunner:
        """Store an attempt just assembled and open its room."""
        with self._desk.database.write() as session:
            storage.insert(session, self._desk.profile_id, attempt, spec=spec)
        return self.runner(attempt.id)

    def result(self, attempt_id: str) -> AttemptResult:
        """The result of a finished attempt, every item included.

        Raises:
            StudyAppError: there is no such attempt, or it is not finished.
        """
        stored = self._finished(attempt_id)
        attempt = stored.attempt
        with self._desk.database.read() as session:
            titles = topics.titles(session)
            items = [
                entries.item_as_asked(session, slot.item_id, content_hash)
                for slot, content_hash in zip(attempt.slots, stored.hashes, strict=True)
            ]
            first = responses.first_in(session, attempt_id)
            blueprint = catalogue.blueprint(session, attempt.blueprint_id) if attempt.blueprint_id else None
        slots = tuple(
            SlotResult(
                position=slot.position,
                item=item,
                topic_title=titles.get(item.topic, item.topic),
                option_order=slot.option_order,
                response=slot.response,
                confidence=slot.confidence,
                flagged=slot.flagged,
                struck=slot.struck,
                duration_ms=slot.duration_ms,
                score=slot.score or 0.0,
                first_attempt=slot.item_id in first,
                shown=attempt.displayed(slot.position),
            )
            for slot, item in zip(attempt.slots, items, strict=True)
        )
        groups: dict[str, list[SlotResult]] = {}
        for slot, shown in zip(attempt.slots, slots, strict=True):
            groups.setdefault(slot.domain or shown.item.topic, []).append(shown)
        tally = {
            group: Tally(
                n=len(members),
                right=sum(member.score for member in members),
                unanswered=sum(member.response is None for member in members),
                wrong=sum(member.response is not None and member.score < 1.0 for member in members),
                answered_ms=sum(member.duration_ms for member in members if member.response is not None),
            )
            for group, members in groups.items()
        }
        return summarise(attempt, tally, blueprint, self._group_titles, slots)

    def open_key(self, attempt_id: str, position: int) -> Changes:
        """Note that the key of an item is shown in a result's review: from then on the item is no longer fresh.

        To be called for each item shown; nothing is written, nor changed, where the attempt displayed it already.

        Raises:
            StudyAppError: there is no such attempt, or it is not finished.
        """
        if self._finished(attempt_id).attempt.displayed(position):
            return Changes.of()
        with self._desk.database.write() as session:
            storage.open_key(session, attempt_id, position)
        return Changes.of(Area.RESPONSES)

    def history(self, kind: AttemptKind, blueprint_id: str = "", limit: int = 50) -> tuple[AttemptResult, ...]:
        """Finished attempts, newest first; `slots` is left empty."""
        with self._desk.database.read() as session:
            finished = storage.finished(session, self._desk.profile_id, kind, blueprint_id, limit)
            tallies = storage.tallies(session, [attempt.id for attempt in finished])
            known = {attempt.blueprint_id for attempt in finished} - {""}
            blueprints = {name: catalogue.blueprint(session, name) for name in known}
        return tuple(
            summarise(attempt, tallies[attempt.id], blueprints.get(attempt.blueprint_id), self._group_titles, ())
            for attempt in finished
        )

    def _group_titles(self) -> dict[str, str]:
        """Titles of what an attempt without a blueprint is grouped by: leaves, and subjects in a placement."""
        with self._desk.database.read() as session:
            subjects = {subject.id: subject.title for subject in catalogue.taxonomy(session).subjects}
            return subjects | topics.titles(session)

    def _finished(self, attempt_id: str) -> StoredAttempt:
        stored = self._load(attempt_id)
        if stored.attempt.state is not AttemptState.FINISHED:
            raise StudyAppError("This attempt has no result: it was not finished.", "Take it up again, or start anew.")
        return stored

    def _load(self, attempt_id: str) -> StoredAttempt:
        with self._desk.database.read() as session:
            stored = storage.load(session, self._desk.profile_id, attempt_id)
        if stored is None:
            raise StudyAppError("That attempt is no longer there.", "Start a new one.")
        return stored
