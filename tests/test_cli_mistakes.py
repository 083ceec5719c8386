"""No mistake of a user ends in a traceback: what can be done is done, the rest is named, and the status says so."""

import io
import json
import os
import shutil
from dataclasses import asdict
from itertools import product

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import load_file, save_file
from tiny import Echo, echo_tokenizer, small_comparison

from s2s_demo.checkpoint import load, save_checkpoint
from s2s_demo.cli import main
from s2s_demo.errors import CheckpointError
from s2s_demo.experiment import Recipe
from s2s_demo.model import ModelConfig, Seq2Seq
from s2s_demo.tasks import TASKS
from s2s_demo.text import Tokenizer
from s2s_demo.training import TrainingConfig
from s2s_demo.translator import Translator

HUGE = 10**400
FRENCH, CHINESE = "L'été est passé.\nDéjà vu, n'est-ce pas ?\n", "我不知道他在这里。\n你是谁？\n"


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    """A folder to work in: a tiny model, one that always asks "été ?", a good file, a folder."""
    place = tmp_path_factory.mktemp("mistakes")
    small = {"embedding_size": 8, "hidden_size": 8}
    tokenizer = echo_tokenizer()
    untrained = Seq2Seq(ModelConfig(vocabulary_size=len(tokenizer), **small))
    save_checkpoint(Translator(untrained, tokenizer, "tiny"), place / "models" / "tiny")
    words = Tokenizer.train(["été? 谁 ab"] * 4, "word", 40)
    asking = Seq2Seq(ModelConfig(vocabulary_size=len(words), tied=False, **small))
    with torch.no_grad():
        asking.output.weight.zero_()
        asking.output.bias.zero_()[words.encode("été?")] = 9
    save_checkpoint(Translator(asking, words, "asking", "en", "fr"), place / "models" / "asking")
    (place / "good.txt").write_text("ab\nba\n")
    (place / "folder").mkdir()
    return place


@pytest.fixture(autouse=True)
def _inside(here, monkeypatch):
    monkeypatch.chdir(here)
    monkeypatch.setenv("S2S_DEMO_CHECKPOINTS", str(here / "models"))
    monkeypatch.setitem(TASKS, "echo", Echo)
    small_comparison(monkeypatch)


def run(*arguments, stdin=b"", console="utf-8"):
    """The status of a command, and what it wrote to standard output and standard error, on such a console."""
    streams = [io.TextIOWrapper(io.BytesIO(content), encoding=console) for content in (stdin, b"", b"")]
    with pytest.MonkeyPatch.context() as patch:
        for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
            patch.setattr(f"sys.{name}", stream)
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as stop:  # argparse, after its usage
            return stop.code, "", "s2s-demo: usage\n"
    written = []
    for stream in streams[1:]:
        stream.flush()
        written.append(stream.buffer.getvalue().decode(console))
    return (status, *written)


def keeps_its_promise(*arguments, **settings):
    """Status 0, 1 or 2; with 2 exactly one sentence, and never a traceback."""
    status, out, err = run(*arguments, **settings)
    assert status in (0, 1, 2)
    assert "Traceback" not in err
    lines = [line for line in err.splitlines() if not line.startswith("s2s-demo: note: ")]
    if status == 2:
        assert len(lines) == 1, err
        assert lines[0].startswith("s2s-demo: ")
    return status, out, err


def refused(says, *arguments, **settings):
    status, _, err = keeps_its_promise(*arguments, **settings)
    assert status == 2
    assert says in err


# Encodings


@pytest.mark.parametrize(
    ("content", "bad"),
    [
        (FRENCH.encode("latin-1"), [1, 2]),
        (CHINESE.encode("gb18030"), [1, 2]),
        ("ab\nba\n".encode("utf-16"), [1, 2, 3]),
        ("ab\nba\n".encode("utf-16-be"), [1, 2]),
        (b"ab\n\xff\nba\n", [2]),
        (b"ab\nb\0a\nba\n", [2]),
        (b"\xef\xbb\xbfab\nba\n", []),
    ],
    ids=["latin-1", "gb18030", "utf-16", "utf-16-be", "one byte", "zero byte", "utf-8-sig"],
)
@pytest.mark.parametrize("from_file", [True, False])
def test_lines_in_another_encoding_are_named_and_the_others_translated(content, bad, from_file, tmp_path):
    path = tmp_path / "in.txt"
    path.write_bytes(content)
    given = {} if from_file else {"stdin": content}
    file = [path] if from_file else []
    status, out, err = keeps_its_promise("translate", "--model", "tiny", "--max-length", 3, *file, **given)
    name = path if from_file else "standard input"
    assert status == (1 if bad else 0)
    assert [line.split(": ")[1] for line in err.splitlines()] == [f"{name}, line {number}" for number in bad]
    assert all("save the text with the encoding UTF-8" in line for line in err.splitlines())
    assert out.count("\n") == content.count(b"\n") + (not content.endswith(b"\n"))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (FRENCH.encode("latin-1"), "looks like Windows-1252 (Latin-1): save it again with the encoding UTF-8"),
        (CHINESE.encode("gb18030"), "looks like GB18030"),
        (FRENCH.encode("utf-16-le"), "looks like UTF-16 (little-endian) without its mark"),
        (b"", ""),
    ],
    ids=["latin-1", "gb18030", "utf-16-le", "empty"],
)
def test_files_in_another_encoding_are_refused_by_name(content, says, tmp_path):
    path = tmp_path / "in.txt"
    path.write_bytes(content)
    refused(says, "evaluate", "--model", "tiny", "--source", path, "--reference", path)
    refused(says, "train", "--source", path, "--target", path, "--output", tmp_path / "run")
    refused(says, "train", "--pairs", path, "--output", tmp_path / "run")
    refused(says, "data", "check", path)


def test_an_empty_file_has_nothing_to_translate(tmp_path):
    (tmp_path / "empty").write_bytes(b"")
    assert keeps_its_promise("translate", "--model", "tiny", tmp_path / "empty") == (0, "", "")


@pytest.mark.parametrize(
    ("console", "shown"), [("utf-8", "été\u202f?"), ("cp1252", "été ?"), ("gbk", "été ?"), ("ascii", "ete ?")]
)
def test_any_console_shows_french(console, shown):
    asked = ("translate", "--model", "asking", "--max-length", 2)
    assert keeps_its_promise(*asked, stdin=b"ab\n", console=console) == (0, f"{shown}\n", "")
    status, out, _ = keeps_its_promise(*asked, "--json", stdin=b"ab\n", console=console)
    assert (status, json.loads(out)["text"]) == (0, "été\u202f?")  # JSON loses nothing


# One bad line among many


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (b"ab" * 1001, "2,002 characters; at most 2,000 can be"),
        (b"ab" * 150, "at most 200 fit in one sentence"),
        (b"a\xe9", "0xe9"),
    ],
    ids=["too long a text", "too long a sentence", "not UTF-8"],
)
def test_one_bad_line_among_256_is_named_and_the_others_are_translated(bad, says, tmp_path):
    lines = [b"ab"] * 256
    lines[100] = bad
    path = tmp_path / "in.txt"
    path.write_bytes(b"\n".join(lines) + b"\n")
    status, out, err = keeps_its_promise(
        "translate", "--model", "tiny", "--strategy", "greedy", "--max-length", 3, path
    )
    assert status == 1
    assert err.startswith(f"s2s-demo: {path}, line 101: ")
    assert says in err
    assert err.count("\n") == 1
    rows = out.split("\n")[:-1]
    assert len(rows) == 256
    assert [number for number, row in enumerate(rows, start=1) if not row] == [101]


# Folders, files, rights


def test_an_output_that_is_a_file_or_lies_below_one_is_refused(tmp_path):
    (tmp_path / "file").write_text("mine")
    for output in (tmp_path / "file", tmp_path / "file" / "run"):
        refused(str(tmp_path / "file"), "train", "--task", "echo", "--updates", 1, "--output", output)
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize(
    "command",
    [
        ["translate", "--model", "tiny"],
        ["evaluate", "--model", "tiny", "--reference", "good.txt", "--source"],
        ["evaluate", "--model", "tiny", "--source", "good.txt", "--reference"],
        ["train", "--output", "never", "--target", "good.txt", "--source"],
        ["train", "--output", "never", "--pairs"],
        ["train", "--output", "never", "--recipe"],
        ["data", "check"],
    ],
    ids=" ".join,
)
def test_a_folder_a_lack_and_a_locked_file_are_refused_by_name(command, here, tmp_path):
    for name in ("folder", "absent.txt", "x" * 3000, "zero\0byte", "folder/good.txt", "good.txt/below"):
        refused("zero byte" if "\0" in name else name[:20], *command, name)
    locked = tmp_path / "locked.txt"
    locked.write_text("ab\nba\n")
    locked.chmod(0)
    if not os.access(locked, os.R_OK):
        refused(str(locked), *command, locked)
    assert not (here / "never" / "recipe.json").exists()


# Recipes

SMALL = asdict(
    Recipe(
        task="echo",
        model=ModelConfig(vocabulary_size=40, embedding_size=8, hidden_size=8),
        training=TrainingConfig(updates=1, tokens_per_batch=40),
        validate_every=1,
        validate_sentences=2,
    )
)


def trained(folder, recipe, *more):
    """What training by a recipe (plain data or the text of its file) gives."""
    shutil.rmtree(folder / "run", ignore_errors=True)
    content = recipe if isinstance(recipe, bytes) else json.dumps(recipe).encode()
    (folder / "recipe.json").write_bytes(content)
    asked = ("train", "--recipe", folder / "recipe.json", "--output", folder / "run", "--device", "cpu", *more)
    return keeps_its_promise(*asked)


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


# Nonsense options


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ("benchmark latency --strategy magic", "choose from greedy, beam, sampling"),
        ("benchmark latency --beam-size 0", "beam size is 0; it must lie between 1 and 100"),
        ("benchmark latency --model nobody", "no checkpoint 'nobody'"),
        ("benchmark translate --rounds 0", "number of rounds is 0; it must lie between 1 and 100000"),
        ("benchmark translate --threads 0", "number of threads is 0"),
        (f"benchmark translate --max-length {HUGE}", "max_length in tokens is 1.00e+400"),
        ("benchmark train --device tpu", "unknown device 'tpu'; choose from auto, cpu, cuda"),
        ("benchmark nothing", "usage"),
        ("benchmark train --model tiny", "usage"),
        ("translate --device cpu:7", "unknown device 'cpu:7'; choose from auto, cpu"),
        ("translate --device cpu:x", "unknown device 'cpu:x'"),
        ("translate --device auto:1", "unknown device 'auto:1'"),
        ("translate --device cuda:99", "device 'cuda"),
        (f"translate --beam-size {HUGE}", "beam size is 1.00e+400; it must lie between 1 and 100"),
        ("translate --length-penalty nan", "length penalty is nan"),
        ("translate --strategy sampling --temperature 0", "temperature is 0"),
        ("translate --strategy sampling --seed -1", "seed is -1"),
        ("evaluate --task echo --at-most 0", "number of sentences is 0; it must lie between 1 and 1000000"),
        (f"evaluate --task echo --at-most {HUGE}", "number of sentences is 1.00e+400"),
        ("evaluate --task echo --bootstrap -5", "number of resamples is -5; it must lie between 0 and 100000"),
        ("evaluate --task juggling", "unknown task 'juggling'"),
        ("evaluate --task echo --before-storage folder", "no checkpoint 'folder'"),
        ("alignment --task echo --at-most -1", "number of sentences is -1"),
        ("alignment --task juggling", "unknown task 'juggling'"),
        ("alignment", "belongs to no known corpus; give --task"),
        ("models nobody", "usage"),
        ("data", "usage"),
        ("data atlantis", "choose from multi30k, tatoeba"),
        ("data check good.txt --columns 1 2", "has only one column"),
    ],
)
def test_nonsense_options_are_refused_with_what_is_allowed(arguments, says):
    given = arguments.split()
    if given[0] in ("translate", "evaluate", "alignment") or given[:2] in (
        ["benchmark", "latency"],
        ["benchmark", "translate"],
    ):
        given += ["--model", "tiny"] if "--model" not in given else []
    refused(says, *given)


# Damaged weights


def test_a_checkpoint_with_nan_is_refused(here, tmp_path):
    shutil.copytree(here / "models" / "tiny", tmp_path / "nan")
    weights = load_file(tmp_path / "nan" / "model.safetensors")
    name = next(iter(weights))
    save_file({**weights, name: weights[name] * float("nan")}, tmp_path / "nan" / "model.safetensors")
    refused("not all weights are finite numbers", "translate", "--model", tmp_path / "nan", "good.txt")


@pytest.mark.parametrize("strategy", ["greedy", "beam", "sampling"])
def test_a_translator_in_memory_that_computes_nan_says_so(strategy, here):
    from s2s_demo.decoding import STRATEGIES

    broken = load("tiny")
    for weight in broken.model.parameters():
        weight.fill_(float("nan"))
    with pytest.raises(CheckpointError, match="its weights are damaged"):
        broken.translate("ab", STRATEGIES[strategy]())


# Whatever is given

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
