"""The files of tab Translate."""

import json
from collections.abc import Callable

from s2s_demo.errors import InputError, SettingError
from s2s_demo.translator import Translation, Translator
from s2s_demo.ui.parts.download import CSV, JSON, File
from s2s_demo.ui.parts.path import View, beam_size, path_of, sentence_of, unit_of
from s2s_demo.views.export import to_csv
from s2s_demo.views.tables import alignment_table, tree_table


def file_of(kind: str, translation: Translation, translator: Translator, view: View) -> File:
    """A file of a kind; SettingError for an unknown one, InputError where there is nothing to save."""
    if kind not in EXPORTS:
        raise SettingError("unknown-export", export=kind, exports=", ".join(EXPORTS))
    return EXPORTS[kind](translation, translator, view)


def _translation_json(translation: Translation, translator: Translator, view: View) -> File:
    """Everything: enough to redraw every picture and recompute every number."""
    return File("translation.json", JSON, json.dumps(translation.to_json(), ensure_ascii=False, indent=1))


def _alignment_csv(translation: Translation, translator: Translator, view: View) -> File:
    """The heatmap as it is shown."""
    if not translator.model.looks:
        raise InputError("no-attention")
    path = path_of(sentence_of(translation, view.sentence), view.node, view.head)
    return File("alignment.csv", CSV, to_csv(alignment_table(*path.heatmap(unit_of(translator, view.unit)))))


def _tree_csv(translation: Translation, translator: Translator, view: View) -> File:
    """Every candidate of the sentence shown, cut ones too."""
    sentence = sentence_of(translation, view.sentence)
    table = tree_table(sentence.tree, sentence.hypotheses, beam_size=beam_size(translation))
    return File("tree.csv", CSV, to_csv(table))


def _lesson_html(translation: Translation, translator: Translator, view: View) -> File:
    """The linked picture as a file of its own, in the language of whoever asks."""
    return File("translation.html", "text/html;charset=utf-8", translation.to_html())


EXPORTS: dict[str, Callable[[Translation, Translator, View], File]] = {
    "json": _translation_json,
    "alignment": _alignment_csv,
    "tree": _tree_csv,
    "lesson": _lesson_html,
}
