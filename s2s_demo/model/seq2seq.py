"""The whole model: encode once, step many times."""

import math
from contextlib import nullcontext
from dataclasses import replace

import torch
from torch import Tensor, nn
from torch.nn import functional

from s2s_demo.model.config import ModelConfig
from s2s_demo.model.decoders import DECODERS
from s2s_demo.model.decoders.base import Decoder
from s2s_demo.model.encoders import ENCODERS
from s2s_demo.model.encoders.base import Encoder
from s2s_demo.model.first_weights import initialise
from s2s_demo.model.front_ends import FRONT_ENDS
from s2s_demo.model.pointer import Pointer, mixed
from s2s_demo.model.tensors import DecoderState, Look, Memory, Step, dropout, dropout_mask
from s2s_demo.model.undrawn import NothingDrawn
from s2s_demo.settings import made_member
from s2s_demo.text import Batch


class Seq2Seq(nn.Module):
    r"""An encoder, a decoder with its attention, and word embeddings; a front end where the source is a signal.

    The next word is drawn from $p_t = \mathrm{softmax}(E o_t + b)$, where $o_t$ comes from the decoder.

    Randomness is handed in: `seed` for the first weights, a `torch.Generator` (`noise`) for
    dropout and teacher forcing, and no generator means no dropout.  Without a seed (None) nothing is
    drawn: the weights hold whatever the memory held, until `load_state_dict` brings others.
    """

    def __init__(self, config: ModelConfig, seed: int | None = 0) -> None:
        super().__init__()
        self.config = config
        with nullcontext() if seed is not None else NothingDrawn():  # PyTorch draws weights of its own, too
            self._build(config)
        if config.tied:
            self.target_embedding.weight = self.output.weight
            if not config.signal:
                self.source_embedding.weight = self.output.weight
        self._scale = math.sqrt(config.embedding_size)
        if seed is not None:
            initialise(self, torch.Generator().manual_seed(seed))

    def _build(self, config: ModelConfig) -> None:
        if config.signal:
            self.front_end = made_member(FRONT_ENDS[config.front_end], config, settings=config.front_end_settings)
        else:
            self.source_embedding = nn.Embedding(config.vocabulary_size, config.embedding_size)
        self.target_embedding = nn.Embedding(config.vocabulary_size, config.embedding_size)
        self.encoder = made_member(ENCODERS[config.encoder], config, settings=config.encoder_settings)
        self.decoder = made_member(DECODERS[config.decoder], config, settings=config.decoder_settings)
        self.output = nn.Linear(config.embedding_size, config.vocabulary_size)
        self.pointer = Pointer(config) if config.pointer else None

    @property
    def looks(self) -> bool:
        """Whether the decoder has an attention to show."""
        return self.decoder.attention.looks

    @property
    def parameter_count(self) -> int:
        """Trainable numbers; a tied matrix counts once."""
        return sum(parameter.numel() for parameter in self.parameters())

    def encode(self, source: Tensor, mask: Tensor, noise: torch.Generator | None = None) -> Memory:
        """source [B, S], or features [B, S, F], mask [B, S] -> the memory that every step of the decoder reads."""
        return self.read(self.enter(source, mask, noise), mask, noise, source)

    def enter(self, source: Tensor, mask: Tensor, noise: torch.Generator | None = None) -> Tensor:
        """What the encoder reads of a source [B, S, E]: embeddings of words, or what a front end makes of features."""
        if self.config.signal:
            return dropout(self.front_end(source, mask), self.config.embedding_dropout, noise)
        return self.embed(self.source_embedding, source, noise)

    def read(
        self, embedded: Tensor, mask: Tensor, noise: torch.Generator | None = None, source: Tensor | None = None
    ) -> Memory:
        """`encode` from the embeddings on: embedded [B, S, E], which need not be those of the source."""
        annotations, summary = self.encoder(embedded, mask, noise)
        return Memory(annotations, self.decoder.attention.keys(annotations), mask, summary, source)

    def start(self, memory: Memory) -> DecoderState:
        """The decoder's state before the first word, one hypothesis per sentence."""
        return self.decoder.start(memory)

    def step(self, tokens: Tensor, state: DecoderState, memory: Memory) -> Step:
        """Each hypothesis reads its last token, tokens [B, K] -> logits [B, K, V] for the next one."""
        embedded = self.embed(self.target_embedding, tokens)
        features, state, look = self.decoder.step(embedded, state, memory)
        look = self.pointed(features, embedded, look)
        return Step(self.logits(features, look, memory.source), state, look)

    def pointed(self, features: Tensor, embedded: Tensor, look: Look) -> Look:
        """The look with p_gen, where the model has a pointer; features and embedded words before [B, Q, E]."""
        return look if self.pointer is None else replace(look, p_gen=self.pointer(features, look.context, embedded))

    def logits(self, features: Tensor, look: Look, source: Tensor | None) -> Tensor:
        """What the next words are drawn from by softmax [B, Q, V]; with a pointer, their log-probabilities.

        features [B, Q, E], what was seen on the way to them, and source [B, S].
        """
        logits: Tensor = self.output(features)
        if look.p_gen is None:
            return logits
        assert source is not None, "a pointer copies tokens: something was read that has none"
        return mixed(logits, look.p_gen, look.alignment, source)

    def forward(
        self, batch: Batch, noise: torch.Generator | None = None, teacher_forcing: float = 1.0
    ) -> tuple[Tensor, Look]:
        """Features [B, T, E], which `logits` turns into logits, and what the T queries of a batch saw.

        With probability `teacher_forcing` a word is written after the gold word before it, else
        after the model's own (scheduled sampling, Bengio et al. 2015), drawn anew for each word of
        each sentence.  Its own words are dropped out like gold ones.
        """
        memory = self.encode(batch.source, batch.source_mask, noise)
        gold = self._scaled(batch.target_in)
        mask = dropout_mask(gold, self.config.embedding_dropout, noise)
        if teacher_forcing >= 1:
            embedded = gold if mask is None else gold * mask
            features, look = self.decoder.run(embedded, memory, noise)
            look = self.pointed(features, embedded, look)
        else:
            features, look = self._free_run(batch, gold, mask, memory, noise, teacher_forcing)
        return dropout(features, self.config.output_dropout, noise), look

    @property
    def looks_within(self) -> bool:
        """Whether words of one side look at each other."""
        return type(self.encoder).maps is not Encoder.maps or type(self.decoder).maps is not Decoder.maps

    @torch.no_grad()
    def self_attention(self, batch: Batch) -> tuple[Tensor | None, Tensor | None]:
        """Where the words of each side look among themselves: [L, B, N, S, S] and [L, B, N, T, T], or None."""
        source = self.embed(self.source_embedding, batch.source)
        memory = self.read(source, batch.source_mask, source=batch.source)
        return self.encoder.maps(source, batch.source_mask), self.decoder.maps(self._scaled(batch.target_in), memory)

    def _free_run(
        self,
        batch: Batch,
        gold: Tensor,
        mask: Tensor | None,
        memory: Memory,
        noise: torch.Generator | None,
        teacher_forcing: float,
    ) -> tuple[Tensor, Look]:
        use_gold = torch.zeros_like(batch.target_mask)
        if teacher_forcing > 0:  # without a generator only 0 and 1 make sense: nothing here rolls the process's dice
            assert noise is not None, "a share between 0 and 1 needs a generator"
            use_gold = torch.rand(use_gold.shape, generator=noise, device=gold.device) < teacher_forcing
        state, own = self.start(memory), gold[:, :1]
        features, looks = [], []
        for t in range(gold.shape[1]):
            x = gold[:, :1] if t == 0 else torch.where(use_gold[:, t, None, None], gold[:, t : t + 1], own)
            x = x if mask is None else x * mask
            feature, state, look = self.decoder.step(x, state, memory, noise)
            look = self.pointed(feature, x, look)
            own = self._scaled(self.logits(feature, look, batch.source).detach().argmax(dim=-1))
            features.append(feature)
            looks.append(look)
        return torch.cat(features, dim=1), Look.joined(looks)

    def _scaled(self, tokens: Tensor) -> Tensor:
        return functional.embedding(tokens, self.target_embedding.weight) * self._scale

    def embed(self, table: nn.Embedding, tokens: Tensor, noise: torch.Generator | None = None) -> Tensor:
        """tokens [B, N] -> what encoder or decoder reads of them [B, N, E]."""
        return dropout(table(tokens) * self._scale, self.config.embedding_dropout, noise)


def parameters_of(config: ModelConfig) -> int:
    """The trainable numbers of a model that is not built: its `parameter_count`."""
    with torch.device("meta"), NothingDrawn():  # shapes alone
        parts: list[nn.Module] = [
            made_member(ENCODERS[config.encoder], config, settings=config.encoder_settings),
            made_member(DECODERS[config.decoder], config, settings=config.decoder_settings),
        ]
        if config.signal:
            parts.append(made_member(FRONT_ENDS[config.front_end], config, settings=config.front_end_settings))
    inner = sum(parameter.numel() for part in parts for parameter in part.parameters())
    matrices = 1 if config.tied else 2 if config.signal else 3
    if config.pointer:
        inner += 2 * config.embedding_size + config.hidden_size + 1
    return inner + config.vocabulary_size * (matrices * config.embedding_size + 1)
