"""A task whose sources are pictures goes through all that tasks of text go through: nothing above is told of it."""

import json
from dataclasses import replace

import numpy as np
import pytest
import torch
from tiny import Painted, painted

from s2s_demo.alignment import PlaceGuide, forced_alignments
from s2s_demo.checkpoint import load, save_checkpoint
from s2s_demo.cli import main
from s2s_demo.decoding import Beam, Greedy, exact_search, forced_log_probs
from s2s_demo.errors import InputError, SettingError
from s2s_demo.evaluation import TestSet, evaluate
from s2s_demo.experiment import Experiment, Recipe
from s2s_demo.explain import Drop, open_case, step, strip, what_if
from s2s_demo.live import Change, Run, RunSettings
from s2s_demo.live.takeaway import export_zip, import_zip
from s2s_demo.model import ModelConfig
from s2s_demo.signals.document import content_of
from s2s_demo.signals.png import read_png
from s2s_demo.tasks import TASKS
from s2s_demo.text import Batch
from s2s_demo.training.guide import allowed_places
from s2s_demo.translator import Translator
from s2s_demo.ui.train.movie import movie

SMALL = RunSettings(task="painted", hidden_size=16, attention="additive", batch_tokens=60, updates=60, seed=1)
SOURCE = painted("cb")


@pytest.fixture(scope="module")
def run() -> Run:
    """A run that was forked, and has ended."""
    made = Run(SMALL, Painted(), judge_every=50, probes=(SOURCE,))
    made.pause()
    made.start()
    assert made.settle(60)
    made.fork(Change(teacher_forcing=0.5), attention="dot")
    made.resume()
    assert made.join(120)
    assert made.view().state == "finished", made.view().status
    return made


@pytest.fixture(scope="module")
def translator(run: Run) -> Translator:
    return run.translator("painter")


def test_it_is_learnt_live_and_its_twin_too(run: Run) -> None:
    one, twin = run.view().lanes
    assert one.points[-1].loss < one.points[0].loss / 2
    assert twin.points[-1].loss < twin.points[0].loss


def test_its_movie_shows_where_the_model_looks_by_the_names_of_places(run: Run) -> None:
    (probe,) = run.view().lanes[0].probes
    moment = probe.moments[-1]
    assert moment.source[:5] == ("A1", "B1", "C1", "D1", "A2")
    assert moment.source[-1] == "<eos>"
    assert moment.alignment.shape == (len(moment.translation), 17)


def test_its_movie_draws_the_source_above_the_columns(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TASKS, "painted", Painted)
    (probe,) = json.loads(movie(run.view(), whole=True))["probes"]
    (strip,) = probe["figure"]["layout"]["images"]
    assert (strip["x"], strip["sizex"], strip["sizey"]) == (-0.5, 16, 1)
    drawn, given = (read_png(content_of(document, "image/png")) for document in (strip["source"], SOURCE))
    assert drawn.shape == (12, 16 * 12, 3)
    assert abs(drawn[:, 36:48].astype(int) - given[:12, 36:48]).max() <= 1  # the fourth patch of the first row
    assert abs(drawn[:, 48:60].astype(int) - given[12:24, :12]).max() <= 1  # the first of the second


def test_a_search_finds_what_forced_decoding_prices(translator: Translator) -> None:
    (sentence,) = translator.translate(SOURCE, Beam(size=3)).sentences
    assert sentence.source.text == SOURCE
    (row, written) = (sentence.reading.row, translator.tokenizer)
    for hypothesis in sentence.hypotheses:
        ids = [written.pieces.index(token) for token in hypothesis.tokens]
        log_probs, alignment = forced_log_probs(translator.model, Batch.of([(row, ids[:-1])]))
        assert float(log_probs.sum()) == pytest.approx(hypothesis.total_log_prob, abs=1e-4)
        np.testing.assert_allclose(alignment[0].numpy(), hypothesis.alignment, atol=1e-4)


def test_exact_search_finds_nothing_worse(translator: Translator) -> None:
    (sentence,) = translator.translate(SOURCE, Beam(size=5)).sentences
    case = open_case(translator, SOURCE)
    found = exact_search(translator.model, *case.batch, Beam(size=5), None, most_nodes=200)
    assert found.score >= sentence.best.score - 1e-4


def test_what_is_saved_or_sent_answers_alike(run: Run, translator: Translator, tmp_path) -> None:
    save_checkpoint(translator, tmp_path / "saved", "fp32")
    for again in (load(tmp_path / "saved"), import_zip(export_zip(run, "A"), tmp_path / "sent")):
        assert again.signal == "picture"
        assert again.translate(SOURCE).text == translator.translate(SOURCE).text


def test_the_command_line_reads_a_picture_from_a_file(translator: Translator, tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setitem(TASKS, "painted", Painted)
    save_checkpoint(translator, tmp_path / "painter")
    (tmp_path / "cb.png").write_bytes(content_of(SOURCE, "image/png"))
    (tmp_path / "text.png").write_text("hello\n")
    assert main(["translate", "--model", str(tmp_path / "painter"), str(tmp_path / "cb.png")]) == 0
    assert capsys.readouterr().out == f"{translator.translate(SOURCE).text}\n"
    assert main(["translate", "--model", str(tmp_path / "painter"), str(tmp_path / "text.png")]) == 1
    assert f"s2s-demo: {tmp_path / 'text.png'}: this is no PNG picture" in capsys.readouterr().err


def test_it_is_evaluated_by_the_same_road(translator: Translator) -> None:
    found = evaluate(translator, TestSet.of("test", Painted().test()), Greedy(), metrics=())
    assert found.sentences == 3
    assert all(set(text) <= set("abcd") for text in found.outputs)


def test_its_makers_links_measure_and_guide_attention(translator: Translator) -> None:
    (pair,) = Painted().val()[:1]
    (alignment,) = forced_alignments(translator, [pair])
    assert alignment is not None
    assert alignment.weights.shape[1] == 17
    ids = translator.tokenizer.encode(pair.target)
    cells = PlaceGuide(translator.tokenizer, by_letter=True)(pair, np.zeros((16, 1), np.float32), ids)
    assert {(len(ids) - 2, 0), (len(ids) - 1, 1)} <= set(map(tuple, cells.tolist()))
    allowed = allowed_places([cells], Batch.of([(np.zeros((16, 1), np.float32), ids)]))
    assert allowed[0, len(ids) - 1].nonzero()[:, 0].tolist() == [1]


def test_one_can_look_inside_and_change_what_is_seen(translator: Translator) -> None:
    case = open_case(translator, SOURCE)
    inside = step(case, 1)
    assert [word.text for word in inside.source_words][:2] == ["A1", "B1"]
    assert inside.alignment.sum() == pytest.approx(1, abs=1e-4)
    blinded, as_it_is = (what_if(case, edits).new.edited_total_log_prob for edits in ([Drop(source=1)], []))
    assert blinded != as_it_is
    assert len(strip(case, 1).source) == 17


@pytest.mark.parametrize("loss", ["minimum_risk", "unlikelihood"])
def test_a_recipe_learns_it_and_goes_on_bit_for_bit(loss: str, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TASKS, "painted", Painted)
    config = SMALL.model(9, "picture")
    training = replace(SMALL.training(), updates=6, loss=loss, guided_alignment=0.5)
    recipe = Recipe(task="painted", model=config, training=training, validate_every=3, save_every=3)
    whole = Experiment(recipe, tmp_path / "whole", device="cpu")
    list(whole.run())
    half = Experiment(recipe, tmp_path / "half", device="cpu")
    events = half.run()
    while half.training.update < 3 or half.best is None:
        next(events)
    half._save()
    events.close()
    again = Experiment(recipe, tmp_path / "half", device="cpu", resume=True)
    list(again.run())
    for name, weight in whole.training.model.state_dict().items():
        assert torch.equal(weight, again.training.model.state_dict()[name]), name


def test_text_given_to_it_and_a_front_end_given_to_words_are_refused_in_words(translator: Translator) -> None:
    with pytest.raises(InputError, match="reads no text but a file"):
        translator.translate("hello")
    with pytest.raises(SettingError, match="words have their embeddings"):
        ModelConfig(vocabulary_size=9, front_end="convolutional")
