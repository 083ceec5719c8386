"""What tab Train shows of a run: status, curves, movie and prefixes, and how little of it travels."""

import base64
import json
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from live_cases import make_run, wait_until
from pages import is_skipped
from train_cases import HOSTILE

from s2s_demo.live import Change, Run, RunView
from s2s_demo.ui.train.movie import LEVELS, movie
from s2s_demo.ui.train.shown import Screen
from s2s_demo.ui.train.status import not_started, status
from s2s_demo.words import speaking


@pytest.fixture
def paused() -> Iterator[Run]:
    """A run that stands still after some updates, watching a hostile sentence."""
    run = make_run(probes=("abcd", HOSTILE), updates=10_000)
    run.start()
    assert wait_until(lambda: run.view().update > 5)
    run.pause()
    assert run.settle(60)
    yield run
    run.stop()
    assert run.join(60)


def test_only_what_changed_is_sent(paused):
    screen = Screen()
    first = screen.show(paused.view())
    assert first is not None
    assert not any(map(is_skipped, first))
    assert screen.show(paused.view()) is None
    paused.change(Change(learning_rate=0.5))
    assert paused.settle(60)
    second = screen.show(paused.view())
    assert second is not None
    assert not is_skipped(second.curves)
    assert second.start == first.start  # a browser that reads both at once would never hear of the first


def test_a_sign_of_life_repeats_the_buttons_and_nothing_else(paused):
    screen, view = Screen(), paused.view()
    first, again = screen.show(view), screen.show(view, anyway=True)
    kept = {name for name, value in again._asdict().items() if not is_skipped(value)}
    assert kept == {"start", "pause", "step", "stop", "rewind", "fork", "end_twin", "use", "save", "lane"}
    assert all(getattr(again, name) == getattr(first, name) for name in kept)


def test_the_buttons_follow_the_state(paused):
    seen = Screen().show(paused.view())
    assert seen.pause["value"] == "Resume"
    names = ("start", "pause", "step", "stop", "rewind", "use", "end_twin")
    assert {name for name in names if not getattr(seen, name)["interactive"]} == {"start", "end_twin"}
    paused.stop()
    assert paused.join(60)
    seen = Screen().show(paused.view())
    assert {name for name in names if getattr(seen, name)["interactive"]} == {"start", "rewind", "use"}


def test_the_movie_holds_every_moment_to_one_part_in_255(paused):
    view = paused.view()
    probes = json.loads(movie(view, whole=True))["probes"]
    for probe, truth in zip(probes, view.lanes[0].probes, strict=True):
        sent = probe["lanes"][0]["moments"]
        assert [m["update"] for m in sent] == [m.update for m in truth.moments]
        for moment, true in zip(sent, truth.moments, strict=True):
            cells = np.frombuffer(base64.b64decode(moment["cells"]), np.uint8).reshape(true.alignment.shape) / LEVELS
            assert np.abs(cells - true.alignment).max() <= 0.5 / LEVELS + 1e-6
    last = json.loads(movie(view, whole=False))["probes"]
    assert [len(p["lanes"][0]["moments"]) for p in last] == [1, 1]


@pytest.mark.parametrize("state", ["paused", "stopping", "finished", "stopped", "failed"])
def test_a_run_that_comes_to_rest_sends_the_whole_movie_once(paused, state):
    screen = Screen()

    def wholes(view: RunView) -> list[bool]:
        seen = screen.show(view)
        return [] if seen is None or is_skipped(seen.movie) else [json.loads(seen.movie)["whole"]]

    assert wholes(replace(paused.view(), state="running")) == [True]
    paused.step_once()
    assert paused.settle(60)
    view = paused.view()
    assert wholes(replace(view, state="running")) == [False]  # too soon for all of it: its latest moment
    at_rest = replace(view, state=state)
    assert wholes(at_rest) == [True]
    assert wholes(at_rest) == []


def test_another_cast_is_sent_whole_at_once(paused):
    screen = Screen()
    screen.show(replace(paused.view(), state="running"))
    paused.set_probes(["dcba"])
    assert paused.settle(60)
    sent = json.loads(screen.show(replace(paused.view(), state="running")).movie)
    assert (sent["whole"], [probe["text"] for probe in sent["probes"]]) == (True, ["dcba"])


def test_no_markup_reaches_the_page(paused):
    seen = Screen().show(paused.view())
    for name in ("status", "curves", "movie", "samples"):
        assert "<" not in getattr(seen, name), name


def test_a_twin_is_shown_beside_its_origin(paused):
    paused.fork(attention="none")
    assert paused.settle(60)
    seen = Screen().show(paused.view())
    lanes = json.loads(seen.movie)["probes"][0]["lanes"]
    assert [lane["looks"] for lane in lanes] == [True, False]
    assert [block["name"][0] for block in json.loads(seen.movie)["prefixes"]] == ["A", "B"]
    assert "B is" in json.loads(seen.samples)["columns"]
    assert any(trace.get("line", {}).get("dash") == "dot" for trace in json.loads(seen.curves)["figure"]["data"])
    assert seen.lane["visible"] is True


def test_the_try_before_a_rewind_stays_on_the_curves(paused):
    paused.rewind()
    assert paused.settle(60)
    view = paused.view()
    assert "0 of 10,000" in status(view)
    assert "before the rewind" in Screen().show(view).curves


def test_every_kept_moment_of_the_two_prefixes_travels_with_the_movie_and_the_latest_alone_after_it(paused):
    view = paused.view()
    truth = view.lanes[0].two_prefixes
    (block,) = json.loads(movie(view, whole=True))["prefixes"]
    assert [row["update"] for row in block["rows"]] == [two.update for two in truth]
    assert [row["update"] for row in block["rows"]] == [moment.update for moment in view.lanes[0].probes[0].moments]
    assert [(tuple(row["after_own"]), row["parts"]) for row in block["rows"]] == [
        (two.after_own, two.divergence) for two in truth
    ]
    assert (block["by_letter"], tuple(block["gold"])) == (True, truth[0].gold)
    (latest,) = json.loads(movie(view, whole=False))["prefixes"]
    assert latest["rows"] == block["rows"][-1:]


def test_a_run_is_shown_to_each_visitor_in_their_own_language(paused, other_language: str):
    paused.change(Change(learning_rate=0.5))
    assert paused.settle(60)
    view = paused.view()
    with speaking(other_language):
        seen = Screen().show(view)
    assert json.loads(seen.status)["name"] == "HALT"
    assert json.loads(seen.status)["text"].startswith("BEI ")
    assert seen.pause["value"] == "WEITER"
    assert "RATE 0.5" in seen.curves
    english = Screen().show(view)
    assert json.loads(english.status)["text"].startswith("at update ")
    assert "learning rate 0.5" in english.curves


def test_before_the_first_run_the_status_has_all_numbers_and_no_values():
    shown = json.loads(not_started())
    assert (shown["state"], shown["done"]) == ("ready", 0)
    assert {value for _, value in shown["numbers"]} == {"–"}
