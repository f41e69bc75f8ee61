"""Timed practice exams: what can be taken, assembling the form, starting it."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from studyapp.domain.blueprint import Blueprint
from studyapp.services.attempts import AttemptRunner


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


class ExamService(Protocol):
    """Exams."""

    def blueprints(self) -> tuple[Blueprint, ...]: ...
    def offer(self, blueprint_id: str, length: Length, time_factor: float = 1.0) -> ExamOffer:
        """`time_factor` 1.0, 1.25, 1.5 or 2.0."""
        ...

    def start(self, blueprint_id: str, length: Length, time_factor: float = 1.0) -> AttemptRunner:
        """Assemble a form and open the attempt (largest remainder; stratified by leaf and difficulty; unseen first).

        Raises:
            StudyAppError: the bank has no item for any domain, or an exam is already open.
        """
        ...
