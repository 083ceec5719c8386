"""No mistake of a user ends in a traceback: what can be done is done, the rest is named, and the status says so."""

import json
import os
import shutil

import pytest
from cli_cases import HUGE, enter, keeps_its_promise, refused, workplace
from safetensors.torch import load_file, save_file
from tiny import small_comparison

from s2s_demo.checkpoint import load
from s2s_demo.errors import CheckpointError

FRENCH, CHINESE = "L'été est passé.\nDéjà vu, n'est-ce pas ?\n", "我不知道他在这里。\n你是谁？\n"


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    return workplace(tmp_path_factory.mktemp("mistakes"))


@pytest.fixture(autouse=True)
def _inside(here, monkeypatch):
    enter(here, monkeypatch)
    small_comparison(monkeypatch)


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


# Nonsense options


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ("benchmark latency --strategy magic", "choose from greedy, beam, sampling"),
        ("benchmark latency --beam-size 0", "beam size is 0; it must lie between 1 and 100"),
        ("benchmark latency --model nobody", "no checkpoint 'nobody'"),
        ("benchmark latency --max-length 5", "which sets no longest translation; leave --max-length out"),
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
        ("translate --temperature 2", "--temperature belongs to sampling or bayes_risk, not to --strategy beam"),
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
        (
            "train --output never --source good.txt --target good.txt --target-language klingon",
            "unknown language 'klin",
        ),
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
