"""Where the models of a step looked, with the step's formulas in live numbers; nobody sends them before the answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

from s2s_demo.explain import Case, Edit, Weigh, step
from s2s_demo.ui.learn.found import Link, case_of
from s2s_demo.ui.parts.handler import Visit
from s2s_demo.ui.parts.mathml import mathml
from s2s_demo.words import say

DIGITS = 3
GREATEST = 2  # terms of a sum that are written out


@dataclass(frozen=True)
class Look:
    """One look of one model: `energies` are there where the step is about them; `live` is LaTeX with its numbers."""

    about: str
    pieces: Sequence[str]
    weights: Sequence[float]
    energies: Sequence[float] | None = None
    live: tuple[str, ...] = ()


class ColumnPayload(TypedDict):
    """A source piece: its weight, and its energy where that is shown."""

    piece: str
    weight: float
    energy: float | None


class LookPayload(TypedDict):
    """A look as columns, and its formulas with live values as MathML."""

    about: str
    columns: list[ColumnPayload]
    live: list[str]


def of_the_context(visit: Visit, link: Link) -> list[Look]:
    """The look of the step, and the context as the sum that it is."""
    look = _look(case_of(visit, link), link)
    return [Look(look.about, look.pieces, look.weights, live=(context_of(look.weights),))]


def of_the_energies(visit: Visit, link: Link) -> list[Look]:
    """The look of the step beside its energies, and how one follows from the other."""
    case, number = case_of(visit, link), int(link["step"])
    look, found = _look(case, link), step(case, number).energies
    assert found is not None
    energies = [float(energy) for energy in found]
    return [Look(look.about, look.pieces, look.weights, energies, (softmax_of(energies, look.weights),))]


def of_twins(visit: Visit, link: Link) -> list[Look]:
    """The look of the step's model, and that of the additive one at the same step."""
    return [_look(case_of(visit, {**link, "model": model}), link) for model in (link["model"], "dates-additive")]


def of_a_hard_look(visit: Visit, link: Link) -> list[Look]:
    """The model's own look, and the one that was forced on it."""
    case = case_of(visit, link)
    return [_look(case, link), _look(case, link, [Weigh(step=int(link["step"]), source=3, weight=1.0)])]


def of_the_heads(visit: Visit, link: Link) -> list[Look]:
    """The look of each head."""
    seen = step(case_of(visit, link), int(link["step"]))
    assert seen.heads is not None
    pieces = [each.piece for each in seen.source]
    looks = enumerate(seen.heads, start=1)
    return [Look(say("learn.look-head", head=head), pieces, [float(each) for each in row]) for head, row in looks]


def of_the_step(visit: Visit, link: Link) -> list[Look]:
    """The look of the step."""
    return [_look(case_of(visit, link), link)]


def softmax_of(energies: Sequence[float], weights: Sequence[float]) -> str:
    """The greatest weight from the energies, in LaTeX."""
    places = sorted(range(len(energies)), key=lambda place: -energies[place])[:GREATEST]
    terms = [f"e^{{{energies[place]:.2f}}}" for place in places]
    rest = r" + \dots" if len(energies) > GREATEST else ""
    best = places[0]
    return rf"\alpha_{{{best + 1}}} = \frac{{{terms[0]}}}{{{' + '.join(terms)}{rest}}} = {weights[best]:.{DIGITS}f}"


def context_of(weights: Sequence[float]) -> str:
    """The context as a sum of vectors, the greatest first, in LaTeX."""
    seen = [place for place, weight in enumerate(weights) if round(weight, DIGITS)]
    places = sorted(seen, key=lambda place: -weights[place])[:GREATEST]
    terms = [rf"{weights[place]:.{DIGITS}f} \, m_{{{place + 1}}}" for place in places]
    return f"c = {' + '.join(terms)}" + (r" + \dots" if len(weights) > len(places) else "")


def look_payload(look: Look) -> LookPayload:
    """A look for the page."""
    energies: Sequence[float | None] = look.energies or [None] * len(look.pieces)
    columns = [
        ColumnPayload(piece=piece, weight=round(weight, 4), energy=None if energy is None else round(energy, 2))
        for piece, weight, energy in zip(look.pieces, look.weights, energies, strict=True)
    ]
    return LookPayload(about=look.about, columns=columns, live=[mathml(latex) for latex in look.live])


def _look(case: Case, link: Mapping[str, str], edits: Sequence[Edit] = ()) -> Look:
    seen = step(case, int(link["step"]), edits)
    key, now = ("learn.look-forced", seen.likeliest[0]) if edits else ("learn.look", seen.written)
    about = say(key, model=case.translator.name, word=case.text([now.token]) or now.piece)
    return Look(about, [each.piece for each in seen.source], [float(weight) for weight in seen.alignment])
