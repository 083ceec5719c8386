"""Tab Train without a browser: its handlers are plain functions."""

import asyncio
import base64
import json
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from live_cases import TINY, Copy
from pages import is_skipped
from train_cases import SMALL, request

from s2s_demo.errors import InputError, S2SError
from s2s_demo.live import PRESETS, RunView
from s2s_demo.tasks import make_task
from s2s_demo.ui.parts.handler import flattened, leaves
from s2s_demo.ui.train import choice, handlers, home
from s2s_demo.ui.train.form import Form, Knobs
from s2s_demo.ui.train.presets import SUITS
from s2s_demo.ui.train.shown import Screen, Seen
from s2s_demo.ui.train.trainer import Trainer
from s2s_demo.words import say

LONG = Form.of(replace(TINY, updates=100_000))


def in_a_loop(work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """What `work` returns; in a thread of its own, because this one may have Playwright's loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(work())).result()


def test_a_run_is_watched_to_its_end_and_used_by_its_visitor_only(trainer):
    async def watch() -> list[Seen]:
        return [seen async for seen in trainer.watch("ann")]

    trainer.start("ann", "copy", None, "ab", SMALL)
    seen = in_a_loop(watch)
    assert json.loads(seen[-1].status)["state"] == "finished"
    assert json.loads(seen[-1].movie)["whole"] is True
    name, text = trainer.use("ann", "")
    assert (name, text) == ("copy-live", Copy().examples[0])
    assert trainer.library.names("ann") == ["shipped", "copy-live"]
    assert trainer.library.names("bob") == ["shipped"]
    saved = json.loads(trainer.save("ann", ""))
    assert saved["file"] == "copy-live.zip"
    assert base64.b64decode(saved["base64"])[:2] == b"PK"


def test_watching_never_waits_for_a_run_or_draws_in_the_event_loop(trainer, monkeypatch: pytest.MonkeyPatch):
    drawn_in, show = [], Screen.show

    def shown(self: Screen, view: RunView, *, anyway: bool) -> Seen | None:
        drawn_in.append(threading.current_thread())
        return show(self, view, anyway=anyway)

    monkeypatch.setattr(Screen, "show", shown)

    async def watch() -> tuple[threading.Thread, int]:
        ticks, done = 0, False

        async def clock() -> None:
            nonlocal ticks
            while not done:
                ticks += 1
                await asyncio.sleep(0.01)

        clock_task = asyncio.ensure_future(clock())
        watching = trainer.watch("ann")
        run = trainer.runs.get("ann")
        with run._engine.lock:  # as while a run writes down what it found
            first = asyncio.ensure_future(anext(watching))
            await asyncio.sleep(0.3)
            assert not first.done()
        await first
        await watching.aclose()
        done = True
        await clock_task
        return threading.current_thread(), ticks

    trainer.start("ann", "copy", None, "ab", LONG)
    loop, ticks = in_a_loop(watch)
    assert drawn_in
    assert loop not in drawn_in
    assert ticks > 15


def test_a_later_watch_takes_over_from_an_earlier_one(trainer):
    async def both() -> bool:
        trainer.start("ann", "copy", None, "ab", LONG)
        first, second = trainer.watch("ann"), trainer.watch("ann")
        await anext(first)
        await anext(second)
        return [seen async for seen in first] == []

    assert in_a_loop(both)


def test_a_saved_model_comes_back_and_a_damaged_file_is_refused(trainer, tmp_path: Path):
    trainer.start("ann", "copy", None, "", SMALL)
    run = trainer.runs.get("ann")
    assert run is not None
    assert run.join(60)
    path = tmp_path / "model.zip"
    path.write_bytes(base64.b64decode(json.loads(trainer.save("ann", ""))["base64"]))
    name = trainer.load("bob", path)
    assert name in trainer.library.names("bob")
    assert not path.exists()
    path.write_bytes(b"no zip")
    with pytest.raises(S2SError, match="not a zip"):
        trainer.load("bob", path)
    assert not path.exists()


def test_mistakes_become_sentences_and_bugs_are_not_shown(
    trainer, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    message, *others = flattened(home.on_use(trainer.library))(request("nobody"), "")
    assert message == "Nothing has been trained yet; press Start first."
    assert all(map(is_skipped, others))
    trainer.visitors.close("gone")
    on_start = handlers.on_start(trainer.library)
    assert "closed" in on_start(request("gone"), "copy", SUITS, "", *leaves(SMALL)).message
    monkeypatch.setattr(Trainer, "start", lambda *values: 1 // 0)
    assert on_start(request("ann"), "copy", SUITS, "", *leaves(SMALL)).message == say("page.bug")
    assert "ZeroDivisionError" in caplog.text
    with pytest.raises(InputError):
        trainer.fork("nobody", "forcing", 0, 0.1)


def test_a_task_brings_its_preset_its_sentences_and_its_form(trainer):
    library = trainer.library
    chosen = choice.on_task(library)(request("ann"), "reverse")
    assert (chosen.message, chosen.preset) == ("", "reverse-in-seconds")
    assert is_skipped(chosen.task)
    assert all(map(is_skipped, chosen.own))
    assert chosen.probes.splitlines() == make_task("reverse").examples[:3]
    assert chosen.form == Form.of(PRESETS["reverse-in-seconds"]).shown()
    assert "LSTM 96" in chosen.details["label"]
    chosen = choice.on_preset(library)(request("ann"), "luong-2015", "reverse")
    assert (chosen.message, chosen.task) == ("", "reverse")
    assert is_skipped(chosen.probes)  # the sentences are still those of the task


def test_a_rewind_gives_the_knobs_back(trainer):
    trainer.start("ann", "copy", None, "ab", LONG)
    trainer.rate("ann", trainer.attempt("ann"), "", 0.5)
    message, *knobs = flattened(handlers.on_rewind(trainer.library))(request("ann"))
    assert (message, Knobs(*knobs)) == ("", SMALL.knobs)


def test_watching_and_mistakes_speak_the_language_of_the_page(trainer, other_language: str):
    async def first() -> Seen:
        watching = trainer.watch("ann", other_language)
        seen = await anext(watching)
        await watching.aclose()
        return seen

    trainer.start("ann", "copy", None, "ab", LONG)
    trainer.pause_or_resume("ann")
    assert trainer.runs.get("ann").settle(60)
    assert json.loads(in_a_loop(first).status)["name"] == "HALT"
    message, *_ = flattened(home.on_use(trainer.library))(request("ben", lang=other_language), "")
    assert message == "NICHTS DA."
