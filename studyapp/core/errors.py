"""Errors that say whose fault they are."""


class StudyAppError(Exception):
    """Something the person can understand and act on.

    Attributes:
        sentence: what happened and where, as one plain sentence.
        remedy: what the person can do about it; may be empty.
    """

    def __init__(self, sentence: str, remedy: str = "") -> None:
        super().__init__(f"{sentence} {remedy}".strip())
        self.sentence = sentence
        self.remedy = remedy


class DamagedError(StudyAppError):
    """The learner's database cannot be read. It is left as it is, and a backup can take its place at the next start."""
