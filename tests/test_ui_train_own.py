"""A visitor's own file in tab Train."""

import json
import re
from pathlib import Path

import pytest
from pages import is_skipped
from train_cases import HOSTILE, SMALL, request

from s2s_demo.errors import DataError, SettingError
from s2s_demo.text import Pair
from s2s_demo.ui.parts.handler import flattened
from s2s_demo.ui.train import choice
from s2s_demo.ui.train.own import own_shown
from s2s_demo.ui.train.presets import SUITS
from s2s_demo.ui.train.trainer import OWN
from s2s_demo.words import say


def test_an_own_file_is_read_checked_deleted_and_seen_by_its_visitor_only(trainer, tmp_path: Path):
    path = tmp_path / f"{HOSTILE.replace('/', '')}.tsv"
    path.write_text("\n".join([*(f"w{i}\tx{i}" for i in range(25)), f"{HOSTILE}"]), encoding="utf-8")
    shown = own_shown(trainer.read("ann", path))
    assert all("<" not in value for value in shown if isinstance(value, str))
    assert json.loads(shown.first)["rows"] == [["w0", "x0"], ["w1", "x1"], ["w2", "x2"]]
    assert json.loads(shown.problems)["rows"] == [["26", "only one column: source and target are needed", HOSTILE]]
    assert "divided by tabs" in json.loads(shown.how)
    assert (shown.card["visible"], shown.columns["visible"]) == (True, False)
    assert not path.exists()
    assert trainer.examples(OWN, "ann")
    assert trainer.preset(SUITS, OWN, "ann").task == OWN
    with pytest.raises(DataError, match="upload it again"):
        trainer.task(OWN, "bob")
    trainer.visitors.close("ann")
    with pytest.raises(DataError, match="upload it again"):
        trainer.task(OWN, "ann")


def test_other_columns_of_an_own_file_can_be_chosen_after_it_is_gone(trainer, tmp_path: Path):
    path = tmp_path / "three.tsv"
    path.write_text("en\tfr\tde\n" + "".join(f"The {i}. cat\tLe {i}. chat\tDie {i}. Katze\n" for i in range(30)))
    shown = own_shown(trainer.read("ann", path))
    assert not path.exists()
    assert shown.columns["visible"] is True
    assert shown.source["choices"] == [("1: en", 1), ("2: fr", 2), ("3: de", 3)]
    assert (shown.source["value"], shown.target["value"]) == (1, 2)
    assert trainer.choose("ann", 1, 3).pairs[0] == Pair("The 0. cat", "Die 0. Katze")
    assert trainer.task(OWN, "ann").examples[0].startswith("The")
    for _ in range(2):  # a browser may say it twice
        swapped = trainer.choose("ann", 3, 3)
        assert (swapped.columns, swapped.pairs[0]) == ((3, 1), Pair("Die 0. Katze", "The 0. cat"))
    assert trainer.choose("ann", 1, 1, source_moves=True).columns == (2, 1)
    assert trainer.choose("ann", 3, 1).columns == (3, 1)
    assert trainer.task(OWN, "ann").examples[0].startswith("Die")
    for nonsense in ((None, 1), ("1", 2), (1, 9), (0, 1), ([], 2)):
        with pytest.raises(SettingError, match="are not two of its columns 1 to 3"):
            trainer.choose("ann", *nonsense)
    trainer.visitors.close("ann")
    with pytest.raises(DataError, match="upload it again"):
        trainer.choose("ann", 1, 2)


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04xl/workbook", "clé\tcle\n".encode("latin-1") * 30, b"", b"one column\n" * 30]
)
def test_a_file_that_cannot_be_used_is_told_deleted_and_leaves_the_task_as_it_was(
    trainer, tmp_path: Path, content: bytes
):
    path = tmp_path / "pairs.tsv"
    path.write_text("".join(f"w{i}\tx{i}\n" for i in range(25)))
    trainer.read("ann", path)
    path.write_bytes(content)
    message, *others = flattened(choice.on_own(trainer.library))(request("ann"), str(path))
    assert message.startswith("Pairs.tsv")
    assert all(map(is_skipped, others))
    assert not path.exists()
    assert trainer.task(OWN, "ann").train(0, 1)


def test_a_missing_corpus_says_how_to_get_it_and_starts_no_run(
    trainer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setenv("S2S_DEMO_DATA", str(tmp_path))
    with pytest.raises(DataError, match=f"s2s-demo data multi30k. Or press “{re.escape(say('train.own-file'))}”"):
        trainer.examples("multi30k-en-fr", "ann")
    with pytest.raises(DataError, match="s2s-demo data multi30k"):
        trainer.start("ann", "multi30k-en-fr", None, "", SMALL)
    assert trainer.runs.get("ann") is None
