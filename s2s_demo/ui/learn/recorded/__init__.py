"""The whole tour as one HTML file that needs no server, in the language spoken.

The file holds what every choice leads to, and the linked pictures of the real models.  Whatever tells an answer is
packed (deflate, base64) until somebody has chosen: whoever reads the source of the file first finds no answer there.
"""

import base64
import json
import zlib
from functools import lru_cache
from html import escape
from itertools import combinations
from pathlib import Path
from typing import Any, TypedDict

from s2s_demo.serving.library import Library
from s2s_demo.serving.query import Question
from s2s_demo.ui.learn.lesson import LearnPayload, answered_payload, asked_payload
from s2s_demo.ui.learn.steps import TOUR, Step
from s2s_demo.ui.parts.base import safe_json
from s2s_demo.ui.parts.handler import Visit
from s2s_demo.ui.parts.prediction import PredictionPayload
from s2s_demo.ui.served.static import UI, script_words
from s2s_demo.views.picture import SCRIPTS, STYLES, picture_payload, picture_template
from s2s_demo.views.picture.payload import FOLDER
from s2s_demo.views.theme import DARK, DARK_INK, LIGHT
from s2s_demo.words import say, spoken, table

HERE = Path(__file__).parent
NOTICED = {"task", "search"}  # steps whose notice holds for the linked picture, too
OWN = ("growing", "learn", "looks")
PICTURED = {"translate", "inside"}  # tabs whose links a linked picture can stand for


class TourFile(TypedDict):
    """The steps as they ask, and, packed, what comes after: of each step its `Afterwards`, of each link its picture."""

    steps: dict[str, LearnPayload]
    answers: dict[str, str]
    pictures: dict[str, str]


class Afterwards(TypedDict):
    """A step after the answer, the question's part by what was picked ("1", "2,5"), and the key of its picture."""

    shown: LearnPayload
    picked: dict[str, PredictionPayload]
    picture: str


def recorded_tour(visit: Visit) -> str:
    """The file; all visitors who speak one language get the same."""
    return _recorded(visit.library, spoken())


@lru_cache(maxsize=4)
def _recorded(library: Library, language: str) -> str:
    visit = Visit(library)
    colours = {"light": LIGHT.scale, "dark": DARK.scale}
    words = {**script_words(language), "learn.open": say("learn.recorded-open")}
    style = "\n".join(path.read_text(encoding="utf-8") for path in _styles())
    script = "\n".join(path.read_text(encoding="utf-8") for path in _scripts())
    return _PAGE.format(
        language=table(language)["tag"],
        title=escape(say("page.title")),
        about=escape(say("learn.recorded-about")),
        style=style,
        template=picture_template(),
        play=escape(say("picture.play")),
        step=escape(say("picture.step")),
        settings=safe_json({"ink": DARK_INK, "words": words, "palette": colours}),
        script=script.replace("</script", "<\\/script"),
        tour=safe_json(tour_file(visit)),
    )


def tour_file(visit: Visit) -> TourFile:
    """All that the file's scripts draw from."""
    steps, answers, pictures = {}, {}, {}
    for step in TOUR:
        steps[step.key] = _unlinked(step, asked_payload(visit, step.key))
        picture = json.dumps(step.link, sort_keys=True) if step.tab in PICTURED else ""
        answers[step.key] = packed(afterwards(visit, step, steps[step.key]["question"], picture))
        if picture and picture not in pictures:
            found = visit.library.translate(Question.from_link(step.link).query())
            pictures[picture] = packed(picture_payload(found))
    return TourFile(steps=steps, answers=answers, pictures=pictures)


def afterwards(visit: Visit, step: Step, question: PredictionPayload, picture: str) -> Afterwards:
    """What comes of every answer that can be given at a step."""
    numbers = range(1, len(question["options"]) + 1)
    picks = [list(picked) for picked in combinations(numbers, question["pick"])]
    shown = {",".join(map(str, picked)): answered_payload(visit, step, picked) for picked in picks}
    first = next(iter(shown.values()))
    if step.key not in NOTICED:
        first["notice"] = say("learn.recorded-run", notice=first["notice"])
    questions = {picked: each["question"] for picked, each in shown.items()}
    return Afterwards(shown=_unlinked(step, first), picked=questions, picture=picture)


def packed(data: object) -> str:
    """JSON that cannot be read where it lies: deflate, then base64."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode()


def unpacked(text: str) -> Any:
    """What was packed."""
    return json.loads(zlib.decompress(base64.b64decode(text)))


def _unlinked(step: Step, payload: LearnPayload) -> LearnPayload:
    """The step in a file, where no tab can be opened: the picture stands for it, or nothing does."""
    return {**payload, "tab": "picture" if step.tab in PICTURED else "", "tab_title": "", "link": {}, "starts": False}


def _styles() -> list[Path]:
    parts = [UI / "parts" / f"{name}.css" for name in ("base", "picture", "prediction")]
    return [*parts, FOLDER / "lesson.css", *STYLES, UI / "learn" / "learn.css", HERE / "tour.css"]


def _scripts() -> list[Path]:
    """The picture's, then what stands for the page, then the page's own, which ask it."""
    pure = [path for path in SCRIPTS if path.stem != "lanes"]
    page = [FOLDER / "picture.js", UI / "parts" / "prediction.js", *(UI / "learn" / f"{name}.js" for name in OWN)]
    return [*pure, FOLDER / "lesson.js", HERE / "tour.js", *page]


_PAGE = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>{title}</title><style>{style}</style></head>
<body class="recorded"><div class="gradio-container">
<header class="lesson"><h1>{title}</h1><p class="help">{about}</p></header>
<div id="learn"><div class="s2s-learn" aria-live="polite"></div></div>
<section id="shown" hidden><div class="lesson-steps"><button id="play" type="button" aria-label="{play}">▶</button>
<input id="step" type="range" min="0" max="0" value="0" aria-label="{step}"></div>
<div id="seen" hidden></div><div id="picture"></div></section></div>
<template id="picture-template">{template}</template>
<script>window.S2S_LESSON = {settings};
{script}
window.S2S.tour({tour});</script></body></html>
"""
