"""The source as the model reads it, with attention drawn over it: where on the paper, when, in which patch or frame."""

from typing import TypedDict

from s2s_demo.signals import SIGNALS
from s2s_demo.signals.document import as_document
from s2s_demo.signals.png import write_png
from s2s_demo.translation import SentenceTranslation
from s2s_demo.views.picture.data import PictureData

NAMED = {"ink": 6, "sound": 5}  # every so many places of a long source have a name in the picture of words
UNNAMED = "·"


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


def seen_payload(sentence: SentenceTranslation, *, looks: bool) -> SeenPayload | None:
    """What is drawn of a sentence's source; None where it is text."""
    if sentence.reading is None or sentence.reading.features is None:
        return None
    signal, features = sentence.reading.signal, sentence.reading.features
    kind = SIGNALS[signal]
    pixels = kind.image(features)
    return SeenPayload(
        signal=signal,
        image=as_document("image/png", write_png(pixels)),
        width=pixels.shape[1],
        height=pixels.shape[0],
        boxes=[kind.box(row) for row in range(len(features))],
        names=[kind.name(row) for row in range(len(features))],
        document=sentence.source.text,
        looks=looks,
    )


def sparsely_named(data: PictureData, sentence: SentenceTranslation) -> PictureData:
    """The picture of a sentence with the names of some places only, where its source has very many."""
    signal = sentence.reading.signal if sentence.reading else ""
    if signal in NAMED:
        for words in (data["words"], data["pieces"]):
            for place, word in enumerate(words[:-1]):
                if place % NAMED[signal]:
                    word["text"] = UNNAMED
    return data
