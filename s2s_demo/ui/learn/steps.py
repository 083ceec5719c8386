"""The tour: one record a step.  What it says stands in the words, under its key."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from s2s_demo.explain.formulas import equations
from s2s_demo.model.attention import Attention
from s2s_demo.model.attention.additive import Additive
from s2s_demo.model.attention.cosine import Cosine
from s2s_demo.model.attention.hard import Hard
from s2s_demo.model.attention.multi_head import MultiHead
from s2s_demo.model.decoders.transformer import TransformerDecoder
from s2s_demo.model.encoders.transformer import TransformerEncoder
from s2s_demo.model.seq2seq import Seq2Seq
from s2s_demo.ui.learn import found, looks
from s2s_demo.ui.learn.found import Found, Link
from s2s_demo.ui.learn.looks import Look
from s2s_demo.ui.parts.handler import Visit

CAT = "The black cat is sleeping on the bed."
DATE = "Monday, May 3rd 2021"
LADDER = "A man in a blue shirt is standing on a ladder and a little girl in a red coat is looking at him."
FENCE = "A brown dog is jumping over a fence to catch a frisbee."
NO_ATTENTION = "en-fr-no-attention"
VASWANI = {"preset": "vaswani-2017"}
CHOICES = ("first", "second", "third", "fourth")


@dataclass(frozen=True)
class Step:
    """A step: the link that its action opens on the real tab, and what is predicted before.

    `asks` finds the answer of a question with `choices` choices, which the words of the step hold; where it is a name,
    it is a kind of question that a link may ask (`parts.question.KINDS`), asked of the step's own link.  `formulas`
    are read from docstrings; `shows` is where the models looked; where it `grows`, a visitor's
    own sentence does.  On tab Train the action presses Start where it `starts`, and at the update
    `unforced_at` it unticks teacher forcing.
    """

    key: str
    tab: str
    link: Mapping[str, str]
    minutes: int
    asks: Callable[[Visit, Link], Found] | str
    choices: int = 3
    documented: tuple[type, ...] = ()
    shows: Callable[[Visit, Link], list[Look]] | None = None
    grows: bool = False
    starts: bool = False
    unforced_at: int = 0

    @property
    def formulas(self) -> list[str]:
        """In LaTeX."""
        return [latex for each in self.documented for latex in equations(each.__doc__ or "")]


TOUR = (
    Step("task", "translate", {"text": DATE, "model": "dates-additive"}, 2, found.length_of_output),
    Step("encoder", "inside", {"text": CAT, "step": "1"}, 2, found.vectors_kept),
    Step("decoder", "inside", {"text": CAT, "step": "99"}, 2, found.last_piece, 3, (Seq2Seq,)),
    Step("bottleneck", "translate", {"text": LADDER, "model": NO_ATTENTION}, 3, found.lost_word, grows=True),
    Step("attention", "inside", {"text": CAT, "step": "3"}, 3, "look", 0, (Attention,), looks.of_the_context),
    Step(
        "energies",
        "inside",
        {"text": CAT, "step": "4"},
        3,
        found.ratio_of_weights,
        3,
        (Attention,),
        looks.of_the_energies,
    ),
    Step(
        "scores",
        "inside",
        {"text": DATE, "model": "dates-cosine", "step": "7"},
        4,
        found.where_a_right_answer_looked,
        4,
        (Cosine, Additive),
        looks.of_twins,
    ),
    Step("forcing", "train", {"text": CAT, "task": "dates"}, 5, found.after_a_wrong_word, starts=True, unforced_at=50),
    Step("search", "translate", {"text": FENCE, "beam": "2", "step": "2"}, 3, "survivors", 0),
    Step("beam", "translate", {"text": FENCE, "model": NO_ATTENTION}, 3, found.greedy_and_beam),
    Step("empty", "inside", {"text": LADDER, "model": NO_ATTENTION, "step": "1"}, 3, found.price_of_nothing),
    Step("penalty", "translate", {"text": LADDER, "model": NO_ATTENTION}, 2, found.score_of_nothing),
    Step("hard", "inside", {"text": CAT, "step": "3"}, 3, found.hard_look, 3, (Hard,), looks.of_a_hard_look),
    Step(
        "heads",
        "inside",
        {"text": DATE, "model": "dates-multi-head", "step": "7"},
        3,
        found.share_of_a_head,
        3,
        (MultiHead,),
        looks.of_the_heads,
    ),
    Step("self", "inside", {"text": CAT, "step": "1"}, 3, found.pairs_compared, 3, (TransformerEncoder,)),
    Step("transformer", "train", VASWANI, 4, found.without_positions, 2, (TransformerDecoder,), starts=True),
    Step(
        "unexplained",
        "inside",
        {"text": "the red bird sings here today", "model": "planted-state", "step": "1"},
        4,
        found.look_without_meaning,
        shows=looks.of_the_step,
    ),
)
STEPS = {step.key: step for step in TOUR}
