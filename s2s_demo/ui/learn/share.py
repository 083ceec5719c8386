"""A lesson to hand out: its link, the link as a QR code, a frame for other pages, and the recorded file."""

import io
from collections.abc import Mapping
from html import escape
from typing import Any, TypedDict
from urllib.parse import urlencode, urlsplit

import gradio as gr
import segno

from s2s_demo.errors import InputError
from s2s_demo.serving.query import Question, parameters_of
from s2s_demo.ui.learn.recorded import recorded_tour
from s2s_demo.ui.learn.steps import STEPS
from s2s_demo.ui.parts.base import element, safe_json
from s2s_demo.ui.parts.download import File, file_value
from s2s_demo.ui.parts.handler import Visit
from s2s_demo.ui.parts.lesson import HIDES, OF_A_CLASS, OF_THE_PAGE, Lesson, wrong_in
from s2s_demo.ui.parts.prediction import KINDS
from s2s_demo.words import say

OF_A_STEP = ("step", "sentence", "hypothesis", "edits")
OF_A_QUESTION = ("ask", "q", "at")
TOUR = "tour"  # what is handed out, where it is not what was last looked at
ONLY_HERE = {"localhost", "127.0.0.1", "::1", "0.0.0.0"}  # noqa: S104  (named, not listened on)
HTML = "text/html;charset=utf-8"
NO_STEPS = {"translate", "train", "compare", "senses", "evaluate"}  # their links name no step of an answer


class ShareChoice(TypedDict):
    """Something to tick or choose, and what it is called."""

    name: str
    said: str


class SharePayload(TypedDict):
    """The form's choices, and what came of the last one: a link, its QR code as SVG, a frame, and what was left out."""

    hides: list[ShareChoice]
    asks: list[ShareChoice]
    link: str
    code: str
    frame: str
    said: str


def share_view(elem_id: str) -> gr.HTML:
    """The form; `select` tells what is wanted: `{what, step, address, tab, hide, ask, q, note, count}`.

    `what` is "tour" for the tour from `step` on, else it is what was last looked at; with `record` the file is wanted.
    """
    return element("share", elem_id, '<div class="s2s-share"></div>')


def share_value(link: str = "", code: str = "", said: str = "") -> str:
    """The value of a share_view."""
    frame = f"{link}{'&' if '?' in link else '?'}embed=1"
    return safe_json(
        SharePayload(
            hides=[ShareChoice(name=name, said=say(f"lesson.hides.{name}")) for name in HIDES],
            asks=[ShareChoice(name=name, said=say(f"lesson.asks.{name}")) for name in KINDS],
            link=link,
            code=code,
            frame=f'<iframe src="{escape(frame)}" width="100%" height="720"></iframe>' if link else "",
            said=said,
        )
    )


def shared_value(visit: Visit, wish: Mapping[str, Any]) -> str:
    """The value of a share_view for a lesson that somebody wishes; parameters that make no sense are left out."""
    lesson, kept, ignored = lesson_of(visit, wish)
    address = urlsplit(str(wish.get("address", "")))
    if address.scheme not in ("http", "https"):
        raise InputError("lesson.no-address")
    if wish.get("count"):
        kept = {**kept, "class": _class_of(visit, lesson, kept)}
    query = urlencode({**kept, **lesson.to_link()})
    link = f"{address.scheme}://{address.netloc}{address.path}" + (f"?{query}" if query else "")
    code = code_of(link)
    said = [*ignored, *([] if code else [say("lesson.no-code")])]
    said += [say("lesson.only-here")] if address.hostname in ONLY_HERE else []
    return share_value(link, code, " ".join(said))


def _class_of(visit: Visit, lesson: Lesson, kept: Mapping[str, str]) -> str:
    """The code of the class that is asked what this lesson asks; InputError where it asks nothing."""
    asked = {"learn": kept["learn"]} if "learn" in kept else dict(lesson.question)
    if not asked.keys() & {"learn", "ask"}:
        raise InputError("lesson.nothing-asked")
    return visit.library.visitors.classes.open(visit.session, asked)


def recorded_value(visit: Visit, wish: Mapping[str, Any]) -> str:
    """The value of a download_view, a file that needs no server: the whole tour, or the question's linked picture."""
    if wish.get("what") == TOUR:
        return file_value(File("tour.html", HTML, recorded_tour(visit)))
    question = Question.from_link(lesson_of(visit, wish)[0].question)
    translation = visit.library.translate(question.query(), visit.session)
    return file_value(File("lesson.html", HTML, translation.to_html()))


def lesson_of(visit: Visit, wish: Mapping[str, Any]) -> tuple[Lesson, dict[str, str], list[str]]:
    """The lesson, what else of the address stays (language, projector), and a sentence for each thing left out."""
    tab, address = str(wish.get("tab", "")), urlsplit(str(wish.get("address", "")))
    given = parameters_of(address.query)
    hide = wish.get("hide")
    chosen = {name: str(wish[name]) for name in ("ask", "q", "note") if wish.get(name)}
    ticked = ",".join(map(str, hide)) if isinstance(hide, list) else ""
    wanted = {
        **{k: v for k, v in given.items() if k not in (*OF_A_CLASS, *OF_A_QUESTION, "tab", "learn", "embed")},
        **chosen,
    }
    if wish.get("what") == TOUR:
        wanted = {name: wanted[name] for name in ("lang", "note", *OF_THE_PAGE) if name in wanted}
        tab, wanted["learn"] = "", str(wish.get("step", ""))
    wanted |= {"hide": ticked} if ticked else {}
    ignored = wrong_in(wanted, visit.library.names(visit.session), (), STEPS)
    right = {name: value for name, value in wanted.items() if name not in ignored}
    if tab in NO_STEPS and "ask" not in right:
        right = {name: value for name, value in right.items() if name not in OF_A_STEP}
    right |= {} if tab in ("translate", "inside", "") else {"tab": tab}
    kept = {name: right[name] for name in ("lang", "learn", *OF_THE_PAGE) if name in right}
    return Lesson.from_link(right), kept, list(ignored.values())


def code_of(link: str) -> str:
    """A link as a QR code in SVG; empty for one that is too long to be one."""
    try:
        code = segno.make(link, error="l", micro=False)
    except segno.DataOverflowError:
        return ""
    drawn = io.BytesIO()
    code.save(drawn, kind="svg", xmldecl=False, svgclass=None, lineclass=None, omitsize=True, border=3, light="#fff")
    return drawn.getvalue().decode()
