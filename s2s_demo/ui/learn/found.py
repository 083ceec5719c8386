"""What came of a prediction: each function asks the real models, or counts, and says which of the choices was right.

A step's question may name some of the facts, too; nobody sends the others before somebody has chosen.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from s2s_demo.explain import Case, Uniform, Weigh, Write, step, what_if
from s2s_demo.model.attention.multi_head import MultiHead
from s2s_demo.serving.query import Question
from s2s_demo.text import EOS
from s2s_demo.ui.parts.handler import Visit
from s2s_demo.ui.parts.prediction import Asked, searched

Link = Mapping[str, str]


@dataclass(frozen=True)
class Found:
    """The number (from 1) of the choice that was right, and the numbers of the product that say why."""

    right: int
    facts: Mapping[str, object] = field(default_factory=dict)


def case_of(visit: Visit, link: Link) -> Case:
    """The first sentence that a link asks about, with its translation."""
    return searched(visit, Asked(Question.from_link(link), "", 0, 1))[0]


def length_of_output(visit: Visit, link: Link) -> Found:
    """As many letters as it read, ten, or one for each word."""
    case = case_of(visit, link)
    written, read = case.text(case.written), case.text(case.source)
    right = [len(read), 10, len(read.split())].index(len(written)) + 1
    return Found(right, {"written": written, "letters": len(written), "read": len(read), "words": len(read.split())})


def vectors_kept(visit: Visit, link: Link) -> Found:
    """One for the sentence, one for each word, or one for each piece."""
    case = case_of(visit, link)
    words = len(case.text(case.source).split())
    return Found(3, {"words": words, "pieces": len(case.source)})


def last_piece(visit: Visit, link: Link) -> Found:
    """The full stop, the mark of the end, or whatever comes at the greatest length."""
    case = case_of(visit, link)
    last = step(case, len(case.written)).written
    facts = {"steps": len(case.written), "piece": last.piece, "p": math.exp(last.log_prob), "limit": case.limit}
    return Found(2 if last.token == EOS else 1, facts)


def lost_word(visit: Visit, link: Link) -> Found:
    """Which of three things the one vector lost: the first of them that is not in the translation."""
    looking = case_of(visit, {**link, "model": "en-fr-bahdanau"})
    written = (case := case_of(visit, link)).text(case.written)
    lost = next((place for place, word in enumerate(("échelle", "bleu", "fille"), 1) if word not in written), 3)
    return Found(lost, {"written": written, "other": looking.text(looking.written)})


def ratio_of_weights(visit: Visit, link: Link) -> Found:
    """How many times the weight of the best energy is that of the second: as their quotient, difference, or e to it."""
    seen = step(case_of(visit, link), int(link["step"]))
    assert seen.energies is not None
    second, first = sorted(map(float, seen.energies))[-2:]
    facts = {"first": first, "second": second, "difference": first - second, "quotient": first / second}
    weights = sorted(map(float, seen.alignment))[-2:]
    return Found(3, {**facts, "ratio": weights[1] / weights[0], "weight": weights[1], "other": weights[0]})


def where_a_right_answer_looked(visit: Visit, link: Link) -> Found:
    """At which word of the date a right figure of the month was written; the additive twin beside it."""
    looks = []
    for model in (link["model"], "dates-additive"):
        case = case_of(visit, {**link, "model": model})
        text, row = case.text(case.source), step(case, int(link["step"])).alignment
        word = min(text[: int(np.argmax(row))].count(" "), text.count(" "))
        looks.append((word, text.split()[word], float(row.max()), case.text(case.written)))
    (word, looked, weight, written), (_, twin, other, _) = looks
    return Found(word + 1, {"looked": looked, "weight": weight, "twin": twin, "other": other, "written": written})


def after_a_wrong_word(visit: Visit, link: Link) -> Found:
    """What a wrong first word does to those after it: nothing, they change and cost more, or they end at once."""
    case = case_of(visit, link)
    came = what_if(case, [Write(step=1, text="Elle")])
    same = came.new.text.split()[1:] == came.old.text.split()[1:]
    facts: dict[str, object] = {"old": came.old.text, "new": came.new.text}
    facts |= {"before": sum(came.old.log_probs[1:]), "after": sum(came.new.log_probs[1:])}
    return Found(1 if same else 2, {name: _signed(fact) for name, fact in facts.items()})


def greedy_and_beam(visit: Visit, link: Link) -> Found:
    """The total of greedy search and of a beam: lower, the same, or higher."""
    beam, greedy = case_of(visit, link), case_of(visit, {**link, "strategy": "greedy"})
    totals = [_total(case) for case in (greedy, beam)]
    right = 3 if totals[1] > totals[0] + 0.005 else 1 if totals[1] < totals[0] - 0.005 else 2
    facts = {"greedy": greedy.text(greedy.written), "beam": beam.text(beam.written)}
    return Found(right, {**facts, "greedy_total": _signed(totals[0]), "beam_total": _signed(totals[1])})


def price_of_nothing(visit: Visit, link: Link) -> Found:
    """What costs less: the translation, saying nothing, or both alike."""
    case = case_of(visit, link)
    found, nothing = _total(case), _total(case.writing([EOS]))
    facts = {"written": case.text(case.written), "pieces": len(case.written)}
    facts |= {"found": _signed(found), "nothing": _signed(nothing)}
    return Found(2 if nothing > found else 1, facts)


def score_of_nothing(visit: Visit, link: Link) -> Found:
    """The same two under a length penalty: each total divided by its length to the power of α."""
    case, alpha = case_of(visit, link), Question.from_link(link).query().strategy.alpha
    found, nothing = _total(case), _total(case.writing([EOS]))
    score = found / len(case.written) ** alpha
    facts = {"alpha": f"{alpha:g}", "length": len(case.written), "score": _signed(score), "nothing": _signed(nothing)}
    return Found(2 if nothing > score else 1, {**facts, "found": _signed(found)})


def hard_look(visit: Visit, link: Link) -> Found:
    """What is likeliest where all weight is on the third source word: the word itself, the one before, or the next."""
    case, place = case_of(visit, link), int(link["step"])
    before, after = (step(case, place, edits).likeliest for edits in ([], [Weigh(step=place, source=3, weight=1.0)]))
    words = [case.written_words[at].text for at in (place - 1, place - 2, place)]
    now = case.text([after[0].token])
    facts = {"word": words[0], "previous": words[1], "following": words[2], "now": now}
    return Found(words.index(now) + 1, {**facts, "p": math.exp(before[0].log_prob), "q": math.exp(after[0].log_prob)})


def share_of_a_head(visit: Visit, link: Link) -> Found:
    """How many of the dimensions each head has: its share, all, or as many times all as there are heads."""
    attention = case_of(visit, link).model.decoder.attention
    assert isinstance(attention, MultiHead)
    heads, size = attention.heads, attention.query.out_features
    each = size // heads
    return Found([each, size, size * heads].index(each) + 1, {"heads": heads, "each": each, "all": size})


def pairs_compared(visit: Visit, link: Link) -> Found:
    """How many pairs a sentence compares that reads itself: n, its pairs without order, n squared."""
    pieces = len(case_of(visit, link).source)
    return Found(3, {"pieces": pieces, "half": pieces * (pieces - 1) // 2, "square": pieces**2})


def without_positions(visit: Visit, link: Link) -> Found:
    """The same vectors, or others: a law, for a sum over words has no order (Vaswani et al. 2017, section 3.5)."""
    return Found(1, {"one": "the dog sees the man", "another": "the man sees the dog"})


def look_without_meaning(visit: Visit, link: Link) -> Found:
    """Where a model looks whose state alone decides: at the colour, at the last word, or at all words alike."""
    case = case_of(visit, link)
    row = step(case, 1).alignment
    even = float(row.max() - row.min()) < 0.01
    came = what_if(case, [Uniform()])
    facts = {"word": case.written_words[0].text, "weight": float(row.max()), "new": came.new.text}
    return Found(3 if even else 1, facts)


def _total(case: Case) -> float:
    """Σ log p of what is written, by the model itself."""
    return sum(what_if(case, []).old.log_probs)


def _signed(fact: object) -> object:
    return f"{fact:.2f}".replace("-", "−") if isinstance(fact, float) else fact
