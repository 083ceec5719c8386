"""A recipe that cannot be followed, and a run that cannot go on, are refused with their fault."""

import json
import shutil
from itertools import product

import pytest
from cli_cases import HUGE, SMALL, enter, keeps_its_promise, trained, workplace

from s2s_demo.checkpoint import load


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    return workplace(tmp_path_factory.mktemp("mistakes"))


@pytest.fixture(autouse=True)
def _inside(here, monkeypatch):
    enter(here, monkeypatch)


@pytest.mark.parametrize(
    ("recipe", "says"),
    [
        ([], "Recipe is []; it must be an object of settings"),
        (5, "Recipe is 5; it must be an object"),
        (None, "Recipe is None"),
        ({}, "lacks the setting task"),
        ({"task": 5}, "task is 5; it must be a text"),
        ({"task": "juggling"}, "unknown task 'juggling'; choose from dates"),
        ({"task": "echo", "model": 5}, "model is 5; it must be an object of settings"),
        ({"task": "echo", "model": []}, "model is []; it must be an object"),
        ({"task": "echo", "training": {"updates": "10"}}, "updates is '10'; it must be a whole number"),
        ({"task": "echo", "training": {"updates": True}}, "updates is True; it must be a whole number"),
        ({"task": "echo", "training": {"seed": HUGE}}, "seed is 1.00e+400; it must lie between 0 and 4611686018427"),
        ({"task": "echo", "training": {"seconds": HUGE}}, "training time in seconds is 1.00e+400"),
        ({"task": "echo", "training": {"clip": float("nan")}}, "gradient clipping is nan"),
        ({"task": "echo", "training": {"teacher_forcing": {"since": HUGE}}}, "teacher forcing is counted is 1.00e+400"),
        ({"task": "echo", "model": {"vocabulary_size": 9, "hidden_size": 8.5}}, "hidden_size is 8.5; it must be a who"),
        ({"task": "echo", "model": {"vocabulary_size": 9, "hidden_size": HUGE}}, "between 2 and 4096"),
        ({"task": "echo", "model": {"hidden_size": 8}}, "lacks the setting vocabulary_size"),
        ({"task": "echo", "vocabulary_size": 10**30}, "vocabulary size in pieces is 1.00e+30"),
        ({"task": "echo", "vocabulary_size": 0}, "vocabulary size in pieces is 0"),
        ({"task": "echo", "tokenizer": ""}, "unknown tokenizer ''; choose from bpe"),
        ({"task": "echo", "storage": "int7"}, "unknown storage 'int7'; choose from int8"),
        ({"task": "echo", "validate_sentences": -1}, "validate_sentences is -1; it must lie between 1 and"),
        ({"task": "echo", "patience": 0}, "patience is 0; it must lie between 1 and"),
        ({"task": "echo", "interpolation": 0.5}, "no start_from to interpolate with"),
        ({"task": "echo", "pace": 3}, "unknown setting pace of Recipe; known: task, options"),
        ({"task": "echo", "options": {"digits": 3}}, "unknown setting digits of Echo; known: letters"),
        ({"task": "echo", "options": {"letters": 3}}, "letters is 3; it must be a text"),
        ({"task": "echo", "options": []}, "options is []; it must be an object"),
        ({"task": "files", "options": {"source_file": "good.txt"}}, "lacks the setting target_file"),
        ({"task": "files", "options": {"source_file": 5, "target_file": "good.txt"}}, "source_file is 5; it must be a"),
        ({"task": "pairs", "options": {"path": "folder"}}, "folder is a folder"),
        ({"task": "echo", "start_from": "nobody"}, "no checkpoint 'nobody'"),
        ({"task": "echo", "start_from": "nobody.json"}, "nobody.json is not a recipe"),
        ({"task": "echo", "start_from": "recipe.json"}, "goes on from itself"),
        (b'{"a":' * 9999 + b"1" + b"}" * 9999, "is not a recipe: maximum recursion depth"),
        (b"[" * 99999, "is not a recipe: maximum recursion depth"),
        (b"task: echo", "is not a recipe: Expecting value"),
        (b"", "is not a recipe: Expecting value"),
        (b"\xff\xfe{\0}\0", "is not a recipe: 'utf-8' codec"),
        (b'{"seed": ' + b"9" * 5000 + b"}", "is not a recipe: Exceeds the limit"),
    ],
    ids=lambda given: str(given)[:40],
)
def test_a_recipe_that_cannot_be_followed_is_refused_with_its_fault(recipe, says, tmp_path):
    status, out, err = trained(tmp_path, recipe)
    assert says in err
    assert (status, out) == (2, "")  # before anything is learnt
    assert not (tmp_path / "run" / "recipe.json").exists()


def test_a_refused_recipe_leaves_the_folder_free_for_the_mended_one(tmp_path):
    assert trained(tmp_path, {**SMALL, "tokenizer": "magic"})[0] == 2
    (tmp_path / "recipe.json").write_text(json.dumps(SMALL))
    asked = ("train", "--recipe", tmp_path / "recipe.json", "--output", tmp_path / "run", "--device", "cpu")
    assert keeps_its_promise(*asked)[0] == 0


@pytest.mark.parametrize("name", ["run\udce9", "été", "a b"])
def test_a_run_may_have_any_name_that_a_folder_has(name, tmp_path):
    (tmp_path / "recipe.json").write_text(json.dumps(SMALL))
    asked = ("train", "--recipe", tmp_path / "recipe.json", "--output", tmp_path / name, "--device", "cpu")
    assert keeps_its_promise(*asked)[0] == 0
    assert load(tmp_path / name).name == name


@pytest.mark.parametrize(
    ("file", "content"),
    [
        *product(["recipe.json", "resume.pt", "stages.json"], [b"", b"[]", b"null", b"\xff\0\x80", b"[" * 99999]),
        *product(["log.jsonl"], [b"{}\n", b'{"update": "x"}\n', b"[}\n", b"\xff}\n"]),
    ],
)
def test_a_damaged_run_is_not_resumed_but_named(file, content, here, tmp_path):
    if not (here / "whole" / "run").exists():
        (here / "whole").mkdir()
        assert trained(here / "whole", SMALL)[0] == 0
    shutil.copytree(here / "whole" / "run", tmp_path / "run")
    (tmp_path / "run" / file).write_bytes(content)
    status, _, err = keeps_its_promise("train", "--output", tmp_path / "run", "--resume", "--device", "cpu")
    assert status == 2
    assert f"{tmp_path / 'run' / file} " in err
