"""The command line as a careless user meets it: a folder to work in, and what it promised."""

import io
import json
import shutil
from dataclasses import asdict

import pytest
import torch
from tiny import Echo, echo_tokenizer

from s2s_demo.checkpoint import save_checkpoint
from s2s_demo.cli import main
from s2s_demo.experiment import Recipe
from s2s_demo.model import ModelConfig, Seq2Seq
from s2s_demo.tasks import TASKS
from s2s_demo.text import Tokenizer
from s2s_demo.training import TrainingConfig
from s2s_demo.translator import Translator

HUGE = 10**400
SMALL = asdict(
    Recipe(
        task="echo",
        model=ModelConfig(vocabulary_size=40, embedding_size=8, hidden_size=8),
        training=TrainingConfig(updates=1, tokens_per_batch=40),
        validate_every=1,
        validate_sentences=2,
    )
)


def workplace(place):
    """Fill a folder to work in: a tiny model, one that always asks "été ?", a good file, a folder."""
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


def enter(place, monkeypatch):
    """Work in such a folder, where there is a task more."""
    monkeypatch.chdir(place)
    monkeypatch.setenv("S2S_DEMO_CHECKPOINTS", str(place / "models"))
    monkeypatch.setitem(TASKS, "echo", Echo)


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


def trained(folder, recipe, *more):
    """What training by a recipe (plain data or the text of its file) gives."""
    shutil.rmtree(folder / "run", ignore_errors=True)
    content = recipe if isinstance(recipe, bytes) else json.dumps(recipe).encode()
    (folder / "recipe.json").write_bytes(content)
    asked = ("train", "--recipe", folder / "recipe.json", "--output", folder / "run", "--device", "cpu", *more)
    return keeps_its_promise(*asked)
