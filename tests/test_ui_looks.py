"""What is made, and when: few frames to the search, only what changes, nothing for closed folds, no tree unasked."""

import json
import sys
from pathlib import Path
from types import FrameType

import pytest
from pages import ask, event, is_skipped

from s2s_demo import checkpoint
from s2s_demo import translator as translators
from s2s_demo.decoding import Greedy, search
from s2s_demo.evaluation import TestSet, report
from s2s_demo.serving import batching
from s2s_demo.serving.library import Library
from s2s_demo.serving.query import Controls
from s2s_demo.translator import Translator
from s2s_demo.ui.evaluate.handlers import on_row
from s2s_demo.ui.parts.plot import PlotPayload
from s2s_demo.ui.translate import handlers
from s2s_demo.ui.translate.form import Look
from s2s_demo.ui.translate.shown import Looked, Shown

MODEL = "untrained"
PACKAGE = str(Path(translators.__file__).parent)
MOST_FRAMES = 10  # of ours, between Gradio and the search
TWO = "A man is reading. A dog runs along the beach."


@pytest.fixture
def library(translator: Translator, monkeypatch: pytest.MonkeyPatch) -> Library:
    monkeypatch.setattr(checkpoint, "available", lambda: [MODEL])
    monkeypatch.setattr(checkpoint, "load", lambda name: translator)
    return Library()


def question(text: str = "A man is reading.") -> Controls:
    return Controls(text, MODEL, settings={"beam_size": 3})


def translate(library: Library, asked: Controls, **look: object) -> Shown:
    return ask(handlers.on_translate, library, *Look(**look), *asked.values())


def ours(frame: FrameType | None) -> list[str]:
    """The functions of the package from a frame outwards."""
    found = []
    while frame is not None:
        if frame.f_code.co_filename.startswith(PACKAGE):
            found.append(frame.f_code.co_qualname if sys.version_info >= (3, 11) else frame.f_code.co_name)
        frame = frame.f_back
    return found


def test_few_functions_stand_between_the_key_press_and_the_search(library, monkeypatch):
    stacks: dict[str, list[str]] = {}
    wait = batching.Future.result

    def waiting(self, *given):  # the thread that asks waits here for the one that searches
        stacks.setdefault("asking", ours(sys._getframe(1)))
        return wait(self, *given)

    def searching(*given):
        stacks["searching"] = ours(sys._getframe(1))
        return search(*given)

    monkeypatch.setattr(batching.Future, "result", waiting)
    monkeypatch.setattr(translators, "search", searching)
    assert translate(library, question()).message == ""
    path = [*stacks["asking"][::-1], *stacks["searching"][::-1]]
    assert len(path) <= MOST_FRAMES, f"{len(path)} functions: {' > '.join(path)}"


def test_another_node_sends_only_what_changes(library):
    first = translate(library, question())
    sentence = library.translate(question().query()).sentences[0]
    other = sentence.hypotheses[1].leaf
    seen = ask(handlers.on_node, library, event(id=other), *Look(question=question()))
    sent = {name for name, value in seen._asdict().items() if not is_skipped(value)}
    assert sent == {"message", "node", "path_note", "back", "heatmap", "selection", "path"}
    selection = json.loads(seen.selection)
    assert (selection["row"], selection["tables"], selection["figure"]) == (other, ["finished", "tree-table"], "tree")
    everything = sum(len(str(value)) for value in first)
    assert sum(len(str(value)) for value in seen) < 0.6 * everything


@pytest.mark.parametrize("show_cut", [False, True])
def test_a_selection_changes_the_tree_into_the_one_that_would_be_drawn_anew(library, show_cut):
    translate(library, question())
    sentence = library.translate(question().query()).sentences[0]
    look = Look(question=question(), show_cut=show_cut)
    drawn: PlotPayload = json.loads(handlers.answer_of(library, question()).tree(look.view()))
    for node in sentence.tree.nodes[1::60]:
        seen = ask(handlers.on_node, library, event(customdata=node.id), *look)
        assert seen.message == ""
        anew = json.loads(handlers.answer_of(library, question()).tree(look._replace(node=node.id).view()))["figure"]
        if not is_skipped(seen.tree):  # a cut node that had no place: the tree is another one
            assert node.status == "cut"
            assert json.loads(seen.tree)["figure"] == anew
            assert seen.drawn == node.id
            continue
        changes = json.loads(seen.selection)["changes"]
        data = [{**trace, **changes.get(str(i), {})} for i, trace in enumerate(drawn["figure"]["data"])]
        assert data == anew["data"]
        assert drawn["figure"]["layout"] == anew["layout"]


FOLDED = {"tokens": "tokens_open", "alignment": "alignment_open", "alignment_text": "alignment_open"}


@pytest.mark.parametrize("look", [{}, {"tokens_open": True}, {"alignment_open": True}, {"tree_open": True}])
def test_what_stands_in_a_fold_is_made_only_while_it_is_open(library, look):
    folds = {**FOLDED, "tree_rows": "tree_open"}
    seen = translate(library, question(), **look)
    assert {name for name in folds if not is_skipped(getattr(seen, name))} == {n for n in folds if folds[n] in look}
    seen = ask(handlers.on_back, library, *Look(question=question(), **look))
    assert {n for n in FOLDED if not is_skipped(getattr(seen, n))} == {n for n in FOLDED if FOLDED[n] in look}


def test_an_opened_fold_is_filled_and_a_closed_one_is_remembered(library):
    look = Look(question=question())
    tokens, alignment, tree = (
        ask(handler, library, *look)
        for handler in (handlers.on_tokens_open, handlers.on_alignment_open, handlers.on_tree_open)
    )
    assert (tokens.tokens_open, alignment.alignment_open, tree.tree_open) == (True, True, True)
    assert json.loads(tokens.tokens)["rows"]
    assert json.loads(alignment.alignment)["rows"]
    assert "←" in alignment.alignment_text
    assert json.loads(tree.tree_rows)["rows"]
    assert ask(handlers.on_tokens_open, library, *Look()).tokens_open  # before there is an answer
    assert handlers.on_closed() is False


@pytest.mark.parametrize(
    ("handler", "changed"), [(handlers.on_unit, {"heatmap"}), (handlers.on_show_cut, {"tree", "drawn", "path"})]
)
def test_another_unit_or_the_cut_nodes_change_only_their_picture(library, handler, changed):
    seen: Looked = ask(handler, library, *Look(question=question(), unit="pieces", show_cut=True))
    assert {n for n, value in seen._asdict().items() if not is_skipped(value)} == {"message", *changed}


def test_a_tree_is_read_only_for_the_sentence_that_is_shown(library, translator, monkeypatch):
    read, grow = [], translators.read_tree
    monkeypatch.setattr(translators, "read_tree", lambda *given: read.append(given) or grow(*given))
    assert translate(library, question(text=TWO)).message == ""
    assert len(read) == 1
    texts = TestSet("tiny", ("A cat eats.",), (("x",),))
    *_, found = report(translator, MODEL, texts, Greedy())
    assert ask(on_row, library, event(id=0), found).message == ""
    assert len(read) == 1  # the heatmap of the best hypothesis needs none


def test_a_slow_answer_does_not_replace_a_newer_one(library, monkeypatch):
    real, asked = library.translate, []

    def overtaken(query, visitor=None):
        if not asked:
            asked.append(query)
            ask(handlers.on_translate, library, *Look(), *question(text="A dog.").values(), visitor="ana")
        return real(query, visitor)

    monkeypatch.setattr(library, "translate", overtaken)
    late = ask(handlers.on_translate, library, *Look(), *question().values(), visitor="ana")
    assert all(is_skipped(value) for value in late)


def test_a_link_that_cannot_be_translated_still_fills_the_form(library):
    seen = ask(handlers.on_load, library, *Look(), text=" ", model=MODEL)
    assert (seen.form.text, seen.form.model["value"]) == (" ", MODEL)
    assert "nothing to translate" in seen.shown.message
