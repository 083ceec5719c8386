"""Tab Compare without a browser: lanes, where they part, and figures from cards."""

import json
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import model

from s2s_demo import checkpoint
from s2s_demo.errors import SettingError
from s2s_demo.evaluation import BeamScore, LengthScore, Score
from s2s_demo.serving.catalogue import Entry
from s2s_demo.serving.library import Library
from s2s_demo.translator import Translator
from s2s_demo.ui.compare import figures as compare_figures
from s2s_demo.ui.compare import strings as compare_strings
from s2s_demo.ui.compare import words as compare_words
from s2s_demo.ui.compare.handlers import MOST_LANES, CompareHandlers, LaneShown, Race

MODEL = "untrained"


@pytest.fixture
def handlers(translator: Translator, monkeypatch: pytest.MonkeyPatch) -> CompareHandlers:
    monkeypatch.setattr(checkpoint, "available", lambda: [MODEL])
    monkeypatch.setattr(checkpoint, "load", lambda name: translator)
    return CompareHandlers(Library())


def race(**changes: object) -> Race:
    return Race(**{"text": "A man is reading.", "models": [MODEL], "beam_size": 3, **changes})


def words(answer: str) -> list[list[dict]]:
    return [sentence["words"] for sentence in json.loads(answer)["sentences"]]


lists = st.lists(st.sampled_from("abc"), max_size=6)


@given(lists, lists)
def test_two_translations_are_equal_before_the_place_they_part(first, mine):
    place = compare_words.parting(first, mine)
    if place is None:
        assert first == mine
    else:
        assert first[:place] == mine[:place]
        assert first[place : place + 1] != mine[place : place + 1]


@pytest.mark.parametrize(
    ("lanes", "places"),
    [
        (["ab"], [None]),
        (["ab", "ab"], [None, None]),
        (["abc", "abd", "axc"], [1, 2, 1]),
        (["abc", "abc", "ab"], [2, None, 2]),
        (["ab", "abc", "ab"], [2, 2, None]),
        (["", "a"], [0, 0]),
    ],
)
def test_the_first_lane_parts_where_the_earliest_other_does(lanes, places):
    assert compare_words.partings([list(lane) for lane in lanes]) == places


def test_a_lane_in_another_language_is_not_compared():
    assert compare_words.partings([["a"], None, ["b"]]) == [0, None, 0]


def test_each_way_to_differ_has_its_sentence():
    assert compare_words.describe(["a", "b"], ["a", "b"]) == compare_strings.SAME
    assert "word 2: “c” for “b”" in compare_words.describe(["a", "b"], ["a", "c"])
    assert "Ends after word 1" in compare_words.describe(["a", "b"], ["a"])
    assert "Goes on after word 1" in compare_words.describe(["a"], ["a", "b"])
    assert "higher by 0.50" in compare_words.preference(-2, -1.5)
    assert "lower by 0.50" in compare_words.preference(-1.5, -2)
    assert compare_words.preference(-1, -1) == ""


def test_every_model_meets_every_way_in_the_order_of_the_page():
    queries = race(models=["a", "b"], ways=["beam", "greedy"]).queries()
    assert [(q.model, q.strategy.name) for q in queries] == [
        ("a", "greedy"),
        ("a", "beam"),
        ("b", "greedy"),
        ("b", "beam"),
    ]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"models": []}, "at least one model"),
        ({"models": None}, "at least one model"),
        ({"ways": []}, "at least one way"),
        ({"models": ["a", "b", "c"]}, "at most 8"),
        ({"ways": ["magic"]}, "choose from greedy, beam, sampling"),
        ({"beam_size": 99}, "between 1 and 10"),
        ({"seed": "x"}, "seed needs a number"),
    ],
)
def test_impossible_lanes_are_refused(changes, message):
    with pytest.raises(SettingError, match=message):
        race(**changes).queries()


def test_a_model_chosen_twice_is_one_lane():
    assert len(race(models=["a", "a"], ways=["beam"]).queries()) == 1


def test_three_ways_are_three_lanes_with_pictures_and_one_that_is_not_shown(handlers):
    seen = handlers.compare(race())
    assert seen.message == ""
    titles = ["untrained · greedy", "untrained · beam 3", "untrained · sample, seed 0"]
    assert [lane.title for lane in seen.lanes] == [*titles, *[""] * (MOST_LANES - 3)]
    for lane in seen.lanes[:3]:
        assert "English to French" in lane.about
        heatmap = json.loads(lane.heatmap)["figure"]["data"][0]
        assert (heatmap["zmin"], heatmap["zmax"]) == (0, 1)  # one scale for all
        assert json.loads(lane.tree)["figure"]
        assert {name for name, _ in json.loads(lane.answer)["numbers"]} >= {"Σ log p", "ms"}
    assert len(seen.values()) == 3 + MOST_LANES * len(LaneShown._fields)


def test_the_first_word_that_differs_is_marked_and_said(handlers):
    seen = handlers.compare(race())
    lanes = [[word["text"] for word in words(lane.answer)[0]] for lane in seen.lanes[:3]]
    for lane, place in zip(seen.lanes, compare_words.partings(lanes), strict=False):
        marked = [i for i, word in enumerate(words(lane.answer)[0]) if "parts" in word["level"]]
        ends = place is None or place == len(words(lane.answer)[0])
        assert marked == ([] if ends else [place])
        assert all("first difference" in words(lane.answer)[0][i]["said"] for i in marked)
    assert compare_words.describe(lanes[0], lanes[2]) in seen.lanes[2].note


def test_a_model_without_attention_shows_a_sentence_instead(handlers, translator):
    blind = model(vocabulary_size=len(translator.tokenizer), tied=False, decoder="fixed", attention="none")
    handlers.library.add("ana", "blind", Translator(blind, translator.tokenizer, "blind", "en", "fr"))
    seen = handlers.compare(race(models=[MODEL, "blind"], ways=["greedy"]), "ana")
    assert "no attention" in json.loads(seen.lanes[1].heatmap)["instead"]
    assert "no attention" in seen.lanes[1].about
    assert "figure" in json.loads(seen.lanes[0].heatmap)
    assert "choose from untrained" in handlers.compare(race(models=["blind"]), "bob").message


def test_a_model_of_another_language_is_shown_but_not_compared(handlers, translator):
    handlers.library.add("ana", "german", Translator(translator.model, translator.tokenizer, "german", "en", "de"))
    seen = handlers.compare(race(models=[MODEL, "german"], ways=["greedy"]), "ana")
    assert "English to German" in seen.lanes[1].about
    assert "another language" in seen.lanes[1].note
    assert not any("parts" in word["level"] for lane in seen.lanes[:2] for word in words(lane.answer)[0])


def test_another_sentence_changes_the_pictures_of_all_lanes(handlers):
    question = race(text="A man is reading. A dog runs along the beach.")
    first, second = handlers.compare(question), handlers.select(question, {"sentence": 1})
    assert first.sentence["visible"]
    assert second.sentence["value"] == 1
    for one, other in zip(first.lanes[:3], second.lanes[:3], strict=True):
        assert one.heatmap != other.heatmap


@pytest.mark.parametrize("event", [{}, {"sentence": "1"}, {"sentence": None}, {"sentence": True}])
def test_what_a_browser_should_not_send_changes_nothing(handlers, event):
    assert handlers.select(race(), event).lanes is None
    assert handlers.look(None, 0).lanes is None


def test_a_mistake_becomes_a_message_and_the_lanes_stay(handlers):
    seen = handlers.compare(race(text=" "))
    assert "nothing to translate" in seen.message
    assert seen.lanes is None


def described(name: str, test_set: str) -> dict:
    score = Score(30.0, "s", 25.0, 35.0)
    length, beam = LengthScore("1-5", 3, score), BeamScore(5, score, score, 1.0)
    entry = {"test_set": test_set, "sentences": 3}
    return {
        "name": name,
        "by_length": [{**entry, "rows": [length.to_json()]}],
        "by_beam": [{**entry, "rows": [beam.to_json()]}],
    }


def entries(**labels: str) -> list[Entry]:
    return [Entry(name, label, "", "", (0, 0, 0, name)) for name, label in labels.items()]


def test_figures_hold_all_models_measured_on_the_same_test_set(monkeypatch):
    models = [described("c", "other"), described("a", "captions"), described("b", "captions")]
    monkeypatch.setattr(checkpoint, "describe_all", lambda: models)
    named = entries(b="B", a="A", c="C")  # in the order of the pickers
    seen = compare_figures.show(named)
    assert [name for _, name in seen.test_set["choices"]] == ["captions", "other"]
    assert [trace["name"] for trace in json.loads(seen.by_length)["figure"]["data"]] == ["B", "A"]
    assert [row[0] for row in json.loads(seen.by_beam_table)["rows"]] == ["B", "A"]
    assert json.loads(compare_figures.show(named, (), "other").by_length_table)["rows"] == [
        ["C", "1-5", "3", "30.0", "25.0 to 35.0"]
    ]


def test_the_figures_shown_first_are_of_the_models_compared(monkeypatch):
    models = [described("c", "multi30k-en-fr"), described("a", "dates"), described("b", "dates")]
    monkeypatch.setattr(checkpoint, "describe_all", lambda: models)
    seen = compare_figures.show(entries(a="A", b="B", c="C"), ["c"])
    assert seen.test_set["value"] == "multi30k-en-fr"
    assert seen.test_set["choices"][0] == ("Captions, English → French (Multi30k)", "multi30k-en-fr")


def test_models_with_one_label_keep_their_names_in_the_figures(monkeypatch):
    monkeypatch.setattr(checkpoint, "describe_all", lambda: [described(name, "x") for name in "abc"])
    seen = compare_figures.show(entries(a="same", b="same", c="C"))
    assert [trace["name"] for trace in json.loads(seen.by_length)["figure"]["data"]] == ["a", "b", "C"]


def test_without_figures_the_page_names_the_command_that_measures_them(monkeypatch):
    monkeypatch.setattr(checkpoint, "describe_all", list)
    seen = compare_figures.show([])
    assert "--figures" in json.loads(seen.by_length)["instead"]
    assert seen.by_beam_table == ""


def test_a_damaged_checkpoint_is_told_not_thrown(monkeypatch, tmp_path):
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "config.json").write_text("{")
    monkeypatch.setenv("S2S_DEMO_CHECKPOINTS", str(tmp_path))
    assert "cannot be read" in compare_figures.show([]).message


@given(st.floats(0, 100), st.none() | st.floats(0, 100))
def test_scores_survive_the_card(score, low):
    one = Score(score, "sig", low, low)
    assert LengthScore.from_json(json.loads(json.dumps(LengthScore("1-5", 2, one).to_json()))).score == one
    assert asdict(BeamScore.from_json(BeamScore(3, one, one, 1.5).to_json()).chrf) == asdict(one)
