"""Timed practice exams: what can be taken, assembling the form, starting it."""

import math
import random
from dataclasses import dataclass
from enum import Enum

from studyapp.core.errors import StudyAppError
from studyapp.domain.attempt import AttemptKind, Feedback
from studyapp.domain.blueprint import Blueprint
from studyapp.domain.form import Form, assemble
from studyapp.services.assembling import new_attempt, read_bank
from studyapp.services.attempts import AttemptRunner, AttemptService
from studyapp.services.desk import Desk
from studyapp.storage import catalogue

TIME_FACTORS = (1.0, 1.25, 1.5, 2.0)


class Length(Enum):
    """Share of the full number of items and minutes."""

    FULL = 1.0
    HALF = 0.5
    QUARTER = 0.25


@dataclass(frozen=True, slots=True)
class DomainSupply:
    """How many items a domain wants in this form and how many the bank has."""

    id: str
    title: str
    wanted: int
    available: int
    unseen: int


@dataclass(frozen=True, slots=True)
class ExamOffer:
    """What a form would be: number of items that can be had, minutes, and each domain's supply.

    `items` is the sum of min(wanted, available) over domains as really assembled; it is less than `wanted` on a
    shortage, and `minutes` shrinks in proportion. The shortage is told, never filled silently.
    """

    blueprint: Blueprint
    length: Length
    time_factor: float
    wanted: int
    items: int
    minutes: int
    supply: tuple[DomainSupply, ...]

    @property
    def short(self) -> bool:
        return self.items < self.wanted


class ExamService:
    """Exams. Reserved items stay out: they are kept for reserved forms."""

    def __init__(self, desk: Desk, attempts: AttemptService) -> None:
        self._desk = desk
        self._attempts = attempts

    def blueprints(self) -> tuple[Blueprint, ...]:
        """The exams that can be taken, in the bank's order."""
        with self._desk.database.read() as session:
            return catalogue.blueprints(session)

    def offer(self, blueprint_id: str, length: Length, time_factor: float = 1.0) -> ExamOffer:
        """What starting it now would bring. `time_factor` 1.0, 1.25, 1.5 or 2.0.

        Raises:
            StudyAppError: there is no such exam.
            ValueError: another time factor.
        """
        # How many items each domain gets does not depend on chance, only which.
        return self._offer(self._blueprint(blueprint_id), length, time_factor, random.Random(0))[0]

    def start(self, blueprint_id: str, length: Length, time_factor: float = 1.0) -> AttemptRunner:
        """Assemble a form and open the attempt (largest remainder; stratified by leaf and difficulty; unseen first).

        Raises:
            StudyAppError: the bank has no item for any domain, or an exam is already open.
        """
        blueprint = self._blueprint(blueprint_id)
        if any(attempt.kind is AttemptKind.EXAM for attempt in self._attempts.open_attempts()):
            raise StudyAppError("An exam is already open.", "Finish it or give it up before you start another.")
        seed = self._desk.rng.getrandbits(63)
        rng = random.Random(seed)
        offer, form = self._offer(blueprint, length, time_factor, rng)
        if not offer.items:
            raise StudyAppError(f"There are no questions for {blueprint.title} yet.", "Choose another exam.")
        attempt = new_attempt(
            self._desk,
            form.order,
            rng,
            seed=seed,
            kind=AttemptKind.EXAM,
            title=blueprint.title,
            blueprint_id=blueprint.id,
            feedback=Feedback.TEST,
            time_limit_s=offer.minutes * 60,
        )
        spec = f'{{"length": {length.value}, "time_factor": {time_factor}}}'
        return self._attempts.begin(attempt, spec=spec)

    def _offer(
        self, blueprint: Blueprint, length: Length, time_factor: float, rng: random.Random
    ) -> tuple[ExamOffer, Form]:
        if time_factor not in TIME_FACTORS:
            raise ValueError(f"{time_factor} is no time factor")
        wanted = max(1, round(blueprint.items * length.value))
        candidates = read_bank(self._desk).candidates()
        form = assemble(blueprint.domains, wanted, candidates, rng)
        items = len(form.order)
        minutes = blueprint.minutes * length.value * time_factor * items / wanted
        supply = tuple(
            DomainSupply(domain.id, domain.title, section.wanted, section.available, section.unseen)
            for domain, section in zip(blueprint.domains, form.sections, strict=True)
        )
        offer = ExamOffer(
            blueprint=blueprint,
            length=length,
            time_factor=time_factor,
            wanted=wanted,
            items=items,
            minutes=math.ceil(round(minutes, 6)),
            supply=supply,
        )
        return offer, form

    def _blueprint(self, blueprint_id: str) -> Blueprint:
        for blueprint in self.blueprints():
            if blueprint.id == blueprint_id:
                return blueprint
        raise StudyAppError("That exam is no longer there.", "Choose another one.")
