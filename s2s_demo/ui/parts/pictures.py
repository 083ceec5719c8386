"""The two pictures of a translation as values of a plotly_view: where it looked, what it considered."""

from typing import TYPE_CHECKING

from s2s_demo.translator import SentenceTranslation, Translation, Translator
from s2s_demo.ui.parts.path import View, beam_size, is_best, path_of, sentence_of, unit_of
from s2s_demo.ui.parts.plot import figure_value, instead_of_figure
from s2s_demo.views.alignment_heatmap import alignment_heatmap
from s2s_demo.views.beam_tree import beam_tree
from s2s_demo.views.tables import alignment_summary
from s2s_demo.words import say

if TYPE_CHECKING:
    import plotly.graph_objects as go


def heatmap_value(
    sentence: SentenceTranslation, translator: Translator, view: View | None = None, *, file_name: str = "alignment"
) -> str:
    """A path's alignment by words, pieces or letters; a sentence instead where the model never looks."""
    if not translator.model.looks:
        return instead_of_figure(say("parts.no-attention"))
    view = view or View()
    path, unit = path_of(sentence, view.node), unit_of(translator, view.unit)
    found = path.heatmap(unit)
    return figure_value(
        alignment_heatmap(*found),
        label=say("parts.pictures.where-said", summary=alignment_summary(*found)),
        file_name=file_name,
        revision=f"{sentence.source.text}{view.node}{unit}",
    )


def tree_value(translation: Translation, view: View, *, file_name: str = "tree") -> str:
    """The search of the sentence shown, the path to the view's node drawn in it."""
    sentence = sentence_of(translation, view.sentence)
    nodes, finished = len(sentence.tree.nodes) - 1, len(sentence.hypotheses)
    label = say("parts.pictures.tree-said", nodes=nodes, finished=finished)
    revision = sentence.source.text
    return figure_value(tree_figure(translation, view), label=label, file_name=file_name, revision=revision)


def tree_figure(translation: Translation, view: View) -> "go.Figure":
    """The picture alone."""
    sentence = sentence_of(translation, view.sentence)
    return beam_tree(
        sentence.tree,
        sentence.hypotheses,
        beam_size=beam_size(translation),
        show_cut=view.show_cut,
        selected=None if is_best(sentence, view.node) else view.node,
    )
