"""Wide beams on sentences unlike those learnt from: `python -m tests.tools.shift MODEL [--updates N] [--sentences N]`.

BLEU of a model of captions on held-out captions with a beam of 4, and on held-out everyday sentences with beams from 1
to 50: as it is, after so many updates more of cross-entropy, and after as many of minimum risk on the same captions.
Where maximum likelihood leaves a model too sure of what it writes after its own mistakes, wider beams find worse
outputs; minimum risk should lose less (Wang & Sennrich 2020, section 4).
"""

import argparse
import sys

import torch

from s2s_demo.decoding import Beam
from s2s_demo.evaluation import TestSet, evaluate
from s2s_demo.tasks import make_task
from s2s_demo.translator import Translator
from tests.tools.further import taught_further

BEAMS = (1, 4, 10, 20, 50)
# β keeps the words' own likelihood in the sum; few draws, for each costs as much as a gold target
RISK = {"risk": "bleu", "samples": 5, "sharpness": 0.5, "likelihood": 0.3}
TOKENS = 400  # target tokens of an update


def bleu(translator: Translator, test_set: TestSet, size: int, alpha: float) -> float:
    return evaluate(translator, test_set, Beam(size=size, length_penalty=alpha), metrics=("bleu",)).bleu.score


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", metavar="MODEL")
    parser.add_argument("--learns", default="multi30k-en-fr", metavar="TASK")
    parser.add_argument("--judged-by", default="tatoeba-en-fr", metavar="TASK")
    parser.add_argument("--updates", type=int, default=200)
    parser.add_argument("--sentences", type=int, default=200)
    parser.add_argument("--length-penalty", type=float, default=0.75)
    options = parser.parse_args()
    alpha: float = options.length_penalty
    torch.set_num_threads(1)
    learns, judged = make_task(options.learns), make_task(options.judged_by)
    tests = [TestSet.of(name, task.val(), options.sentences) for name, task in (("in", learns), ("out", judged))]
    sys.stdout.write(
        f"| learnt by | {options.learns}, beam 4 | {' | '.join(f'beam {k}' for k in BEAMS)} | 50 less 4 |\n"
    )
    sys.stdout.write(f"|{'---|' * (len(BEAMS) + 3)}\n")
    for label, loss, settings, updates in (
        ("cross-entropy", "cross_entropy", {}, 0),
        ("... and more of it", "cross_entropy", {}, options.updates),
        ("... and minimum risk", "minimum_risk", RISK, options.updates),
    ):
        translator = taught_further(options.model, learns, updates, loss, settings, tokens=TOKENS)
        at_home, *scores = (
            bleu(translator, tests[0], 4, alpha),
            *(bleu(translator, tests[1], k, alpha) for k in BEAMS),
        )
        cells = [f"{score:.1f}" for score in (at_home, *scores, scores[-1] - scores[1])]
        sys.stdout.write(f"| {label} | {' | '.join(cells)} |\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
