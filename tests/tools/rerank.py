"""Translations that translate back: `python -m tests.tools.rerank MODEL BACK < sentences > translations`.

Of the five best translations of a sentence by MODEL the one that MODEL and BACK, a model of the opposite
direction, like best together: the noisy channel of Yee et al. 2019, eq. 3.  One line for each line; an
empty one where there is more than one sentence.
"""

import sys
from collections.abc import Sequence
from itertools import islice

import torch

import s2s_demo
from s2s_demo.decoding import Beam, forced_log_probs
from s2s_demo.text import Batch
from s2s_demo.translator import SentenceTranslation, Translator

WEIGHT = 0.3  # of the way back; the best of 0 to 1.2 on the validation captions and everyday sentences
AT_ONCE = 512


def back_scores(back: Translator, translation: SentenceTranslation) -> list[float]:
    """Log-probability of the source given each hypothesis, normalised by its length as a beam's score is."""
    source = back.tokenizer.encode(translation.source.text)
    pairs = [(back.tokenizer.encode(hypothesis.text), source) for hypothesis in translation.hypotheses]
    with torch.inference_mode():
        log_probs, _ = forced_log_probs(back.model, Batch.of(pairs).to(back.device))
    return (log_probs.sum(dim=1) / max(1, len(source)) ** Beam().alpha).tolist()


def reranked(forward: Translator, back: Translator, sentences: Sequence[str]) -> list[str]:
    """The translation of each sentence; "" where there is more than one sentence."""
    chosen = []
    for translation in forward.translate_all(sentences, Beam(size=5)):
        if len(translation.sentences) > 1:
            chosen.append("")
            continue
        (only,) = translation.sentences
        scored = zip(only.hypotheses, back_scores(back, only), strict=True)
        chosen.append(max(scored, key=lambda both: both[0].score + WEIGHT * both[1])[0].text)
    return chosen


def main() -> None:
    """From standard input to standard output."""
    forward, back = map(s2s_demo.load, sys.argv[1:3])
    lines = (line.rstrip("\n") for line in sys.stdin)
    while chunk := list(islice(lines, AT_ONCE)):
        sys.stdout.writelines(f"{text}\n" for text in reranked(forward, back, chunk))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
