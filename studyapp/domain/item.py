"""Items: one class for each way of answering, and what they share.

An item is a question with a stem and a key. Its text may hold the safe subset of markup that the
bank format allows (`**bold**`, `*italic*`, line breaks; pipe tables in a stimulus).
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Bloom(StrEnum):
    """Cognitive level of an item (Anderson & Krathwohl's revision of Bloom's taxonomy)."""

    REMEMBER = "remember"
    UNDERSTAND = "understand"
    APPLY = "apply"
    ANALYZE = "analyze"


class Volatility(StrEnum):
    """How likely the fact behind an item is to change."""

    STABLE = "stable"
    ANNUAL = "annual"
    CONTESTED = "contested"


class ItemType(StrEnum):
    """The ways of answering that exist; `order`, `match` and `hotspot` have their place in the bank format only."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    NUMERIC = "numeric"
    TEXT = "text"
    CLOZE = "cloze"


class Origin(StrEnum):
    """Where an item or note comes from."""

    BUNDLED = "bundled"
    OWN = "own"
    IMPORTED = "imported"


class DifficultyBand(StrEnum):
    """Difficulty label in words, from the share of just-qualified candidates expected to answer right."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


def band_of(difficulty: float) -> DifficultyBand:
    """A difficulty (Angoff share) in words: easy from 0.70, hard below 0.50."""
    if difficulty >= 0.70:
        return DifficultyBand.EASY
    return DifficultyBand.MEDIUM if difficulty >= 0.50 else DifficultyBand.HARD


@dataclass(frozen=True, slots=True)
class Reference:
    """A source that supports the key. `as_of` is the day it was checked; `edition` says how old the text read was."""

    title: str
    url: str
    locator: str
    as_of: date
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice item, with the reason why it is right or wrong."""

    id: str
    text: str
    why: str
    correct: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """A stimulus (vignette, remittance, schedule) that several items share."""

    id: str
    title: str
    stimulus: str


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong number that people reach, and how they reach it."""

    value: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What every item has.

    Attributes:
        difficulty: Angoff share in (0, 1): just-qualified candidates expected to answer right.
        reserved: kept for reserved exam forms; never met in practice.
    """

    id: str
    topic: str
    stem: str
    takeaway: str
    bloom: Bloom
    difficulty: float
    references: tuple[Reference, ...] = ()
    objectives: tuple[str, ...] = ()
    volatility: Volatility = Volatility.STABLE
    case: Case | None = None
    reserved: bool = False

    @property
    def band(self) -> DifficultyBand:
        """Difficulty in words: easy from 0.70, hard below 0.50."""
        return band_of(self.difficulty)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceItem(Item):
    """An item answered by choosing among options."""

    options: tuple[Option, ...]

    @property
    def key(self) -> frozenset[str]:
        """Ids of the correct options."""
        return frozenset(option.id for option in self.options if option.correct)


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleItem(ChoiceItem):
    """One best answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MultipleItem(ChoiceItem):
    """Every correct option is to be chosen; partial credit (`marking.mark`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueFalseItem(ChoiceItem):
    """A statement judged true or false; the options have the ids `t` and `f` and are never shuffled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumericItem(Item):
    """A number to work out: right within `tolerance` of `value`, in `unit`."""

    value: float
    tolerance: float
    unit: str
    why: str
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextItem(Item):
    """A word or phrase to type; case, spacing and hyphens are forgiven."""

    accept: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClozeItem(Item):
    """A stem with blanks `{{c1::answer|other spelling::hint}}` to fill in."""

    why: str


AnyItem = SingleItem | MultipleItem | TrueFalseItem | NumericItem | TextItem | ClozeItem

ITEM_CLASSES: dict[ItemType, type[AnyItem]] = {
    ItemType.SINGLE: SingleItem,
    ItemType.MULTIPLE: MultipleItem,
    ItemType.TRUE_FALSE: TrueFalseItem,
    ItemType.NUMERIC: NumericItem,
    ItemType.TEXT: TextItem,
    ItemType.CLOZE: ClozeItem,
}


def item_type(item: Item) -> ItemType:
    """The type whose class `item` is an instance of."""
    for kind, cls in ITEM_CLASSES.items():
        if type(item) is cls:
            return kind
    raise TypeError(f"{type(item).__name__} is not an item class")


@dataclass(frozen=True, slots=True)
class Response:
    """What a learner gave as an answer: chosen option ids, or a typed text or number, or one text a blank."""

    chosen: frozenset[str] = field(default_factory=frozenset)
    text: str = ""
    blanks: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """True when nothing was given."""
        return not self.chosen and not self.text.strip() and not any(blank.strip() for blank in self.blanks)


class Confidence(StrEnum):
    """How sure the learner was before seeing the key."""

    GUESS = "guess"
    UNSURE = "unsure"
    SURE = "sure"
