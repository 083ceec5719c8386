"""Every command of the README, and its Python, does what it is said to do."""

import ast
import io
import re
import shlex
from functools import partial

import pytest
from readme_text import FENCED, README, ROOT, TABLE

import s2s_demo
from s2s_demo.checkpoint import SHIPPED, load
from s2s_demo.cli import _parser, main
from s2s_demo.commands.train import recipes_of
from s2s_demo.live import PRESETS, preset_key
from s2s_demo.signals.document import content_of
from s2s_demo.tasks import TASKS, make_task
from s2s_demo.tasks.download import CORPORA
from s2s_demo.tasks.mixture import Translation
from s2s_demo.text import Pair
from s2s_demo.ui.evaluate.sets import everyday

BASH = [line for kind, text in FENCED.findall(README) if kind == "bash" for line in text.splitlines() if line.strip()]


INLINE = re.findall(r"`((?:python|pip|s2s-demo|apt-get) [^`]*)`", FENCED.sub("", README).replace("\n", " "))


def command_of(line: str) -> str:
    """A line of a shell without its comment."""
    return " ".join(shlex.split(line, comments=True)) if '"' not in line else line.partition(" #")[0].strip()


# Commands: what is added to each so that it ends in seconds; those with None are looked at in a test of their own.
SMALL = "--updates 2 --embedding-size 8 --hidden-size 8 --batch-tokens 100 --device cpu"


EXTRA: dict[str, str | None] = {
    "python3 -m venv .venv && .venv/bin/pip install -q -e . && .venv/bin/python app.py": None,
    'python3 -m venv .venv && .venv/bin/pip install -q -e ".[test]" && .venv/bin/pytest': None,
    "s2s-demo models": "",
    'echo "I have a pen." | s2s-demo translate --model en-fr': "",
    'echo "I have a pen." | s2s-demo translate --json': "",
    "s2s-demo evaluate --model en-fr --source in.txt --reference ref.txt": "",
    "s2s-demo train --task dates --output runs/dates --max-seconds 60": f"--max-seconds 1 {SMALL}",
    "s2s-demo train --source in.txt --target out.txt --output runs/mine": f"--vocabulary-size 400 {SMALL}",
    "s2s-demo alignment --model en-fr": "--at-most 5",
    's2s-demo explain --model en-fr "I have a pen." --word 2': "",
    'echo "I have a pen." | s2s-demo translate --html page.html': "",
    "s2s-demo translate --model handwriting line.png": "",
    "s2s-demo translate --strategy NAME": None,
    "s2s-demo family": None,
    "s2s-demo family part": None,
    "s2s-demo family --till-enough": None,
    "s2s-demo family --till-enough --threads 1": None,
    "python -m tests.tools.peers": None,
    "python -m tests.tools.growth": None,
    "python -m tests.tools.growth --model roman --strategy greedy --sentences 1000 10000 100000 1000000": None,
    "python -m tests.tools.equality": None,
    "python -m tests.tools.crowd": None,
    "python -m tests.tools.first_sight": None,
    "python -m tests.tools.answer": None,
    "python -m tests.tools.copying": None,
    "python -m tests.tools.dated": None,
    "python -m tests.tools.everyday en fr": None,
    "python -m tests.tools.noisy": None,
    "python -m tests.tools.shift runs/captions": None,
    "python -m tests.tools.transitions --task multi30k-en-fr --start runs/captions --updates 100 --seeds 1": None,
    "s2s-demo serve --host 0.0.0.0": None,
    "s2s-demo lesson --language zh tour.html": None,
    "python -m tests.tools.searches en-fr": None,
    "python -m tests.tools.searches en-fr --length-penalty 0": None,
    "python -m tests.tools.searches runs/smoothed --length-penalty 0": None,
    "s2s-demo train --task multi30k-en-fr --hidden-size 256 --embedding-size 256 --vocabulary-size 4000"
    " --batch-tokens 1600 --learning-rate 0.003 --warm-up 200 --updates 1100 --precision bf16 --output runs/smoothed": (
        f"--precision fp32 --vocabulary-size 400 {SMALL}"
    ),
    "python -m tests.tools.maps en-fr en-fr-bahdanau": None,
    "python -m tests.tools.maps --task dates dates dates-additive dates-general dates-dot": None,
    "python -m tests.tools.explanations --sentences 30 en-fr en-fr-bahdanau": None,
    "s2s-demo train --help": None,
    "s2s-demo benchmark latency": "--rounds 1",
    "s2s-demo data multi30k tatoeba": None,
    "s2s-demo train --recipe checkpoints/en-fr/recipe.json --output runs/en-fr": None,
    "s2s-demo evaluate --model en-fr": "--at-most 5 --task multi30k-en-fr",
    "python -m tests.tools.stopwatch": None,
    'python -m tests.tools.endurance --preset "Captions, in minutes"': None,
    "python -m tests.tools.screenshots captions-by-length.png": None,
    "apt-get install chromium": None,
    'pip install -e ".[dev]" && pre-commit install': None,
}


COMMANDS = [command_of(line) for line in BASH] + INLINE


class Few(Translation):
    """Everyday sentences in the place of a corpus that is not here."""

    def train(self, epoch: int, seed: int) -> list[Pair]:
        test_set = everyday(self.source, self.target)
        assert test_set
        return [Pair(source, of[0]) for source, of in zip(test_set.sources, test_set.references, strict=True)]

    def val(self) -> list[Pair]:
        return self.train(0, 0)[:5]

    def test(self) -> list[Pair]:
        return self.train(0, 0)[:20]


@pytest.fixture
def at_work(tmp_path, monkeypatch):
    """A folder as the README supposes it: the checkpoints, texts of one's own, corpora."""
    (tmp_path / "checkpoints").symlink_to(SHIPPED)
    pairs = [Pair(f"I have {number} apples.", f"J'ai {number} pommes.") for number in range(300)]
    (tmp_path / "in.txt").write_text("".join(f"{pair.source}\n" for pair in pairs), encoding="utf-8")
    for name in ("ref.txt", "out.txt"):
        (tmp_path / name).write_text("".join(f"{pair.target}\n" for pair in pairs), encoding="utf-8")
    drawn = content_of(make_task("handwriting").examples[0], "image/png")
    (tmp_path / "line.png").write_bytes(drawn)
    monkeypatch.chdir(tmp_path)
    for name in ("en-fr", "multi30k-en-fr"):
        monkeypatch.setitem(TASKS, name, partial(Few, "en", "fr"))
    return tmp_path


def test_every_command_of_the_readme_is_known_here():
    assert set(COMMANDS) == set(EXTRA)


@pytest.mark.parametrize("command", [command for command, extra in EXTRA.items() if extra is not None])
def test_a_command_of_the_readme_runs(command, at_work, monkeypatch, capsys):
    said, _, run = command.rpartition(" | ")
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(shlex.split(said)[1:]) + "\n"))
    if "--source in.txt --reference" in command:  # as many sentences as a test has time for
        for name in ("in.txt", "ref.txt"):
            path = at_work / name
            path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:5]), encoding="utf-8")
    assert main([*shlex.split(run)[1:], *shlex.split(EXTRA[command])]) == 0
    assert capsys.readouterr().out.strip()
    if "train" in command:
        folder = shlex.split(run)[shlex.split(run).index("--output") + 1]
        monkeypatch.setattr("sys.stdin", io.StringIO("I have a pen.\n"))
        assert main(["train", "--output", folder, "--resume", "--device", "cpu"]) == 0
        assert main(["translate", "--model", folder, "--max-length", "3"]) == 0


def test_the_command_that_trains_a_translator_again_takes_all_its_stages(at_work):
    (command,) = (each for each in COMMANDS if "--recipe" in each)
    sizes = "--updates 1 --embedding-size 8 --hidden-size 8 --vocabulary-size 400 --device cpu"
    arguments = [*shlex.split(command)[1:], *sizes.split()]
    stages = recipes_of(_parser(arguments).parse_args(arguments))
    assert len(stages) == len(list((SHIPPED / "en-fr").glob("recipe*.json")))
    assert main(arguments) == 0
    assert load(at_work / "runs" / "en-fr").name == "en-fr"


def test_the_command_that_fetches_corpora_names_all_of_them():
    (command,) = (each for each in COMMANDS if each.startswith("s2s-demo data"))
    arguments = shlex.split(command)[1:]
    assert _parser(arguments).parse_args(arguments).what == list(CORPORA) == ["multi30k", "tatoeba"]


def test_what_the_install_commands_name_exists():
    extras = (ROOT / "pyproject.toml").read_text().partition("[project.optional-dependencies]")[2].partition("\n[")[0]
    for extra in re.findall(r'-e "\.\[(\w+)\]"', " ".join(COMMANDS)):
        assert re.search(rf"^{extra} = \[", extras, re.MULTILINE)
    assert '"pytest>=' in extras
    assert '"pre-commit>=' in extras
    assert (ROOT / "app.py").is_file()
    assert (ROOT / ".pre-commit-config.yaml").is_file()


def test_the_tools_that_measure_exist_with_what_is_asked_of_them():
    for command in COMMANDS:
        words = shlex.split(command)
        if words[:2] == ["python", "-m"]:
            source = (ROOT / f"{words[2].replace('.', '/')}.py").read_text(encoding="utf-8")
            assert any(isinstance(node, ast.FunctionDef) and node.name == "main" for node in ast.parse(source).body)
            assert "--preset" not in words or preset_key(words[words.index("--preset") + 1]) in PRESETS
            assert all(f'"{word}"' in source for word in words if word.endswith(".png") or word.startswith("--"))


def test_the_python_of_the_readme_runs_and_its_comments_hold(monkeypatch):
    (code,) = (text for kind, text in FENCED.findall(README) if kind == "python")
    names: dict = {}
    exec(code, names)
    translation, best = names["translation"], names["best"]
    assert translation.text == "Un homme dort."
    assert best.alignment.shape == (len(best.tokens), len(translation.sentences[0].source.tokens))
    assert best.alignment.sum(axis=1) == pytest.approx(1, abs=1e-5)
    assert len(translation.sentences[0].tree.nodes) > 100
    assert names["s2s_demo"] is s2s_demo


def test_every_table_of_figures_stands_below_the_command_that_measures_it():
    for table in TABLE.finditer(README):
        if re.search(r"\| \d", table[0]) and not table[0].startswith("| model | size"):  # which has a test of its own
            before = README[: table.start()].strip().rpartition("\n\n")[2].replace("\n", " ")
            assert set(re.findall(r"`([^`]*)`", before)) & set(INLINE), before
