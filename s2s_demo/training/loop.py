"""Training as a generator: it yields what happened after each update, the caller decides the rest.

Closing the generator is the stop button.  A `Training` can be photographed (`snapshot`) between
two updates and continued from the picture, here or in another process, bit for bit.
"""

import time
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from s2s_demo.errors import DataError, SettingError
from s2s_demo.model import Seq2Seq
from s2s_demo.reading import source_encoder
from s2s_demo.settings import own_record
from s2s_demo.tasks import Task
from s2s_demo.text import Batch, Pair, Row, Tokenizer, bucket
from s2s_demo.training.config import TrainingConfig
from s2s_demo.training.draws import gold_log_probs, learn_from_draws
from s2s_demo.training.guide import Guide, allowed_places, misplaced
from s2s_demo.training.losses import LOSSES, Loss, Pass
from s2s_demo.training.optimisers import OPTIMISERS, Optimiser
from s2s_demo.training.schedule import LearningRate, TeacherForcing
from s2s_demo.training.stepping import take_step
from s2s_demo.training.team import Team


@dataclass(frozen=True)
class Controls:
    """What may change while a run goes on; read anew before each update."""

    teacher_forcing: TeacherForcing
    learning_rate: LearningRate
    clip: float


@dataclass(frozen=True)
class Progress:
    """What one update did.

    `loss` is the plain cross-entropy on the batch (nats per token), `teacher_forcing` the ratio in
    force, `gradient_norm` before clipping, `seconds` the training time since the run began.
    """

    update: int
    epoch: int
    loss: float
    teacher_forcing: float
    learning_rate: float
    gradient_norm: float
    tokens: int
    seconds: float
    done: float

    @property
    def tokens_per_second(self) -> float:
        return self.tokens / self.seconds if self.seconds else 0.0


_Encoded = tuple[Pair, Row, list[int]]


class Training:
    """One run: a model, its task, and all that is needed to continue it exactly."""

    def __init__(
        self,
        model: Seq2Seq,
        tokenizer: Tokenizer,
        task: Task,
        config: TrainingConfig,
        guide: Guide | None = None,
        team: Team | None = None,
    ) -> None:
        if config.guided_alignment and (guide is None or not model.looks):
            raise SettingError(
                "guided alignment needs a model with attention and a word aligner; "
                "set its weight to 0, or choose another attention than none"
            )
        self.guide, self.team = guide if config.guided_alignment else None, team or Team()
        self.model, self.tokenizer, self.task, self.config = model, tokenizer, task, config
        self.device = next(model.parameters()).device
        self._narrow = config.precision == "bf16" or (config.precision == "auto" and multiplies_bf16(self.device))
        kind: Optimiser = own_record(OPTIMISERS[config.optimiser], config.optimiser_settings)
        self.optimiser = kind.of(model.parameters())
        self.loss: Loss = own_record(LOSSES[config.loss], config.loss_settings)
        self.loss.check(model)
        self.noise = torch.Generator(self.device).manual_seed(config.seed + self.team.rank)
        self.controls = Controls(config.teacher_forcing, config.learning_rate, config.clip)
        self.update = self.epoch = self.batch = self.tokens = 0
        self.seconds = self._spent = 0.0
        self._fitted: Loss | None = None  # the loss, once it knows the targets of the first epoch
        self._epoch_batches: tuple[int, list[_Encoded], list[list[int]]] | None = None

    def updates(self) -> Iterator[Progress]:
        """Train until the budget is spent, one record per update."""
        while self.done < 1:
            yield self.advance()

    @property
    def done(self) -> float:
        """The part of the budget that is spent, 1 at the end."""
        budget = self.config
        epochs = self.epoch + self.batch / len(self._batches_of(self.epoch)[1])
        return min(1.0, max(epochs / budget.epochs, self.update / budget.updates, self.seconds / budget.seconds))

    def advance(self) -> Progress:
        """Exactly one update of the weights."""
        started, controls, done = time.perf_counter(), self.controls, self.done
        self.update += 1
        if self._fitted is None:
            targets = (target for _, _, target in self._batches_of(0)[0])
            self._fitted = self.loss.fitted(targets, self.model.config.vocabulary_size)
        batch, allowed, tokens, weight = self._next_batch()
        forcing = controls.teacher_forcing.at(self.update)
        rate = controls.learning_rate.at(self.update, done)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        self.optimiser.zero_grad(set_to_none=True)
        loss, objective = self._loss(batch, allowed, forcing)
        objective.backward()
        loss, before = self.team.together(self.model.parameters(), loss, self._spent, weight)
        norm = float(torch.nn.utils.clip_grad_norm_(self.model.parameters(), controls.clip))
        if not torch.isfinite(torch.tensor(norm)):
            raise DataError(
                f"training diverged at update {self.update}: the gradient is {norm}; "
                f"lower the learning rate (now {rate:g}) or the clip (now {controls.clip:g}) and rewind"
            )
        take_step(self.optimiser)
        self.tokens += tokens
        self._spent = time.perf_counter() - started
        self.seconds += self._spent if self.team.size < 2 else before  # all count alike: an update late
        return Progress(self.update, self.epoch, float(loss), forcing, rate, norm, self.tokens, self.seconds, self.done)

    def _loss(self, batch: Batch, allowed: Tensor | None, forcing: float) -> tuple[Tensor, Tensor]:
        with torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self._narrow, cache_enabled=forcing < 1):
            features, look = self.model(batch, self.noise, forcing)
        assert self._fitted is not None
        objective, loss = self._fitted(
            Pass(
                model=self.model,
                batch=batch,
                features=features,
                look=look,
                noise=self.noise,
                smoothing=self.config.label_smoothing,
            )
        )
        if look.log_prob is not None:
            objective = objective + learn_from_draws(
                look.log_prob, gold_log_probs(self.model, features, look, batch), batch.target_mask
            )
        if allowed is not None:
            misplaces = misplaced(look.energies, allowed, batch.target_mask)
            objective = objective + self.config.guided_alignment * misplaces
        return loss, objective

    def _next_batch(self) -> tuple[Batch, Tensor | None, int, float]:
        """Our part of the next batch, its allowed places, the whole batch's target tokens, our part's share of them."""
        if self.batch >= len(self._batches_of(self.epoch)[1]):
            self.epoch, self.batch = self.epoch + 1, 0
        pairs, batches = self._batches_of(self.epoch)
        self.batch += 1
        whole = [pairs[i] for i in batches[self.batch - 1]]
        mine = self.team.share(whole)
        tokens, share = (sum(len(target) + 1 for _, _, target in part) for part in (whole, mine))
        chosen = mine or whole[:1]  # who has no part goes through the motions
        batch = Batch.of([(source, target) for _, source, target in chosen])
        allowed = allowed_places([self.guide(*pair) for pair in chosen], batch) if self.guide else None
        allowed = None if allowed is None else allowed.to(self.device)
        return batch.to(self.device), allowed, tokens, share / tokens

    def _batches_of(self, epoch: int) -> tuple[list[_Encoded], list[list[int]]]:
        if self._epoch_batches is None or self._epoch_batches[0] != epoch:
            encode, longest = self.tokenizer.encode, self.config.longest
            read = source_encoder(self.tokenizer, self.model.config.signal)
            texts = self.task.train(epoch, self.config.seed)
            pairs = [(pair, read(pair.source), encode(pair.target)) for pair in texts]
            pairs = [found for found in pairs if all(0 < len(side) <= longest for side in found[1:])]
            if not pairs:
                raise DataError(f"no training pair has 1 to {longest} tokens on both sides; got {len(texts)} pairs")
            order = torch.Generator().manual_seed((self.config.seed * 1_000_003 + epoch) % 2**63)
            sides = [(source, target) for _, source, target in pairs]
            self._epoch_batches = (epoch, pairs, list(bucket(sides, self.config.tokens_per_batch, order)))
        return self._epoch_batches[1:]

    def snapshot(self) -> dict[str, Any]:
        """All that changes during a run, as tensors and numbers (for `torch.save`, or to fork)."""
        return {
            "model": {name: value.detach().clone() for name, value in self.model.state_dict().items()},
            "optimiser": deepcopy(self.optimiser.state_dict()),
            "noise": self.noise.get_state(),
            "counters": [self.update, self.epoch, self.batch, self.tokens, self.seconds],
        }

    def restore(self, snapshot: dict[str, Any]) -> None:
        """Continue from a snapshot of a run with the same settings."""
        self.model.load_state_dict(snapshot["model"])
        self.optimiser.load_state_dict(deepcopy(snapshot["optimiser"]))
        self.noise.set_state(snapshot["noise"])
        self.update, self.epoch, self.batch, self.tokens, self.seconds = snapshot["counters"]


def multiplies_bf16(device: torch.device) -> bool:
    """Whether this hardware has instructions for bf16; where it is only emulated, fp32 is faster."""
    if device.type == "cuda":
        return torch.cuda.get_device_capability(device) >= (8, 0)
    capabilities: dict[str, object] = getattr(torch.cpu, "get_capabilities", dict)()
    return device.type == "cpu" and any(capabilities.get(name) for name in ("amx_bf16", "avx512_bf16"))
