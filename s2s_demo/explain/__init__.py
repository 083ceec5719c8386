"""Why did the model write that?  Records in plain data, computed from a model that is never touched.

case        a sentence and what was written for it: where everything starts (`open_case`)
inside      every number of one step, beside the formulas;  breakpoints  the steps in doubt
edits       what may be changed;  replay  what is written then;  whatif  its true price
wish        what it would have to look at
lanes       several searches and the exact one; a verdict on a reference
faithful    three explanations of one word;  planted  models whose reasons are known
doctor      what is odd about a map
predict     questions to ask before anything is shown
plain       all of it as JSON
"""

from s2s_demo.explain.breakpoints import Breakpoints, breakpoints
from s2s_demo.explain.case import Case, forced_case, heading, open_case
from s2s_demo.explain.doctor import Badge, diagnose, doctor
from s2s_demo.explain.edits import EDITS, Drop, Edit, Off, Shuffled, Uniform, Weigh, Write, edit_from, plain_edit
from s2s_demo.explain.faithful import Agreement, Strip, strip
from s2s_demo.explain.formulas import Formula, formulas
from s2s_demo.explain.inside import Inside, StepFacts, overview, step
from s2s_demo.explain.lanes import LANES, Lane, Lanes, Verdict, lanes, verdict
from s2s_demo.explain.plain import as_plain
from s2s_demo.explain.planted import PLANTED, planted
from s2s_demo.explain.predict import (
    LookAnswer,
    LookQuestion,
    SurvivorsAnswer,
    SurvivorsQuestion,
    answer_look,
    answer_survivors,
    ask_look,
    ask_survivors,
)
from s2s_demo.explain.replay import replay
from s2s_demo.explain.whatif import Priced, PricedWord, WhatIf, what_if
from s2s_demo.explain.wish import Wish, would_look

__all__ = [
    "EDITS",
    "LANES",
    "PLANTED",
    "Agreement",
    "Badge",
    "Breakpoints",
    "Case",
    "Drop",
    "Edit",
    "Formula",
    "Inside",
    "Lane",
    "Lanes",
    "LookAnswer",
    "LookQuestion",
    "Off",
    "Priced",
    "PricedWord",
    "Shuffled",
    "StepFacts",
    "Strip",
    "SurvivorsAnswer",
    "SurvivorsQuestion",
    "Uniform",
    "Weigh",
    "Verdict",
    "WhatIf",
    "Wish",
    "Write",
    "answer_look",
    "answer_survivors",
    "as_plain",
    "ask_look",
    "ask_survivors",
    "breakpoints",
    "diagnose",
    "doctor",
    "edit_from",
    "forced_case",
    "formulas",
    "heading",
    "lanes",
    "open_case",
    "overview",
    "plain_edit",
    "planted",
    "replay",
    "step",
    "strip",
    "verdict",
    "what_if",
    "would_look",
]
