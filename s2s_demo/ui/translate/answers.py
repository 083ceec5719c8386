"""A translation as the values of tab Translate's components; only what is seen is made."""

from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from s2s_demo.errors import check_choice
from s2s_demo.translator import SentenceTranslation, Translation, Translator
from s2s_demo.ui.parts import tables
from s2s_demo.ui.parts.answer import answer
from s2s_demo.ui.parts.layout import sentence_choices
from s2s_demo.ui.parts.path import UNITS, View, describe, is_best, nodes_to, path_choices, path_of, sentence_of, unit_of
from s2s_demo.ui.parts.pictures import heatmap_value, tree_figure, tree_value
from s2s_demo.ui.parts.selection import changes_between, selection_value
from s2s_demo.ui.parts.text import text_value
from s2s_demo.ui.static import safe_json
from s2s_demo.ui.translate.form import Look
from s2s_demo.ui.translate.shown import Looked, Shown
from s2s_demo.words import say


@dataclass(frozen=True)
class Answer:
    """A translation and the model that made it; each method makes the value of one component, for a view."""

    translation: Translation
    translator: Translator

    def sentence(self, view: View) -> SentenceTranslation:
        """The sentence that the pictures show."""
        return sentence_of(self.translation, view.sentence)

    def unit(self, view: View) -> str:
        """What the heatmap's rows and columns are."""
        check_choice("unit", view.unit, UNITS)
        return unit_of(self.translator, view.unit)

    def heatmap(self, view: View) -> str:
        """Where it looked."""
        self.unit(view)
        return heatmap_value(self.sentence(view), self.translator, view)

    def alignment_text(self, view: View) -> str:
        """The heatmap in a sentence; nothing where the model never looks."""
        path = path_of(self.sentence(view), view.node)
        return text_value(tables.alignment_text(path, self.unit(view)) if self.translator.model.looks else "")

    def alignment(self, view: View) -> str:
        """The heatmap's numbers; none where the model never looks."""
        path = path_of(self.sentence(view), view.node)
        return tables.alignment(path, self.unit(view)) if self.translator.model.looks else ""

    def tree(self, view: View) -> str:
        """What it considered."""
        return tree_value(self.translation, view)

    def tree_rows(self, view: View) -> str:
        """The tree's numbers."""
        return tables.tree(self.translation, view)

    def tokens(self, view: View) -> str:
        """The path's numbers."""
        return tables.tokens(nodes_to(self.sentence(view), view.node))

    def path_choices(self, view: View) -> Any:
        """Every path of the tree, the one shown chosen."""
        sentence = self.sentence(view)
        return gr.update(choices=path_choices(sentence, view.show_cut), value=view.node or sentence.best.leaf)

    def about(self) -> str:
        """The footer: which model, how large, where it runs."""
        weights = list(self.translator.model.parameters())
        return say(
            "translate.about",
            name=self.translator.name,
            millions=sum(weight.numel() for weight in weights) / 1e6,
            device=self.translator.device.type.upper(),
            number=str(weights[0].dtype).removeprefix("torch."),
        )


def shown(found: Answer, view: View, look: Look, link: dict[str, str]) -> Shown:
    """Everything of one sentence; tables in folds only where they are open."""
    words = answer(found.translation, view.sentence, found.translator.target_language, link)
    texts = [sentence.source.text for sentence in found.translation.sentences]
    return Shown(
        node=view.node,
        drawn=view.node,
        answer=safe_json(words),
        sentence=sentence_choices(texts, view.sentence),
        unit=gr.update(visible=found.unit(view) != "letters"),
        path_note=text_value(describe(found.sentence(view), view.node)),
        back=gr.update(visible=not is_best(found.sentence(view), view.node)),
        heatmap=found.heatmap(view),
        tree=found.tree(view),
        selection="",
        path=found.path_choices(view),
        finished=tables.finished(found.translation, view),
        tokens=found.tokens(view) if look.tokens_open else gr.skip(),
        alignment_text=found.alignment_text(view) if look.alignment_open else gr.skip(),
        alignment=found.alignment(view) if look.alignment_open else gr.skip(),
        tree_rows=found.tree_rows(view) if look.tree_open else gr.skip(),
    )


def looked(found: Answer, view: View, look: Look) -> Looked:
    """Another node of what is shown: the heatmap of its path, and where in tree and tables it stands."""
    sentence = found.sentence(view)
    heatmap = found.heatmap(view)  # raises InputError for an unknown node
    drawn, chosen = (tree_figure(found.translation, replace(view, node=node)) for node in (look.drawn, view.node))
    changes, row = changes_between(drawn, chosen), view.node or sentence.best.leaf
    return Looked(
        node=view.node,
        drawn=gr.skip() if changes is not None else view.node,
        path_note=text_value(describe(sentence, view.node)),
        back=gr.update(visible=not is_best(sentence, view.node)),
        heatmap=heatmap,
        tree=gr.skip() if changes is not None else found.tree(view),
        selection=selection_value(("finished", "tree-table"), row, "tree", changes or {}),
        path=gr.update(value=row),
        tokens=found.tokens(view) if look.tokens_open else gr.skip(),
        alignment_text=found.alignment_text(view) if look.alignment_open else gr.skip(),
        alignment=found.alignment(view) if look.alignment_open else gr.skip(),
    )
