"""Subjects, their leaf topics and objectives."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Objective:
    """Something the learner can do after a leaf topic."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A leaf topic such as L07; `subject` is T, C, L or H."""

    id: str
    subject: str
    title: str
    objectives: tuple[Objective, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """One of the four subjects with its leaf topics in curriculum order."""

    id: str
    title: str
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """The whole curriculum."""

    subjects: tuple[Subject, ...]

    def topic(self, topic_id: str) -> Topic:
        """The leaf topic with this id.

        Raises:
            KeyError: there is none.
        """
        for subject in self.subjects:
            for topic in subject.topics:
                if topic.id == topic_id:
                    return topic
        raise KeyError(topic_id)

    @property
    def topics(self) -> tuple[Topic, ...]:
        """Every leaf topic, in order."""
        return tuple(topic for subject in self.subjects for topic in subject.topics)
