"""The files of tab See and hear; pictures are saved where they stand."""

import json
from collections.abc import Callable

from s2s_demo.translation import Translation
from s2s_demo.ui.parts.download import JSON, File


def _json(translation: Translation) -> File:
    """Everything: the source as it came, every candidate, and where each word looked."""
    return File("translation.json", JSON, json.dumps(translation.to_json(), ensure_ascii=False, indent=1))


def _lesson(translation: Translation) -> File:
    """The source with attention over it and the linked picture, as a page of its own."""
    return File("translation.html", "text/html;charset=utf-8", translation.to_html())


SAVED: dict[str, Callable[[Translation], File]] = {"json": _json, "lesson": _lesson}
