"""The one loop behind every strategy: encode once, step many times, write everything down."""

from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import Tensor

from s2s_demo.decoding.strategy import Candidates, Sentence, Strategy
from s2s_demo.decoding.trace import Floats, Integers, Trace, TraceStep
from s2s_demo.model import Look, Seq2Seq
from s2s_demo.text import BOS, EOS, PAD, UNK, Utf8

NEVER_WRITTEN = [PAD, UNK, BOS]  # all that stands before EOS


def letters(tokens: Sequence[int]) -> str:
    """Token numbers as a text in which each is one letter, where nobody knows how they are spelt."""
    return "".join(chr(0x4E00 + token) for token in tokens if token != EOS)


@torch.inference_mode()
def search(
    model: Seq2Seq,
    source: Tensor,
    mask: Tensor,
    strategy: Strategy,
    utf8: Utf8 | None = None,
    text_of: Callable[[Sequence[int]], str] = letters,
) -> list[Trace]:
    """Search for translations of B sentences, source and mask [B, S]; one trace per sentence.

    With a `utf8`, bytes that cannot continue a character are never written.  `text_of` spells token numbers for a
    strategy that compares texts.

    A sentence that is done leaves the batch, so that the others go on faster; what is found for a
    sentence does not depend on the others.  The model computes with tensors on its device; what is known
    of a hypothesis (sums, lengths, places) are a few numbers, kept in NumPy.
    """
    device = source.device
    steps: list[list[TraceStep]] = [[] for _ in range(len(source))]
    sentences = np.arange(len(source))
    lengths = mask.sum(dim=1).cpu().numpy()
    limits = np.full_like(lengths, strategy.max_length) if strategy.max_length else 2 * lengths + 10
    memory = model.encode(source, mask)
    totals = strategy.start(len(source))
    state = model.start(memory).select(torch.zeros(totals.shape, dtype=torch.long, device=device))
    tokens = torch.full(totals.shape, BOS, device=device)
    best, finished = np.full(totals.shape, -np.inf), np.zeros(totals.shape, np.int64)
    spelt = np.zeros(totals.shape, np.int64)
    for number in range(int(limits.max())):
        step = model.step(tokens, state, memory)
        log_probs = _log_softmax(step.logits.float())
        log_probs[..., :EOS].fill_(float("-inf"))
        if utf8:
            utf8.forbid(log_probs, spelt, limits - number - 1)
        if (at_the_end := limits == number + 1).any():
            log_probs[torch.from_numpy(at_the_end), :, EOS + 1 :] = float("-inf")
        chosen = strategy.choose(log_probs, totals, number)
        _record(steps, sentences, chosen, step.look)
        if chosen.finished.any():
            rows, places = chosen.finished.nonzero()
            ended = rows, chosen.parents[rows, places]
            np.maximum.at(best, ended, chosen.totals[rows, places] / (number + 1) ** strategy.alpha)
            np.add.at(finished, ended, 1)
        new_tokens, new_parents, totals = _survivors(chosen, strategy.width)
        going_on = ~strategy.is_done(best, finished, totals, limits)
        if not going_on.any():
            break
        tokens, parents = torch.from_numpy(np.stack([new_tokens, new_parents])).to(device)
        state = step.state.select(parents)
        if utf8:
            spelt = utf8.after(np.take_along_axis(spelt, new_parents, axis=1), new_tokens)
        if not going_on.all():
            sentences, limits, totals = sentences[going_on], limits[going_on], totals[going_on]
            best, finished, spelt = best[going_on], finished[going_on], spelt[going_on]
            index = torch.from_numpy(going_on.nonzero()[0]).to(device)
            state, memory, tokens = state.rows(index), memory.rows(index), tokens[index]
    found = []
    for row, (of_sentence, length) in enumerate(zip(steps, mask.sum(dim=1).tolist(), strict=True)):
        sentence = Sentence(model, source[row : row + 1, :length], mask[row : row + 1, :length], utf8, text_of)
        found.append(strategy.after(Trace(tuple(of_sentence), strategy.alpha), sentence))
    return found


def _log_softmax(logits: Tensor) -> Tensor:
    """In place on a CPU, where the memory for a large batch's log-probabilities costs as much as they do."""
    return torch.log_softmax(logits, dim=-1, out=logits if logits.device.type == "cpu" else None)


def _survivors(chosen: Candidates, width: int) -> tuple[Integers, Integers, Floats]:
    """tokens, parents, totals [B, K] by slot; an empty slot has a total of -inf."""
    shape = (len(chosen.slots), width)
    tokens, parents, totals = np.full(shape, EOS), np.zeros(shape, np.int64), np.full(shape, -np.inf)
    going_on = chosen.slots >= 0
    places = going_on.nonzero()[0], chosen.slots[going_on]
    tokens[places], parents[places] = chosen.tokens[going_on], chosen.parents[going_on]
    totals[places] = chosen.totals[going_on]
    return tokens, parents, totals


def _record(steps: list[list[TraceStep]], sentences: Integers, chosen: Candidates, look: Look) -> None:
    arrays = {**vars(chosen)}
    arrays["possible"] = arrays.pop("totals") > -np.inf
    arrays["alignment"] = look.alignment.float().cpu().numpy()
    if look.p_gen is not None:
        arrays["p_gen"] = look.p_gen.float().cpu().numpy()
    if look.heads is not None:  # [B, N, K, S]
        arrays["heads"] = look.heads.float().transpose(1, 2).cpu().numpy()
    for row, sentence in enumerate(sentences.tolist()):
        steps[sentence].append(TraceStep(**{name: array[row] for name, array in arrays.items()}))
