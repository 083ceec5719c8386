"""The source as the model reads it, with attention drawn over it: where on the paper, when, in which patch or frame."""

from typing import TypedDict

import gradio as gr

from s2s_demo.signals import SIGNALS
from s2s_demo.signals.document import as_document
from s2s_demo.signals.png import write_png
from s2s_demo.translator import SentenceTranslation
from s2s_demo.ui.parts.base import element, safe_json


class SeenPayload(TypedDict):
    """What was read: a picture of `width` by `height` pixels as a data URI, and where each place stands in it.

    `boxes` are left, top, width, height; `names` what the places are called; `document` the source itself, which a
    sound is played from; `looks`: whether the model has an attention to draw.
    """

    signal: str
    image: str
    width: int
    height: int
    boxes: list[tuple[int, int, int, int]]
    names: list[str]
    document: str
    looks: bool


def seen_view(elem_id: str) -> gr.HTML:
    """The source; its value comes from `seen_value`, and what is pointed at is linked with the picture."""
    return element("seen", elem_id, '<div class="s2s-seen"></div>')


def seen_value(sentence: SentenceTranslation, signal: str, *, looks: bool) -> str:
    """The payload of a sentence's source as JSON."""
    assert sentence.reading is not None
    assert sentence.reading.features is not None
    kind, features = SIGNALS[signal], sentence.reading.features
    pixels = kind.image(features)
    payload = SeenPayload(
        signal=signal,
        image=as_document("image/png", write_png(pixels)),
        width=pixels.shape[1],
        height=pixels.shape[0],
        boxes=[kind.box(row) for row in range(len(features))],
        names=[kind.name(row) for row in range(len(features))],
        document=sentence.source.text,
        looks=looks,
    )
    return safe_json(payload)
