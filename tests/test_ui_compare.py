"""Tab Compare without a browser: lanes, where they part, and figures from cards."""

import json
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import ask, event, is_skipped
from tiny import model

from s2s_demo import checkpoint
from s2s_demo.errors import CheckpointError, SettingError
from s2s_demo.evaluation import BeamScore, LengthScore, Score
from s2s_demo.serving.catalogue import Entry
from s2s_demo.serving.library import Library
from s2s_demo.translator import Translator
from s2s_demo.ui.compare import differences, figures
from s2s_demo.ui.compare.form import Form
from s2s_demo.ui.compare.handlers import on_compare, on_family, on_open, on_test_set
from s2s_demo.ui.parts.handler import leaves
from s2s_demo.ui.train import again
from s2s_demo.words import say

MODEL = "untrained"


@pytest.fixture
def library(translator: Translator, monkeypatch: pytest.MonkeyPatch) -> Library:
    monkeypatch.setattr(checkpoint, "available", lambda: [MODEL])
    monkeypatch.setattr(checkpoint, "load", lambda name: translator)
    return Library()


def form(**changes: object) -> Form:
    return Form(**{"text": "A man is reading.", "models": [MODEL], "beam_size": 3, **changes})


def compare(library: Library, visitor: str = "", **changes: object):
    return ask(on_compare, library, *form(**changes), visitor=visitor)


def lanes(seen) -> list[dict]:
    return json.loads(seen.lanes)["lanes"]


lists = st.lists(st.sampled_from("abc"), max_size=6)


@given(lists, lists)
def test_two_translations_are_equal_before_the_place_they_part(first, mine):
    place = differences.parting(first, mine)
    if place is None:
        assert first == mine
    else:
        assert first[:place] == mine[:place]
        assert first[place : place + 1] != mine[place : place + 1]


def test_each_way_to_differ_has_its_sentence():
    assert differences.describe(["a", "b"], ["a", "b"]) == say("compare.note.same")
    assert "word 2: “c” for “b”" in differences.describe(["a", "b"], ["a", "c"])
    assert "Ends after word 1" in differences.describe(["a", "b"], ["a"])
    assert "Goes on after word 1" in differences.describe(["a"], ["a", "b"])
    assert "higher by 0.50" in differences.preference(-2, -1.5)
    assert "lower by 0.50" in differences.preference(-1.5, -2)
    assert differences.preference(-1, -1) == ""


def test_every_model_meets_every_way_in_the_order_of_the_page():
    queries = form(models=["a", "b"], strategies=["beam", "greedy"]).queries()
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
        ({"strategies": []}, "at least one way"),
        ({"models": ["a", "b", "c"]}, "at most 8"),
        ({"strategies": ["magic"]}, "choose from greedy, beam, sampling"),
        ({"beam_size": 99}, "between 1 and 10"),
        ({"seed": "x"}, "seed needs a number"),
    ],
)
def test_impossible_lanes_are_refused(changes, message):
    with pytest.raises(SettingError, match=message):
        form(**changes).queries()


def test_a_model_chosen_twice_is_one_lane():
    assert len(form(models=["a", "a"], strategies=["beam"]).queries()) == 1


def test_three_ways_are_three_lanes_with_their_whole_searches(library):
    seen = compare(library)
    assert seen.message == ""
    assert [lane["model"] for lane in lanes(seen)] == ["untrained"] * 3
    assert [lane["strategy"] for lane in lanes(seen)] == ["greedy", "beam 3", "sample, seed 0"]
    for lane in lanes(seen):
        assert "English to French" in lane["about"]
        assert len(lane["picture"]["sentences"]) == len(lane["notes"]) == 1
    assert max(len(lane["picture"]["sentences"][0]["leaves"]) for lane in lanes(seen)) == 3
    assert len(list(leaves(seen))) == 3


def test_where_a_lane_parts_is_said_of_every_sentence(library):
    first, _, third = lanes(compare(library, text="A man is reading. A dog runs along the beach."))
    assert first["notes"] == [say("compare.note.first")] * 2
    for ours, mine, note in zip(
        first["picture"]["sentences"], third["picture"]["sentences"], third["notes"], strict=True
    ):
        assert (written(ours) == written(mine)) == note.startswith(say("compare.note.same"))


def written(search: dict) -> list[str]:
    """The pieces of a search's best hypothesis."""
    path, node = [], search["leaves"][0]
    while node:
        path.append(search["piece"][node])
        node = search["parent"][node]
    return [piece for piece in path[::-1] if piece != "<eos>"]


def test_a_model_without_attention_is_a_lane_without_looks(library, translator):
    blind = model(vocabulary_size=len(translator.tokenizer), tied=False, decoder="fixed", attention="none")
    library.add("ana", "blind", Translator(blind, translator.tokenizer, "blind", "en", "fr"))
    one, other = lanes(compare(library, "ana", models=[MODEL, "blind"], strategies=["greedy"]))
    assert "no attention" in other["about"]
    assert [lane["picture"]["sentences"][0]["looks"] for lane in (one, other)] == [True, False]
    assert "choose from untrained" in compare(library, "bob", models=["blind"]).message


def test_a_model_of_another_language_is_shown_but_not_compared(library, translator):
    library.add("ana", "german", Translator(translator.model, translator.tokenizer, "german", "en", "de"))
    german = lanes(compare(library, "ana", models=[MODEL, "german"], strategies=["greedy"]))[1]
    assert "English to German" in german["about"]
    assert german["notes"] == [say("compare.note.other-language")]
    assert german["picture"]["target"] == "de"


def test_a_mistake_becomes_a_message_and_the_lanes_stay(library):
    seen = compare(library, text=" ")
    assert "nothing to translate" in seen.message
    assert all(is_skipped(value) for value in list(leaves(seen))[1:])


def described(name: str, test_set: str, attention: str = "dot") -> dict:
    score = Score(30.0, "s", 25.0, 35.0)
    length, beam = LengthScore("1-5", 3, score), BeamScore(5, score, score, 1.0)
    entry = {"test_set": test_set, "sentences": 3}
    return {
        "name": name,
        "attention": attention,
        "by_length": [{**entry, "rows": [length.to_json()]}],
        "by_beam": [{**entry, "rows": [beam.to_json()]}],
    }


def entries(**labels: str) -> list[Entry]:
    return [Entry(name, label, "", "", (0, 0, 0, name)) for name, label in labels.items()]


def test_figures_hold_all_models_measured_on_the_same_test_set(monkeypatch):
    models = [described("c", "other"), described("a", "captions"), described("b", "captions", "none")]
    monkeypatch.setattr(checkpoint, "describe_all", lambda: models)
    named = entries(b="B", a="A", c="C")  # in the order of the pickers
    seen = figures.show(named)
    assert [name for _, name in seen.test_set["choices"]] == ["captions", "other"]
    assert [trace["name"] for trace in json.loads(seen.by_length)["figure"]["data"]] == [
        "no attention",
        "dot",
    ]
    assert [row[0] for row in json.loads(seen.by_beam_table)["rows"]] == ["no attention", "dot"]
    assert json.loads(figures.show(named, (), "other").by_length_table)["rows"] == [
        ["dot", "1-5", "3", "30.0", "25.0 to 35.0"]
    ]


def test_the_figures_shown_first_are_of_the_models_compared(monkeypatch):
    models = [described("c", "multi30k-en-fr"), described("a", "dates"), described("b", "dates")]
    monkeypatch.setattr(checkpoint, "describe_all", lambda: models)
    seen = figures.show(entries(a="A", b="B", c="C"), ["c"])
    assert seen.test_set["value"] == "multi30k-en-fr"
    assert seen.test_set["choices"][0] == ("Captions, English → French (Multi30k)", "multi30k-en-fr")


def test_models_with_one_kind_of_attention_keep_their_names_in_the_figures(monkeypatch):
    models = [described(name, "x", attention) for name, attention in zip("abc", ("dot", "dot", "none"), strict=True)]
    monkeypatch.setattr(checkpoint, "describe_all", lambda: models)
    seen = figures.show(entries(a="A", b="B", c="C"))
    assert [trace["name"] for trace in json.loads(seen.by_length)["figure"]["data"]] == ["a", "b", "no attention"]


def test_without_figures_the_page_names_the_command_that_measures_them(monkeypatch):
    monkeypatch.setattr(checkpoint, "describe_all", list)
    seen = figures.show([])
    assert "--figures" in json.loads(seen.by_length)["instead"]
    assert seen.by_beam_table == ""


def test_a_damaged_checkpoint_is_told_not_thrown(monkeypatch, tmp_path):
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "config.json").write_text("{")
    monkeypatch.setenv("S2S_DEMO_CHECKPOINTS", str(tmp_path))
    assert "cannot be read" in ask(on_test_set, Library(), "").message


def test_lanes_are_compared_even_where_no_figure_can_be_shown(library, monkeypatch):
    def damaged() -> None:
        raise CheckpointError("it cannot be read")

    monkeypatch.setattr(checkpoint, "describe_all", damaged)
    seen = ask(on_open, library, "en", None, *form())
    assert lanes(seen.shown)[0]["model"] == "untrained"
    assert (seen.shown.message, seen.figures.message) == ("", "It cannot be read.")


@given(st.floats(0, 100), st.none() | st.floats(0, 100))
def test_scores_survive_the_card(score, low):
    one = Score(score, "sig", low, low)
    assert LengthScore.from_json(json.loads(json.dumps(LengthScore("1-5", 2, one).to_json()))).score == one
    assert asdict(BeamScore.from_json(BeamScore(3, one, one, 1.5).to_json()).chrf) == asdict(one)


DATE = "the 9th of July 1989"


@pytest.fixture(scope="module")
def family() -> dict:
    return json.loads(ask(on_family, Library(), DATE).family)


def cards(family: dict) -> dict[str, dict]:
    return {card["model"]: card for group in family["groups"] for card in group["cards"]}


def test_every_kind_of_attention_has_a_card_with_formula_paper_and_figures(family):
    assert [len(group["cards"]) for group in family["groups"]] == [6, 6, 3]
    for name, card in cards(family).items():
        assert card["formula"].startswith("<math"), name
        assert card["paper"][-4:].isdigit(), name
        assert card["said"], name
        assert 0 < float(card["exact"]) <= 100
        assert bool(card["aligned"]) == bool(card["maps"])


def test_a_map_of_the_family_has_a_row_for_each_letter_and_a_column_for_each_read(family):
    for name, card in cards(family).items():
        for map_ in card["maps"]:
            assert len(map_) == len(card["letters"]), name
            assert {len(row) for row in map_} == {len(family["source"])} == {len(DATE) + 1}, name
        assert "".join(card["letters"]) == card["wrote"]
    assert len(cards(family)["dates-multi-head"]["maps"]) == 4
    assert cards(family)["dates-none"]["maps"] == []
    hard = cards(family)["dates-hard"]["maps"][0]
    assert all(sorted(row)[-2:] == [0, 1] for row in hard)


def test_frames_hold_what_year_month_and_day_are_written_from(family):
    spans = {DATE[first : last + 1]: (from_, to) for first, last, from_, to in family["frames"]}
    assert spans == {"1989": (0, 3), "July": (5, 6), "9": (8, 9)}


def test_what_most_of_the_family_would_write_otherwise_is_marked(family):
    most = "1989-07-09"
    for card in cards(family).values():
        differs = [i for i, (mine, other) in enumerate(zip(card["wrote"], most, strict=False)) if mine != other]
        assert [i for i in card["other"] if i < len(most)] == differs


@pytest.mark.parametrize(("text", "message"), [("", "nothing to translate"), ("x" * 49, "room for 48")])
def test_what_a_family_cannot_read_is_said(text, message):
    seen = ask(on_family, Library(), text)
    assert message in seen.message
    assert is_skipped(seen.family)


def test_the_settings_of_a_shipped_model_build_that_model_again(family):
    for name in cards(family):
        recipe = again.recipe_of(name)
        settings = again.settings_of(recipe)
        assert settings.training() == recipe.training, name
        assert again.differences(settings, recipe) == (["context"] if name == "dates-none" else []), name


def test_train_opens_on_those_settings_and_says_what_it_cannot_set(library):
    opened = ask(again.on_again, Library(), event(model="dates-none"))
    assert opened.tabs.selected == "train"
    assert "context" in opened.chosen.message
    assert opened.chosen.task == "dates"
    assert "choose from" in ask(again.on_again, Library(), event(model="../en-fr")).chosen.message
