"""Blueprints: what an exam is made of, and how far its figures can be trusted."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Trust(StrEnum):
    """Where a blueprint's figures come from."""

    ISSUER = "issuer"  # the issuer's own page or handbook
    SECONDARY = "secondary"  # somebody else's page
    DERIVED = "derived"  # worked out from published figures
    UNVERIFIED = "unverified"  # general knowledge, to be checked


@dataclass(frozen=True, slots=True)
class Domain:
    """A section of an exam: its weight (share of items, all domains sum to 1) and the leaf topics it draws on.

    `topics` maps a leaf id to its relative weight within the domain (1.0 unless the blueprint says heavier).
    """

    id: str
    title: str
    weight: float
    topics: dict[str, float]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the figures were read, when, and how far to trust them."""

    source: str
    as_of: date
    trust: Trust
    weights_published: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Blueprint:
    """An exam: number of scored items, minutes, and the cut score as a share right.

    `cut_published` is False where the issuer publishes no cut score and `cut_score` is a practice target.
    """

    id: str
    title: str
    issuer: str
    items: int
    minutes: int
    cut_score: float
    cut_published: bool
    domains: tuple[Domain, ...]
    provenance: Provenance

    def topic_weights(self) -> dict[str, float]:
        """Share of the exam that each leaf topic carries; a leaf in two domains adds up. Sums to 1."""
        weights: dict[str, float] = {}
        for domain in self.domains:
            total = sum(domain.topics.values())
            for topic, relative in domain.topics.items():
                weights[topic] = weights.get(topic, 0.0) + domain.weight * relative / total
        return weights
