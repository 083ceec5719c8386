"""Files to take home: name, type and content; the browser saves them, the server keeps nothing."""

import json
from collections.abc import Callable

from s2s_demo.errors import InputError
from s2s_demo.translator import Translation
from s2s_demo.ui import strings
from s2s_demo.ui.parts import tables
from s2s_demo.ui.parts.shown import View, path_of, sentence_of
from s2s_demo.views.export import to_csv
from s2s_demo.views.tables import alignment_table

File = tuple[str, str, str]
CSV = "text/csv;charset=utf-8"


def translation_json(translation: Translation, view: View, looks: bool) -> File:
    """Everything: enough to redraw every picture and recompute every number."""
    content = json.dumps(translation.to_json(), ensure_ascii=False, indent=1)
    return "translation.json", "application/json", content


def alignment_csv(translation: Translation, view: View, looks: bool) -> File:
    """The heatmap as it is shown."""
    if not looks:
        raise InputError(strings.NO_ATTENTION)
    path = path_of(sentence_of(translation, view), view.node)
    return "alignment.csv", CSV, to_csv(alignment_table(*path.heatmap(view.unit)))


def tree_csv(translation: Translation, view: View, looks: bool) -> File:
    """Every candidate of the sentence shown, cut ones too."""
    return "tree.csv", CSV, to_csv(tables.tree_frame(translation, sentence_of(translation, view)))


EXPORTS: dict[str, Callable[[Translation, View, bool], File]] = {
    "json": translation_json,
    "alignment": alignment_csv,
    "tree": tree_csv,
}
