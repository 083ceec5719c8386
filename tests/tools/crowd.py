"""A class at work: `python -m tests.tools.crowd [--visitors 30] [--every 3] [--seconds 120] [--trainings 2]`.

Starts the page, and visitors who ask over the page's own queue, each a question of their own every few seconds, while
some train; then, with `--once`, N visitors at the same moment.  Prints how long answers took (p50, p95, worst, in
seconds), errors, and the server's memory: before, after the first quarter of the time, when caches have filled, and
after.  Loopback only; it ends by itself.
"""

import argparse
import asyncio
import json
import random
import statistics
import sys
import time
import uuid
from collections.abc import AsyncIterator, Sequence
from typing import Any

import httpx

from s2s_demo.serving.query import DEFAULT_MODEL
from s2s_demo.tasks.scenes import scenes
from tests.tools.endurance import served

LEAST = 11  # words of a question
PATIENCE = 60.0  # seconds for one answer


class Visitor:
    """One open page: its session, and the functions of the page by what sets them off."""

    def __init__(self, client: httpx.AsyncClient, config: dict[str, Any]) -> None:
        self.client, self.config, self.session = client, config, uuid.uuid4().hex[:12]

    async def press(self, elem_id: str, changes: dict[str, Any]) -> Any:
        """Press a button; what the event's inputs hold is what the page began with, but for some by their elem_id."""
        button = next(c["id"] for c in self.config["components"] if c["props"].get("elem_id") == elem_id)
        event = next(d for d in self.config["dependencies"] if [button, "click"] in map(list, d["targets"]))
        parts = {c["id"]: c["props"] for c in self.config["components"]}
        data = [changes.get(parts[i].get("elem_id", ""), parts[i].get("value")) for i in event["inputs"]]
        asked = {"data": data, "fn_index": event["id"], "session_hash": self.session, "trigger_id": button}
        (await self.client.post("gradio_api/queue/join", json=asked)).raise_for_status()
        async for message in self._messages():
            if message["msg"] == "process_completed":
                return message
        raise RuntimeError("the page closed the connection before it answered")

    async def _messages(self) -> AsyncIterator[dict[str, Any]]:
        address, parameters = "gradio_api/queue/data", {"session_hash": self.session}
        async with self.client.stream("GET", address, params=parameters, timeout=PATIENCE) as stream:
            async for line in stream.aiter_lines():
                if line.startswith("data:"):
                    yield json.loads(line[5:])


async def ask(visitor: Visitor, number: int, model: str) -> float | None:
    """Seconds until the answer to a new question; None where there was none."""
    chance = random.Random(number)
    captions = iter(lambda: scenes("en", "zh", chance).source, "")
    sentence = next(caption for caption in captions if len(caption.split()) >= LEAST)
    started = time.perf_counter()
    try:
        answer = await visitor.press("translate-button", {"sentence": sentence, "model": model})
    except (httpx.HTTPError, RuntimeError):
        return None
    return time.perf_counter() - started if answer["success"] and not answer["output"]["data"][0] else None


async def attend(visitor: Visitor, first: int, every: float, seconds: float, model: str) -> list[float | None]:
    """A visitor who asks again and again; each begins at a moment of their own."""
    await asyncio.sleep(every * random.Random(first).random())
    took, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        begun = time.monotonic()
        took.append(await ask(visitor, 1000 * first + len(took), model))
        await asyncio.sleep(max(0.0, every - (time.monotonic() - begun)))
    return took


def summary(took: Sequence[float | None]) -> dict[str, Any]:
    """The figures of some answers."""
    good = sorted(seconds for seconds in took if seconds is not None)
    p95 = good[min(len(good) - 1, int(0.95 * len(good)))] if good else None
    middle, worst = (statistics.median(good), good[-1]) if good else (None, None)
    return {"answers": len(good), "errors": len(took) - len(good), "p50": middle, "p95": p95, "worst": worst}


async def crowd(address: str, options: argparse.Namespace, server: int | str = "self") -> dict[str, Any]:
    """Everything that was asked for, measured."""
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE, limits=limits) as client:
        config = (await client.get("config")).json()
        found: dict[str, Any] = {}
        teachers = [Visitor(client, config) for _ in range(options.trainings)]
        for teacher in teachers:
            await teacher.press("start", {"updates": 100_000})
        if options.seconds:
            class_ = [Visitor(client, config) for _ in range(options.visitors)]
            each = (options.every, options.seconds, options.model)
            asked = [attend(one, number, *each) for number, one in enumerate(class_, start=1)]
            early = asyncio.create_task(_resident_later(server, options.seconds / 4))
            found["class"] = summary([took for one in await asyncio.gather(*asked) for took in one])
            found["megabytes_early"] = await early
        if options.once:
            together = [ask(Visitor(client, config), number, options.model) for number in range(options.once)]
            found["at_once"] = summary(await asyncio.gather(*together))
        for teacher in teachers:
            await teacher.press("stop", {})
        return found


async def _resident_later(process: int | str, seconds: float) -> int:
    await asyncio.sleep(seconds)
    return resident(process)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.tools.crowd", description=__doc__)
    parser.add_argument("--visitors", type=int, default=30)
    parser.add_argument("--every", type=float, default=3.0, metavar="SECONDS")
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--trainings", type=int, default=2)
    parser.add_argument("--once", type=int, default=0, metavar="N")
    parser.add_argument("--model", default=DEFAULT_MODEL, metavar="NAME")
    options = parser.parse_args()
    with served() as (address, server):
        before = resident(server)
        found = asyncio.run(crowd(address, options, server))
        print(json.dumps({**found, "megabytes_before": before, "megabytes_after": resident(server)}))  # noqa: T201
    return 0


def resident(process: int | str = "self") -> int:
    """Megabytes that a process holds, this one if none is said."""
    with open(f"/proc/{process}/status") as status:
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmRSS"))


if __name__ == "__main__":
    sys.exit(main())
