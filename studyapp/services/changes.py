"""What a write changed, so that the visible screen refreshes and hidden ones are marked stale."""

from dataclasses import dataclass
from enum import StrEnum


class Area(StrEnum):
    """Parts of the stored data that screens show."""

    CARDS = "cards"
    RESPONSES = "responses"
    ATTEMPTS = "attempts"
    LIBRARY = "library"
    MARKS = "marks"
    SETTINGS = "settings"
    EVERYTHING = "everything"


@dataclass(frozen=True, slots=True)
class Changes:
    """The areas a write touched."""

    areas: frozenset[Area]

    @classmethod
    def of(cls, *areas: Area) -> "Changes":
        """Changes in these areas."""
        return cls(frozenset(areas))
