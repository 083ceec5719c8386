"""What happens on tab Translate: values in, one call of the core, values of the page's components out."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import gradio as gr

from s2s_demo.errors import InputError
from s2s_demo.serving.library import Library
from s2s_demo.serving.query import DEFAULT_MODEL, Controls
from s2s_demo.ui.parts.download import file_value
from s2s_demo.ui.parts.handler import Visit, calmly, handler
from s2s_demo.ui.parts.layout import chip_updates
from s2s_demo.ui.parts.path import View
from s2s_demo.ui.translate import answers
from s2s_demo.ui.translate.answers import Answer
from s2s_demo.ui.translate.export import file_of
from s2s_demo.ui.translate.form import Form, Look
from s2s_demo.ui.translate.shown import Chips, Exported, Looked, Opened, Retold, Shown, Unfolded

LOOKS = len(Look._fields)
PLACE = "translate"  # of an older and a newer question there, only the newer one is answered


@handler(Shown.saying, latest=PLACE)
def on_translate(visit: Visit, *values: Any) -> Shown:
    """A new question: its translation, and the pictures of its first sentence's best hypothesis."""
    return answered(visit, Controls.of(*values[LOOKS:]), Look(*values[:LOOKS]))


@handler(Opened.saying, latest=PLACE)
def on_load(visit: Visit, *look: Any) -> Opened:
    """The question that the page's address asks, or the first example."""
    asked = from_link(visit.library, visit.parameters or {})
    model = gr.update(choices=visit.library.choices(visit.session), value=asked.model)
    text, _, strategy, *settings = asked.values()
    form = Form(text, model, strategy, tuple(settings))
    return Opened(form, calmly(Shown.saying, partial(answered, visit, asked, Look(*look))))


@handler(Retold.saying, latest=PLACE)
def on_model(visit: Visit, *values: Any) -> Retold:
    """Another model may read something else: then the text changes to one of its examples."""
    look, asked = Look(*values[:LOOKS]), Controls.of(*values[LOOKS:])
    before = replace(asked, model=look.question.model if look.question else DEFAULT_MODEL)
    text = text_for(visit.library, asked.model, before, visit.session)
    return Retold(text, calmly(Shown.saying, partial(answered, visit, replace(asked, text=text), look)))


@handler(Chips.saying)
def on_chips(visit: Visit, model: str) -> Chips:
    """The sentences to try with a model."""
    return Chips(tuple(chip_updates(visit.library.examples(model, visit.session))))


@handler(Shown.saying)
def on_sentence(visit: Visit, *look: Any) -> Shown:
    """Another sentence of the same answer, chosen in the list."""
    asked = Look(*look)
    return _shown(visit, asked._replace(node=None))


@handler(Shown.saying)
def on_word(visit: Visit, event: gr.EventData, *look: Any) -> Shown:
    """A word of the answer was clicked: its sentence is shown; what the browser sends is checked."""
    sentence = event._data.get("sentence")
    return _shown(visit, Look(*look)._replace(sentence=sentence, node=None)) if type(sentence) is int else Shown()


@handler(Looked.saying)
def on_node(visit: Visit, event: gr.EventData, *look: Any) -> Looked:
    """A node (`customdata`) or a row (`id`) was selected; what the browser sends is checked."""
    node = event._data.get("customdata", event._data.get("id"))
    node = node[0] if isinstance(node, list) and node else node
    return _looked(visit, node, Look(*look)) if type(node) is int else Looked()


@handler(Looked.saying)
def on_path(visit: Visit, node: Any, *look: Any) -> Looked:
    """A path was chosen in the list."""
    return _looked(visit, node, Look(*look))


@handler(Looked.saying)
def on_back(visit: Visit, *look: Any) -> Looked:
    """Back to the best hypothesis."""
    return _looked(visit, None, Look(*look))


@handler(Looked.saying)
def on_unit(visit: Visit, *look: Any) -> Looked:
    """Words or subwords: only the heatmap and its twins have them."""
    asked = Look(*look)
    answer, view = _answer(visit, asked), asked.view()
    return Looked(heatmap=answer.heatmap(view))._replace(**_alignment_if_open(answer, view, asked))


@handler(Looked.saying)
def on_show_cut(visit: Visit, *look: Any) -> Looked:
    """Show or hide what was cut: only the tree and its twins have it."""
    asked = Look(*look)
    answer, view = _answer(visit, asked), asked.view()
    return Looked(
        tree=answer.tree(view),
        drawn=view.node,
        path=answer.path_choices(view),
        tree_rows=answer.tree_rows(view) if asked.tree_open else gr.skip(),
    )


@handler(Unfolded.saying)
def on_tokens_open(visit: Visit, *look: Any) -> Unfolded:
    """The fold with the tokens was opened."""
    asked = Look(*look)
    shown = Unfolded(tokens_open=True)
    return shown._replace(tokens=_answer(visit, asked).tokens(asked.view())) if asked.question else shown


@handler(Unfolded.saying)
def on_alignment_open(visit: Visit, *look: Any) -> Unfolded:
    """The fold with the heatmap's twins was opened."""
    asked = Look(*look)._replace(alignment_open=True)
    shown = Unfolded(alignment_open=True)
    if asked.question is None:
        return shown
    return shown._replace(**_alignment_if_open(_answer(visit, asked), asked.view(), asked))


@handler(Unfolded.saying)
def on_tree_open(visit: Visit, *look: Any) -> Unfolded:
    """The fold with the tree's twin was opened."""
    asked = Look(*look)
    shown = Unfolded(tree_open=True)
    return shown._replace(tree_rows=_answer(visit, asked).tree_rows(asked.view())) if asked.question else shown


def on_closed() -> bool:
    """A fold was closed: nothing is made for it any more."""
    return False


@handler(Exported.saying)
def on_export(visit: Visit, kind: str, *look: Any) -> Exported:
    """A file to take home."""
    asked = Look(*look)
    answer = _answer(visit, asked)
    return Exported(download=file_value(file_of(kind, answer.translation, answer.translator, asked.view())))


def from_link(library: Library, parameters: Mapping[str, str]) -> Controls:
    """The question a link asks; an unknown model becomes the default one, a missing text its first example."""
    known = {k: v for k, v in parameters.items() if k != "model" or v in library.names()}
    asked = Controls.from_link(known)
    return asked if "text" in known else replace(asked, text=text_for(library, asked.model, asked))


def text_for(library: Library, model: str, before: Controls, visitor: str | None = None) -> str:
    """What to read after a change of model: the visitor's own text, or an example where an example stood."""
    examples = library.examples(model, visitor)
    is_example = before.text in (*library.examples(before.model, visitor), Controls.text)
    return examples[0] if examples and is_example and before.text not in examples else before.text


def answered(visit: Visit, asked: Controls, look: Look) -> Shown:
    """A new question and the first look at its answer; S2SError for one that cannot be asked."""
    query = asked.query()
    translation = visit.library.translate(query, visit.session)
    answer = Answer(translation, visit.library.get(query.model, visit.session))
    view = View(unit=look.unit, show_cut=look.show_cut)
    link = asked.to_link()
    shown = answers.shown(answer, view, look, link)
    return shown._replace(question=asked, about=answer.about())


def _answer(visit: Visit, look: Look) -> Answer:
    """The answer that is looked at; InputError where there is none yet."""
    if look.question is None:
        raise InputError("nothing-shown")
    return answer_of(visit.library, look.question, visit.session)


def answer_of(library: Library, question: Controls, session: str | None = None) -> Answer:
    """A question's answer, with the model that gave it."""
    query = question.query()
    return Answer(library.translate(query, session), library.get(query.model, session))


def _shown(visit: Visit, look: Look) -> Shown:
    return answers.shown(_answer(visit, look), look.view(), look, look.question.to_link())


def _looked(visit: Visit, node: int | None, look: Look) -> Looked:
    return answers.looked(_answer(visit, look), replace(look.view(), node=node), look)


def _alignment_if_open(answer: Answer, view: View, look: Look) -> dict[str, Any]:
    if not look.alignment_open:
        return {}
    return {"alignment_text": answer.alignment_text(view), "alignment": answer.alignment(view)}
