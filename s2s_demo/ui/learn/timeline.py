"""The timeline: what came when, with its paper, its formula, and the link that opens it here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict

import gradio as gr

from s2s_demo.explain.formulas import equations
from s2s_demo.model.attention.additive import Additive
from s2s_demo.model.attention.coverage import Coverage
from s2s_demo.model.attention.general import General
from s2s_demo.model.attention.hard import Hard
from s2s_demo.model.decoders.fixed import FixedDecoder
from s2s_demo.model.decoders.gnmt import GNMTDecoder
from s2s_demo.model.decoders.transformer import TransformerDecoder
from s2s_demo.model.encoders.convolutional import ConvolutionalEncoder
from s2s_demo.model.encoders.transformer import TransformerEncoder
from s2s_demo.model.pointer import Pointer
from s2s_demo.ui.learn.steps import CAT, DATE, LADDER, NO_ATTENTION, VASWANI
from s2s_demo.ui.parts.base import element, safe_json
from s2s_demo.ui.parts.mathml import mathml
from s2s_demo.words import say


@dataclass(frozen=True)
class Station:
    """A paper of the field: who, when, where on arxiv.org, and what opens it here."""

    key: str
    year: int
    paper: str
    arxiv: str
    tab: str
    link: Mapping[str, str]
    documented: type | None = None


DATED = {"text": DATE, "step": "7"}  # while the month is written
STATIONS = (
    Station(
        "sutskever",
        2014,
        "Sutskever, Vinyals & Le",
        "1409.3215",
        "translate",
        {"text": LADDER, "model": NO_ATTENTION},
        FixedDecoder,
    ),
    Station(
        "bahdanau",
        2015,
        "Bahdanau, Cho & Bengio",
        "1409.0473",
        "inside",
        {"text": CAT, "model": "en-fr-bahdanau", "step": "3"},
        Additive,
    ),
    Station("xu", 2015, "Xu et al.", "1502.03044", "inside", {**DATED, "model": "dates-hard"}, Hard),
    Station(
        "luong",
        2015,
        "Luong, Pham & Manning",
        "1508.04025",
        "inside",
        {**DATED, "model": "dates-general"},
        General,
    ),
    Station("tu", 2016, "Tu et al.", "1601.04811", "inside", {**DATED, "model": "dates-coverage"}, Coverage),
    Station("gnmt", 2016, "Wu et al.", "1609.08144", "inside", {"text": CAT, "step": "3"}, GNMTDecoder),
    Station("see", 2017, "See, Liu & Manning", "1704.04368", "train", {"preset": "see-2017"}, Pointer),
    Station(
        "gehring",
        2017,
        "Gehring et al.",
        "1705.03122",
        "inside",
        {**DATED, "model": "dates-convolutional"},
        ConvolutionalEncoder,
    ),
    Station(
        "vaswani",
        2017,
        "Vaswani et al.",
        "1706.03762",
        "inside",
        {**DATED, "model": "dates-transformer"},
        TransformerDecoder,
    ),
    Station(
        "chen",
        2018,
        "Chen et al.",
        "1804.09849",
        "train",
        {**VASWANI, "run-decoder": "gnmt", "run-attention": "additive"},
        TransformerEncoder,
    ),
    Station(
        "jain",
        2019,
        "Jain & Wallace",
        "1902.10186",
        "inside",
        {"text": "the red bird sings here today", "model": "planted-state", "step": "1"},
    ),
    Station(
        "stahlberg",
        2019,
        "Stahlberg & Byrne",
        "1908.10090",
        "inside",
        {"text": LADDER, "model": NO_ATTENTION, "step": "1"},
    ),
)


class StationPayload(TypedDict):
    """A station: its paper and where that is, its formulas as MathML, and the tab and link that it opens."""

    year: int
    paper: str
    address: str
    said: str
    formulas: list[str]
    tab: str
    tab_title: str
    link: dict[str, str]


class TimelinePayload(TypedDict):
    """The timeline, the oldest first."""

    title: str
    help: str
    stations: list[StationPayload]


def timeline_view(elem_id: str) -> gr.HTML:
    """The timeline; it asks nothing of the server."""
    return element("timeline", elem_id, '<div class="s2s-timeline"></div>')


def timeline_value() -> str:
    """The value of a timeline_view."""
    title, about = say("learn.timeline.title"), say("learn.timeline.help")
    return safe_json(TimelinePayload(title=title, help=about, stations=[_station(each) for each in STATIONS]))


def _station(station: Station) -> StationPayload:
    documented = station.documented.__doc__ if station.documented else ""
    return StationPayload(
        year=station.year,
        paper=station.paper,
        address=f"https://arxiv.org/abs/{station.arxiv}",
        said=say(f"learn.stations.{station.key}"),
        formulas=[mathml(latex) for latex in equations(documented or "")],
        tab=station.tab,
        tab_title=say(f"{station.tab}.title"),
        link=dict(station.link),
    )
