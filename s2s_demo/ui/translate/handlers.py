"""What happens on tab Translate: values in, one call of the core, values of the page's parts out."""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import gradio as gr

from s2s_demo.errors import InputError, S2SError, check_choice
from s2s_demo.serving.library import Library
from s2s_demo.serving.query import Controls
from s2s_demo.translator import SentenceTranslation, Translation
from s2s_demo.ui import strings
from s2s_demo.ui.parts import elements, shown, tables
from s2s_demo.ui.parts.shown import View
from s2s_demo.ui.static import safe_json
from s2s_demo.ui.translate import export
from s2s_demo.views.alignment_heatmap import alignment_heatmap
from s2s_demo.views.beam_tree import beam_tree

log = logging.getLogger(__name__)


class Shown(NamedTuple):
    """The outputs of every handler, named as the parts of the page they go to."""

    message: Any = ""
    question: Any = gr.skip()  # the Controls the pictures answer
    node: Any = gr.skip()
    answer: Any = gr.skip()
    sentence: Any = gr.skip()
    unit: Any = gr.skip()
    path_note: Any = gr.skip()
    back: Any = gr.skip()
    heatmap: Any = gr.skip()
    tree: Any = gr.skip()
    path: Any = gr.skip()
    finished: Any = gr.skip()
    tokens: Any = gr.skip()
    alignment_text: Any = gr.skip()
    alignment: Any = gr.skip()
    tree_rows: Any = gr.skip()
    about: Any = gr.skip()


class Handlers:
    """The handlers of tab Translate; they keep nothing, so one object serves every visitor."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def translate(self, controls: Controls, view: View, visitor: str | None = None) -> Shown:
        """A new question: its translation, and the pictures of its first sentence's best hypothesis."""
        return calmly(lambda: self._show(controls, View(unit=view.unit, show_cut=view.show_cut), visitor, new=True))

    def look(self, controls: Controls | None, view: View, visitor: str | None = None) -> Shown:
        """The same question, another view of its answer."""
        if controls is None:
            return Shown(message=strings.NOTHING_YET)
        return calmly(lambda: self._show(controls, view, visitor, new=False))

    def select(
        self, controls: Controls | None, view: View, event: Mapping[str, Any], visitor: str | None = None
    ) -> Shown:
        """A node (`customdata`), a finished hypothesis (`id`) or a `sentence` was selected on the page."""
        if type(event.get("sentence")) is int:
            return self.look(controls, replace(view, sentence=event["sentence"], node=None), visitor)
        node = event.get("customdata", event.get("id"))
        node = node[0] if isinstance(node, list) and node else node
        if type(node) is not int:
            return Shown()
        return self.look(controls, replace(view, node=node), visitor)

    def from_link(self, parameters: Mapping[str, str]) -> Controls:
        """The controls a link asks for; an unknown model becomes the default one, a missing text its first example."""
        known = {k: v for k, v in parameters.items() if k != "model" or v in self.library.names()}
        asked = Controls.from_link(known)
        return asked if "text" in known else replace(asked, text=self.text_for(asked.model, asked))

    def text_for(self, model: str, asked: Controls | None, visitor: str | None = None) -> str:
        """What to read after a change of model: the visitor's own text, or an example where an example stood."""
        before = asked or Controls()
        examples = self.library.examples(model, visitor)
        is_example = before.text in (*self.library.examples(before.model, visitor), Controls.text)
        return examples[0] if examples and is_example and before.text not in examples else before.text

    def export(self, kind: str, controls: Controls | None, view: View, visitor: str | None = None) -> tuple[str, str]:
        """A message, and a file for the browser to save (the value of a download_view)."""
        try:
            check_choice("export", kind, strings.EXPORTS)
            if controls is None:
                raise InputError(strings.NOTHING_YET)
            translation = self.library.translate(controls.query(), visitor)
            looks = self.library.get(controls.model, visitor).model.looks
            unit = shown.unit_of(self.library.get(controls.model, visitor), view.unit)
            file, mime, content = export.EXPORTS[kind](translation, replace(view, unit=unit), looks)
        except S2SError as error:
            return str(error), ""
        # The time makes every file a new value, so that asking twice saves twice.
        data = {"file": file, "type": mime, "content": content, "nonce": time.time_ns()}
        return "", safe_json(data)

    def _show(self, controls: Controls, view: View, visitor: str | None, *, new: bool) -> Shown:
        query = controls.query()
        check_choice("unit", view.unit, strings.UNITS)
        translation = self.library.translate(query, visitor)
        translator = self.library.get(query.model, visitor)
        unit = shown.unit_of(translator, view.unit)
        sentence = shown.sentence_of(translation, view)
        path = shown.path_of(sentence, view.node)
        return Shown(
            question=controls if new else gr.skip(),
            node=view.node,
            answer=safe_json(shown.answer(translation, view, translator.target_language, controls.to_link())),
            sentence=_sentence_choices(translation, view),
            unit=gr.update(visible=unit != "letters"),
            path_note=elements.text_value(shown.describe(sentence, view.node)),
            back=gr.update(visible=not shown.is_best(sentence, view.node)),
            heatmap=_heatmap(sentence, replace(view, unit=unit), looks=translator.model.looks),
            tree=_tree(translation, sentence, view),
            path=gr.update(choices=shown.path_choices(sentence, view.show_cut), value=view.node or sentence.best.leaf),
            finished=tables.finished(translation, view),
            tokens=tables.tokens(path),
            alignment_text=elements.text_value(tables.alignment_text(path, unit) if translator.model.looks else ""),
            alignment=tables.alignment(path, unit) if translator.model.looks else "",
            tree_rows=tables.tree(translation, view),
            about=shown.about(translator),
        )


def calmly(show: Callable[[], Shown]) -> Shown:
    """What `show` returns; a user's mistake becomes a message, a bug a message and a log entry. Nothing is lost."""
    try:
        return show()
    except S2SError as error:
        return Shown(message=_sentence_case(str(error)))
    except Exception:
        log.exception("a handler failed")
        return Shown(message=strings.BUSY)


def _sentence_case(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text[-1:].isalnum() else f"{text[:1].upper()}{text[1:]}"


def _sentence_choices(translation: Translation, view: View) -> Any:
    choices = [(f"{i + 1}. {sentence.source.text}", i) for i, sentence in enumerate(translation.sentences)]
    place = view.sentence if 0 <= view.sentence < len(choices) else 0
    return gr.update(choices=choices, value=place, visible=len(choices) > 1)


def _heatmap(sentence: SentenceTranslation, view: View, *, looks: bool) -> str:
    if not looks:
        return elements.instead_of_figure(strings.NO_ATTENTION)
    path = shown.path_of(sentence, view.node)
    source, target, alignment = path.heatmap(view.unit)
    return elements.figure_value(
        alignment_heatmap(source, target, alignment),
        label=f"{strings.WHERE}. {tables.alignment_text(path, view.unit)}",
        file_name="alignment",
        revision=f"{sentence.source.text}{view.node}{view.unit}",
    )


def _tree(translation: Translation, sentence: SentenceTranslation, view: View) -> str:
    selected = None if shown.is_best(sentence, view.node) else view.node
    figure = beam_tree(
        sentence.tree,
        sentence.hypotheses,
        beam_size=shown.beam_size(translation),
        show_cut=view.show_cut,
        selected=selected,
    )
    label = strings.TREE_SAID.format(nodes=len(sentence.tree.nodes) - 1, finished=len(sentence.hypotheses))
    return elements.figure_value(figure, label=label, file_name="tree", revision=sentence.source.text)
