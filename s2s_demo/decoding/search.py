"""The one loop behind every strategy: encode once, step many times, write everything down."""

from dataclasses import fields

import torch
from torch import Tensor

from s2s_demo.decoding.strategy import Candidates, Strategy
from s2s_demo.decoding.trace import Trace, TraceStep
from s2s_demo.model import Seq2Seq
from s2s_demo.text import BOS, EOS, PAD, UNK, Utf8

NEVER_WRITTEN = [PAD, UNK, BOS]


@torch.inference_mode()
def search(model: Seq2Seq, source: Tensor, mask: Tensor, strategy: Strategy, utf8: Utf8 | None = None) -> list[Trace]:
    """Search for translations of B sentences, source and mask [B, S]; one trace per sentence.

    With a `utf8`, bytes that cannot continue a character are never written.

    A sentence that is done leaves the batch, so that the others go on faster; what is found for a
    sentence does not depend on the others.
    """
    steps: list[list[TraceStep]] = [[] for _ in range(len(source))]
    sentences = torch.arange(len(source), device=source.device)
    lengths = mask.sum(dim=1)
    limits = torch.full_like(lengths, strategy.max_length) if strategy.max_length else 2 * lengths + 10
    memory = model.encode(source, mask)
    totals = strategy.start(len(source), source.device)
    state = model.start(memory).select(torch.zeros_like(totals, dtype=torch.long))
    tokens = torch.full_like(totals, BOS, dtype=torch.long)
    best = totals.new_full((len(source),), float("-inf"))
    finished, spelt = torch.zeros_like(lengths), torch.zeros_like(tokens)
    for number in range(int(limits.max())):
        step = model.step(tokens, state, memory)
        log_probs = torch.log_softmax(step.logits.float(), dim=-1)
        log_probs[..., NEVER_WRITTEN] = float("-inf")
        if utf8:
            log_probs = utf8.forbid(log_probs, spelt, limits - number - 1)
        at_the_end = limits == number + 1
        log_probs[at_the_end, :, :EOS] = float("-inf")
        log_probs[at_the_end, :, EOS + 1 :] = float("-inf")
        chosen = strategy.choose(log_probs, totals, number)
        _record(steps, sentences, chosen, step.look.alignment)
        scores = (chosen.totals / (number + 1) ** strategy.alpha).masked_fill(~chosen.finished, float("-inf"))
        best = torch.maximum(best, scores.amax(dim=1))
        finished = finished + chosen.finished.sum(dim=1)
        tokens, parents, totals = _survivors(chosen, strategy.width)
        state = step.state.select(parents)
        if utf8:
            spelt = utf8.after(spelt.gather(1, parents), tokens)
        going_on = ~strategy.is_done(best, finished, totals, limits)
        if not going_on.all():
            if not going_on.any():
                break
            state, memory = state.rows(going_on), memory.rows(going_on)
            tokens, totals, limits, best = tokens[going_on], totals[going_on], limits[going_on], best[going_on]
            sentences, finished, spelt = sentences[going_on], finished[going_on], spelt[going_on]
    return [Trace(tuple(of_sentence), strategy.alpha) for of_sentence in steps]


def _survivors(chosen: Candidates, width: int) -> tuple[Tensor, Tensor, Tensor]:
    """tokens, parents, totals [B, K] by slot; an empty slot has a total of -inf."""
    slots = chosen.slots + 1  # column 0 collects what does not go on
    shape = (len(slots), width + 1)
    tokens = slots.new_full(shape, EOS).scatter_(1, slots, chosen.tokens)
    parents = slots.new_zeros(shape).scatter_(1, slots, chosen.parents)
    totals = chosen.totals.new_full(shape, float("-inf")).scatter_(1, slots, chosen.totals)
    return tokens[:, 1:], parents[:, 1:], totals[:, 1:]


def _record(steps: list[list[TraceStep]], sentences: Tensor, chosen: Candidates, alignment: Tensor) -> None:
    arrays = {field.name: getattr(chosen, field.name).cpu().numpy() for field in fields(chosen)}
    possible = arrays.pop("totals") > float("-inf")
    looked = alignment.float().cpu().numpy()
    for row, sentence in enumerate(sentences.tolist()):
        steps[sentence].append(
            TraceStep(
                **{name: array[row] for name, array in arrays.items()}, possible=possible[row], alignment=looked[row]
            )
        )
