"""Tab Evaluate without a browser: test sets, a run in steps, the worst sentences, files."""

import csv
import io
import json
from itertools import pairwise

import pytest
from tiny import SENTENCES

from s2s_demo import checkpoint
from s2s_demo.decoding import Beam
from s2s_demo.errors import DataError
from s2s_demo.evaluation import BEAM_SIZES, TestSet, by_length, evaluate
from s2s_demo.translator import Translator
from s2s_demo.ui import evaluate_run, evaluate_shown
from s2s_demo.ui.evaluate_handlers import EvaluateHandlers, EvaluateShown, Task
from s2s_demo.ui.evaluate_run import Progress, Report
from s2s_demo.ui.evaluate_sets import MOST_LINES, everyday, uploaded
from s2s_demo.ui.library import Library

MODEL = "untrained"
HOSTILE = "<img src=x onerror=alert(1)>"
SET = TestSet("tiny", SENTENCES[:4] + SENTENCES[:1] * 16, ((HOSTILE,), *((text,) for text in SENTENCES[1:4] * 7))[:20])


@pytest.fixture
def library(translator: Translator, monkeypatch: pytest.MonkeyPatch) -> Library:
    monkeypatch.setattr(checkpoint, "available", lambda: [MODEL])
    monkeypatch.setattr(checkpoint, "load", lambda name: translator)
    monkeypatch.setattr(evaluate_run, "RESAMPLES", 20)
    monkeypatch.setattr(evaluate_run, "BREATH", 0)
    return Library()


@pytest.fixture
def handlers(library: Library, monkeypatch: pytest.MonkeyPatch) -> EvaluateHandlers:
    monkeypatch.setattr("s2s_demo.ui.evaluate_handlers.everyday", lambda source, target: SET)
    return EvaluateHandlers(library)


@pytest.fixture
def found(library: Library, translator: Translator) -> Report:
    *_, last = evaluate_run.report(translator, MODEL, SET, Beam(size=2, max_length=6))
    assert isinstance(last, Report)
    return last


def files(tmp_path, *contents: bytes | str) -> list[str]:
    paths = [tmp_path / f"{i}.txt" for i in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [str(path) for path in paths]


def test_our_everyday_sentences_have_one_to_three_references_each():
    ours = everyday("en", "fr")
    assert ours is not None
    assert len(ours.sources) == len(set(ours.sources)) == 60
    assert all(1 <= len(references) <= 3 for references in ours.references)
    texts = [text for references in ours.references for text in references]
    assert all(text == text.strip() and "\t" not in text for text in (*ours.sources, *texts))


def test_nobody_is_addressed_as_tu_in_one_reference_and_vous_in_another():
    for references in everyday("en", "fr").references:
        words = [set(text.lower().replace("'", " ").replace("-", " ").split()) for text in references]
        assert not any(one & {"tu", "te", "toi", "ton", "ta", "tes"} for one in words)


def test_the_same_file_serves_backwards():
    forwards, backwards = everyday("en", "fr"), everyday("fr", "en")
    assert backwards.sources == tuple(references[0] for references in forwards.references)
    assert backwards.references == tuple((source,) for source in forwards.sources)
    assert everyday("en", "zh") is None
    assert everyday("", "") is None


def test_uploaded_files_become_a_test_set(tmp_path):
    source, reference = files(tmp_path, "\ufeffA dog.\r\nA cat.\r\n\r\n", "Un chien.\nUn chat.")
    made = uploaded(source, [reference])
    assert made.sources == ("A dog.", "A cat.")
    assert made.references == (("Un chien.",), ("Un chat.",))
    two = files(tmp_path, "a\nb", "c\nd", "e\nf")
    assert uploaded(two[0], two[1:]).references == (("c", "e"), ("d", "f"))


@pytest.mark.parametrize(
    ("contents", "message"),
    [
        (("a\nb", "c"), r"0.txt has 2 lines, but 1.txt has 1"),
        (("", "c"), "0.txt is empty"),
        (("a\n\nb", "c\nd\ne"), "line 2 of 0.txt is empty"),
        (("a\nb", "c\n \nx"), "has 3"),
        ((b"\xff\xfe\x00a", "c"), "not plain text"),
        ((b"a\x00b", "c"), "not plain text"),
        (("a\n" * (MOST_LINES + 1), "c"), "1,001 lines"),
        (("a" * 1_000_001, "c"), "at most 1 MB"),
        (("a", *["b"] * 9), "9 files of references"),
    ],
)
def test_a_bad_file_is_refused_with_its_name_and_fault(tmp_path, contents, message):
    source, *references = files(tmp_path, *contents)
    with pytest.raises(DataError, match=message):
        uploaded(source, references)


def test_files_that_are_missing_are_asked_for():
    with pytest.raises(DataError, match="two files"):
        uploaded(None, None)


def test_a_run_in_steps_scores_as_an_evaluation_at_once(found, translator):
    at_once = evaluate(translator, SET, Beam(size=2, max_length=6), bootstrap=20)
    assert found.evaluation.outputs == at_once.outputs
    assert (found.evaluation.bleu, found.evaluation.chrf) == (at_once.bleu, at_once.chrf)
    assert found.greedy is not None
    assert found.greedy.strategy["name"] == "greedy"
    assert found.by_length == tuple(by_length(at_once, SET, "fr", 20, "en"))


def test_progress_grows_to_the_end_for_each_strategy(translator, library):
    steps = [s for s in evaluate_run.report(translator, MODEL, SET, Beam(size=2, max_length=4)) if type(s) is Progress]
    assert {step.what for step in steps} == {"beam 2", "greedy"}
    for what in ("beam 2", "greedy"):
        done = [step.done for step in steps if step.what == what]
        assert done[0] == 0
        assert done[-1] == 20
        assert all(a < b for a, b in pairwise(done))


def test_a_run_that_is_stopped_translates_no_further(translator, library, monkeypatch):
    calls = []
    real = translator.translate_all
    monkeypatch.setattr(translator, "translate_all", lambda *given: calls.append(given) or real(*given))
    run = evaluate_run.report(translator, MODEL, SET, Beam(size=2, max_length=4))
    next(run)
    next(run)
    run.close()
    assert len(calls) == 1


def test_the_worst_sentence_comes_first(found):
    chrf = [found.sentence_chrf[i] for i in found.worst_first]
    assert chrf == sorted(chrf)
    rows = json.loads(evaluate_shown.worst_value(found, 3))
    assert rows["ids"] == found.worst_first
    assert rows["selected"] == 3


def test_an_evaluation_on_the_page_ends_with_figures_and_a_heatmap(handlers):
    steps = list(handlers.evaluate(Task(model=MODEL, beam_size=2)))
    assert all(step.message == "" for step in steps)
    assert json.loads(steps[0].bar) == {"value": 0, "max": 20}
    last = steps[-1]
    table = json.loads(last.figures)
    assert [row[0] for row in table["rows"]] == ["beam 2", "greedy"]
    assert "tok:13a" in table["note"]
    assert json.loads(last.by_length)["figure"]
    assert "Not measured" in json.loads(last.by_beam)["instead"]
    assert json.loads(last.heatmap)["figure"]
    assert last.bar == ""
    assert last.report.worst_first[0] == last.number


def test_greedy_has_nothing_beside_it(handlers):
    *_, last = handlers.evaluate(Task(model=MODEL, strategy="greedy"))
    assert len(json.loads(last.figures)["rows"]) == 1


def test_beams_are_measured_one_after_the_other(handlers, found, monkeypatch):
    monkeypatch.setattr(evaluate_run, "BEAM_SIZES", BEAM_SIZES[:3])
    shown = [step for step in handlers.measure_beams(found) if isinstance(step.report, Report)]
    sizes = [[row.size for row in step.report.by_beam] for step in shown]
    assert sizes == [list(BEAM_SIZES[: n + 1]) for n in range(3)]
    again = list(handlers.measure_beams(shown[-1].report))
    assert len(again[-2].report.by_beam) == 3  # measured anew, not added


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"model": ""}, "Choose a model"),
        ({"model": "../etc"}, "choose from untrained"),
        ({"strategy": "magic"}, "choose from greedy"),
        ({"beam_size": 0}, "between 1 and 10"),
        ({"test_set": "theirs"}, "choose from ours, files"),
        ({"test_set": "files"}, "Two files are needed"),
    ],
)
def test_a_mistake_ends_the_run_with_a_message(handlers, changes, message):
    (step,) = handlers.evaluate(Task(**{"model": MODEL, **changes}))
    assert message in step.message
    assert step.bar == ""


def test_a_language_we_have_no_sentences_for_needs_files(library, translator):
    library.add("ana", "german", Translator(translator.model, translator.tokenizer, "german", "en", "de"))
    handlers = EvaluateHandlers(library)
    (step,) = handlers.evaluate(Task(model="german"), "ana")
    assert "your own files" in step.message
    assert "your own files" in handlers.about_set("german", "ana")
    assert "60 sentences" in handlers.about_set(MODEL)
    assert "choose from" in handlers.about_set("nothing")


def test_a_row_shows_its_sentence_with_all_references_and_its_attention(handlers, found):
    seen = handlers.select(found, {"id": 0})
    rows = json.loads(seen.picked)["rows"]
    assert rows == [["sentence", SENTENCES[0]], ["translation", found.evaluation.outputs[0]], ["reference", HOSTILE]]
    assert "<" not in seen.picked  # markup travels as escapes
    assert json.loads(seen.heatmap)["figure"]["data"][0]["type"] == "heatmap"


@pytest.mark.parametrize("event", [{}, {"id": "1"}, {"id": -1}, {"id": 20}, {"id": True}, {"id": None}])
def test_what_a_browser_should_not_send_changes_nothing(handlers, found, event):
    assert handlers.select(found, event) == EvaluateShown()
    assert handlers.select(None, {"id": 0}) == EvaluateShown()


def test_a_bug_is_told_without_details(handlers, monkeypatch, caplog):
    def broken(*_: object) -> None:
        raise RuntimeError("secret path")

    monkeypatch.setattr(handlers.library, "get", broken)
    (step,) = handlers.evaluate(Task(model=MODEL))
    assert "secret" not in step.message
    assert "secret path" in caplog.text


def test_files_hold_every_sentence_and_figure(handlers, found):
    message, value = handlers.export("json", found)
    saved = json.loads(json.loads(value)["content"])
    assert message == ""
    assert saved["bleu"]["score"] == found.evaluation.bleu.score
    assert [row["output"] for row in saved["outputs"]] == list(found.evaluation.outputs)
    rows = list(csv.DictReader(io.StringIO(json.loads(handlers.export("csv", found)[1])["content"].lstrip("\ufeff"))))
    assert [row["source"] for row in rows] == list(SET.sources)
    assert handlers.export("json", None)[0]
    assert "unknown export" in handlers.export("exe", found)[0].lower()
