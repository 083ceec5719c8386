"""A formula of the step that is shown."""

from typing import TypedDict

from s2s_demo.explain import Formula
from s2s_demo.ui.parts.mathml import mathml


class FormulaPayload(TypedDict):
    """An equation: which part of the model it belongs to, as MathML, and as LaTeX for whoever cannot see it."""

    part: str
    mathml: str
    latex: str


def formula_payload(formula: Formula) -> FormulaPayload:
    """A formula for the page."""
    return FormulaPayload(part=formula.part, mathml=mathml(formula.latex), latex=formula.latex)
