"""What one visitor owns has one home, and is gone when they leave, whatever comes late."""

import asyncio
import gc
import os
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from live_cases import TINY, Copy, wait_until
from pages import ask
from tiny import model

from s2s_demo import checkpoint
from s2s_demo.decoding import Beam, Greedy
from s2s_demo.errors import InputError, S2SError, SettingError
from s2s_demo.live import Run, Runs
from s2s_demo.serving import visitors as serving_visitors
from s2s_demo.serving.library import Library
from s2s_demo.serving.query import Query, Question
from s2s_demo.serving.visitors import MODELS, OwnPairs, Visitors
from s2s_demo.tasks import TASKS
from s2s_demo.tasks.own_file import table_of
from s2s_demo.text import Tokenizer
from s2s_demo.translator import Translator
from s2s_demo.ui.evaluate.form import Form as EvaluateForm
from s2s_demo.ui.evaluate.handlers import on_evaluate, on_wait
from s2s_demo.ui.evaluate.shown import Shown
from s2s_demo.ui.parts.handler import leaves
from s2s_demo.ui.train.form import Form
from s2s_demo.ui.train.trainer import OWN, Trainer
from s2s_demo.ui.translate.handlers import on_export, on_translate

SMALL = Form.of(replace(TINY, updates=3))


@pytest.fixture
def trainer(translator: Translator, monkeypatch: pytest.MonkeyPatch) -> Iterator[Trainer]:
    monkeypatch.setattr(checkpoint, "available", lambda: ["shipped"])
    monkeypatch.setattr(checkpoint, "load", lambda name: translator)
    monkeypatch.setitem(TASKS, "copy", Copy)
    runs = Runs(lease=60)
    yield Trainer(Library(Visitors(runs)))
    assert runs.shutdown()


def trained(trainer: Trainer, session: str, form: Form = SMALL) -> Run:
    """The visitor's run, when it has ended."""
    trainer.start(session, "copy", None, "ab", form)
    run = trainer.runs.get(session)
    assert run is not None
    assert run.join(60)
    return run


def private(tokenizer: Tokenizer, seed: int = 0) -> Translator:
    return Translator(model(seed, vocabulary_size=len(tokenizer), tied=False), tokenizer, "mine", "en", "fr")


def everything(trainer: Trainer, session: str, form: Form = SMALL) -> list[weakref.ref[object]]:
    """Train, use the model twice, translate, export, evaluate; references to all that was made on the way."""
    made: list[weakref.ref[object]] = []
    library = trainer.library
    for text in ("ab", "cd"):
        run = trained(trainer, session, form)
        name, _ = trainer.use(session, "")
        asked = Question(text, name, settings={"beam_size": 2})
        assert not ask(on_translate, library, *asked.values(), visitor=session).message
        assert ask(on_export, library, "json", asked, "{}", visitor=session).download
        answer = trainer.library.translate(asked.query(), session)
        made += [weakref.ref(thing) for thing in (run, trainer.library.get(name, session), answer)]
    *_, last = evaluated(library, EvaluateForm(name, strategy="greedy"), session)
    assert last.message  # there is no test set for this task
    assert trainer.save(session, "")
    return made


def evaluated(library: Library, form: EvaluateForm, session: str) -> Iterator[Shown]:
    """A run of tab Evaluate, as the page starts it."""
    turn = ask(on_wait, library, visitor=session).turn
    steps: Iterator[Shown] = ask(on_evaluate, library, turn, *leaves(form), visitor=session)
    return steps


def left(references: list[weakref.ref[object]]) -> list[object]:
    gc.collect()
    return [reference() for reference in references if reference() is not None]


def test_nothing_of_a_visitor_is_left_when_the_page_is_closed(trainer: Trainer) -> None:
    made = everything(trainer, "ana")
    assert len(left(made)) == 3  # what was replaced is gone already
    trainer.visitors.close("ana")
    assert left(made) == []


@pytest.mark.parametrize("name", ["the same name", "many names"])
def test_a_model_that_is_replaced_is_freed_at_once(name: str, tokenizer: Tokenizer) -> None:
    library, made = Library(), []
    for number in range(12):
        called = "mine" if name == "the same name" else f"mine {number}"
        library.add("ana", called, private(tokenizer, number))
        answer = library.translate(Query("A man.", called, Greedy()), "ana")
        made += [weakref.ref(library.get(called, "ana")), weakref.ref(answer)]
        del answer
    assert len(left(made)) == 2 * (1 if name == "the same name" else MODELS)
    library.visitors.close("ana")
    assert left(made) == []


def test_a_model_that_takes_the_name_of_another_does_not_give_its_answers(tokenizer: Tokenizer) -> None:
    library, query = Library(), Query("A man is reading.", "mine", Beam(size=2))
    answers = []
    for seed in (1, 2):
        library.add("ana", "mine", private(tokenizer, seed))
        answers.append(library.translate(query, "ana").text)
    assert answers == [private(tokenizer, seed).translate(query.text, query.strategy).text for seed in (1, 2)]


def test_an_answer_under_way_comes_although_its_visitor_has_left_and_stays_nowhere(
    tokenizer: Tokenizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, searching, go_on = Library(), threading.Event(), threading.Event()
    library.add("ana", "mine", private(tokenizer))
    made = [weakref.ref(library.get("mine", "ana"))]
    translate_all = Translator.translate_all

    def slowly(self: Translator, *given: object) -> object:
        searching.set()
        assert go_on.wait(60)
        return translate_all(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Translator, "translate_all", slowly)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(library.translate, Query("A man.", "mine", Greedy()), "ana")
        assert searching.wait(60)
        library.visitors.close("ana")
        go_on.set()
        assert answer.result(60).model == "mine"
    del answer
    assert left(made) == []


# What comes late


LATE = {
    "start": lambda trainer, path: trainer.start("ana", "copy", None, "", SMALL),
    "rewind": lambda trainer, path: trainer.runs.rewind("ana"),
    "pause": lambda trainer, path: trainer.pause_or_resume("ana"),
    "probe": lambda trainer, path: trainer.probe("ana", "ab"),
    "fork": lambda trainer, path: trainer.fork("ana", "attention", 0, 0.1),
    "use": lambda trainer, path: trainer.use("ana", ""),
    "save": lambda trainer, path: trainer.save("ana", ""),
    "load": lambda trainer, path: trainer.load("ana", path),
    "own file": lambda trainer, path: trainer.read("ana", path),
    "watch": lambda trainer, path: watched(trainer),
    "translate": lambda trainer, path: ask(
        on_translate, trainer.library, *Question("A man.", "shipped").values(), visitor="ana"
    ),
    "pickers": lambda trainer, path: trainer.library.choices("ana"),
    "add": lambda trainer, path: trainer.library.add("ana", "mine", trainer.library.get("shipped")),
    "evaluate": lambda trainer, path: list(
        evaluated(trainer.library, EvaluateForm("shipped", "files", str(path), [str(path)]), "ana")
    ),
}


def watched(trainer: Trainer) -> int:
    async def count() -> int:
        return len([seen async for seen in trainer.watch("ana")])

    with ThreadPoolExecutor(1) as pool:  # this thread may have Playwright's loop
        return pool.submit(asyncio.run, count()).result(60)


@pytest.mark.parametrize("what", LATE)
def test_what_comes_after_the_page_was_closed_leaves_nothing_behind(
    what: str, trainer: Trainer, tmp_path: Path
) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text("\n".join(f"one {i}\tun {i}" for i in range(60)), encoding="utf-8")
    trained(trainer, "ana")
    trainer.visitors.close("ana")
    with suppress(S2SError):
        LATE[what](trainer, path)
    assert trainer.runs.get("ana") is None
    assert trainer.runs._touched == {}
    assert trainer.visitors._here == {}
    assert trainer.library.names("ana") == ["shipped"]
    with pytest.raises(S2SError, match="upload it again"):
        trainer.task(OWN, "ana")
    assert not wait_until(lambda: any(thread.name.startswith("run-") for thread in threading.enumerate()), 0.05)
    if what in ("load", "own file", "evaluate"):
        assert not path.exists()


@pytest.mark.parametrize("what", ["start", "add", "own file"])
def test_whoever_brings_something_to_a_closed_page_is_told(what: str, trainer: Trainer, tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text("\n".join(f"one {i}\tun {i}" for i in range(60)), encoding="utf-8")
    trainer.visitors.close("ana")
    with pytest.raises(InputError, match="this page was closed; open it again"):
        LATE[what](trainer, path)


def test_visitors_do_not_see_each_others_things_and_nobody_owns_nothing(tokenizer: Tokenizer) -> None:
    visitors = Visitors()
    visitors.of("ana").add("mine", private(tokenizer))
    visitors.of("ana").own = OwnPairs(Copy(), table_of("pairs.tsv", "one\tun\ntwo\tdeux\n"))
    assert list(visitors.of("ana").models) == ["mine"]
    assert (visitors.of("ben").models, visitors.of("ben").own) == ({}, None)
    for nobody in (None, ""):
        with pytest.raises(InputError):
            visitors.of(nobody).add("mine", private(tokenizer))


def test_when_there_are_too_many_visitors_the_one_unseen_for_longest_leaves(
    monkeypatch: pytest.MonkeyPatch, tokenizer: Tokenizer
) -> None:
    monkeypatch.setattr(serving_visitors, "MOST", 2)
    library = Library()
    for session in ("ana", "ben"):
        library.add(session, "mine", private(tokenizer))
    assert library.get("mine", "ana")
    library.add("eve", "mine", private(tokenizer))
    with pytest.raises(SettingError):
        library.get("mine", "ben")
    assert library.get("mine", "ana")


# Memory


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads Linux's /proc")
def test_visitors_who_trained_translated_and_left_leave_no_memory_behind() -> None:
    """In a process of its own, with one heap: what the allocator keeps for other threads is not the visitors'."""
    script = Path(__file__).with_name("come_and_go.py")
    environment = {**os.environ, "MALLOC_ARENA_MAX": "1", "PYTHONPATH": str(script.parent.parent)}
    said = subprocess.run([sys.executable, script, "25"], env=environment, check=True, capture_output=True, text=True)
    before, after = map(float, said.stdout.split())
    assert after < 1.1 * before
