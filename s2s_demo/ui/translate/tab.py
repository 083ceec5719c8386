"""Tab Translate: a sentence, its translation, where the model looked and what it considered.

This file wires; `layout.py` lays out, `handlers.py` answers, `answers.py` makes what is shown.
"""

from functools import partial
from typing import Any

import gradio as gr

from s2s_demo.serving.query import offered
from s2s_demo.ui.page import Arrival, Page
from s2s_demo.ui.parts.handler import flattened, leaves
from s2s_demo.ui.translate import handlers
from s2s_demo.ui.translate.form import Form, Look
from s2s_demo.ui.translate.layout import Components, Fold, lay_out
from s2s_demo.ui.translate.shown import Exported, Looked, Opened, Retold, Shown, Unfolded

TITLE = "translate.title"
_EVENT: dict[str, Any] = {
    "show_progress": "hidden",
    "api_visibility": "private",
    "trigger_mode": "always_last",
    "concurrency_limit": 16,
    "concurrency_id": "translate",
}
_ASKING: dict[str, Any] = {**_EVENT, "js": "(...values) => { S2S.busy('translate', true); return values; }"}
_READY: dict[str, Any] = {
    "js": "() => S2S.busy('translate', false)",
    "api_visibility": "private",
}  # whatever the answer was
_AT_ONCE: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "queue": False}


def build(page: Page) -> None:
    """Lay out the tab and wire its components."""
    components = lay_out(page.library.choices())
    _wire_questions(components, page)
    _wire_looks(components, page)
    _wire_folds(components, page)
    page.arrival = Arrival(tabs=page.tabs, model=components.how.model, text=components.ask.text)


def _wire_questions(c: Components, page: Page) -> None:
    """What has the sentence translated."""
    form, look, shown = form_of(c), look_of(c), list(shown_of(c))
    asked = [*look, *leaves(form)]
    knobs = [control.input for control in c.how.settings.values()]
    translate = handlers.on_translate(page.library)
    gr.on([c.ask.go.click, c.how.strategy.input, *knobs], translate, asked, shown, **_ASKING).then(**_READY)
    retold = [*Retold(text=c.ask.text, shown=shown_of(c)).shown]
    model = flattened(handlers.on_model(page.library))
    c.how.model.input(model, asked, [c.ask.text, *retold], **_ASKING).then(**_READY)
    c.how.model.change(flattened(handlers.on_chips(page.library)), c.how.model, c.ask.chips, **_EVENT)
    for chip in c.ask.chips:
        chip.click(None, chip, c.ask.text, js="(text) => text", api_visibility="private")
        chip.click(translate, [*look, *leaves(form._replace(text=chip))], shown, **_ASKING).then(**_READY)
    opened = Opened(form=form, shown=shown_of(c))
    page.demo.load(flattened(handlers.on_load(page.library)), list(look), list(leaves(opened)), **_EVENT)


def _wire_looks(c: Components, page: Page) -> None:
    """What shows the same answer in another way."""
    look, shown, looked, library = list(look_of(c)), list(shown_of(c)), list(looked_of(c)), page.library
    c.sentence.input(handlers.on_sentence(library), look, shown, **_EVENT)
    c.answer.select(handlers.on_word(library), look, shown, **_EVENT)
    for part in (c.tree.tree, c.finished, c.folds.tree_rows):
        part.select(handlers.on_node(library), look, looked, **_EVENT)
    c.tree.path.input(handlers.on_path(library), [c.tree.path, *look], looked, **_EVENT)
    c.heatmap.back.click(handlers.on_back(library), look, looked, **_EVENT)
    c.heatmap.unit.input(handlers.on_unit(library), look, looked, **_EVENT)
    c.tree.show_cut.input(handlers.on_show_cut(library), look, looked, **_EVENT)
    exported = Exported(message=c.message, download=c.download)
    for kind, button in c.foot.exports.items():
        button.click(handlers.on_export(library), [gr.State(kind), *look], list(exported), **_EVENT)


def _wire_folds(c: Components, page: Page) -> None:
    """Tables in folds are made when the fold is opened."""
    look, unfolded = list(look_of(c)), list(unfolded_of(c))
    wire = partial(_wire_fold, look=look, unfolded=unfolded)
    wire(c.folds.tokens_fold, handlers.on_tokens_open(page.library))
    wire(c.folds.alignment_fold, handlers.on_alignment_open(page.library))
    wire(c.folds.tree_fold, handlers.on_tree_open(page.library))


def _wire_fold(fold: Fold, on_open: Any, look: list[Any], unfolded: list[Any]) -> None:
    fold.fold.expand(on_open, look, unfolded, **_EVENT)
    fold.fold.collapse(handlers.on_closed, None, fold.is_open, **_AT_ONCE)


def form_of(c: Components) -> Form:
    """The components of the form."""
    return Form(c.ask.text, c.how.model, c.how.strategy, tuple(c.how.settings[each.name] for each in offered()))


def look_of(c: Components) -> Look:
    """The components that say how the answer is looked at."""
    return Look(
        question=c.question,
        sentence=c.sentence,
        node=c.node,
        unit=c.heatmap.unit,
        show_cut=c.tree.show_cut,
        drawn=c.drawn,
        tokens_open=c.folds.tokens_fold.is_open,
        alignment_open=c.folds.alignment_fold.is_open,
        tree_open=c.folds.tree_fold.is_open,
    )


def shown_of(c: Components) -> Shown:
    """The components of a new answer."""
    return Shown(
        message=c.message,
        question=c.question,
        node=c.node,
        drawn=c.drawn,
        answer=c.answer,
        sentence=c.sentence,
        unit=c.heatmap.unit,
        path_note=c.heatmap.path_note,
        back=c.heatmap.back,
        heatmap=c.heatmap.heatmap,
        tree=c.tree.tree,
        selection=c.selection,
        path=c.tree.path,
        finished=c.finished,
        tokens=c.folds.tokens,
        alignment_text=c.folds.alignment_text,
        alignment=c.folds.alignment,
        tree_rows=c.folds.tree_rows,
        about=c.foot.about,
    )


def looked_of(c: Components) -> Looked:
    """The components that change with another look."""
    return Looked(
        message=c.message,
        node=c.node,
        drawn=c.drawn,
        path_note=c.heatmap.path_note,
        back=c.heatmap.back,
        heatmap=c.heatmap.heatmap,
        tree=c.tree.tree,
        selection=c.selection,
        path=c.tree.path,
        tokens=c.folds.tokens,
        alignment_text=c.folds.alignment_text,
        alignment=c.folds.alignment,
        tree_rows=c.folds.tree_rows,
    )


def unfolded_of(c: Components) -> Unfolded:
    """The components in the folds."""
    return Unfolded(
        message=c.message,
        tokens_open=c.folds.tokens_fold.is_open,
        tokens=c.folds.tokens,
        alignment_open=c.folds.alignment_fold.is_open,
        alignment_text=c.folds.alignment_text,
        alignment=c.folds.alignment,
        tree_open=c.folds.tree_fold.is_open,
        tree_rows=c.folds.tree_rows,
    )
