"""What is wrong with a bank: one value a finding, and the name of every rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Errors keep a bank from loading; warnings are counted against a cap for the whole bank, or only shown."""

    ERROR = "error"
    WARNING = "warning"


class Rule(StrEnum):
    """Every rule that `studyapp check` applies. The guide for authors gives the reasons."""

    # Files
    UNREADABLE = "unreadable"
    ENCODING = "encoding"
    EMPTY_FILE = "empty-file"
    YAML = "yaml"
    DUPLICATE_KEY = "duplicate-key"
    ALIAS = "alias"
    # Shape
    UNKNOWN_KEY = "unknown-key"
    MISSING_FIELD = "missing-field"
    WRONG_TYPE = "wrong-type"
    BAD_VALUE = "bad-value"
    UNKNOWN_TYPE = "unknown-type"
    UNSUPPORTED_TYPE = "unsupported-type"
    # Names
    DUPLICATE_ID = "duplicate-id"
    UNKNOWN_TOPIC = "unknown-topic"
    WRONG_FOLDER = "wrong-folder"
    UNKNOWN_SOURCE = "unknown-source"
    UNKNOWN_OBJECTIVE = "unknown-objective"
    UNKNOWN_FACT = "unknown-fact"
    UNKNOWN_CASE = "unknown-case"
    # Completeness
    MISSING_RATIONALE = "missing-rationale"
    MISSING_TAKEAWAY = "missing-takeaway"
    MISSING_CITATION = "missing-citation"
    # Options and keys
    NO_KEY = "no-key"
    SEVERAL_KEYS = "several-keys"
    MULTIPLE_KEY = "multiple-key"
    TRUE_FALSE = "true-false"
    TOO_FEW_OPTIONS = "too-few-options"
    DUPLICATE_OPTIONS = "duplicate-options"
    ALL_OF_THE_ABOVE = "all-of-the-above"
    COMBINATION_OPTION = "combination-option"
    OPTION_POSITION = "option-position"
    OVERLAPPING_RANGES = "overlapping-ranges"
    UNMARKED_NEGATIVE = "unmarked-negative"
    CLOZE_SYNTAX = "cloze-syntax"
    MISTAKE_IS_KEY = "mistake-is-key"
    # Truth
    COMPUTE_INVALID = "compute-invalid"
    COMPUTE_MISMATCH = "compute-mismatch"
    FACT_VALIDITY = "fact-validity"
    FACT_SOURCES = "fact-sources"
    FACT_EXPIRED = "fact-expired"
    ICD_UNKNOWN = "icd-unknown"
    ICD_NOT_BILLABLE = "icd-not-billable"
    # Text
    NEAR_DUPLICATE = "near-duplicate"
    FORBIDDEN_CODE = "forbidden-code"
    FORBIDDEN_PHRASE = "forbidden-phrase"
    MARKUP = "markup"
    # Warnings with a cap for the whole bank
    LONG_KEY = "long-key"
    UNEVEN_LENGTHS = "uneven-lengths"
    NEGATIVE_STEM = "negative-stem"
    ABSOLUTE_DISTRACTORS = "absolute-distractors"
    HEDGED_KEY = "hedged-key"
    ECHOED_KEY = "echoed-key"
    CONVERGENCE = "convergence"
    VAGUE_FREQUENCY = "vague-frequency"
    UNFOCUSED_STEM = "unfocused-stem"
    UNORDERED_NUMBERS = "unordered-numbers"
    # Warnings without a cap
    CASE_SIZE = "case-size"
    AMBIGUOUS_CARD = "ambiguous-card"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `line` is 0 and `item`, `field` are empty where they do not apply."""

    severity: Severity
    file: str
    line: int
    item: str
    field: str
    rule: Rule
    sentence: str


def error(rule: Rule, sentence: str, *, file: str = "", line: int = 0, item: str = "") -> Problem:
    """A problem that keeps the bank from loading."""
    return Problem(Severity.ERROR, file, line, item, "", rule, sentence)


def has_errors(problems: Iterable[Problem]) -> bool:
    """True when at least one problem is an error."""
    return any(problem.severity is Severity.ERROR for problem in problems)
