"""What would it have to look at to write that?  A few gradient steps on one row's energies."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from s2s_demo.explain.case import Case, check_looks
from s2s_demo.explain.edits import Write
from s2s_demo.explain.walk import Twin, Walk
from s2s_demo.model import DecoderState, Look, Memory
from s2s_demo.training import take_step

MOST_STEPS = 40
RATE = 0.5  # nats of energy that one step of Adam moves, at most
DEEPEST = 10.0  # nats below the greatest energy: from farther down no gradient and no 40 steps lead up


@dataclass(frozen=True)
class Wish:
    """The look that was found for a word at a step.

    `reached` says whether each of its pieces became the likeliest, after `gradient_steps` steps; log_probs (nats) of
    the word under the model's own look and under the one found.  `moved` is the share of attention that changed
    place, half of Σ|α - α'|, from 0 to 1; `divergence` is KL(found | own) in nats.
    """

    step: int
    text: str
    pieces: tuple[str, ...]
    reached: bool
    gradient_steps: int
    own: NDArray[np.float32]
    found: NDArray[np.float32]
    own_log_prob: float
    found_log_prob: float
    moved: float
    divergence: float


def would_look(case: Case, step: int, text: str = "", piece: str = "") -> Wish:
    """Turn the look of one step, from the model's own, until it would write a text (or one piece) there."""
    check_looks(case)
    case.check_step(step)
    tokens = Write(step=step, text=text, piece=piece).tokens(case)
    walk = Walk(case)
    memory, at = walk.memory, walk.to(step)[-1]
    energies, alive = _within_reach(at.seen.own.energies).requires_grad_(), memory.mask[:, None]
    mass = at.seen.own.alignment.sum(dim=-1, keepdim=True)
    optimiser = torch.optim.Adam([energies], lr=RATE)
    last = case.target_in[:, step - 1 : step]
    found: list[tuple[float, Tensor]] = []  # after each gradient step: log p and the row
    reached = False
    while not reached and len(found) <= MOST_STEPS:
        alignment = mass * torch.softmax(energies.masked_fill(~alive, float("-inf")), dim=-1)
        if not found:  # some kinds look otherwise than their energies say; it begins where the model looks
            alignment = alignment + (at.seen.own.alignment - alignment).detach()
        log_prob, reached = _log_prob(case, alignment, last, tokens, at.before, memory)
        found.append((float(log_prob.detach()), alignment.detach()))
        (energies.grad,) = torch.autograd.grad(-log_prob, energies)
        take_step(optimiser)
    best_log_prob, best = found[-1] if reached else max(found, key=lambda one: one[0])
    own, row = (look[0, 0].double() for look in (at.seen.own.alignment, best))
    tiny = torch.finfo(torch.float32).tiny
    return Wish(
        step,
        case.text(tokens),
        tuple(case.translator.tokenizer.pieces[token] for token in tokens),
        reached,
        len(found) - 1,
        own.float().cpu().numpy(),
        row.float().cpu().numpy(),
        found[0][0],
        best_log_prob,
        float((own - row).abs().sum() / 2),
        float((row * (row.clamp_min(tiny).log() - own.clamp_min(tiny).log())).sum()),
    )


def _within_reach(energies: Tensor) -> Tensor:
    """Energies from which a gradient leads anywhere the model can look: one place alone has none."""
    raised = torch.maximum(energies, energies.amax(dim=-1, keepdim=True) - DEEPEST)
    return torch.where(energies.isfinite(), raised, energies)


def _log_prob(
    case: Case, alignment: Tensor, last: Tensor, tokens: list[int], state: DecoderState, memory: Memory
) -> tuple[Tensor, bool]:
    """log p of tokens when the first of them is written under another look, and whether each is the likeliest."""

    def change(step: int, own: Look, memory: Memory) -> Look:
        return case.model.decoder.attention.under(alignment, own, memory) if step == 1 else own

    twin, total, tops = Twin(case.model, change), torch.zeros(()), True
    for token in tokens:
        step = twin.step(last, state, memory)
        log_probs = torch.log_softmax(step.logits[0, 0].float(), dim=-1)
        total = total + log_probs[token].cpu()
        tops &= int(log_probs.argmax()) == token
        state, last = step.state, last.new_tensor([[token]])
    return total, tops
