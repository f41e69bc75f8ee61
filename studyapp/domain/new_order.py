"""In which order new cards are begun: topics take turns in proportion to what they carry in the exam."""

from collections.abc import Mapping, Sequence

OFF_EXAM = 0.2
"""What a topic outside the exam weighs, as a share of the mean weight of the exam's topics: met, but rarely."""


def turn_weights(topics: Sequence[str], exam: Mapping[str, float] | None) -> dict[str, float]:
    """How often each topic has its turn, relative to the others; all alike without an exam.

    Args:
        exam: share of the exam by leaf topic (`Blueprint.topic_weights`), None without an exam.
    """
    if not exam:
        return dict.fromkeys(topics, 1.0)
    outside = OFF_EXAM * sum(exam.values()) / len(exam)
    return {topic: exam.get(topic, 0.0) or outside for topic in topics}


def take_turns(
    waiting: Mapping[str, Sequence[str]], begun: Mapping[str, int], weights: Mapping[str, float], limit: int
) -> list[str]:
    """The next `limit` cards to begin: weighted fair queueing over topics, each topic in its own order.

    The topic whose next card would leave it least ahead of its weight comes first, so what was begun on earlier days
    counts too, and any prefix of the result is as evenly spread as it can be.

    Args:
        waiting: ids of cards never reviewed, by topic, in the order of the topic.
        begun: how many cards of each topic were begun before.
        weights: positive, by topic.
    """
    taken = dict.fromkeys(waiting, 0)
    chosen: list[str] = []
    while len(chosen) < limit:
        open_topics = [topic for topic, cards in waiting.items() if taken[topic] < len(cards)]
        if not open_topics:
            break
        topic = min(open_topics, key=lambda name: ((begun.get(name, 0) + taken[name] + 1) / weights[name], name))
        chosen.append(waiting[topic][taken[topic]])
        taken[topic] += 1
    return chosen
