"""Everything that this monitor asks of CBS: the topics of all indicators, and the common ones."""

from __future__ import annotations

from indicators.core.cbs import Topic
from indicators.core.cbs_basis import BASIS
from indicators.core.indicator import indicators


def asked() -> tuple[Topic, ...]:
    """Give every topic once, in a fixed order.

    Raises:
        ValueError: Two topics of one name want something else of the same table.
    """
    found: dict[tuple[str, str], Topic] = {}
    topics: dict[Topic, None] = {}
    for topic in (*BASIS, *(t for indicator in indicators().values() for t in indicator.cbs)):
        for table in topic.tabellen:
            if found.setdefault((table, topic.naam), topic) != topic:
                raise ValueError(f"{topic.naam} in {table}: two definitions ask for something else under one name")
        topics[topic] = None
    return tuple(topics)


def used_by(topic: Topic) -> list[str]:
    """Give the titles of the indicators that need a topic."""
    return [indicator.titel for indicator in indicators().values() if topic in indicator.cbs]
