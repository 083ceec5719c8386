"""Minimum risk: what the model writes itself is judged as a whole."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from s2s_demo.model import Seq2Seq
from s2s_demo.settings import setting
from s2s_demo.text import BOS, EOS, Batch
from s2s_demo.training.losses.base import Pass
from s2s_demo.training.losses.cross_entropy import CrossEntropy
from s2s_demo.training.losses.risks import bleu_risk, edit_risk

RISKS: Mapping[str, Callable[[Sequence[int], Sequence[int]], float]] = {"edit_distance": edit_risk, "bleu": bleu_risk}


@dataclass(frozen=True, kw_only=True)
class MinimumRisk(CrossEntropy):
    r"""Shen et al. 2016, eq. 10-13: of some whole outputs that the model draws, the bad ones become unlikely.

    $\sum_{y} Q(y) \Delta(y, y^*)$ with $Q(y) \propto p(y \mid x)^\alpha$ over the different draws and the gold
    target; the risk $\Delta$ is the edit distance to it over its length, or 1 - sentence BLEU.  Added is the
    cross-entropy times $\beta$.  For a model that writes well already: it learns from its own mistakes what is
    measured in the end, at the price of a search for each pair.
    """

    risk: str = setting("edit_distance", choices=RISKS, what="risk Δ", help="how bad an output is")
    samples: int = setting(8, low=1, high=100, what="draws", help="outputs drawn for each source")
    sharpness: float = setting(0.5, low=0.001, high=10, what="sharpness α", help="below 1, unlikely draws count more")
    likelihood: float = setting(
        0.3, low=0, high=10, what="share β of likelihood", help="how much cross-entropy is added"
    )

    def __call__(self, seen: Pass) -> tuple[Tensor, Tensor]:
        objective, plain = super().__call__(seen)
        lengths = seen.batch.target_mask.sum(dim=1).tolist()
        gold = [row[: int(t) - 1].tolist() for row, t in zip(seen.batch.target_out, lengths, strict=True)]
        drawn = draws(seen.model, seen.batch, self.samples, seen.noise)
        outputs = [list(dict.fromkeys([tuple(g), *d])) for g, d in zip(gold, drawn, strict=True)]
        pairs = [
            (source, list(output))
            for source, some in zip(seen.batch.sources(), outputs, strict=True)
            for output in some
        ]
        log_probs = whole_log_probs(seen.model, Batch.of(pairs).to(seen.features.device))
        risks = [[RISKS[self.risk](output, g) for output in some] for some, g in zip(outputs, gold, strict=True)]
        parts = log_probs.split([len(some) for some in outputs])
        found = [
            expected_risk(part, torch.tensor(risk, device=part.device), self.sharpness)
            for part, risk in zip(parts, risks, strict=True)
        ]
        return torch.stack(found).mean() + self.likelihood * objective, plain


def expected_risk(log_probs: Tensor, risks: Tensor, sharpness: float) -> Tensor:
    """The mean of the risks [K] of some outputs, weighed by their probabilities to the power of the sharpness."""
    return (torch.softmax(sharpness * log_probs, dim=0) * risks).sum()


def whole_log_probs(model: Seq2Seq, batch: Batch) -> Tensor:
    """Log-probability of each whole target of a batch [B], without dropout."""
    features, look = model(batch)
    log_probs = torch.log_softmax(model.logits(features, look, batch.source).float(), dim=-1)
    return (log_probs.gather(-1, batch.target_out[..., None])[..., 0] * batch.target_mask).sum(dim=1)


@torch.no_grad()
def draws(model: Seq2Seq, batch: Batch, count: int, noise: torch.Generator) -> list[list[tuple[int, ...]]]:
    """What the model itself writes, `count` times for each source, without `<eos>`.

    It has half as many steps again as the longest gold target.
    """
    sentences = len(batch.source)
    memory = model.encode(batch.source, batch.source_mask)
    state = model.start(memory).select(batch.target_in.new_zeros(sentences, count))
    tokens = batch.target_in.new_full((sentences, count), BOS)
    written = []
    for _ in range(int(1.5 * batch.target_out.shape[1])):
        step = model.step(tokens, state, memory)
        logits, state = step.logits.float(), step.state
        logits[..., :EOS] = float("-inf")
        drawn = torch.multinomial(torch.softmax(logits, dim=-1).flatten(0, 1), 1, generator=noise)
        tokens = torch.where(tokens == EOS, EOS, drawn.view(sentences, count))
        written.append(tokens)
        if bool((tokens == EOS).all()):
            break
    outputs = torch.stack(written, dim=-1).tolist()
    return [[tuple(ids[: ids.index(EOS)] if EOS in ids else ids) for ids in row] for row in outputs]
