r"""Three explanations of one written word, side by side: attention, gradient times input, occlusion.

They need not agree: attention shows where the model looked, the other two what the word hung on.  Where they part,
attention alone is no explanation (Jain & Wallace 2019; Wiegreffe & Pinter 2019 say what it may still show).
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from s2s_demo.explain.case import Case
from s2s_demo.explain.walk import Twin
from s2s_demo.model import Memory, Seq2Seq
from s2s_demo.words import Said

Floats = NDArray[np.float64]
Occluded = tuple[Floats, Floats, Floats]  # what `occlusions` gives
AT_ONCE = 16  # sentences with one word less, priced together
EVEN = 1.5  # times the share of a uniform look: below that, a look prefers no word
ALIKE = 0.3  # Kendall's τ from which two orders of the source words are called alike


@dataclass(frozen=True)
class Agreement:
    """How alike two explanations order the source words: Kendall's τ from -1 to 1, and whether the first is one."""

    between: tuple[str, str]
    tau: float
    same_top: bool


@dataclass(frozen=True)
class Strip:
    """What one written word hung on, one number for each source word.

    attention: the weights (None without attention); gradient: Σ_d x_d · ∂ log p / ∂x_d, in nats; occlusion: by how
    much log p falls without the word, in nats.  The last two may be negative: the word spoke against it.
    """

    word: str
    steps: tuple[int, ...]
    log_prob: float
    source: tuple[str, ...]
    attention: Floats | None
    gradient: Floats
    occlusion: Floats
    agreements: tuple[Agreement, ...]
    said: Said


def strip(case: Case, step: int, occluded: Occluded | None = None) -> Strip:
    """Explain the word that is written at a step (all its pieces together); SettingError where there is no step.

    `occluded` are the case's `occlusions` where they are known already: they are those of all steps.
    """
    steps = case.steps_of(step)
    places = [number - 1 for number in steps]
    log_probs, alignment, losses = occluded or occlusions(case)
    attention = alignment[places].mean(axis=0) if case.model.looks else None
    gradient, occlusion = gradients(case, places), losses[:, places].sum(axis=1)
    kinds = {} if attention is None else {"attention": attention}
    kinds |= {"gradient": np.abs(gradient), "occlusion": np.abs(occlusion)}
    agreements = tuple(
        Agreement(
            (one, other), kendall_tau(kinds[one], kinds[other]), bool(kinds[one].argmax() == kinds[other].argmax())
        )
        for one, other in combinations(kinds, 2)
    )
    word = next(word for word in case.written_words if places[0] in word.positions)
    words = tuple(word.text for word in case.source_words)
    return Strip(
        word.text,
        steps,
        float(log_probs[places].sum()),
        words,
        attention,
        gradient,
        occlusion,
        agreements,
        sentence_on(kinds, words),
    )


def gradient_times_input(value: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """Each position's share of a value: x [..., D] -> Σ_d x_d · ∂value/∂x_d [...].

    For a linear value the shares sum to the value less its constant.
    """
    x = x.detach().clone().requires_grad_()
    # cuDNN's recurrent networks have gradients in training mode only.
    with torch.enable_grad(), torch.backends.cudnn.flags(enabled=False):
        (gradient,) = torch.autograd.grad(value(x), x)
    return (gradient * x.detach()).sum(dim=-1)


def gradients(case: Case, places: list[int]) -> Floats:
    """Gradient times input of the source embeddings, for Σ log p at some steps (from 0); one number a source word."""
    model, (source, mask) = case.model, case.batch

    def total(embedded: Tensor) -> Tensor:
        memory = model.read(embedded, mask, source=source)
        return prices_of(model, case, memory, until=max(places) + 1)[0, places].sum()

    with torch.no_grad():
        embedded = model.enter(source, mask)
    return _of_words(case, gradient_times_input(total, embedded)[0])


@torch.no_grad()
def occlusions(case: Case) -> Occluded:
    """log p of each written token [T], where it looked by source word [T, W], and what each word is worth [W, T].

    The worth of a source word is by how much log p falls when it is neither read nor looked at.
    """
    source, mask = case.batch
    words = case.source_words
    dropped = torch.zeros(len(words) + 1, source.shape[1], dtype=torch.bool, device=source.device)
    for row, word in enumerate(words, start=1):
        dropped[row, list(word.positions)] = True
    if len(words) == 1:
        dropped = dropped[:1]  # without its only word a sentence is none
    rows, alignment = [], None
    for some in dropped.split(AT_ONCE):
        twin = Twin(case.packed, None, some)
        memory = twin.encode(source.expand(len(some), *source.shape[1:]), mask.expand(len(some), -1))
        rows.append(prices_of(twin, case, memory))
        if alignment is None:
            alignment = torch.cat([seen.used.alignment[0] for seen in twin.seen])
    prices = torch.cat(rows).double().cpu().numpy()
    assert alignment is not None
    looked = np.stack([_of_words(case, row) for row in alignment])
    worth = prices[:1] - prices[1:] if len(words) > 1 else np.zeros((1, prices.shape[1]))
    return prices[0], looked, worth


def kendall_tau(one: Floats, other: Floats) -> float:
    """Kendall's τ-b of two lists of numbers: 1 the same order, -1 the opposite one; 0 where one of them is all ties."""
    i, j = np.triu_indices(len(one), 1)
    first, second = np.sign(one[i] - one[j]), np.sign(other[i] - other[j])
    pairs = np.sqrt(float((first != 0).sum()) * float((second != 0).sum()))
    return float((first * second).sum() / pairs) if pairs else 0.0


def prices_of(model: Seq2Seq, case: Case, memory: Memory, until: int | None = None) -> Tensor:
    """log p of each written token (or of the first ones), for each sentence of a memory [B, T]."""
    read = model.embed(model.target_embedding, case.target_in[:, :until]).expand(len(memory.mask), -1, -1)
    features, look = model.decoder.run(read, memory)
    logits = model.logits(features, model.pointed(features, read, look), memory.source).float()
    written = torch.tensor(case.written[:until], device=logits.device).expand(len(logits), -1)
    prices: Tensor = logits.gather(-1, written[..., None])[..., 0] - logits.logsumexp(dim=-1)
    return prices


def _of_words(case: Case, pieces: Tensor) -> Floats:
    """One number a source piece [S] -> the sums of the words [W]."""
    numbers = pieces.double().cpu().numpy()
    return np.array([numbers[list(word.positions)].sum() for word in case.source_words])


def sentence_on(kinds: dict[str, Floats], words: tuple[str, ...]) -> Said:
    """What explanations of a word (one number a source word each) say together."""
    top = {name: int(values.argmax()) for name, values in kinds.items()}
    facts = {"hung": words[top["occlusion"]], "gradient": words[top["gradient"]]}
    if "attention" not in kinds:
        return Said("explain.faithful.no-attention", facts)
    facts = {**facts, "looked": words[top["attention"]]}
    if kinds["attention"].max() < EVEN / len(words):
        return Said("explain.faithful.even", facts)
    if top["attention"] != top["occlusion"]:
        return Said("explain.faithful.differ", facts)
    alike = kendall_tau(kinds["attention"], kinds["occlusion"]) >= ALIKE or top["gradient"] == top["occlusion"]
    return Said("explain.faithful.agree", facts) if alike else Said("explain.faithful.partly", facts)
