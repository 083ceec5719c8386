"""The shipped checkpoints: small, whole, as good as their cards say, and given what they can read."""

import json
import re
from dataclasses import replace

import pytest
import torch

from s2s_demo.alignment import alignment_quality, forced_alignments
from s2s_demo.card import card
from s2s_demo.checkpoint import SHIPPED, load
from s2s_demo.decoding import Greedy
from s2s_demo.evaluation import TestSet, evaluate
from s2s_demo.experiment import read_recipe
from s2s_demo.explain.planted import PLANTED as BY_HAND
from s2s_demo.explain.planted import planted
from s2s_demo.model import ModelConfig
from s2s_demo.model.attention import ATTENTIONS
from s2s_demo.serving.catalogue import examples
from s2s_demo.signals.document import brief
from s2s_demo.text import UNK
from s2s_demo.translator import Translator

NAMES = sorted(folder.parent.name for folder in SHIPPED.glob("*/config.json"))
MADE = [name for name in NAMES if json.loads((SHIPPED / name / "config.json").read_text())["card"].get("task")]
PLANTED = {name for name in NAMES if "planted" in json.loads((SHIPPED / name / "config.json").read_text())["card"]}
FILES = {"config.json", "model.safetensors", "tokenizer.model", "README.md", "notes.md"}
SAMPLE = 50  # inputs; a share measured on so few is a few points off
LOOKS = 0.06  # how far the alignment of so few may be from that of all
WELL_LEARNT = {"sort", "dates", "roman", "numerals-en", "numerals-fr", "numerals-de", "numerals-zh", "python"}

# The parts of a date change places: one never looks back, and the others see a window that must be in the right place.
NARROW = {"dates-monotonic", "dates-local-m", "dates-local-p"}


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=MADE)
def made(request: pytest.FixtureRequest) -> Translator:
    return load(SHIPPED / request.param, "cpu")


def recorded(name: str) -> dict:
    return json.loads((SHIPPED / name / "config.json").read_text())


def test_a_folder_holds_no_more_than_it_needs_and_no_large_file(name):
    for path in (SHIPPED / name).iterdir():
        assert path.name in FILES or re.fullmatch(r"recipe(-\w+)?\.json", path.name), path
        assert path.stat().st_size < (2_000_000 if name in MADE else 10_000_000), path


def test_each_loads_and_answers_its_examples_without_unknown_characters(name):
    translator = load(SHIPPED / name, "cpu")
    texts = examples(translator.source_language, translator.card, translator.target_language)
    assert texts
    for text in texts:
        assert translator.signal or UNK not in translator.tokenizer.encode(text)
        assert translator.translate(text, Greedy()).text


# What is right for the first example of each; several where a human translator might choose.
RIGHT = {
    "en-fr": {
        "Deux chiens jouent avec une balle rouge dans la neige.",
        "Deux chiens jouent avec un ballon rouge dans la neige.",
    },
    "en-de": {
        "Zwei Hunde spielen im Schnee mit einem roten Ball.",
        "Zwei Hunde spielen mit einem roten Ball im Schnee.",
    },
    "fr-en": {"Two dogs are playing with a red ball in the snow."},
    "de-en": {"Two dogs are playing with a red ball in the snow.", "Two dogs play with a red ball in the snow."},
    "zh-en": {"I have a pen."},
    "en-zh": {"她喜欢读书。", "她喜欢看书。"},
    "dates": {"2021-05-03"},
    "numerals": {"1994"},
    "addition": {"185"},
    "reverse": {"edcba"},
    "roman": {"MCMXCIV"},
    "sort": {"aaabnn"},
    "spelling": {"the hungry rabbit follows my sister"},
    "planted": {"red"},
    "python": {"[x ** 2 for x in xs if x % 2 == 0]"},
}
FAILS_ON_PURPOSE = {"dates-none"}  # without attention


def test_the_first_example_of_each_is_right(name):
    translator = load(SHIPPED / name, "cpu")
    first = examples(translator.source_language, translator.card, translator.target_language)[0]
    if translator.signal:
        right = {translator.made_task.shown[0].target}
    else:
        right = RIGHT.get("-".join(name.split("-")[:2])) or RIGHT[name.split("-")[0]]
    assert (translator.translate(first).text in right) == (name not in FAILS_ON_PURPOSE)


def test_the_recipe_is_that_of_the_model(name):
    if name in PLANTED:
        assert not (SHIPPED / name / "recipe.json").exists(), "its weights were set, not learnt"
        return
    config, recipe = recorded(name), read_recipe(SHIPPED / name / "recipe.json")
    built = ModelConfig(**config["model"])
    assert built == replace(recipe.model, vocabulary_size=built.vocabulary_size)
    assert recipe.storage == config["storage"]
    if name in MADE:
        assert (recipe.task, recipe.options) == (config["card"]["task"], config["card"]["options"])


def test_a_made_task_is_solved_as_well_as_its_card_says(made):
    assert made.made_task is not None
    test_set = TestSet.of("sample", made.made_task.test(), SAMPLE)
    measured, *others = made.card["evaluations"]
    assert all(other["test_set"].startswith(f"{measured['test_set']}: ") for other in others)
    greedy = measured["greedy"]["exact_match"]
    assert evaluate(made, test_set, Greedy()).exact_match == pytest.approx(greedy, abs=0.03 if greedy > 0.97 else 0.2)
    if made.model.looks and made.card["task"] in WELL_LEARNT and made.name not in NARROW:
        assert measured["exact_match"] >= 0.99


def test_a_made_task_looks_where_its_card_says(made):
    if "alignment" not in made.card:
        assert not made.model.looks or not any(map(made.made_task.links, made.made_task.test()))
        return
    pairs = made.made_task.test()[:SAMPLE]
    alignments = [found for found in forced_alignments(made, pairs) if found]
    found = alignment_quality(alignments, [made.made_task.links(pair) for pair in pairs])
    assert found.argmax == pytest.approx(made.card["alignment"]["argmax"], abs=LOOKS)
    assert found.shift == 0 or made.name in NARROW


def test_a_card_is_up_to_date(name):
    folder = SHIPPED / name
    text, path = (folder / "README.md").read_text(), folder / "recipe.json"
    recipe = json.loads(path.read_text()) if path.exists() else None
    assert text == card(recorded(name), recipe, folder)
    captions = ("en-fr", "fr-en", "en-de", "de-en", "multi30k-en-fr")
    assert ("Multi30k" in text) == (recipe is not None and recipe["task"] in captions)


def test_the_mistakes_on_the_card_of_a_made_task_are_real(made):
    text = (SHIPPED / made.name / "README.md").read_text()
    rows = re.findall(r"^\| `(.+)` \| `(.+)` \| `(.+)` \|$", text, re.MULTILINE)
    named = {brief(pair.source): pair.source for pair in made.made_task.test()} if made.signal else {}
    for source, output, _ in rows:
        assert made.translate(named.get(source, source)).text == output


@pytest.mark.parametrize("name", BY_HAND)
def test_a_planted_model_is_what_the_code_makes(name):
    assert name in PLANTED
    shipped, made = load(SHIPPED / name, "cpu"), planted(name)
    assert shipped.tokenizer.pieces == made.tokenizer.pieces
    assert shipped.card == made.card
    for (key, weight), (_, own) in zip(shipped.model.named_parameters(), made.model.named_parameters(), strict=True):
        assert torch.equal(weight, own), key
    assert sum(path.stat().st_size for path in (SHIPPED / name).iterdir()) < 100_000


def test_attention_is_worth_most_on_long_inputs():
    rows = {}
    for name in ("reverse", "reverse-none"):
        (figure,) = recorded(name)["card"]["by_length"]
        rows[name] = {row["words"]: row["exact"]["score"] for row in figure["rows"]}
    gaps = [rows["reverse"][words] - rows["reverse-none"][words] for words in ("1-5", "11-15", "21-30")]
    assert gaps == sorted(gaps)
    assert gaps[-1] > 80
    sizes = [recorded(name)["parameters"] for name in ("reverse", "reverse-none")]
    assert sizes[0] == pytest.approx(sizes[1], rel=0.05)


def test_every_kind_of_attention_is_there_to_be_compared():
    kinds = {recorded(name)["model"]["attention"] for name in MADE if recorded(name)["card"]["task"] == "dates"}
    assert kinds == set(ATTENTIONS)
