"""A teacher's link asks before it shows: no answer is on the page or in its data until somebody has chosen."""

import json
from dataclasses import replace

import pytest
from explain_cases import random_translator
from pages import ask, event, is_skipped

from s2s_demo import checkpoint
from s2s_demo.decoding import Tree
from s2s_demo.explain import answer_look, answer_survivors
from s2s_demo.serving.library import Library
from s2s_demo.ui.inside import handlers as inside
from s2s_demo.ui.parts import question
from s2s_demo.ui.translate import handlers as translate

MODELS = {
    "looks": {"decoder": "gnmt", "attention": "additive", "decoder_layers": 2},
    "none": {"decoder": "fixed", "attention": "none"},
}
LINK = {"text": "two dogs run", "model": "looks", "beam": "2"}
TABS = {"inside": inside, "translate": translate}


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Library:
    monkeypatch.setattr(checkpoint, "available", lambda: list(MODELS))
    monkeypatch.setattr(checkpoint, "load", lambda name: random_translator(1, **MODELS[name]))
    return Library()


def opened(library: Library, tab: str, **link: str):
    shown = ask(TABS[tab].on_load, library, **{**LINK, "step": "2", **link}).shown
    assert shown.message == ""
    return shown


def answered(library: Library, tab: str, shown, *picked: object):
    return ask(TABS[tab].on_answer, library, event(picked=list(picked)), shown.asked)


@pytest.mark.parametrize("kind", question.KINDS)
@pytest.mark.parametrize("tab", TABS)
def test_a_question_is_all_that_is_sent(library, tab, kind):
    shown = opened(library, tab, ask=kind)
    sent = {name: value for name, value in shown._asdict().items() if not is_skipped(value) and value != ""}
    assert set(sent) == {"asked", "asking"}
    payload = json.loads(sent["asking"])
    assert payload["waits"]
    assert (payload["said"], payload["last"]) == ("", [])
    assert {option["mark"] for option in payload["options"]} == {""}


def test_what_is_asked_of_a_look_is_the_same_wherever_the_model_looked(library):
    asked = opened(library, "inside", ask="look").asked
    case, tree = question.searched(question.Visit(library), asked)
    elsewhere = replace(case, translator=random_translator(2, **MODELS["looks"]))  # other weights, the same words
    assert question.KINDS["look"].ask(case, tree, asked) == question.KINDS["look"].ask(elsewhere, tree, asked)
    assert answer_look(case, 2, 1) != answer_look(elsewhere, 2, 1)


@pytest.mark.parametrize("kind", ["survivors", "beam"])
def test_what_is_asked_of_a_search_is_the_same_whoever_survived(library, kind):
    asked = opened(library, "translate", ask=kind).asked
    case, tree = question.searched(question.Visit(library), asked)
    at = [node for node in tree.nodes if node.step == asked.step]
    turned = dict(zip((node.id for node in at), [node.status for node in at][::-1], strict=True))
    other = Tree(tuple(replace(node, status=turned.get(node.id, node.status)) for node in tree.nodes))
    assert [node.status for node in other.nodes] != [node.status for node in tree.nodes]
    assert question.KINDS[kind].ask(case, tree, asked) == question.KINDS[kind].ask(case, other, asked)


@pytest.mark.parametrize("tab", TABS)
def test_a_look_is_shown_once_a_source_word_is_chosen(library, tab):
    shown = opened(library, tab, ask="look")
    case, _ = question.searched(question.Visit(library), shown.asked)
    right = answer_look(case, 2, 1).word
    wrong = right % len(case.source_words) + 1
    for picked, marks in ((right, {"right": right}), (wrong, {"wrong": wrong, "missed": right})):
        came = answered(library, tab, shown, picked)
        payload = json.loads(came.asking)
        assert {option["mark"]: n for n, option in enumerate(payload["last"], start=1) if option["mark"]} == marks
        assert not payload["waits"]
        assert came.asked is None
        assert json.loads(came.step if tab == "inside" else came.picture)


def test_whoever_runs_the_beam_is_asked_step_after_step_and_then_sees(library):
    shown = opened(library, "translate", ask="beam", at="1")
    right = of = steps = 0
    while shown.asked is not None:
        _, tree = question.searched(question.Visit(library), shown.asked)
        answer = answer_survivors(tree, shown.asked.step, [1, 2])
        right, of, steps = right + len(answer.right), of + len(answer.survivors), steps + 1
        shown = answered(library, "translate", shown, 1, 2)
        assert is_skipped(shown.picture) == (shown.asked is not None)
    assert steps == tree.nodes[-1].step
    assert f"{right} of {of}" in json.loads(shown.asking)["said"]


@pytest.mark.parametrize("picked", [[], ["1"], None, [99], [0]])
def test_what_is_no_option_is_told_and_shows_nothing(library, picked):
    shown = opened(library, "translate", ask="look")
    came = ask(translate.on_answer, library, event(picked=picked), shown.asked)
    assert came.message
    assert is_skipped(came.picture)
    assert is_skipped(came.asking)


def test_a_step_that_is_not_there_cannot_be_asked_of_and_other_words_ask_nothing(library):
    link = {**LINK, "ask": "survivors", "at": "99"}
    assert "Step is 99" in ask(translate.on_load, library, **link).shown.message
    assert "no attention" in ask(translate.on_load, library, **{**LINK, "model": "none", "ask": "look"}).shown.message
    assert json.loads(ask(translate.on_load, library, **{**LINK, "ask": "much"}).shown.picture)


def test_asking_another_question_shows_its_answer(library):
    first = opened(library, "translate", ask="look")
    shown = ask(translate.on_translate, library, *first.asked.question.values())
    assert (shown.asked, shown.asking) == (None, "")
    assert json.loads(shown.picture)
