"""Tab Train without a browser: its handlers are plain functions."""

import asyncio
import base64
import json
import math
import re
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from live_cases import TINY, Copy, make_run, wait_until

from s2s_demo import checkpoint, words
from s2s_demo.errors import DataError, InputError, S2SError, SettingError
from s2s_demo.live import PRESETS, Change, Run, Runs, RunSettings, RunView, preset_for
from s2s_demo.serving.library import Library
from s2s_demo.serving.names import task_name
from s2s_demo.serving.visitors import Visitors
from s2s_demo.settings import settings_of
from s2s_demo.tasks import TASKS, make_task
from s2s_demo.text import Pair
from s2s_demo.ui.parts.handler import flattened, leaves
from s2s_demo.ui.train import choice, details, handlers, home
from s2s_demo.ui.train.controls import explained
from s2s_demo.ui.train.form import CLIPS, RATES, Form, Knobs, asked, forcing_of
from s2s_demo.ui.train.movie import LEVELS, movie
from s2s_demo.ui.train.own import own_shown
from s2s_demo.ui.train.presets import ARCHITECTURE, SUITS, own_preset, preset_choices, preset_settings, task_of_preset
from s2s_demo.ui.train.shown import Screen, Seen
from s2s_demo.ui.train.status import not_started, status
from s2s_demo.ui.train.trainer import OWN, Trainer, task_choices
from s2s_demo.words import say, speaking

HOSTILE = "<img src=x onerror=alert(1)>"
SMALL = Form.of(replace(TINY, updates=20))
LONG = Form.of(replace(TINY, updates=100_000))


@pytest.fixture
def trainer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Trainer]:
    monkeypatch.setattr(checkpoint, "available", lambda: ["shipped"])
    monkeypatch.setitem(TASKS, "copy", Copy)
    runs = Runs(lease=60)
    yield Trainer(Library(Visitors(runs)))
    assert runs.shutdown()


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


def in_a_loop(work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """What `work` returns; in a thread of its own, because this one may have Playwright's loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(work())).result()


def ask(visitor: str, **parameters: str) -> Any:
    """What Gradio tells a handler of who asks."""
    return SimpleNamespace(session_hash=visitor, query_params=parameters)


def is_skipped(value: object) -> bool:
    return isinstance(value, dict) and value.get("__type__") == "update" and len(value) == 1


@pytest.mark.parametrize("name", PRESETS)
def test_the_form_shows_a_preset_and_gives_it_back(name):
    settings = PRESETS[name]
    given = Form.of(settings).settings(settings)
    assert replace(given, teacher_forcing=settings.teacher_forcing) == settings
    assert [given.teacher_forcing.at(u) for u in (1, 100)] == [settings.teacher_forcing.at(u) for u in (1, 100)]
    assert settings.learning_rate in RATES
    assert settings.clip in CLIPS


@pytest.mark.parametrize("name", TASKS)
def test_the_menus_offer_what_suits_a_task(name):
    suits = preset_for(name, make_task(name))
    assert suits.learning_rate in RATES
    assert suits.clip in CLIPS


NONSENSE = (None, "many", True, math.nan, math.inf, -1, 1e12)


@pytest.mark.parametrize("name", [name for name in Knobs._fields if name != "forced"])
def test_nonsense_of_a_knob_is_a_setting_error(name):
    knobs = Form.of(TINY).knobs._replace(schedule="linear")
    for nonsense in NONSENSE:
        with pytest.raises(SettingError):
            Form.of(TINY)._replace(knobs=knobs._replace(**{name: nonsense})).settings(TINY)


@pytest.mark.parametrize(
    "each", [each for each in asked() if each.setting.kind is not bool], ids=lambda e: e.setting.name
)
def test_nonsense_from_a_browser_is_a_setting_error(each):
    values = Form.of(TINY).named() | ({each.picker.name: each.setting.members[0]} if each.picker else {})
    allowed = (None,) if each.setting.optional else ()
    for nonsense in (value for value in NONSENSE if value not in allowed):
        with pytest.raises(SettingError):
            Form(Form.of(TINY).knobs, tuple((values | {each.setting.name: nonsense}).values())).settings(TINY)


def test_the_forcing_controls_mean_off_a_ratio_or_a_schedule():
    assert forcing_of(False, 0.7, "linear", 10).at(5) == 0
    assert forcing_of(True, 0.7, "constant", 10).at(5) == 0.7
    assert forcing_of(True, 1.0, "linear", 10).at(5) == 0.5


def test_a_papers_preset_goes_with_any_task_and_a_tasks_preset_brings_its_own():
    assert task_of_preset("bahdanau-2015") is None
    assert task_of_preset("reverse-in-seconds") == "reverse"
    assert own_preset("roman") == SUITS
    settings = preset_settings("bahdanau-2015", "copy", Copy())
    assert (settings.task, settings.attention, settings.decoder) == ("copy", "additive", "bahdanau")
    with pytest.raises(SettingError, match="unknown preset"):
        preset_settings("Nobody 1999", "copy", Copy())


def test_a_papers_preset_brings_its_pace_to_quick_tasks_and_its_architecture_alone_to_corpora():
    paper = PRESETS["luong-2015"]
    assert preset_settings("luong-2015", "sort", make_task("sort")) == replace(paper, task="sort")
    captions = make_task("multi30k-en-fr")
    settings = preset_settings("luong-2015", "multi30k-en-fr", captions)
    architecture = {field: getattr(paper, field) for field in ARCHITECTURE}
    assert settings == replace(preset_for("multi30k-en-fr", captions), **architecture)


def test_every_task_on_offer_has_a_label():
    assert {name for _, name in task_choices()} == set(TASKS)
    assert all(task_name(name) != name for name in TASKS)
    assert task_choices(7)[0] == ("Your file: 7 pairs", OWN)


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
    assert is_skipped(second.start)


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

    def shown(self: Screen, view: RunView) -> Seen | None:
        drawn_in.append(threading.current_thread())
        return show(self, view)

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


def test_an_own_file_is_read_checked_deleted_and_seen_by_its_visitor_only(trainer, tmp_path: Path):
    path = tmp_path / f"{HOSTILE.replace('/', '')}.tsv"
    path.write_text("\n".join([*(f"w{i}\tx{i}" for i in range(25)), f"{HOSTILE}"]), encoding="utf-8")
    shown = own_shown(trainer.read("ann", path))
    assert all("<" not in value for value in shown if isinstance(value, str))
    assert json.loads(shown.first)["rows"] == [["w0", "x0"], ["w1", "x1"], ["w2", "x2"]]
    assert json.loads(shown.problems)["rows"] == [["26", "only one column: source and target are needed", HOSTILE]]
    assert "divided by tabs" in json.loads(shown.how)
    assert (shown.card["visible"], shown.columns["visible"]) == (True, False)
    assert not path.exists()
    assert trainer.examples(OWN, "ann")
    assert trainer.preset(SUITS, OWN, "ann").task == OWN
    with pytest.raises(DataError, match="upload it again"):
        trainer.task(OWN, "bob")
    trainer.visitors.close("ann")
    with pytest.raises(DataError, match="upload it again"):
        trainer.task(OWN, "ann")


def test_other_columns_of_an_own_file_can_be_chosen_after_it_is_gone(trainer, tmp_path: Path):
    path = tmp_path / "three.tsv"
    path.write_text("en\tfr\tde\n" + "".join(f"The {i}. cat\tLe {i}. chat\tDie {i}. Katze\n" for i in range(30)))
    shown = own_shown(trainer.read("ann", path))
    assert not path.exists()
    assert shown.columns["visible"] is True
    assert shown.source["choices"] == [("1: en", 1), ("2: fr", 2), ("3: de", 3)]
    assert (shown.source["value"], shown.target["value"]) == (1, 2)
    assert trainer.choose("ann", 1, 3).pairs[0] == Pair("The 0. cat", "Die 0. Katze")
    assert trainer.task(OWN, "ann").examples[0].startswith("The")
    for _ in range(2):  # a browser may say it twice
        swapped = trainer.choose("ann", 3, 3)
        assert (swapped.columns, swapped.pairs[0]) == ((3, 1), Pair("Die 0. Katze", "The 0. cat"))
    assert trainer.choose("ann", 1, 1, source_moves=True).columns == (2, 1)
    assert trainer.choose("ann", 3, 1).columns == (3, 1)
    assert trainer.task(OWN, "ann").examples[0].startswith("Die")
    for nonsense in ((None, 1), ("1", 2), (1, 9), (0, 1), ([], 2)):
        with pytest.raises(SettingError, match="are not two of its columns 1 to 3"):
            trainer.choose("ann", *nonsense)
    trainer.visitors.close("ann")
    with pytest.raises(DataError, match="upload it again"):
        trainer.choose("ann", 1, 2)


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04xl/workbook", "clé\tcle\n".encode("latin-1") * 30, b"", b"one column\n" * 30]
)
def test_a_file_that_cannot_be_used_is_told_deleted_and_leaves_the_task_as_it_was(
    trainer, tmp_path: Path, content: bytes
):
    path = tmp_path / "pairs.tsv"
    path.write_text("".join(f"w{i}\tx{i}\n" for i in range(25)))
    trainer.read("ann", path)
    path.write_bytes(content)
    message, *others = flattened(choice.on_own(trainer.library))(ask("ann"), str(path))
    assert message.startswith("Pairs.tsv")
    assert all(map(is_skipped, others))
    assert not path.exists()
    assert trainer.task(OWN, "ann").train(0, 1)


def test_a_missing_corpus_says_how_to_get_it_and_starts_no_run(
    trainer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setenv("S2S_DEMO_DATA", str(tmp_path))
    with pytest.raises(DataError, match=f"s2s-demo data multi30k. Or press “{re.escape(say('train.own-file'))}”"):
        trainer.examples("multi30k-en-fr", "ann")
    with pytest.raises(DataError, match="s2s-demo data multi30k"):
        trainer.start("ann", "multi30k-en-fr", None, "", SMALL)
    assert trainer.runs.get("ann") is None


def test_mistakes_become_sentences_and_bugs_are_not_shown(
    trainer, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    message, *others = flattened(home.on_use(trainer.library))(ask("nobody"), "")
    assert message == "Nothing has been trained yet; press Start first."
    assert all(map(is_skipped, others))
    trainer.visitors.close("gone")
    on_start = handlers.on_start(trainer.library)
    assert "closed" in on_start(ask("gone"), "copy", SUITS, "", *leaves(SMALL)).message
    monkeypatch.setattr(Trainer, "start", lambda *values: 1 // 0)
    assert on_start(ask("ann"), "copy", SUITS, "", *leaves(SMALL)).message == say("page.bug")
    assert "ZeroDivisionError" in caplog.text
    with pytest.raises(InputError):
        trainer.fork("nobody", "forcing", 0, 0.1)


def test_the_form_asks_for_every_setting_of_a_run_and_of_its_members_once():
    names = [each.setting.name for each in asked()]
    assert len(set(names)) == len(names)
    assert {*names, *Knobs._fields} >= {each.field for each in settings_of(RunSettings)}
    assert "optimiser_momentum" in names
    assert Form.read(*leaves(SMALL)) == SMALL


@pytest.mark.parametrize("language", words.languages())
def test_every_setting_of_the_form_has_its_words_in_every_language(language: str):
    table = words.table(language)
    for each in asked():
        assert {f"settings.{each.setting.name}.{part}" for part in ("label", "help")} <= table.keys()


def test_the_help_of_a_number_says_its_range():
    layers = next(each.setting for each in asked() if each.setting.name == "layers")
    assert explained(layers) == "networks on top of each other, 1 to 4"


def test_settings_of_a_member_are_in_sight_while_it_is_chosen_and_only_then_obeyed():
    values = Form.of(TINY).named() | {"optimiser": "sgd", "optimiser_momentum": 0.5, "optimiser_beta1": 0.1}
    form = Form(Form.of(TINY).knobs, tuple(values.values()))
    assert form.settings(TINY).optimiser_settings == {"momentum": 0.5}
    own = [each for each in asked() if each.picker]
    seen = {each.setting.name for each, sight in zip(own, form.sights(), strict=True) if sight["visible"]}
    assert seen == {"encoder_size", "optimiser_momentum", "optimiser_nesterov"}
    changed = replace(TINY, optimiser="sgd", optimiser_settings={"momentum": 0.5})
    assert Form.of(changed).settings(TINY).optimiser_settings == {"momentum": 0.5}


def test_an_open_number_is_left_open_by_nothing_or_by_zero():
    for given in (None, 0):
        values = Form.of(TINY).named() | {"vocabulary_size": given}
        assert Form(Form.of(TINY).knobs, tuple(values.values())).settings(TINY).vocabulary_size is None


def test_the_line_of_the_fold_says_what_is_chosen():
    on_form = flattened(details.on_form(Library()))
    form = Form.of(replace(PRESETS["dates-in-seconds"], clip=1000.0))
    fold, *_ = on_form(ask("ann"), *leaves(form))
    assert fold["label"] == "Details: GRU 128 · additive · luong · forcing constant · clip off · seed 3"


def test_a_preset_keeps_its_old_name():
    assert preset_settings("Luong 2015", "copy", Copy()) == preset_settings("luong-2015", "copy", Copy())
    assert ("Luong 2015", "luong-2015") in preset_choices()


def test_a_task_brings_its_preset_its_sentences_and_its_form(trainer):
    library = trainer.library
    chosen = choice.on_task(library)(ask("ann"), "reverse")
    assert (chosen.message, chosen.preset) == ("", "reverse-in-seconds")
    assert is_skipped(chosen.task)
    assert all(map(is_skipped, chosen.own))
    assert chosen.probes.splitlines() == make_task("reverse").examples[:3]
    assert chosen.form == Form.of(PRESETS["reverse-in-seconds"]).shown()
    assert "LSTM 96" in chosen.details["label"]
    chosen = choice.on_preset(library)(ask("ann"), "luong-2015", "reverse")
    assert (chosen.message, chosen.task) == ("", "reverse")
    assert is_skipped(chosen.probes)  # the sentences are still those of the task


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


def test_a_rewind_gives_the_knobs_back(trainer):
    trainer.start("ann", "copy", None, "ab", LONG)
    trainer.rate("ann", trainer.attempt("ann"), "", 0.5)
    message, *knobs = flattened(handlers.on_rewind(trainer.library))(ask("ann"))
    assert (message, Knobs(*knobs)) == ("", SMALL.knobs)


@pytest.fixture
def other_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A second language, which says everything in capitals."""
    english = (words.TABLES / "en.toml").read_text(encoding="utf-8")
    (tmp_path / "en.toml").write_text(english, encoding="utf-8")
    few = {"live.standing": "BEI {update}", "live.learning-rate": "RATE {rate:g}", "train.states.paused": "HALT"}
    few |= {"train.resume": "WEITER", "train.no-run": "", "errors.train.no-run": "NICHTS DA"}
    (tmp_path / "xx.toml").write_text(
        'language = "X"\n' + "\n".join(f'{key} = "{text}"' for key, text in few.items()), encoding="utf-8"
    )
    monkeypatch.setattr(words, "TABLES", tmp_path)
    known = words.languages, words.table
    for each in known:
        each.cache_clear()
    yield "xx"
    for each in known:
        each.cache_clear()


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
    message, *_ = flattened(home.on_use(trainer.library))(ask("ben", lang=other_language), "")
    assert message == "NICHTS DA."


def test_before_the_first_run_the_status_has_all_numbers_and_no_values():
    shown = json.loads(not_started())
    assert (shown["state"], shown["done"]) == ("ready", 0)
    assert {value for _, value in shown["numbers"]} == {"–"}
