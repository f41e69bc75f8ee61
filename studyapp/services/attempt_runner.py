"""The room of one open attempt."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from studyapp.core.errors import StudyAppError
from studyapp.domain import attempt as room
from studyapp.domain.attempt import Attempt, AttemptState, Slot
from studyapp.domain.item import AnyItem, Confidence, Origin, Response
from studyapp.domain.marking import mark
from studyapp.domain.note import BasicNote
from studyapp.domain.study_day import from_ms
from studyapp.services.attempt_results import AttemptResult
from studyapp.services.changes import Area, Changes
from studyapp.services.desk import Desk
from studyapp.services.settings import SettingsService
from studyapp.storage import attempts as storage
from studyapp.storage import entries, marks, responses, topics
from studyapp.storage.attempts import AttemptOverError, StoredAttempt
from studyapp.storage.responses import NewResponse
from studyapp.storage.session import Session

_STORE_EVERY_S = 3.0
_ASLEEP_S = 120.0


class AttemptRunner:
    """One open attempt. Every call that changes something is on disk when it returns.

    An attempt may be finished, given up or erased elsewhere meanwhile. What changes it then raises StudyAppError, and
    `attempt` is as it stands now: no longer open.

    Positions are 0-based. `tick` is called about once a second with the monotonic clock inside;
    at zero it submits and returns True. The clock runs from the start until `pause`.
    """

    def __init__(
        self, desk: Desk, settings: SettingsService, stored: StoredAttempt, result: Callable[[str], AttemptResult]
    ) -> None:
        self._desk = desk
        self._settings = settings
        self._result = result
        self._attempt = stored.attempt
        self._hashes = stored.hashes
        self._items: dict[int, AnyItem] = {}
        self._titles: dict[str, str] | None = None
        self._unstored_s = 0.0
        self._since: float | None = desk.clock.monotonic()

    @property
    def attempt(self) -> Attempt:
        """The attempt as it stands."""
        return self._attempt

    def item(self, position: int) -> AnyItem:
        """The item at that place, in the version that was drawn."""
        if position not in self._items:
            with self._desk.database.read() as session:
                item_id = self._attempt.slots[position].item_id
                self._items[position] = entries.item_as_asked(session, item_id, self._hashes[position])
        return self._items[position]

    def topic_title(self, position: int) -> str:
        """The title of the item's leaf topic."""
        if self._titles is None:
            with self._desk.database.read() as session:
                self._titles = topics.titles(session)
        topic = self.item(position).topic
        return self._titles.get(topic, topic)

    def is_marked(self, position: int) -> bool:
        """Whether the learner bookmarked the item."""
        return self._mark(position)[0]

    def remark(self, position: int) -> str:
        """The learner's remark on the item; empty when there is none."""
        return self._mark(position)[1]

    def go_to(self, position: int) -> Attempt:
        """Show another item."""
        self._take_time()
        return self._keep(room.go_to(self._attempt, position), left=self._attempt.position)

    def answer(self, position: int, response: Response) -> Attempt:
        """Store a response; in tutor feedback it can still change until `lock`.

        Raises:
            StudyAppError: the key of this item was shown, or the attempt is over. Where its time has just run out, the
                attempt is handed in without this response; `attempt.state` tells.
        """
        self._require_time()
        return self._keep(room.answer(self._attempt, position, response), position)

    def lock(self, position: int) -> Attempt:
        """Tutor feedback: mark the response and make it final; the key may be shown from now on.

        Raises:
            StudyAppError: it is final already, this attempt shows no keys before its end, or as `answer`.
        """
        self._require_time()
        slot = self._attempt.slots[position]
        attempt = room.lock(self._attempt, position, mark(self.item(position), slot.response).score)
        with self._writing() as session:
            storage.save_slot(session, attempt, position)
            storage.save_clock(session, attempt)
            responses.append(session, self._desk.profile_id, self._marked(attempt, [attempt.slots[position]]))
        self._stored(attempt)
        return attempt

    def set_confidence(self, position: int, confidence: Confidence | None) -> Attempt:
        """Store how sure the learner is (raises as `answer` does)."""
        self._require_time()
        return self._keep(room.set_confidence(self._attempt, position, confidence), position)

    def set_flag(self, position: int, flagged: bool) -> Attempt:
        """Flag the item, or not, within this attempt."""
        return self._keep(room.flag(self._attempt, position, flagged), position)

    def set_struck(self, position: int, struck: frozenset[str]) -> Attempt:
        """Strike out exactly these options."""
        return self._keep(room.strike(self._attempt, position, struck), position)

    def set_marked(self, position: int, marked: bool) -> Changes:
        """Bookmark the item, or not, beyond this attempt."""
        item_id = self._attempt.slots[position].item_id
        with self._desk.database.write() as session:
            marks.set_marked(session, self._desk.profile_id, item_id, marked=marked, now_ms=self._desk.now_ms())
        return Changes.of(Area.MARKS)

    def set_remark(self, position: int, text: str) -> Changes:
        """Keep a remark on the item; an empty one takes it away."""
        item_id = self._attempt.slots[position].item_id
        with self._desk.database.write() as session:
            marks.set_remark(session, self._desk.profile_id, item_id, text.strip(), now_ms=self._desk.now_ms())
        return Changes.of(Area.MARKS)

    def report(self, position: int, text: str) -> Changes:
        """Keep a report of something wrong with the item.

        Raises:
            StudyAppError: nothing was written.
        """
        if not text.strip():
            raise StudyAppError("The report is empty.", "Say what is wrong with this question.")
        with self._desk.database.write() as session:
            marks.add_report(
                session,
                self._desk.profile_id,
                self._attempt.slots[position].item_id,
                text.strip(),
                report_id=self._desk.new_id(),
                at_ms=self._desk.now_ms(),
            )
        return Changes.of(Area.MARKS)

    def make_card(self, position: int, front: str, back: str) -> Changes:
        """Make an own flashcard from the item, with the item's topic and references.

        Raises:
            StudyAppError: a side is empty.
        """
        if not front.strip() or not back.strip():
            raise StudyAppError("A card needs a front and a back.", "Fill in both.")
        item = self.item(position)
        note = BasicNote(
            id=f"own.{self._desk.new_id()}",
            topic=item.topic,
            references=item.references,
            front=front.strip(),
            back=back.strip(),
        )
        from studyapp.storage.own_entries import save_note

        with self._desk.database.write() as session:
            save_note(session, note, origin=Origin.OWN, now_ms=self._desk.now_ms())
        return Changes.of(Area.LIBRARY, Area.CARDS)

    def tick(self) -> bool:
        """Count the time; returns True when the attempt's time was up and it was submitted."""
        if self._attempt.state is not AttemptState.OPEN or self._since is None:
            return False
        self._take_time()
        if self._attempt.time_left_s == 0.0:
            self.submit()
            return True
        if self._unstored_s >= _STORE_EVERY_S:
            self._store_clock()
        return False

    def pause(self) -> None:
        """Stop the clock and store the time used (screen left, window closed)."""
        if self._attempt.state is AttemptState.OPEN and self._since is not None:
            self._take_time()
            self._store_clock()
        self._since = None

    def resume(self) -> None:
        """Let the clock run on."""
        if self._since is None:
            self._since = self._desk.clock.monotonic()

    def submit(self) -> AttemptResult:
        """Mark everything and finish; every answer enters the log in the same transaction.

        Raises:
            StudyAppError: the attempt is over.
        """
        self._take_time()
        before = self._attempt
        scores = {
            slot.position: mark(self.item(slot.position), slot.response).score
            for slot in before.slots
            if slot.answered and not slot.locked
        }
        attempt = room.submit(before, scores, from_ms(self._desk.now_ms()))
        newly_marked = [slot for slot in attempt.slots if slot.position in scores]
        with self._writing() as session:
            storage.close(session, attempt)
            responses.append(session, self._desk.profile_id, self._marked(attempt, newly_marked))
        self._stored(attempt)
        return self._result(attempt.id)

    def abandon(self) -> Changes:
        """Give the attempt up; answers already marked stay in the log.

        Raises:
            StudyAppError: the attempt is over.
        """
        self._take_time()
        attempt = room.abandon(self._attempt, from_ms(self._desk.now_ms()))
        with self._writing() as session:
            storage.close(session, attempt)
        self._stored(attempt)
        return Changes.of(Area.ATTEMPTS)

    def _take_time(self) -> None:
        """Add the seconds since last asked to the attempt, in memory."""
        if self._since is None or self._attempt.state is not AttemptState.OPEN:
            return
        now = self._desk.clock.monotonic()
        seconds, self._since = max(0.0, now - self._since), now
        if self._attempt.time_limit_s is None:
            # Without a limit, the hours that a laptop slept on the desk are no study time.
            seconds = min(seconds, _ASLEEP_S)
        self._attempt = room.add_time(self._attempt, seconds)
        self._unstored_s += seconds

    def _require_time(self) -> None:
        """Count the time; when none is left, hand in what was answered before and refuse what comes now."""
        self._take_time()
        if self._attempt.state is AttemptState.OPEN and self._attempt.time_left_s == 0.0:
            self.submit()
            raise StudyAppError("Time is up.", "What you had answered before was handed in.")

    def _keep(self, attempt: Attempt, position: int | None = None, *, left: int | None = None) -> Attempt:
        """Store the change of one slot, or the place; with it the time, also of the item just left."""
        with self._writing() as session:
            for changed in {position, left}:
                if changed is not None:
                    storage.save_slot(session, attempt, changed)
            storage.save_clock(session, attempt)
        self._stored(attempt)
        return attempt

    def _store_clock(self) -> None:
        with suppress(AttemptOverError), self._writing() as session:
            storage.save_clock(session, self._attempt)
        self._unstored_s = 0.0

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        """A write of this attempt. Where the attempt went on without this room, the room takes note of that."""
        try:
            with self._desk.database.write() as session:
                yield session
        except AttemptOverError:
            with self._desk.database.read() as session:
                stored = storage.load(session, self._desk.profile_id, self._attempt.id)
            # Erased: there is nothing to go on with.
            gone = replace(self._attempt, state=AttemptState.ABANDONED)
            self._attempt = gone if stored is None else stored.attempt
            raise

    def _stored(self, attempt: Attempt) -> None:
        self._attempt = attempt
        self._unstored_s = 0.0

    def _mark(self, position: int) -> tuple[bool, str]:
        with self._desk.database.read() as session:
            return marks.read(session, self._desk.profile_id, self._attempt.slots[position].item_id)

    def _marked(self, attempt: Attempt, slots: Iterable[Slot]) -> list[NewResponse]:
        moment = self._desk.moment(self._settings.get().day_starts_at)
        return [
            NewResponse(
                uuid=self._desk.new_id(),
                item_id=slot.item_id,
                attempt_id=attempt.id,
                topic=self.item(slot.position).topic,
                at_ms=moment.at_ms,
                offset_min=moment.offset_min,
                study_day=moment.study_day,
                kind=attempt.kind,
                response=slot.response or Response(),
                score=slot.score or 0.0,
                confidence=slot.confidence,
                duration_ms=slot.duration_ms,
                content_hash=self._hashes[slot.position],
            )
            for slot in slots
        ]
