"""Tab Evaluate without a browser: test sets, a run in steps, the worst sentences, files."""

import csv
import io
import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from pages import ask, event, files, is_skipped
from tiny import SENTENCES

from s2s_demo import checkpoint
from s2s_demo.decoding import Beam
from s2s_demo.evaluation import BEAM_SIZES, Progress, Report, TestSet, by_length, evaluate, report, reporting
from s2s_demo.serving.library import Library
from s2s_demo.translation import strategy_called
from s2s_demo.translator import Translator
from s2s_demo.ui.evaluate import handlers, results
from s2s_demo.ui.evaluate.form import Form
from s2s_demo.ui.evaluate.shown import Shown
from s2s_demo.ui.parts.handler import leaves

MODEL = "untrained"


HOSTILE = "<img src=x onerror=alert(1)>"


SET = TestSet("tiny", SENTENCES[:4] + SENTENCES[:1] * 16, ((HOSTILE,), *((text,) for text in SENTENCES[1:4] * 7))[:20])


@pytest.fixture
def library(translator: Translator, monkeypatch: pytest.MonkeyPatch) -> Library:
    monkeypatch.setattr(checkpoint, "available", lambda: [MODEL])
    monkeypatch.setattr(checkpoint, "load", lambda name: translator)
    monkeypatch.setattr(checkpoint, "describe_all", list)
    monkeypatch.setattr(reporting, "RESAMPLES", 20)
    monkeypatch.setattr(handlers, "BREATH", 0)
    return Library()


@pytest.fixture
def tiny_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every model is evaluated on the same few sentences."""
    monkeypatch.setattr("s2s_demo.ui.evaluate.form.shipped", lambda translator: SET)


@pytest.fixture
def found(library: Library, translator: Translator) -> Report:
    *_, last = report(translator, MODEL, SET, Beam(size=2, max_length=6))
    assert isinstance(last, Report)
    return last


def run(library: Library, form: Form, visitor: str = "ana") -> Iterator[Shown]:
    """A run as the page starts it: it waits for its turn, then it goes on in steps."""
    turn = ask(handlers.on_wait, library, visitor=visitor).turn
    return ask(handlers.on_evaluate, library, turn, *leaves(form), visitor=visitor)


def beams(library: Library, found: Report) -> Iterator[Shown]:
    return ask(handlers.on_beams, library, ask(handlers.on_wait, library, visitor="ana").turn, found, visitor="ana")


def test_a_run_in_steps_scores_as_an_evaluation_at_once(found, translator):
    at_once = evaluate(translator, SET, Beam(size=2, max_length=6), bootstrap=20)
    assert found.evaluation.outputs == at_once.outputs
    assert (found.evaluation.bleu, found.evaluation.chrf) == (at_once.bleu, at_once.chrf)
    assert found.greedy is not None
    assert found.greedy.strategy["name"] == "greedy"
    assert found.by_length == tuple(by_length(at_once, SET, "fr", 20, "en"))


def test_progress_grows_to_the_end_for_each_strategy(translator, library):
    steps = [s for s in report(translator, MODEL, SET, Beam(size=2, max_length=4)) if type(s) is Progress]
    assert {strategy_called(step.strategy) for step in steps} == {"beam 2", "greedy"}
    for what in ("beam 2", "greedy"):
        done = [step.done for step in steps if strategy_called(step.strategy) == what]
        assert done[0] == 0
        assert done[-1] == 20
        assert all(a < b for a, b in pairwise(done))


def test_a_run_that_is_stopped_translates_no_further(translator, library, monkeypatch):
    calls = []
    real = translator.translate_all
    monkeypatch.setattr(translator, "translate_all", lambda *given: calls.append(given) or real(*given))
    run = report(translator, MODEL, SET, Beam(size=2, max_length=4))
    next(run)
    next(run)
    run.close()
    assert len(calls) == 1


def test_the_worst_sentence_comes_first(found):
    chrf = [found.sentence_chrf[i] for i in found.worst_first]
    assert chrf == sorted(chrf)
    rows = json.loads(results.worst_value(found, 3))
    assert rows["ids"] == found.worst_first
    assert rows["selected"] == 3


def test_an_evaluation_on_the_page_ends_with_figures_and_a_heatmap(library, tiny_set):
    steps = list(run(library, Form(model=MODEL, settings=(2,))))
    assert all(step.message == "" for step in steps)
    assert json.loads(steps[0].bar) == {"value": 0, "max": 20}
    last = steps[-1]
    table = json.loads(last.figures)
    assert [row[2] for row in table["rows"]] == ["beam 2", "greedy"]
    assert "tok:13a" in table["note"]
    assert json.loads(last.by_length)["figure"]
    assert "Not measured" in json.loads(last.by_beam)["instead"]
    assert "measured now" in last.status
    assert "measured now" in last.by_length_about
    assert json.loads(last.picture)["texts"] == [SET.sources[last.report.worst_first[0]]]
    assert last.bar == ""


def test_greedy_has_nothing_beside_it(library, tiny_set):
    *_, last = run(library, Form(model=MODEL, strategy="greedy"))
    assert len(json.loads(last.figures)["rows"]) == 1


def test_beams_are_measured_one_after_the_other(library, found, monkeypatch):
    monkeypatch.setattr(reporting, "BEAM_SIZES", BEAM_SIZES[:3])
    shown = [step for step in beams(library, found) if isinstance(step.report, Report)]
    sizes = [[row.size for row in step.report.by_beam] for step in shown]
    assert sizes == [list(BEAM_SIZES[: n + 1]) for n in range(3)]
    again = list(beams(library, shown[-1].report))
    assert len(again[-2].report.by_beam) == 3  # measured anew, not added


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"model": ""}, "Choose a model"),
        ({"model": "../etc"}, "choose from untrained"),
        ({"strategy": "magic"}, "choose from greedy"),
        ({"settings": (0,)}, "between 1 and 10"),
        ({"test_set": "theirs"}, "choose from ours, files"),
        ({"test_set": "files"}, "Two files are needed"),
    ],
)
def test_a_mistake_ends_the_run_with_a_message(library, changes, message):
    (step,) = run(library, Form(**{"model": MODEL, **changes}))
    assert message in step.message
    assert step.bar == ""


@pytest.mark.parametrize(
    ("contents", "message"), [(("A dog.", "Un chien."), ""), (("A dog.", "Un\nchien."), "has 2"), (("", "c"), "empty")]
)
def test_files_leave_the_disk_when_they_are_read_and_can_be_evaluated_again(library, tmp_path, contents, message):
    source, *references = files(tmp_path, *contents)
    form = Form(MODEL, "files", source, references, "greedy")
    for _ in range(2):
        *_, last = run(library, form)
        assert message in last.message
        assert bool(last.message) == bool(message)
        assert list(tmp_path.iterdir()) == []
    *_, last = run(library, form._replace(references=[*references, str(tmp_path / "other.txt")]))
    assert "ther.txt is not here any more; please upload it again" in last.message


def test_a_language_we_have_no_sentences_for_needs_files(library, translator):
    library.add("ana", "czech", Translator(translator.model, translator.tokenizer, "czech", "en", "cs"))
    (step,) = run(library, Form(model="czech"))
    assert "for English to Czech; please bring your own files" in step.message
    offered = ask(handlers.on_model, library, "czech", None, visitor="ana").sets
    assert "your own files" in offered.about_set
    assert (offered.test_set["value"], offered.test_set["choices"]) == ("files", [("Your own files", "files")])


def test_a_model_is_offered_the_set_that_suits_it(library, translator):
    library.add("ana", "mine", Translator(translator.model, translator.tokenizer, "mine", card={"task": "dates"}))
    everyday_set = ask(handlers.on_model, library, MODEL, None).sets
    examples = ask(handlers.on_model, library, "mine", None, visitor="ana").sets
    assert "200 sentences of Tatoeba (tatoeba.org, CC BY 2.0 FR), English to French" in everyday_set.about_set
    assert "200 examples of the task 'dates'" in examples.about_set
    assert everyday_set.test_set["choices"][0] == ("Everyday sentences", "ours")
    assert examples.test_set["choices"][0] == ("Unseen examples", "ours")
    assert [ask(handlers.on_model, library, MODEL, file).sets.test_set["value"] for file in (None, "a")] == [
        "ours",
        "files",
    ]
    assert "choose from" in ask(handlers.on_model, library, "nothing", None).sets.about_set


def described(name: str, *scores: float, attention: str = "dot") -> dict[str, Any]:
    """What a card says of a model that was measured on captions."""
    score = {"signature": "tok:13a", "low": 1.0, "high": 99.0}
    found = {
        "test_set": "multi30k-en-fr",
        "sentences": 1000,
        "strategy": {"name": "beam", "size": 5},
        **{metric: {"score": each, **score} for metric, each in zip(("bleu", "chrf", "ter"), scores, strict=True)},
        "exact_match": 0.2,
        "seconds": 2.0,
        "metric": "bleu",
    }
    return {"name": name, "attention": attention, "evaluations": [found], "by_length": [], "by_beam": []}


def test_the_tab_opens_with_what_the_cards_say_and_measures_nothing(library, monkeypatch):
    monkeypatch.setattr(checkpoint, "describe_all", lambda: [described(MODEL, 61.5, 75.0, 28.0)])
    monkeypatch.setattr(handlers, "report", None)
    opened = ask(handlers.on_open, library, MODEL, None, "")
    assert "61.5 BLEU, 75.0 chrF; 1,000 captions" in opened.shown.status
    assert "BLEU 61.5 · chrF 75.0 · TER 28.0" in opened.shown.numbers["label"]
    assert json.loads(opened.shown.overview)["figure"]["data"][0]["x"] == [61.5]
    assert json.loads(opened.shown.figures)["rows"][0][3:5] == ["61.5", "1.0 to 99.0"]
    assert (opened.opened, opened.glance) == (MODEL, 1)


def test_what_repeats_the_training_data_is_told_beside_the_score(library, monkeypatch):
    card = described(MODEL, 61.5, 75.0, 28.0)
    parts = {
        "near_duplicates": {"sentences": 354},
        "others": {"sentences": 646, "bleu": {"score": 49.8, "signature": ""}},
    }
    parts["near_duplicates"]["bleu"] = {"score": 90.0, "signature": ""}
    (measured,) = card["evaluations"]
    monkeypatch.setattr(checkpoint, "describe_all", lambda: [{**card, "evaluations": [{**measured, "apart": parts}]}])
    opened = ask(handlers.on_open, library, MODEL, None, "").shown
    told = ("near-duplicates of others in the corpus: 354", "BLEU on the rest: 49.8")
    (hover,) = json.loads(opened.overview)["figure"]["data"][0]["hovertext"]
    assert hover.endswith("<br>".join(("", *told)))
    assert "; ".join(told) in json.loads(opened.figures)["note"]


def test_a_tab_opened_again_keeps_what_it_shows_and_what_runs(library, tiny_set):
    first = ask(handlers.on_open, library, MODEL, None, "", visitor="ana")
    going = run(library, Form(model=MODEL, settings=(2,)))
    next(going)
    again = ask(handlers.on_open, library, MODEL, None, first.opened, visitor="ana")
    assert all(is_skipped(value) for value in again.shown)
    assert again.glance == 0
    assert list(going)[-1].report is not None  # it was not stopped


def test_a_glance_finds_the_worst_sentences_and_leaves_the_card_alone(library, monkeypatch):
    monkeypatch.setattr(handlers, "shipped", lambda translator: SET)
    form = Form(model=MODEL, settings=(2,))
    opened = ask(handlers.on_open, library, MODEL, None, "", visitor="ana")
    *_, last = ask(handlers.on_glance, library, opened.glance, *leaves(form), visitor="ana")
    assert json.loads(last.worst)["ids"] == last.report.worst_first
    assert last.report.greedy is None
    assert all(map(is_skipped, (last.message, last.overview, last.by_length, last.figures, last.status)))
    (nothing,) = ask(handlers.on_glance, library, 0, *leaves(form), visitor="ana")
    assert all(is_skipped(value) for value in nothing)


def test_a_made_task_is_judged_by_exact_match(library, translator):
    learnt = Translator(translator.model, translator.tokenizer, "mine", card={"task": "reverse"})
    examples = TestSet("reverse", ("abc", "de"), (("cba",), ("ed",)))
    *_, found = report(learnt, "mine", examples, Beam(size=2, max_length=4))
    table = json.loads(results.figures_value(found))
    assert "BLEU" not in json.dumps(table)
    assert [row[3] for row in table["rows"]] == ["0.0", "0.0"]
    assert all(row[4].startswith("0.0 to ") for row in table["rows"])  # one cannot be sure from two
    assert found.by_length[0].metric == "exact"
    assert results.done(found).startswith("measured now: 0.0 exact match, %, 2 sentences")


def test_a_row_shows_its_sentence_with_all_references_and_its_attention(library, found):
    seen = ask(handlers.on_row, library, event(id=0), found)
    assert f"References: {HOSTILE}" in json.loads(seen.picked)
    assert "<" not in seen.picked  # markup travels as escapes
    assert json.loads(seen.picture)["texts"] == [SENTENCES[0]]


@pytest.mark.parametrize("data", [{}, {"id": "1"}, {"id": -1}, {"id": 20}, {"id": True}, {"id": None}])
def test_what_a_browser_should_not_send_changes_nothing(library, found, data):
    assert ask(handlers.on_row, library, event(**data), found) == Shown()
    assert ask(handlers.on_row, library, event(id=0), None) == Shown()


def test_a_bug_is_told_without_details(library, monkeypatch, caplog):
    def broken(*_: object) -> None:
        raise RuntimeError("secret path")

    monkeypatch.setattr(library, "get", broken)
    (step,) = run(library, Form(model=MODEL))
    assert "secret" not in step.message
    assert "secret path" in caplog.text


def test_files_hold_every_sentence_and_figure(library, found):
    message, value = ask(handlers.on_export, library, "json", found)
    saved = json.loads(json.loads(value)["content"])
    assert message == ""
    assert saved["bleu"]["score"] == found.evaluation.bleu.score
    assert [row["output"] for row in saved["outputs"]] == list(found.evaluation.outputs)
    rows = list(
        csv.DictReader(
            io.StringIO(json.loads(ask(handlers.on_export, library, "csv", found)[1])["content"].lstrip("\ufeff"))
        )
    )
    assert [row["source"] for row in rows] == list(SET.sources)
    assert ask(handlers.on_export, library, "json", None)[0]
    assert "unknown export" in ask(handlers.on_export, library, "exe", found)[0].lower()
