"""The whole family: every member has a lesson, and the command says what came of it."""

import json

import pytest
from cli_cases import run
from tiny import Echo

from s2s_demo.live import RunSettings, family
from s2s_demo.live.family import REGISTRIES, Lesson, lessons
from s2s_demo.model.attention import ATTENTIONS
from s2s_demo.model.attention.dot import ScaledDot
from s2s_demo.tasks import TASKS


def test_every_member_of_every_registry_has_a_lesson_in_which_it_is_used() -> None:
    found = {(lesson.kind, lesson.member): lesson for lesson in lessons()}
    for kind, registry in REGISTRIES.items():
        for member in registry:
            assert getattr(found[kind, member].settings, kind) == member


def test_a_new_member_is_in_the_family_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ATTENTIONS, "new", ScaledDot)
    assert ("attention", "new") in {(lesson.kind, lesson.member) for lesson in lessons()}


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TASKS, "echo", Echo)
    settings = RunSettings(task="echo", hidden_size=8, updates=4, batch_tokens=100)
    one = [Lesson("attention", kind, settings, "too short") for kind in ("dot", "general")]
    monkeypatch.setattr(family, "lessons", lambda: [*one, Lesson("part", "pointer", settings)])


@pytest.mark.usefixtures("small")
def test_the_table_has_a_line_for_each_member_chosen_and_says_why_one_fell_short() -> None:
    status, out, err = run("family", "attention", "--max-seconds", "60", "--sentences", "3")
    heading, *rows = out.splitlines()
    assert status == 0
    assert heading.split()[:2] == ["member", "lesson"]
    assert [row.split()[:2] for row in rows] == [["attention/dot", "echo"], ["attention/general", "echo"]]
    assert "attention/dot: too short" in err


@pytest.mark.usefixtures("small")
def test_as_json_it_holds_every_figure() -> None:
    status, out, _ = run("family", "part/pointer", "--json", "--sentences", "3")
    (result,) = map(json.loads, out.splitlines())
    assert status == 0
    assert (result["member"], result["task"], result["updates"]) == ("pointer", "echo", 4)
    assert result["parameters"] > 0
    assert result["tokens_per_second"] > 0
    assert result["seconds_to_enough"] is None or result["exact_match"] >= 0.95


@pytest.mark.usefixtures("small")
def test_a_budget_of_seconds_ends_a_lesson() -> None:
    (last,) = family.learn(family.lessons()[0], seconds=1e-6, sentences=2)
    assert last.updates == 1


def test_a_member_that_nobody_has_is_refused_with_the_names() -> None:
    status, _, err = run("family", "attention/telepathy")
    assert status == 2
    assert "unknown member 'attention/telepathy'; choose from attention, " in err
