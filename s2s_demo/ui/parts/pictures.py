"""The two pictures of a translation as values of a plotly_view: where it looked, what it considered."""

from s2s_demo.translator import SentenceTranslation, Translation, Translator
from s2s_demo.ui.parts.path import beam_size, path_of, sentence_of, unit_of
from s2s_demo.ui.parts.plot import figure_value, instead_of_figure
from s2s_demo.views.alignment_heatmap import alignment_heatmap
from s2s_demo.views.beam_tree import beam_tree
from s2s_demo.views.tables import alignment_summary
from s2s_demo.words import say


def heatmap_value(sentence: SentenceTranslation, translator: Translator, *, file_name: str) -> str:
    """The best hypothesis' alignment by words or letters; a sentence instead where the model never looks."""
    if not translator.model.looks:
        return instead_of_figure(say("parts.no-attention"))
    unit = unit_of(translator, "words")
    found = path_of(sentence, None).heatmap(unit)
    return figure_value(
        alignment_heatmap(*found),
        label=say("parts.pictures.where-said", summary=alignment_summary(*found)),
        file_name=file_name,
        revision=f"{sentence.source.text}{unit}",
    )


def tree_value(translation: Translation, number: int, *, file_name: str) -> str:
    """The search of one of the sentences."""
    sentence = sentence_of(translation, number)
    nodes, finished = len(sentence.tree.nodes) - 1, len(sentence.hypotheses)
    return figure_value(
        beam_tree(sentence.tree, sentence.hypotheses, beam_size=beam_size(translation)),
        label=say("parts.pictures.tree-said", nodes=nodes, finished=finished),
        file_name=file_name,
        revision=sentence.source.text,
    )
