r"""The formulas of a model's parts, read from their docstrings, so that they stand in one place.

A docstring writes them in LaTeX between dollar signs, several in one pair divided by `, \;` or `, \quad`.
"""

import re
from dataclasses import dataclass

from s2s_demo.model import Seq2Seq
from s2s_demo.model.attention import Attention
from s2s_demo.model.decoders.transformer import Stacked
from s2s_demo.model.pointer import Pointer

_FORMULA = re.compile(r"\$([^$]+)\$")
_DIVIDER = re.compile(r",\s*\\(?:;|quad)\s*")
_SUBSCRIPT = re.compile(r"_(\{[^}]*\}|\w)")
_EQUATION = re.compile(r"(?<![<>\\])=")


@dataclass(frozen=True)
class Formula:
    """One equation in LaTeX: `part` is encoder, attention, decoder or output, `left` what it defines."""

    part: str
    left: str
    latex: str


def formulas(model: Seq2Seq) -> tuple[Formula, ...]:
    """What a model computes, in order: encoder, decoder, attention (where there is one), output."""
    attention = model.decoder.attention
    if isinstance(attention, Stacked):  # all layers look in one way
        attention = attention.layers[-1]
    parts: list[tuple[str, str | None]] = [
        ("encoder", type(model.encoder).__doc__),
        ("decoder", type(model.decoder).__doc__),
        ("attention", type(attention).__doc__ if model.looks else ""),
        ("attention", Attention.__doc__ if model.looks else ""),
        ("output", Seq2Seq.__doc__),
        ("output", Pointer.__doc__ if model.pointer else ""),
    ]
    found: dict[tuple[str, str], Formula] = {}
    for part, doc in parts:
        for latex in equations(doc or ""):
            left = latex.partition("=")[0].strip()
            symbol = _SUBSCRIPT.sub("", left)  # a kind of attention may define what they all define otherwise
            if doc == Attention.__doc__ and symbol == r"\alpha" and not attention.scored:
                continue  # there is no one softmax
            found.setdefault((part, symbol if part == "attention" else left), Formula(part, left, latex))
    return tuple(found.values())


def equations(docstring: str) -> list[str]:
    """The equations of a docstring; letters between dollar signs are none."""
    found = (" ".join(formula.split()) for formula in _FORMULA.findall(docstring))
    return [part for formula in found for part in _DIVIDER.split(formula) if _EQUATION.search(part)]
