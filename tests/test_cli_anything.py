"""Whatever files, recipes and options are thrown at the command line, no traceback comes back."""

import json
import shutil

import pytest
from cli_cases import HUGE, SMALL, enter, keeps_its_promise, trained, workplace
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import small_comparison


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    return workplace(tmp_path_factory.mktemp("mistakes"))


@pytest.fixture(autouse=True)
def _inside(here, monkeypatch):
    enter(here, monkeypatch)
    small_comparison(monkeypatch)


NUMBERS = st.sampled_from(["0", "-1", "1", "2", "3.5", "nan", "inf", "1e400", str(HUGE), "x", "", "\udcff", "é"])
NAMES = st.sampled_from(["tiny", "asking", "folder", "good.txt", "", ".", "/", "é\udcff", "x" * 300, "echo", "cpu:1"])
VALUES = NUMBERS | NAMES | st.text(max_size=8)
BYTES = st.binary(max_size=60) | st.builds(
    lambda text, encoding: text.encode(encoding, "ignore"),
    st.text(alphabet='ab é谁\n\t\0\ud800\u2028,;"|{}[]', max_size=60),
    st.sampled_from(["utf-8", "utf-16", "latin-1", "gb18030", "utf-8-sig"]),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.just(HUGE) | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
OPTIONS = {
    "translate": "--model --device --precision --strategy --beam-size --length-penalty --temperature --top-k --top-p "
    "--seed",
    "evaluate": "--model --device --strategy --beam-size --at-most --bootstrap --task --before-storage",
    "alignment": "--model --device --task --at-most",
    "models": "--json",
    "data": "--columns --json",
    "train": "--task --recipe --threads --device --cell --hidden-size --decoder --attention --learning-rate --decay "
    "--teacher-forcing-start --clip --label-smoothing --batch-tokens --precision --seed --patience --storage "
    "--tokenizer --vocabulary-size --interpolation --source-language --start-from",
    "benchmark": "--model --device --strategy --rounds --beam-size",
}


@settings(max_examples=30)
@given(BYTES)
def test_no_file_brings_a_traceback(here, content):
    path = here / "any.txt"
    path.write_bytes(content)
    short = ("--model", "tiny", "--strategy", "greedy", "--max-length", 2)
    keeps_its_promise("translate", *short, path)
    keeps_its_promise("translate", *short, stdin=content, console="cp1252")
    keeps_its_promise("evaluate", *short, "--source", path, "--reference", path)
    keeps_its_promise("data", "check", path)
    keeps_its_promise("train", "--pairs", path, "--updates", 1, "--hidden-size", 8, "--output", here / "of-any")
    shutil.rmtree(here / "of-any", ignore_errors=True)


@settings(max_examples=60)
@given(JSON)
def test_no_json_brings_a_traceback(here, plain):
    trained(here, plain)
    trained(here, {"task": "echo", "options": plain, "model": plain})


def places(plain, path=()):
    for name, value in plain.items():
        yield (*path, name)
        if isinstance(value, dict):
            yield from places(value, (*path, name))


@settings(max_examples=100)
@given(st.sampled_from(list(places(SMALL))), JSON)
def test_no_value_in_a_recipe_brings_a_traceback(here, place, value):
    recipe = json.loads(json.dumps(SMALL))
    inside = recipe
    for name in place[:-1]:
        inside = inside[name]
    inside[place[-1]] = value
    trained(here, recipe, "--updates", 1, "--batch-tokens", 40)


@settings(max_examples=150)
@given(st.sampled_from(sorted(OPTIONS)), st.data())
def test_no_option_brings_a_traceback(here, command, data):
    options = data.draw(st.lists(st.sampled_from(OPTIONS[command].split()), max_size=3, unique=True))
    given_options = [f"{option}={data.draw(VALUES)}" for option in options]
    small = {
        "translate": ["--max-length", 2, "good.txt"],
        "evaluate": ["--max-length", 2, "--source", "good.txt", "--reference", "good.txt"],
        "data": ["check", "good.txt"],
        "train": ["--updates", 1, "--embedding-size", 8, "--hidden-size", 8, "--output", here / "optional"],
        "benchmark": ["translate", "--max-length", 2, "--rounds", 1],
    }.get(command, [])
    model = [] if command in ("train", "models", "data", "benchmark") else ["--model", "tiny"]
    what = ["--task", "echo"] if command == "train" else []
    keeps_its_promise(command, *model, *what, *small, *given_options)
    shutil.rmtree(here / "optional", ignore_errors=True)
