"""What the program brings: the whole curriculum and two exams whose figures say where they come from."""

from collections import Counter

import pytest

from studyapp.banks.exams import load_exams
from studyapp.banks.loader import load_bank
from studyapp.core import paths
from studyapp.domain.blueprint import Blueprint, Trust


@pytest.fixture(scope="module")
def exams() -> dict[str, Blueprint]:
    """The bundled blueprints, which must be free of problems."""
    banks = paths.question_banks_dir()
    assert banks is not None
    topics = {topic.id for topic in load_bank(banks / "taxonomy.yaml").taxonomy.topics}
    blueprints, problems = load_exams(paths.resources_dir() / "exams", topics)
    assert problems == ()
    return {blueprint.id: blueprint for blueprint in blueprints}


def test_the_curriculum_is_whole() -> None:
    """Four subjects with 22, 25, 25 and 25 leaves, numbered without a gap, each with a title of its own."""
    banks = paths.question_banks_dir()
    assert banks is not None
    topics = load_bank(banks / "taxonomy.yaml").taxonomy.topics
    assert Counter(topic.subject for topic in topics) == {"T": 22, "C": 25, "L": 25, "H": 25}
    counted: Counter[str] = Counter()
    for topic in topics:
        counted[topic.subject] += 1
        assert topic.id == f"{topic.subject}{counted[topic.subject]:02d}"
    assert len({topic.title for topic in topics}) == 97


def test_cmom(exams: dict[str, Blueprint]) -> None:
    """CMOM is the issuer's format of 2015: 100 items, 240 minutes, 70 %, five weighted domains."""
    cmom = exams["cmom"]
    assert (cmom.items, cmom.minutes, cmom.cut_score, cmom.cut_published) == (100, 240, 0.70, True)
    assert [domain.weight for domain in cmom.domains] == pytest.approx([0.25, 0.20, 0.20, 0.25, 0.10])
    assert cmom.provenance.trust is Trust.ISSUER
    assert cmom.provenance.weights_published
    heavy = {topic for topic, weight in cmom.domains[0].topics.items() if weight == 2.0}
    assert heavy == {f"L{n:02d}" for n in (*range(3, 9), *range(11, 17))}


def test_cmm(exams: dict[str, Blueprint]) -> None:
    """CMM's weights and pass mark are not published: nine domains alike, and 75 % as a practice target that says so."""
    cmm = exams["cmm"]
    assert (cmm.items, cmm.minutes, cmm.cut_score, cmm.cut_published) == (200, 180, 0.75, False)
    assert [domain.weight for domain in cmm.domains] == pytest.approx([1 / 9] * 9)
    assert cmm.provenance.trust is Trust.SECONDARY
    assert not cmm.provenance.weights_published
    assert "practice target" in cmm.provenance.note


def test_topic_weights_sum_to_one(exams: dict[str, Blueprint]) -> None:
    """A leaf in two domains adds up, and all shares make one exam."""
    for blueprint in exams.values():
        assert sum(blueprint.topic_weights().values()) == pytest.approx(1.0)
