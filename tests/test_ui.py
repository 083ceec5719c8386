"""The page without a browser: its handlers are plain functions."""

import json
import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import NamedTuple

import gradio as gr
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import ask, is_skipped, page
from tiny import model

from s2s_demo import checkpoint
from s2s_demo.decoding import Beam, Greedy, Sampling
from s2s_demo.errors import InputError, SettingError
from s2s_demo.serving.library import Library
from s2s_demo.serving.query import LARGEST_BEAM, Query, Question, link_names, offered
from s2s_demo.text import words_of
from s2s_demo.translator import Translator
from s2s_demo.ui.parts.path import View
from s2s_demo.ui.parts.plot import instead_of_figure
from s2s_demo.ui.served import static
from s2s_demo.ui.tabs import TABS
from s2s_demo.ui.translate import handlers
from s2s_demo.ui.translate.export import EXPORTS
from s2s_demo.views.picture import PicturePayload
from s2s_demo.words import say

MODEL = "untrained"


@pytest.fixture
def library(translator: Translator, monkeypatch: pytest.MonkeyPatch) -> Library:
    """A library with one model, never read from disk."""
    monkeypatch.setattr(checkpoint, "available", lambda: [MODEL])
    monkeypatch.setattr(checkpoint, "load", lambda name: translator)
    return Library()


class Site(NamedTuple):
    """A page that was built, and its library."""

    demo: gr.Blocks
    library: Library


@pytest.fixture(scope="module")
def site(translator: Translator) -> Iterator[Site]:
    """One page for the tests that only look at it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checkpoint, "available", lambda: [MODEL])
        patch.setattr(checkpoint, "load", lambda name: translator)
        library = Library()
        yield Site(page(library), library)


def asking(**changes: object) -> Question:
    words = {name: changes.pop(name) for name in ("text", "model", "strategy") if name in changes}
    return Question(**{"text": "A man is reading.", "model": MODEL, **words}, settings={"beam_size": 3, **changes})


def translate(library: Library, question: Question, visitor: str = ""):
    """A question is asked."""
    return ask(handlers.on_translate, library, *question.values(), visitor=visitor)


def export(library: Library, kind: str, question: Question | None, visitor: str = "", view: str = "{}"):
    """A file is asked for, of what the browser shows."""
    return ask(handlers.on_export, library, kind, question, view, visitor=visitor)


def content(exported) -> str:
    """What the file holds that was asked for."""
    assert exported.message == ""
    return json.loads(exported.download)["content"]


def test_every_tab_has_a_title_and_the_page_builds(site):
    titles = [block.label for block in site.demo.blocks.values() if isinstance(block, gr.Tab)]
    assert titles == [say(tab.TITLE) for tab in TABS.values()]


def test_no_event_makes_the_browser_visit_all_its_outputs_when_its_state_changes(site):
    hidden = [fn for fn in site.demo.fns.values() if fn.show_progress == "hidden"]
    assert hidden
    assert {tuple(block.elem_id for block in fn.show_progress_on) for fn in hidden} == {("header",)}


def test_uploads_that_nobody_reads_leave_the_disk_within_the_hour_and_ten_minutes(site):
    assert site.demo.delete_cache == (600, 3600)


def test_a_closed_page_frees_what_its_visitor_owns(site, translator):
    demo, library = site
    library.add("ana", "mine", translator)
    (unload,) = [fn for fn in demo.fns.values() if any(event == "unload" for _, event in fn.targets)]
    unload.fn(SimpleNamespace(session_hash="ana"))
    assert library.names("ana") == [MODEL]
    with pytest.raises(InputError, match="closed"):
        library.add("ana", "mine", translator)


def test_only_translate_evaluate_and_models_are_public(site):
    named = site.demo.get_api_info()["named_endpoints"]
    assert set(named) == {"/translate", "/evaluate", "/models"}


def test_a_sentence_becomes_its_whole_picture(library):
    seen = translate(library, asking())
    translation = library.translate(asking().query())
    picture: PicturePayload = json.loads(seen.picture)
    assert (seen.message, seen.question.query(), picture["label"]) == ("", asking().query(), translation.text)
    (data,), (sentence,) = picture["sentences"], translation.sentences
    assert len(data["parent"]) == len(sentence.tree.nodes)
    assert picture["hypotheses"] == [[hypothesis.text for hypothesis in sentence.hypotheses]]
    assert Question.from_link(picture["link"]).query() == asking().query()
    assert "untrained" in seen.about


def test_two_answers_to_one_question_are_told_apart(library):
    pictures = [translate(library, asking()).picture for _ in range(2)]
    assert pictures[0] != pictures[1]  # else Gradio would send nothing, and the page would stay as it was looked at


@pytest.mark.parametrize(
    ("sent", "view"),
    [
        ("{}", View()),
        ('{"sentence": 1, "node": 7, "unit": "pieces"}', View(1, 7, "pieces")),
        ('{"head": 3}', View(head=3)),
        ('{"sentence": null, "node": null, "unit": "words"}', View()),
        ('{"sentence": true, "node": "7", "unit": "<b>"}', View()),
        ("[1, 2]", View()),
        ("not JSON", View()),
        ("", View()),
        (None, View()),
    ],
)
def test_what_the_browser_says_that_it_shows_is_checked(sent, view):
    assert handlers.view_of(sent) == view


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"text": ""}, "nothing to translate"),
        ({"text": " \n "}, "nothing to translate"),
        ({"text": "a" * 10_000}, "10,000 characters"),
        ({"model": "fr-en"}, "choose from untrained"),
        ({"model": None}, "unknown model"),
        ({"strategy": "magic"}, "choose from greedy, beam, sampling"),
        ({"strategy": None}, "unknown strategy"),
        ({"beam_size": 0}, "between 1 and 10"),
        ({"beam_size": LARGEST_BEAM + 1}, "between 1 and 10"),
        ({"beam_size": 2.5}, "whole number"),
        ({"length_penalty": float("nan")}, "between 0 and 2"),
        ({"strategy": "sampling", "seed": None}, "seed needs a number"),
        ({"strategy": "sampling", "temperature": 0}, "temperature"),
        ({"strategy": "sampling", "top_p": "1"}, "top-p needs a number"),
    ],
)
def test_a_mistake_becomes_a_message_and_nothing_is_lost(library, changes, message):
    seen = translate(library, asking(**changes))
    assert message in seen.message.lower()
    assert all(is_skipped(value) for value in seen[1:])


def test_a_model_that_never_looks_says_so_instead_of_drawing(library, translator):
    blind = model(vocabulary_size=len(translator.tokenizer), tied=False, decoder="fixed", attention="none")
    library.add("ana", "blind", Translator(blind, translator.tokenizer, "blind", "en", "fr"))
    (data,) = json.loads(translate(library, asking(model="blind"), "ana").picture)["sentences"]
    assert data["looks"] is False
    assert "no attention" in export(library, "alignment", asking(model="blind"), "ana").message


def test_a_file_of_a_node_or_a_sentence_that_is_not_there_is_no_bug(library):
    assert "no node 99999" in export(library, "alignment", asking(), view='{"node": 99999}').message
    assert content(export(library, "tree", asking(), view='{"sentence": 7}'))


def test_a_bug_is_logged_and_told_without_details(library, monkeypatch, caplog):
    def broken(*_: object) -> None:
        raise RuntimeError("secret path")

    monkeypatch.setattr(library, "translate", broken)
    seen = translate(library, asking())
    assert "secret" not in seen.message
    assert "went wrong" in seen.message
    assert "secret path" in caplog.text


def test_settings_that_a_strategy_does_not_have_do_not_matter_to_it():
    assert asking(strategy="greedy", beam_size=99, seed=None).query().strategy == Greedy()
    assert asking(strategy="beam").query().strategy == Beam(size=3, length_penalty=0.75)
    assert asking(strategy="sampling", seed=7.0, top_k=3.0).query().strategy == Sampling(seed=7, top_k=3)


@given(
    st.builds(
        Question,
        text=st.text(max_size=20),
        model=st.just(MODEL),
        strategy=st.sampled_from(["greedy", "beam", "sampling"]),
        settings=st.fixed_dictionaries(
            {},
            optional={
                "beam_size": st.integers(1, 10).map(float),
                "length_penalty": st.integers(0, 40).map(lambda n: n / 20),
                "seed": st.integers(0, 999).map(float),
            },
        ),
    )
)
def test_a_link_brings_the_question_back(question):
    assert Question.from_link(question.to_link()).query() == question.query()


def test_every_name_of_a_link_is_known_to_the_script_that_keeps_it():
    changed = {each.name: each.span[1] for each in offered() if each.is_number}
    asked = Question("x", MODEL, "sampling", changed)
    assert set(asked.to_link()) <= set(link_names())


def test_an_impossible_link_keeps_the_defaults(library):
    link = {"model": "../../etc", "strategy": "magic", "beam": "999", "penalty": "nan", "seed": "x", "text": "A dog."}
    assert handlers.from_link(library, link) == Question(text="A dog.")


def test_files_hold_the_translation_and_what_is_shown(library):
    saved = json.loads(content(export(library, "json", asking())))
    assert saved == json.loads(json.dumps(library.translate(asking().query()).to_json()))
    rows = content(export(library, "tree", asking())).splitlines()
    assert len(rows) == len(saved["sentences"][0]["tree"]["nodes"])  # the root has no row, the header has one
    assert export(library, "alignment", None).message
    assert "nknown export" in export(library, "exe", asking()).message


def test_the_alignment_is_saved_of_the_branch_and_in_the_unit_that_is_shown(library):
    (sentence,) = library.translate(asking().query()).sentences
    branch = next(node for node in sentence.tree.nodes if node.status == "cut" and node.step == 2)
    for unit, columns in (("words", sentence.source.words), ("pieces", sentence.source.tokens)):
        view = json.dumps({"sentence": 0, "node": branch.id, "unit": unit})
        head, *rows = content(export(library, "alignment", asking(), view=view)).splitlines()
        assert len(head.split(",")) == 1 + len(columns)
        assert len(rows) == (2 if unit == "pieces" else len(words_of([n.token for n in sentence.tree.path(branch.id)])))


def test_the_alignment_is_saved_as_the_head_looks_that_is_shown(library, translator):
    many = model(vocabulary_size=len(translator.tokenizer), tied=False, attention="multi_head")
    library.add("ana", "many", Translator(many, translator.tokenizer, "many", "en", "fr"))
    (sentence,) = library.translate(asking(model="many").query(), "ana").sentences
    branch = next(node for node in sentence.tree.nodes if node.status == "cut" and node.step == 2)
    path = [node.heads for node in sentence.tree.path(branch.id)]
    for node, heads in ((None, sentence.best.heads), (branch.id, np.stack(path, axis=1))):
        for head, map_ in ((1, heads[1]), (None, heads.mean(axis=0)), (99, heads.mean(axis=0))):
            view = json.dumps({"node": node, "unit": "pieces", "head": head})
            _, *rows = content(export(library, "alignment", asking(model="many"), "ana", view)).splitlines()
            assert np.array([row.split(",")[1:] for row in rows], float) == pytest.approx(map_, abs=1e-4)


def test_every_kind_of_file_has_its_button_and_the_lesson_asks_nobody(library):
    assert list(EXPORTS) == ["json", "alignment", "tree", "lesson"]
    lesson = content(export(library, "lesson", asking()))
    assert lesson.startswith("<!DOCTYPE html>")
    assert not re.search(r"(?:src|href)=|https?://(?!www\.w3\.org/)|fetch\(|import\(", lesson)


def test_no_markup_survives_in_what_the_browser_gets():
    assert "<" not in static.safe_json({"text": "<script>alert(1)</script>"})
    assert json.loads(static.safe_json({"text": "<b>&</b>"})) == {"text": "<b>&</b>"}
    assert "<" not in instead_of_figure("<img>")


def test_a_model_is_loaded_once_however_many_ask(translator, monkeypatch):
    loads, ready = [], threading.Barrier(8)
    monkeypatch.setattr(checkpoint, "available", lambda: [MODEL])
    monkeypatch.setattr(checkpoint, "load", lambda name: loads.append(name) or translator)
    library = Library()

    def ask(_: int) -> Translator:
        ready.wait()
        return library.get(MODEL)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(8))) == {translator}
    assert loads == [MODEL]


def test_a_recent_answer_comes_from_memory(library):
    query = asking().query()
    assert library.translate(query) is library.translate(query)


def test_a_visitors_own_model_is_theirs_alone_until_they_leave(library, translator):
    library.add("ana", "mine", translator)
    assert library.names("ana") == [MODEL, "mine"]
    assert library.names("ben") == [MODEL]
    query = Query("A man.", "mine", Greedy())
    assert library.translate(query, "ana").text
    with pytest.raises(SettingError, match="unknown model 'mine'"):
        library.translate(query, "ben")
    library.visitors.close("ana")
    with pytest.raises(SettingError):
        library.translate(query, "ana")
    with pytest.raises(SettingError, match="shipped"):
        library.add("ana", MODEL, translator)


def test_coming_to_the_tab_does_not_overtake_an_answer_that_is_on_its_way(library, monkeypatch):
    answered = handlers.answered

    def slow(*asked):
        ask(handlers.on_return, library, "", None, visitor="ann")  # Gradio's own event as the page opens
        return answered(*asked)

    monkeypatch.setattr(handlers, "answered", slow)
    found = ask(handlers.on_load, library, visitor="ann", model="untrained", text="a man")
    assert not is_skipped(found.shown.picture)
