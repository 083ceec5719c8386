"""The source as the model reads it, with attention drawn over it: where on the paper, when, in which patch or frame."""

from typing import TypedDict

from s2s_demo.signals import SIGNALS
from s2s_demo.signals.document import as_document
from s2s_demo.signals.png import write_png
from s2s_demo.translation import SentenceTranslation
from s2s_demo.views.picture.data import PictureData

NAMED = {"ink": 6, "sound": 5, "speech": 5}  # every so many places of a long source have a name in the picture of words
UNNAMED = "·"


class SeenPayload(TypedDict):
    """What was read: a picture of `width` by `height` pixels as a data URI, and where each place stands in it.

    `boxes` are left, top, width, height; `names` what the places are called in a sentence; `document` the source
    itself, which a sound is played from; `looks`: whether the model has an attention to draw.
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
        names=[str(kind.where(row, len(features))) for row in range(len(features))],
        document=sentence.source.text,
        looks=looks,
    )


def with_places(data: PictureData, sentence: SentenceTranslation) -> PictureData:
    """The picture of a sentence; where its words are places of a signal, as they are called in a sentence.

    Only some of very many have their names written beside them.
    """
    if sentence.reading is None or sentence.reading.features is None:
        return data
    signal, rows = sentence.reading.signal, len(sentence.reading.features)
    for words in (data["words"], data["pieces"]):
        for place, word in enumerate(words[:-1]):
            word["said"] = str(SIGNALS[signal].where(place, rows))
            if place % NAMED.get(signal, 1):
                word["text"] = UNNAMED
    return data
