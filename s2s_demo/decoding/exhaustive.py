"""Exhaustive search: every output there is, for vocabularies and lengths that allow it."""

from dataclasses import dataclass, replace
from typing import ClassVar

from s2s_demo.decoding.beam import Beam
from s2s_demo.decoding.hunt import Hunt
from s2s_demo.decoding.retold import retold
from s2s_demo.decoding.strategy import Sentence
from s2s_demo.decoding.trace import Trace
from s2s_demo.errors import SettingError
from s2s_demo.settings import setting
from s2s_demo.text import EOS
from s2s_demo.words import Said

MOST = 50_000  # outputs that are looked at; a second or three


@dataclass(frozen=True, kw_only=True)
class Exhaustive(Beam):
    r"""Every output of up to $T$ tokens is priced, and the best one wins: what all other searches save.

    With $V$ words to choose from there are $\sum_{t < T} V^t$ outputs, while a beam of $k$ looks at $k V T$
    continuations.  For models of a few letters and very short outputs only; where there are too many, it says so.
    """

    name: ClassVar[str] = "exhaustive"
    takes_its_time: ClassVar[bool] = True
    tokens: int = setting(
        4,
        low=1,
        high=16,
        shared=(1, 8),
        step=1,
        name="longest_output",
        link="longest",
        what="longest output in tokens",
        help="every output of up to so many is looked at",
    )

    def after(self, trace: Trace, sentence: Sentence) -> Trace:
        limit = min(self.tokens, self.max_length or self.tokens)
        memory = sentence.model.encode(sentence.source, sentence.mask)
        hunt = Hunt(
            sentence.model,
            memory,
            alpha=self.alpha,
            limit=limit,
            kept=self.returned,
            utf8=sentence.utf8,
            bounded=False,
        )
        pieces = _pieces(hunt)
        outputs = outputs_of(pieces, limit)
        if outputs > MOST:
            raise SettingError("strategy.too-many-outputs", pieces=pieces, tokens=limit, outputs=outputs, most=MOST)
        hunt.run(most_nodes=float("inf"), most_seconds=float("inf"))
        told = retold(hunt, sentence)
        facts = {"outputs": outputs, "beam": self.size, "considered": self.size * (pieces + 1) * limit, **told.facts}
        return replace(told, facts=facts, said=Said("notices.search.all", {**facts, "tokens": limit}))


def outputs_of(pieces: int, tokens: int) -> int:
    """How many outputs of up to so many tokens there are, the last of which is always `<eos>`: Σ V^t, t < T."""
    return sum(pieces**length for length in range(tokens))


def _pieces(hunt: Hunt) -> int:
    """Words to choose from: all but the marks."""
    root = hunt.root()
    return int(hunt.model.step(root.tokens[None], root.state, hunt.memory).logits.shape[-1]) - EOS - 1
