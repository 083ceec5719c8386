"""Minimum Bayes risk: the draw that is nearest to all other draws."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from s2s_demo.decoding.character_f import character_f
from s2s_demo.decoding.sampling import Sampling
from s2s_demo.decoding.strategy import Sentence
from s2s_demo.decoding.trace import Trace
from s2s_demo.decoding.tree import endings, ranked
from s2s_demo.settings import setting
from s2s_demo.words import Said


def exact_match(ours: str, theirs: str) -> float:
    """1 for the same text, else 0."""
    return float(ours == theirs)


UTILITIES: Mapping[str, Callable[[str, str], float]] = {"chrf": character_f, "exact_match": exact_match}


@dataclass(frozen=True, kw_only=True)
class MinimumBayesRisk(Sampling):
    r"""Of several draws, the one that agrees best with all of them (Kumar & Byrne 2004, Eikema & Aziz 2020).

    $\mathrm{argmax}_y \frac{1}{N} \sum_{y'} u(y, y')$ over N draws $y'$ from the model; its score is that mean.
    With the utility "exact match" it is the most frequent draw, with chrF (0 to 1) the most typical one.  For models
    whose single likeliest translation is odd: too short, or a copy.
    """

    name: ClassVar[str] = "bayes_risk"
    samples: int = setting(
        10, low=1, high=100, shared=(1, 32), step=1, link="samples", what="number of samples", help="draws to compare"
    )
    utility: str = setting("chrf", choices=UTILITIES, link="utility", what="utility", help="how alike two draws are")

    def after(self, trace: Trace, sentence: Sentence) -> Trace:
        texts = [sentence.text_of(end.tokens) for end in endings(trace)]
        worth = expected_utility(texts, UTILITIES[self.utility])
        facts = {"samples": len(texts), "different": len(set(texts)), "worth": max(worth, default=0.0)}
        return replace(ranked(trace, worth), facts=facts, said=Said("notices.search.risk", facts))


def expected_utility(texts: Sequence[str], utility: Callable[[str, str], float]) -> list[float]:
    """How well each of some draws agrees with all of them, itself among them."""
    different = list(dict.fromkeys(texts))
    counts = [texts.count(text) for text in different]
    means = {
        ours: sum(count * utility(ours, theirs) for theirs, count in zip(different, counts, strict=True)) / len(texts)
        for ours in different
    }
    return [means[text] for text in texts]
