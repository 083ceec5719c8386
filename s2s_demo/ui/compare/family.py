"""The family on tab Compare: one date read by every kind of attention, as small multiples.

A shipped model of the task is here by itself.  Its formula and paper stand in the docstring of what it is built of, its
figures on its card; one line that says when it helps stands in the words.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

import gradio as gr
import numpy as np
from numpy.typing import NDArray

from s2s_demo.decoding import Greedy
from s2s_demo.errors import InputError
from s2s_demo.explain.formulas import equations
from s2s_demo.model.attention import ATTENTIONS
from s2s_demo.model.encoders import ENCODERS
from s2s_demo.serving.names import attention_name, built_as
from s2s_demo.serving.query import Query
from s2s_demo.text import SPACE, SPECIAL, Pair, Word, by_word
from s2s_demo.translator import Translation, Translator
from s2s_demo.ui.parts.base import element, safe_json
from s2s_demo.ui.parts.handler import Visit
from s2s_demo.ui.parts.mathml import mathml
from s2s_demo.views.picture import letters_of
from s2s_demo.words import called, say

TASK = "dates"
EXAMPLE = "Monday, May 3rd 2021"
LONGEST = 48  # characters that a small map has room for
SCORES = ("dot", "scaled_dot", "general", "additive", "concat", "cosine")  # they differ in the energy alone
_PAPER = re.compile(r"([A-Z]\w+)(?: et al\.)? (\d{4})")
Map = NDArray[np.floating[Any]]


class FamilyCard(TypedDict):
    """A member: its maps [heads][T][S] of letters, or none where it never looks, and the letters it wrote.

    `other` are the places in them where most of the family wrote something else; `exact` and `aligned` are measured.
    """

    model: str
    title: str
    paper: str
    formula: str
    said: str
    maps: list[list[list[float]]]
    letters: list[str]
    other: list[int]
    wrote: str
    exact: str
    aligned: str
    size: str


class FamilyGroup(TypedDict):
    """Members that differ in one thing."""

    title: str
    help: str
    cards: list[FamilyCard]


class FamilyPayload(TypedDict):
    """The whole family: the letters that all of them read, and frames [first and last source, first and last target].

    A frame holds what a part of the answer is written from, by the rule of the task.
    """

    source: list[str]
    frames: list[list[int]]
    groups: list[FamilyGroup]


@dataclass(frozen=True)
class Member:
    """A model, and what it made of the sentence."""

    name: str
    translator: Translator
    translation: Translation

    @property
    def attention(self) -> str:
        """Its kind, one of ATTENTIONS."""
        return self.translator.model.config.attention

    @property
    def documented(self) -> type:
        """What it is known for: its encoder where that is not recurrent, else its attention."""
        encoder = self.translator.model.config.encoder
        return ATTENTIONS[self.attention] if encoder == "recurrent" else ENCODERS[encoder]

    @property
    def group(self) -> str:
        """`scores` where only the energy is its own, `others` where it never looks or reads otherwise."""
        if not self.translator.model.looks or not issubclass(self.documented, ATTENTIONS[self.attention]):
            return "others"
        return "scores" if self.attention in SCORES else "rules"


def family_view(elem_id: str) -> gr.HTML:
    """The cards; `select` tells which model is to be learnt again: `{model}`."""
    return element("family", elem_id, '<div class="s2s-family"></div>')


def family_value(visit: Visit, text: str) -> str:
    """The value of a family_view for a sentence; InputError for one that a small map has no room for."""
    if len(text) > LONGEST:
        raise InputError("compare.family-long", characters=len(text), most=LONGEST)
    library = visit.library
    names = [entry.name for entry in library.entries() if entry.kind == TASK]
    members = [Member(name, library.get(name), library.translate(Query(text, name, Greedy()))) for name in names]
    if not members:
        return safe_json(FamilyPayload(source=[], frames=[], groups=[]))
    most = Counter(member.translation.text for member in members).most_common(1)[0][0]
    source = members[0].translation.sentences[0].source
    payload = FamilyPayload(
        source=_labels(letters_of(source.tokens), source.tokens),
        frames=_frames(members[0].translator, Pair(source.text, most)),
        groups=[_group(name, members, most) for name in ("scores", "rules", "others")],
    )
    return safe_json(payload)


def _group(name: str, members: Sequence[Member], most: str) -> FamilyGroup:
    order = [*SCORES, *(kind for kind in ATTENTIONS if kind not in SCORES)]
    mine = sorted((member for member in members if member.group == name), key=lambda one: order.index(one.attention))
    return FamilyGroup(
        title=say(f"compare.family.{name}"),
        help=say(f"compare.family.{name}-help"),
        cards=[_card(member, most) for member in mine],
    )


def _card(member: Member, most: str) -> FamilyCard:
    config, card = member.translator.model.config, member.translator.card
    documented = member.documented.__doc__ or ""
    kind = config.attention if config.encoder == "recurrent" else config.encoder
    title = built_as({"encoder": config.encoder}) or attention_name(config.attention)
    paper, formula = _PAPER.search(documented), sorted(equations(documented), key=len)[:1]
    maps, letters = _maps(member)
    measured = card["evaluations"][0]
    aligned = card.get("alignment", {}).get("argmax")
    return FamilyCard(
        model=member.name,
        title=f"{title[:1].upper()}{title[1:]}",
        paper=" ".join(paper.groups()) if paper else "",
        formula=mathml(formula[0]) if formula else "",
        said=called(f"compare.family.{kind}", ""),
        maps=[map_.round(2).tolist() for map_ in maps],
        letters=letters,
        other=[i for i, letter in enumerate(letters) if letter != most[i : i + 1]],
        wrote=member.translation.text,
        exact=_percent(measured.get("greedy", measured)["exact_match"]),
        aligned=_percent(aligned) if aligned is not None and maps else "",
        size=f"{member.translator.model.parameter_count / 1e6:.2f}",
    )


def _maps(member: Member) -> tuple[list[Map], list[str]]:
    """Where it looked for each letter; one map a head where the heads of one layer are what it is known for."""
    sentence = member.translation.sentences[0]
    best, source = sentence.best, letters_of(sentence.source.tokens)
    target = letters_of(best.tokens, with_mark=False)
    apart = member.documented is ATTENTIONS["multi_head"] and best.heads is not None
    looks = list(best.heads) if apart and best.heads is not None else [best.alignment]
    maps = [by_word(look, source, target) for look in looks] if member.translator.model.looks else []
    return maps, _labels(target, best.tokens)


def _labels(letters: Sequence[Word], tokens: Sequence[str]) -> list[str]:
    """What stands beside a map: a space, and the mark of the end, need no label."""
    return ["" if tokens[letter.positions[-1]] in (*SPECIAL, SPACE) else letter.text for letter in letters]


def _frames(translator: Translator, pair: Pair) -> list[list[int]]:
    """Spans of the source with the spans of the target that are written from them."""
    task = translator.made_task
    rows: dict[int, set[int]] = {}
    for source, target in task.links(pair) if task else ():
        rows.setdefault(target, set()).add(source)
    frames: list[list[int]] = []
    for target, read in sorted(rows.items()):
        span = [min(read), max(read)]
        if frames and frames[-1][:2] == span and frames[-1][3] == target - 1:
            frames[-1][3] = target
        else:
            frames.append([*span, target, target])
    return frames


def _percent(share: float) -> str:
    return f"{100 * share:.1f}".removesuffix(".0")
