"""Flashcards: which card comes next, grading it, taking it back."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from studyapp.core.errors import StudyAppError
from studyapp.domain import answer_diff, scheduling
from studyapp.domain.answer_diff import AnswerDiff
from studyapp.domain.cards import face
from studyapp.domain.memory import Rating
from studyapp.domain.new_order import take_turns, turn_weights
from studyapp.domain.note import AnyNote, Card, CardFace
from studyapp.domain.scheduling import CardState, Graded, Phase
from studyapp.services.changes import Area, Changes
from studyapp.services.desk import Desk, Moment
from studyapp.services.pace import CARD_S, NEW_CARD_PASSES, seconds_each
from studyapp.services.review_queue import ReviewQueue
from studyapp.services.settings import SettingsService
from studyapp.storage import cards, catalogue, marks, reviews
from studyapp.storage.cards import StoredCard
from studyapp.storage.reviews import NewReview
from studyapp.storage.session import Session

__all__ = [
    "AnswerDiff",
    "CardView",
    "GradeChoice",
    "QueueCounts",
    "Rating",
    "ReviewScope",
    "ReviewService",
    "ReviewSession",
    "ReviewSummary",
]


@dataclass(frozen=True, slots=True)
class ReviewScope:
    """What to review: leaf topics (empty means all) and whether to go past today's limits.

    `ahead` also serves cards that are not due yet, soonest first, when nothing else is left;
    `card_ids` restricts to these cards (e.g. "review this card now").
    """

    topics: frozenset[str] = frozenset()
    ahead: bool = False
    card_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """Cards still to come today within the limits."""

    new: int
    learning: int
    due: int

    @property
    def total(self) -> int:
        return self.new + self.learning + self.due


@dataclass(frozen=True, slots=True)
class GradeChoice:
    """One grade button: the rating and when the card would come back.

    Exactly one of `minutes` (again today) and `days` is not None.
    """

    rating: Rating
    minutes: int | None
    days: int | None


@dataclass(frozen=True, slots=True)
class CardView:
    """The card to show with everything its screen needs."""

    card: Card
    note: AnyNote
    face: CardFace
    topic_title: str
    state: str  # "new" | "learning" | "review"
    choices: tuple[GradeChoice, GradeChoice, GradeChoice, GradeChoice]
    flagged: bool
    leech: bool
    lapses: int


@dataclass(frozen=True, slots=True)
class ReviewSummary:
    """A finished or interrupted session."""

    reviewed: int
    again: int
    hard: int
    good: int
    easy: int
    new_learned: int
    seconds: float
    due_tomorrow: int
    next_due: date | None


@dataclass(frozen=True, slots=True)
class _Step:
    """One thing done to a card, enough to take it back.

    `review` is None for suspending and burying; `suspended` (None: not touched) and `buried` tell what held before.
    """

    card_id: str
    shown_as: str
    before: CardState
    review: NewReview | None = None
    suspended: bool | None = None
    buried: Mapping[str, int | None] = field(default_factory=dict)


class _GoneError(StudyAppError):
    """The card, or what was to be taken back, is there no longer: deleted, erased, or of before a restore."""


class ReviewSession:
    """A running session. Every grade is committed before `current` changes."""

    def __init__(self, desk: Desk, settings: SettingsService, service: "ReviewService", scope: ReviewScope) -> None:
        self._desk = desk
        self._settings = settings
        self._service = service
        self._scope = scope
        self._id = desk.new_id()
        self._steps: list[_Step] = []
        self._unshowable: set[str] = set()
        self._day = self._moment().study_day
        self._queue = service.queue(scope, self._moment())
        self._stored: StoredCard | None = None
        self._view: CardView | None = None
        self._next()

    @property
    def current(self) -> CardView | None:
        """The card to answer; None when nothing is left."""
        return self._view

    @property
    def counts(self) -> QueueCounts:
        """Cards still to come, the current one included; cards served ahead of their day are not counted."""
        new, learning, due = len(self._queue.new), len(self._queue.learning), len(self._queue.due)
        match self._view.state if self._view else "":
            case "new":
                new += 1
            case "learning":
                learning += 1
            case "review":
                due += 1
        return QueueCounts(new=new, learning=learning, due=due)

    @property
    def reviewed(self) -> int:
        """How many grades of this session stand."""
        return sum(step.review is not None for step in self._steps)

    @property
    def can_undo(self) -> bool:
        """Whether anything was done in this session that can be taken back."""
        return bool(self._steps)

    def compare(self, typed: str) -> AnswerDiff:
        """What was typed beside the current card's answer.

        Raises:
            StudyAppError: there is no current card.
        """
        shown = self._shown()[1].face
        return answer_diff.compare(typed, shown.accept or (shown.answer,))

    def grade(self, rating: Rating, *, duration_ms: int, response: str = "") -> Changes:
        """Grade the current card and go to the next.

        Raises:
            StudyAppError: there is no current card, or it could not be stored (then it stays current), or it was
                deleted meanwhile (then `current` is the next).
        """
        stored, view = self._shown()
        moment = self._moment()
        card_id = stored.card.id
        graded = Graded(rating, moment.study_day, moment.at_ms)
        wish = self._settings.get().desired_retention
        with self._writing() as session:
            # Not as it was when it was shown: another session may have graded it since.
            before = self._present(session, card_id)
            after = scheduling.advance(before, graded, card_id, wish)
            review = NewReview(
                uuid=self._desk.new_id(),
                card_id=card_id,
                session_id=self._id,
                at_ms=moment.at_ms,
                offset_min=moment.offset_min,
                study_day=moment.study_day,
                rating=rating,
                moved=scheduling.moves_memory(before, rating, moment.study_day),
                response=response,
                duration_ms=max(0, duration_ms),
            )
            reviews.append(session, self._desk.profile_id, review)
            cards.save_state(session, self._desk.profile_id, card_id, after)
        self._steps.append(_Step(card_id, view.state, before, review))
        if after.due_at_ms is not None:
            self._queue.wait(after.due_at_ms, card_id)
        self._next()
        return Changes.of(Area.CARDS)

    def undo(self) -> Changes:
        """Take back the last grade, suspension or burial of this session and show its card again.

        Raises:
            StudyAppError: nothing was done yet; or the card was graded elsewhere since, deleted or erased, so that this
                step cannot be taken back any more (it is forgotten).
        """
        if not self._steps:
            raise StudyAppError("There is nothing to undo.", "Only what was done in this session can be taken back.")
        step = self._steps[-1]
        try:
            with self._desk.database.write() as session:
                self._take_back(session, step)
        except _GoneError:
            self._steps.pop()
            raise
        self._steps.pop()
        if self._view is not None:
            self._queue.put_back(self._view.card.id, self._view.state)
        self._queue.drop(step.card_id)
        if not self._show(step.card_id):
            self._next()
        return Changes.of(Area.CARDS)

    def suspend(self) -> Changes:
        """Take the current card out of review until the library brings it back."""
        stored, view = self._shown()
        with self._writing() as session:
            state = self._present(session, stored.card.id)
            cards.set_suspended(session, self._desk.profile_id, [stored.card.id], suspended=True)
        return self._put_aside(_Step(stored.card.id, view.state, state, suspended=stored.suspended))

    def bury(self) -> Changes:
        """Keep the current card away until tomorrow."""
        stored, view = self._shown()
        with self._writing() as session:
            state = self._present(session, stored.card.id)
            buried = cards.buried_days(session, self._desk.profile_id, stored.card.id)
            cards.set_buried(session, self._desk.profile_id, stored.card.id, self._moment().study_day)
        return self._put_aside(_Step(stored.card.id, view.state, state, buried=buried))

    def set_flag(self, flagged: bool) -> Changes:
        """Flag the current card, or not."""
        stored, _ = self._shown()
        with self._writing() as session:
            self._present(session, stored.card.id)
            cards.set_flagged(session, self._desk.profile_id, stored.card.id, flagged=flagged)
        self.reload_current()
        return Changes.of(Area.CARDS, Area.MARKS)

    def report(self, text: str) -> Changes:
        """Keep a report of something wrong with the current card's note.

        Raises:
            StudyAppError: nothing was written.
        """
        stored, _ = self._shown()
        if not text.strip():
            raise StudyAppError("The report is empty.", "Say what is wrong with this card.")
        with self._desk.database.write() as session:
            marks.add_report(
                session,
                self._desk.profile_id,
                stored.card.note_id,
                text.strip(),
                report_id=self._desk.new_id(),
                at_ms=self._desk.now_ms(),
            )
        return Changes.of(Area.MARKS)

    def reload_current(self) -> None:
        """Read the current card again after its note was edited; go on when the edit did away with it."""
        if self._view is not None and not self._show(self._view.card.id):
            self._next()

    def summary(self) -> ReviewSummary:
        """What the session came to, grades taken back left out."""
        done = [step for step in self._steps if step.review is not None]
        grades = [step.review.rating for step in done if step.review is not None]
        today = self._moment().study_day
        with self._desk.database.read() as session:
            tomorrow = cards.forecast(session, self._desk.profile_id, today + 1, today + 2)
            next_due = cards.next_due_day(session, self._desk.profile_id, today)
        return ReviewSummary(
            reviewed=len(done),
            again=grades.count(Rating.AGAIN),
            hard=grades.count(Rating.HARD),
            good=grades.count(Rating.GOOD),
            easy=grades.count(Rating.EASY),
            new_learned=sum(step.before.phase is Phase.NEW for step in done),
            seconds=sum(min(step.review.duration_ms, reviews.LONGEST_MS) for step in done if step.review) / 1000.0,
            due_tomorrow=sum(tomorrow.values()),
            next_due=None if next_due is None else date.fromordinal(next_due),
        )

    def _moment(self) -> Moment:
        return self._desk.moment(self._settings.get().day_starts_at)

    def _shown(self) -> tuple[StoredCard, CardView]:
        if self._stored is None or self._view is None:
            raise StudyAppError("No card is left in this session.", "Start a new one.")
        return self._stored, self._view

    def _take_back(self, session: Session, step: _Step) -> None:
        profile_id = self._desk.profile_id
        if step.review is None:
            self._present(session, step.card_id)
            if step.suspended is not None:
                cards.set_suspended(session, profile_id, [step.card_id], suspended=step.suspended)
            cards.restore_buried(session, profile_id, step.buried)
            return
        if reviews.newest_standing(session, profile_id, step.card_id) != step.review.uuid:
            raise _GoneError("That grade can no longer be taken back.", "Go on; the card shows what is stored now.")
        moment = self._moment()
        reviews.append_undo(
            session,
            profile_id,
            step.review,
            uuid=self._desk.new_id(),
            at_ms=moment.at_ms,
            offset_min=moment.offset_min,
            study_day=moment.study_day,
        )
        cards.save_state(session, profile_id, step.card_id, step.before)

    def _present(self, session: Session, card_id: str) -> CardState:
        """The state of the card as stored now."""
        state = cards.state(session, self._desk.profile_id, card_id)
        if state is None:
            raise _GoneError("This card is no longer there.", "Go on with the next one.")
        return state

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        """A write about the current card; goes on to the next when that card is gone."""
        try:
            with self._desk.database.write() as session:
                yield session
        except _GoneError:
            self._next()
            raise

    def _put_aside(self, step: _Step) -> Changes:
        self._steps.append(step)
        self._next()
        return Changes.of(Area.CARDS)

    def _next(self) -> None:
        """Show the next card that may still be served; another screen may have changed some since."""
        moment = self._moment()
        if moment.study_day != self._day:
            self._day = moment.study_day
            if not self._scope.card_ids:
                # A session that runs past the day's start goes on with the new day's cards.
                self._queue = self._service.queue(self._scope, moment)
        while True:
            card_id = self._queue.pop(moment.at_ms)
            if card_id is None and self._scope.ahead and not self._scope.card_ids:
                upcoming = self._service.ahead(self._scope, moment)
                self._queue.ahead.extend(ahead for ahead in upcoming if ahead not in self._unshowable)
                card_id = self._queue.pop(moment.at_ms)
            if card_id is None:
                self._stored = self._view = None
                return
            if self._show(card_id):
                return
            self._unshowable.add(card_id)

    def _show(self, card_id: str) -> bool:
        with self._desk.database.read() as session:
            stored = cards.read(session, self._desk.profile_id, card_id)
        # A card asked for by name is shown even if it was put aside.
        if stored is None or not (stored.served_on(self._day) or card_id in self._scope.card_ids):
            return False
        self._stored = stored
        self._view = _view(stored, self._day, self._settings.get().desired_retention)
        return True


class ReviewService:
    """Sessions and counts."""

    def __init__(self, desk: Desk, settings: SettingsService) -> None:
        self._desk = desk
        self._settings = settings

    def counts(self, scope: ReviewScope) -> QueueCounts:
        """Cards to come today in this scope, within the limits of the day."""
        queue = self.queue(scope, self._moment())
        return QueueCounts(new=len(queue.new), learning=len(queue.learning), due=len(queue.due))

    def counts_by_topic(self) -> dict[str, QueueCounts]:
        """By leaf topic, what a session on that topic alone would have: new cards within the limit of the day."""
        moment = self._moment()
        with self._desk.database.read() as session:
            supply = cards.supply_by_topic(session, self._desk.profile_id, moment.study_day)
            introduced = cards.introduced(session, self._desk.profile_id, moment.study_day)
        left = max(0, self._settings.get().new_cards_per_day - introduced)
        return {
            topic: QueueCounts(new=min(left, found.new), learning=found.learning, due=found.due)
            for topic, found in supply.items()
        }

    def start(self, scope: ReviewScope) -> ReviewSession:
        """A session over the cards of this scope; its `current` is None when there is none."""
        return ReviewSession(self._desk, self._settings, self, scope)

    def queue(self, scope: ReviewScope, moment: Moment) -> ReviewQueue:
        """The ids to serve at that moment, in order.

        Learning cards always come. Due cards come as far as the minutes a day reach that are not spent on cards yet,
        then new ones up to their limit, topics taking turns by what they carry in the exam. `scope.ahead` lifts the
        minutes and begins a further day's worth of new cards.
        """
        if scope.card_ids:
            with self._desk.database.read() as session:
                phases = cards.phases(session, self._desk.profile_id, scope.card_ids)
            return ReviewQueue.of(
                learning=[(0, card_id) for card_id in scope.card_ids if phases.get(card_id) in _LEARNING],
                due=[card_id for card_id in scope.card_ids if phases.get(card_id) is Phase.REVIEW],
                new=[card_id for card_id in scope.card_ids if phases.get(card_id) is Phase.NEW],
            )
        wishes = self._settings.get()
        topics = tuple(sorted(scope.topics))
        profile_id, day = self._desk.profile_id, moment.study_day
        with self._desk.database.read() as session:
            learning = cards.learning_ids(session, profile_id, day, topics)
            fit: int | None = None
            new_left = wishes.new_cards_per_day
            if not scope.ahead:
                new_left = max(0, new_left - cards.introduced(session, profile_id, day))
                _, spent_s = reviews.activity(session, profile_id, day).get(day, (0, 0.0))
                each_s = seconds_each(reviews.latest_durations(session, profile_id), CARD_S)
                fit = max(0, int((wishes.minutes_per_day * 60 - spent_s) / each_s) - len(learning))
            due = cards.due_ids(session, profile_id, day, fit, topics)
            if fit is not None:
                new_left = min(new_left, (fit - len(due)) // NEW_CARD_PASSES)
            new: list[str] = []
            if new_left > 0:
                waiting = cards.new_by_topic(session, profile_id, day, new_left, topics)
                exam = catalogue.blueprint(session, wishes.exam_id) if wishes.exam_id else None
                weights = turn_weights(tuple(waiting), None if exam is None else exam.topic_weights())
                new = take_turns(waiting, cards.begun_by_topic(session, profile_id), weights, new_left)
        return ReviewQueue.of(learning, due, new)

    def ahead(self, scope: ReviewScope, moment: Moment, limit: int = 50) -> list[str]:
        """Cards of the scope that are due after today, soonest first."""
        with self._desk.database.read() as session:
            return cards.ahead_ids(session, self._desk.profile_id, moment.study_day, limit, tuple(sorted(scope.topics)))

    def _moment(self) -> Moment:
        return self._desk.moment(self._settings.get().day_starts_at)


_LEARNING = (Phase.LEARNING, Phase.RELEARNING)

_STATE_WORDS = {
    Phase.NEW: "new",
    Phase.LEARNING: "learning",
    Phase.RELEARNING: "learning",
    Phase.REVIEW: "review",
}


def _view(stored: StoredCard, day: int, desired_retention: float) -> CardView:
    again, hard, good, easy = (
        GradeChoice(choice.rating, choice.minutes, choice.days)
        for choice in scheduling.choices(stored.state, day, stored.card.id, desired_retention)
    )
    return CardView(
        card=stored.card,
        note=stored.note,
        face=face(stored.note, stored.card),
        topic_title=stored.topic_title,
        state=_STATE_WORDS[stored.state.phase],
        choices=(again, hard, good, easy),
        flagged=stored.flagged,
        leech=stored.state.leech,
        lapses=stored.state.lapses,
    )
