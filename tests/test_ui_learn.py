"""Tab Learn: a tour that asks before it tells, with the product's own numbers."""

import json
import math
import re
from functools import cache
from urllib.parse import parse_qsl, urlsplit

import pytest
from pages import ask, event

from s2s_demo import words
from s2s_demo.cli import main
from s2s_demo.serving.library import Library
from s2s_demo.ui.learn import handlers
from s2s_demo.ui.learn.growing import lengths_of
from s2s_demo.ui.learn.lesson import answered_value, step_value
from s2s_demo.ui.learn.recorded import TourFile, recorded_tour, unpacked
from s2s_demo.ui.learn.steps import STEPS, TOUR
from s2s_demo.ui.learn.timeline import STATIONS, timeline_value
from s2s_demo.ui.parts.handler import Visit
from s2s_demo.ui.parts.lesson import wrong_in
from s2s_demo.ui.parts.mathml import mathml
from s2s_demo.ui.tabs import TABS

LIBRARY = Library()
RIGHT = {  # what whoever knows the field would choose, of the models that are shipped
    "task": "10",
    "encoder": "10: ",
    "decoder": "a mark that says: the end",
    "bottleneck": "the ladder",
    "attention": "black",
    "energies": "e to the power",
    "scores": "2021",
    "forcing": "they change",
    "beam": "higher",
    "empty": "saying nothing",
    "penalty": "the translation",
    "hard": "“chat” once more",
    "heads": "128 / 4",
    "self": "100",
    "transformer": "the same vectors",
    "unexplained": "at all words alike",
}


@cache
def asked(key: str) -> dict:
    return json.loads(step_value(Visit(LIBRARY), key))


@cache
def answered(key: str, language: str = "en") -> dict:
    with words.speaking(language):
        picks = list(range(1, asked(key)["question"]["pick"] + 1))
        return json.loads(answered_value(Visit(LIBRARY), key, picks))


@pytest.mark.parametrize("key", STEPS)
def test_a_step_that_asks_holds_nothing_of_its_answer(key: str) -> None:
    before, after = asked(key), answered(key)
    assert before["question"]["waits"]
    assert {option["mark"] for option in before["question"]["options"]} == {""}
    assert [before[name] for name in ("notice", "aim", "expected")] == [""] * 3
    assert (before["question"]["said"], before["question"]["last"]) == ("", [])
    assert all(after[name] for name in ("notice", "aim", "expected"))
    assert not after["question"]["waits"]
    assert after["question"]["said"] not in json.dumps(before, ensure_ascii=False)


@pytest.mark.parametrize("key", RIGHT)
def test_the_models_agree_with_the_field(key: str) -> None:
    right = [option["text"] for option in answered(key)["question"]["last"] if option["mark"] in ("right", "missed")]
    assert [text.startswith(RIGHT[key]) for text in right] == [True]


def test_the_numbers_of_a_softmax_recompute() -> None:
    found = STEPS["energies"].asks(Visit(LIBRARY), STEPS["energies"].link)
    assert found.facts["ratio"] == pytest.approx(math.exp(found.facts["difference"]), rel=1e-3)


def test_a_step_has_three_sentences_and_every_word_in_both_languages() -> None:
    for step in TOUR:
        assert len(re.findall(r"[.?!]”?(?= [“A-Z]|$)", asked(step.key)["text"])) == 3, step.key
        for language in words.languages():
            said = json.dumps(answered(step.key, language), ensure_ascii=False)
            assert not re.search(r"learn\.\w+\.|\{\w+", said), (step.key, language)
    assert re.search("[一-鿿]", answered("task", "zh")["text"])


def test_formulas_are_those_of_the_docstrings() -> None:
    for step in TOUR:
        documented = [" ".join(str(each.__doc__).split()) for each in step.documented]
        assert all(any(latex in doc for doc in documented) for latex in step.formulas), step.key
        assert bool(step.formulas) == bool(step.documented)
        assert asked(step.key)["formulas"] == [mathml(latex) for latex in step.formulas]


def test_every_step_and_station_opens_a_link_that_makes_sense() -> None:
    for each in (*TOUR, *STATIONS):
        assert each.tab in TABS
        assert wrong_in(each.link, LIBRARY.names(), TABS, STEPS) == {}, each.key
    years = [station["year"] for station in json.loads(timeline_value())["stations"]]
    assert years == sorted(years)


@pytest.mark.parametrize("picked", [[], [0], [9], ["1"], None, [True]])
def test_what_is_no_choice_is_told(picked: object) -> None:
    shown = ask(handlers.on_act, LIBRARY, event(step="task", picked=picked))
    assert shown.message == "Choose one of the answers first."


def test_the_address_names_the_step_and_an_unknown_one_is_the_first() -> None:
    for address, step in (("?learn=beam", "beam"), ("?learn=nothing", "task"), ("", "task")):
        assert json.loads(ask(handlers.on_open, LIBRARY, address).step)["step"] == step


def test_the_numbers_of_every_look_recompute() -> None:
    """Weights sum to 1, follow from the energies beside them, and stand in the formulas with live values."""
    for step in TOUR:
        for drawn in answered(step.key)["looks"]:
            weights = [column["weight"] for column in drawn["columns"]]
            assert sum(weights) == pytest.approx(1, abs=2e-3), step.key
            if drawn["columns"][0]["energy"] is not None:
                powers = [math.exp(column["energy"]) for column in drawn["columns"]]
                assert weights == pytest.approx([power / sum(powers) for power in powers], abs=5e-3)
            for live in drawn["live"]:
                assert f"{max(weights):.3f}" in re.sub(r"<[^>]+>", "", live)
    assert sum(len(answered(step.key)["looks"]) for step in TOUR) == 11


def test_a_sentence_grows_to_its_whole_and_marks_what_only_one_of_two_writes() -> None:
    rows = answered("bottleneck")["growing"]["rows"]
    assert [row["words"] for row in rows] == sorted({row["words"] for row in rows})
    assert rows[-1]["words"] == 23
    first, last = rows[0], rows[-1]
    assert not any(word["differs"] for side in ("without", "looking") for word in first[side])
    assert "échelle" in [word["text"] for word in last["looking"] if word["differs"]]
    assert lengths_of(3) == [1, 2, 3]


@pytest.mark.parametrize("grown", ["", "  . ", "word " * 41])
def test_a_sentence_that_cannot_grow_is_told(grown: str) -> None:
    shown = ask(handlers.on_act, LIBRARY, event(step="bottleneck", picked=[1], grown=grown))
    assert "type from 1 to 40" in shown.message


def test_the_tour_as_a_file_holds_every_answer_and_shows_none() -> None:
    with words.speaking("zh"):
        html = recorded_tour(Visit(LIBRARY))
    assert len(html.encode()) < 400_000
    assert "http" not in re.sub(r"http://www\.w3\.org/[\w/]+", "", html)
    file: TourFile = json.loads(html.rpartition("window.S2S.tour(")[2].partition(");</script>")[0])
    assert list(file["steps"]) == list(STEPS)
    for key in STEPS:
        after, now = unpacked(file["answers"][key]), answered(key, "zh")
        assert after["shown"]["aim"] == now["aim"]
        assert after["picked"][",".join(map(str, range(1, asked(key)["question"]["pick"] + 1)))] == now["question"]
        assert not after["picture"] or unpacked(file["pictures"][after["picture"]])["sentences"]
        for told in (now["aim"], now["notice"], now["question"]["said"]):
            assert told not in html


def test_pupils_of_a_tour_are_counted_for_its_teacher_alone() -> None:
    library = Library()
    wish = {"address": "https://a.b/", "what": "tour", "step": "heads", "count": True}
    link = dict(
        parse_qsl(
            urlsplit(json.loads(ask(handlers.on_share, library, event(**wish), visitor="teacher").share)["link"]).query
        )
    )
    assert link["learn"] == "heads"
    for pupil, picked in (("ann", [1]), ("ben", [2]), ("ben", [1])):
        ask(handlers.on_act, library, event(step="heads", picked=picked), visitor=pupil, **link)
    ask(handlers.on_act, library, event(step="heads", picked=[3]), visitor="cem", **{**link, "class": "guessed"})
    tallied = json.loads(ask(handlers.on_tally, library, visitor="teacher").tally)
    (question,) = tallied["questions"]
    assert question["pupils"] == 2
    assert [choice["count"] for choice in question["choices"]] == [1, 1, 0]
    assert json.loads(ask(handlers.on_tally, library, visitor="ann").tally) == {"open": False, "questions": []}


def test_a_tour_is_written_in_no_language_that_the_page_does_not_speak(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lesson", "--language", "xx", "tour.html"]) == 2
    assert "en, zh" in capsys.readouterr().err


def test_the_four_heads_look_at_four_places_as_the_step_says() -> None:
    looks = [[column["weight"] for column in look["columns"]] for look in answered("heads")["looks"]]
    assert len({row.index(max(row)) for row in looks}) == len(looks) == 4
