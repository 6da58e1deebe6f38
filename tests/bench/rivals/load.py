"""Twenty readers who change what they look at, as requests: what their browsers would send, without the browsers."""

from __future__ import annotations

import http.client
import json
import random
import statistics
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

USERS = 20


@dataclass(frozen=True)
class Load:
    """Of all changes: 95th percentile and median in milliseconds, how many, how many wrong."""

    p95: float
    median: float
    count: int
    wrong: int


def under_load(url: str, bodies: list[str], seconds: float, pause: float) -> Load:
    """Let twenty readers change at random.

    Args:
        url: Of the server.
        bodies: What a change can ask, one each.
        seconds: How long.
        pause: Between the changes of one reader; 0 is a closed loop: the next as soon as the answer is there.
    """
    host = urlsplit(url).netloc
    took: list[float] = []
    wrong: list[int] = []
    end = time.monotonic() + seconds

    def reader(number: int) -> None:
        chance = random.Random(number)
        connection = http.client.HTTPConnection(host, timeout=60)
        time.sleep(pause * number / USERS)
        while time.monotonic() < end:
            start = time.perf_counter()
            # A browser asks for compressed answers; every server may answer as it does.
            connection.request("POST", "/_dash-update-component", body=chance.choice(bodies),
                               headers={"Content-Type": "application/json", "Accept-Encoding": "gzip, br"})  # fmt: skip
            answer = connection.getresponse()
            answer.read()
            took.append((time.perf_counter() - start) * 1000)
            if answer.status != 200:
                wrong.append(answer.status)
            if pause:
                time.sleep(pause)
        connection.close()

    readers = [threading.Thread(target=reader, args=(n,)) for n in range(USERS)]
    for thread in readers:
        thread.start()
    for thread in readers:
        thread.join()
    return Load(statistics.quantiles(took, n=20)[18], statistics.median(took), len(took), len(wrong))


def variants(body: str, name_of_choice: str, choices: list[str]) -> list[str]:
    """Give the question that a browser sent, for each of the choices.

    Args:
        body: What it sent.
        name_of_choice: "search" for the monitor (the address), "value" for plain Dash.
        choices: Values of the control.
    """
    made = []
    for choice in choices:
        told = json.loads(body)
        for given in told["inputs"]:
            if given["property"] == name_of_choice:
                given["value"] = f"?onderdeel={choice}" if name_of_choice == "search" else choice
        made.append(json.dumps(told))
    return made
