"""A lesson's link: it says again what it was made of, and what makes no sense in it is named and left out."""

import json
import math
from urllib.parse import parse_qsl, urlencode, urlsplit
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import ask, event, is_skipped

from s2s_demo import checkpoint
from s2s_demo.decoding import STRATEGIES, Beam
from s2s_demo.serving.library import Library
from s2s_demo.serving.query import Question, offered, parameters_of
from s2s_demo.ui import opened as page
from s2s_demo.ui.learn import handlers
from s2s_demo.ui.learn.share import code_of
from s2s_demo.ui.learn.steps import STEPS
from s2s_demo.ui.parts.lesson import HIDES, MOST_CHARACTERS, Lesson, wrong_in
from s2s_demo.ui.parts.prediction import KINDS
from s2s_demo.ui.tabs import TABS

MODELS = ["en-fr", "dates"]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
NUMBERS = st.integers(1, 999_999).map(str)
SETTINGS = {each.link: each.default for each in offered()}


def value_of(name: str) -> st.SearchStrategy[str]:
    each = next(one for one in offered() if one.link == name)
    if each.kind is bool:
        return st.sampled_from(["true", "false"])
    if not each.is_number:
        return st.sampled_from([str(one) for one in each.allowed])
    low, high = each.range(shared=True)
    return st.integers(math.ceil(low), int(high)).map(str)


LESSONS = st.builds(
    Lesson,
    st.fixed_dictionaries(
        {},
        optional={
            "text": TEXTS.filter(bool),
            "model": st.sampled_from(MODELS),
            "strategy": st.sampled_from(list(STRATEGIES)),
            **{name: value_of(name) for name in SETTINGS},
            **dict.fromkeys(["sentence", "hypothesis", "step", "at"], NUMBERS),
            "edits": st.just('[{"name":"drop","source":2}]'),
            "ask": st.sampled_from(list(KINDS)),
            "q": TEXTS.filter(bool),
            "task": st.sampled_from(["dates", "reverse"]),
            "preset": st.sampled_from(["vaswani-2017", "see-2017"]),
            "run-seed": NUMBERS,
            "run-attention": st.sampled_from(["hard", "none"]),
        },
    ),
    st.sampled_from(["", *TABS]),
    st.sets(st.sampled_from(HIDES)).map(lambda chosen: tuple(name for name in HIDES if name in chosen)),
    TEXTS,
)


@given(LESSONS)
@settings(max_examples=200, deadline=None)
def test_a_link_says_again_what_it_was_made_of(lesson: Lesson) -> None:
    parameters = parameters_of(f"?{urlencode(lesson.to_link())}")
    assert Lesson.from_link(parameters) == lesson
    assert wrong_in(parameters, MODELS, TABS, STEPS) == {}


SPOILT = [
    *(("step", value) for value in ("0", "-1", "1.5", "x", "1e9", "٣", "")),
    *((name, value) for name in ("sentence", "hypothesis", "at") for value in ("0", "two", "-7")),
    *(("model", value) for value in ("nothing", "../en-fr", "EN-FR", "")),
    *(("strategy", value) for value in ("quick", "Beam", "beam,greedy")),
    *(("beam", value) for value in ("0", "9999", "five", "-1", "2.5", "NaN")),
    *(("penalty", value) for value in ("high", "-3", "inf")),
    *(("edits", value) for value in ("[", "{}", "3", '[{"name":"none"}]', '["x"]', "[" * 900)),
    *(("ask", value) for value in ("everything", "Look")),
    *(("tab", value) for value in ("home", "Inside")),
    *(("learn", value) for value in ("nothing", "1")),
    *(("hide", value) for value in ("all", "tabs,all", "tabs,,model")),
    *(("view", value) for value in ("cinema", "1")),
    *(("embed", value) for value in ("yes", "0")),
    *(("run-seed", value) for value in ("x", "-1", "1.5")),
    *(
        ("task", "everything"),
        ("preset", "Vaswani"),
        ("run-attention", "self"),
        ("run-nothing", "1"),
        ("class", "over"),
    ),
    ("lang", "xx"),
    ("note", "n" * (MOST_CHARACTERS + 1)),
    ("q", "q" * (MOST_CHARACTERS + 1)),
    ("unheard", "of"),
]


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch, translator) -> Library:
    monkeypatch.setattr(checkpoint, "available", lambda: MODELS)
    monkeypatch.setattr(checkpoint, "load", lambda name: translator)
    return Library()


def test_fifty_spoilt_links_are_each_told_and_open_all_the_same(library: Library) -> None:
    assert len(SPOILT) >= 50
    for name, value in SPOILT:
        opened = ask(page.on_load, library, **{name: value})
        assert opened.ignored.count(f"“{name}=") == 1, (name, value)
        assert is_skipped(opened.tabs) or name == "learn", (name, value)
        assert Question.from_link({name: value}).query()
    assert ask(page.on_load, library, text="A man.", beam="2", __theme="dark").ignored == ""


@pytest.mark.parametrize(
    ("address", "tab"),
    [({"tab": "train"}, "train"), ({"learn": "beam"}, "learn"), ({"learn": "beam", "step": "2"}, ""), ({}, "")],
)
def test_an_address_opens_its_tab(address: dict[str, str], tab: str) -> None:
    assert page.tab_of(address, TABS) == tab


WISH = {"address": "https://a.b/x/?text=A+man.&beam=2&step=2&lang=zh&hide=all&foo=1", "tab": "inside"}


def shared(library: Library, **wish: object) -> dict:
    return json.loads(ask(handlers.on_share, library, event(**{**WISH, **wish})).share)


def link_of(payload: dict) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(payload["link"]).query))


def test_a_lesson_holds_the_question_and_what_its_author_chose(library: Library) -> None:
    made = shared(library, hide=["tabs", "model"], ask="own", q="Why “dort”?", note="Look & tell")
    own = {"hide": "tabs,model", "ask": "own", "q": "Why “dort”?", "note": "Look & tell"}
    assert link_of(made) == {"text": "A man.", "beam": "2", "step": "2", "lang": "zh", **own}
    assert made["link"].startswith("https://a.b/x/?")
    assert "“foo=1”" in made["said"]
    assert "embed=1" in made["frame"]
    assert "this computer alone" not in made["said"]
    assert "this computer alone" in shared(library, address="http://127.0.0.1:7860/")["said"]
    assert wrong_in(link_of(made), MODELS, TABS, STEPS) == {}


def test_a_lesson_on_another_tab_names_it_and_no_step(library: Library) -> None:
    assert link_of(shared(library, tab="train")) == {"tab": "train", "text": "A man.", "beam": "2", "lang": "zh"}
    assert "step" not in link_of(shared(library, tab="translate"))
    assert ask(handlers.on_share, library, event(address="javascript:alert(1)")).message.startswith("This page has no")


def test_the_code_is_a_picture_of_the_link_and_none_of_one_that_is_too_long(library: Library) -> None:
    code = ElementTree.fromstring(code_of("https://a.b/?text=A+man."))
    assert code.tag == "{http://www.w3.org/2000/svg}svg"
    assert code_of("https://a.b/?text=A+man.") != code_of("https://a.b/?text=A+dog.")
    assert code_of("https://a.b/?" + "x" * 3000) == ""


GOLDEN = (  # made on 27 November 2026; what is handed out once opens ever after
    "?text=A+dog.&model=dates&strategy=beam&beam=3&penalty=0.5&sentence=1&hypothesis=2&step=2&ask=look&at=2"
    "&edits=%5B%7B%22name%22%3A%22drop%22%2C%22source%22%3A2%7D%5D&hide=tabs%2Cmodel&note=Look&lang=zh&view=projector"
)


def test_a_link_that_was_made_long_ago_asks_the_same(library: Library) -> None:
    parameters = parameters_of(GOLDEN)
    assert wrong_in(parameters, MODELS, TABS, STEPS) == {}
    query = Question.from_link(parameters).query()
    assert (query.text, query.model, query.strategy) == ("A dog.", "dates", Beam(size=3, length_penalty=0.5))
    lesson = Lesson.from_link(parameters)
    assert (lesson.hide, lesson.note, lesson.question["ask"]) == (("tabs", "model"), "Look", "look")
    assert ask(page.on_load, library, **parameters).ignored == ""


def test_a_class_is_counted_only_where_something_is_asked(library: Library) -> None:
    told = ask(handlers.on_share, library, event(**WISH, count=True), visitor="teacher").message
    assert "nothing is asked" in told.lower()
    made = json.loads(ask(handlers.on_share, library, event(**WISH, ask="look", count=True), visitor="teacher").share)
    assert library.visitors.classes.lesson(link_of(made)["class"])["ask"] == "look"
    assert wrong_in(link_of(made), MODELS, TABS, STEPS, library.visitors.classes) == {}
    library.visitors.close("teacher")
    assert "“class=" in ask(page.on_load, library, **link_of(made)).ignored
