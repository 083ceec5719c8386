"""Side by side with OpenNMT-py: `PYTHONPATH=. PEER/bin/python -m tests.tools.peers [--rounds 5] [--json]`.

A tool for people.  PEER is a virtual environment of its own, for no requirement of the peer's may reach ours: in it,
`pip install --no-deps OpenNMT-py==3.5.1`, `pip install configargparse six tensorboard rapidfuzz pyahocorasick flask
waitress ctranslate2 pyonmttok pyyaml` and what this project requires; `spacy` and `fasttext`, which the peer imports
and does not use here, may be empty files.

Both sides have the same widths (embeddings 256, an LSTM of 256 a direction reads, one of 512 writes, general
attention, 6,000 pieces), the same batches, one thread, and take turns; what counts is CPU time, of which the median
is printed.  Weights are random and every search goes to its limit: only the arithmetic counts.
"""

import argparse
import json
import statistics
import sys
import time
import warnings
from argparse import Namespace
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

import torch
from torch.nn import functional

from s2s_demo.commands.comparison import AT_ONCE, EMBEDDING, HIDDEN, PIECES, SOURCE, TARGET
from s2s_demo.decoding import Beam, Greedy, search
from s2s_demo.model import ModelConfig, Seq2Seq
from s2s_demo.model.packed import freeze, pack
from s2s_demo.text import Batch
from s2s_demo.training.losses import cross_entropy

DROPOUT, CLIP = 0.3, 1.0
LENGTHS = range(8, 24, 2)  # of the sources of a batch; a target is up to two longer or shorter


def batches() -> list[Batch]:
    """Training batches of 64 pairs, bucketed by length."""
    chance = torch.Generator().manual_seed(1)

    def row(length: int) -> list[int]:
        return torch.randint(4, PIECES, (length,), generator=chance).tolist()

    return [Batch.of([(row(n), row(n - 2 + i % 5)) for i in range(AT_ONCE)]) for n in LENGTHS]


def sources(count: int) -> torch.Tensor:
    """What a search is asked for [count, SOURCE]."""
    return torch.randint(4, PIECES, (count, SOURCE), generator=torch.Generator().manual_seed(0))


def ours() -> dict[str, Callable[[], object]]:
    """This project's work."""
    shape = {"vocabulary_size": PIECES, "embedding_size": EMBEDDING, "hidden_size": HIDDEN, "decoder": "luong"}
    rates = {f"{place}_dropout": DROPOUT for place in ("embedding", "hidden", "output")}
    config = ModelConfig(
        **shape, **rates, attention="general", encoder_settings={"size": HIDDEN // 2}, residual=False, cell="lstm"
    )
    learner, noise, given = Seq2Seq(config), torch.Generator().manual_seed(0), batches()
    optimiser = torch.optim.Adam(learner.parameters(), fused=True)

    def train(narrow: bool) -> None:
        for batch in given:
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=narrow, cache_enabled=False):
                features, _ = learner(batch, noise)
            optimiser.zero_grad(set_to_none=True)
            real = batch.target_mask
            cross_entropy(features[real], learner.output, batch.target_out[real])[0].backward()
            torch.nn.utils.clip_grad_norm_(learner.parameters(), CLIP)
            optimiser.step()

    plain = freeze(Seq2Seq(config))
    exact, narrow = pack(plain), pack(deepcopy(plain).to(torch.bfloat16))

    def decode(count: int, strategy: Greedy | Beam, model: Seq2Seq = exact) -> Callable[[], object]:
        source = sources(count)
        mask = torch.ones_like(source, dtype=torch.bool)
        return lambda: search(model, source, mask, strategy)

    return {
        "training": lambda: train(narrow=False),
        "training, bf16": lambda: train(narrow=True),
        "greedy": decode(AT_ONCE, Greedy(max_length=TARGET)),
        "greedy, bf16": decode(AT_ONCE, Greedy(max_length=TARGET), narrow),
        "beam 5": decode(AT_ONCE, Beam(max_length=TARGET)),
        "beam 5, bf16": decode(AT_ONCE, Beam(max_length=TARGET), narrow),
        "one sentence": decode(1, Beam(max_length=TARGET)),
    }


def peers() -> dict[str, Callable[[], object]]:
    """OpenNMT-py's, without input feeding: the fastest of its models with attention."""
    import pyonmttok
    from onmt.model_builder import build_base_model
    from onmt.translate.beam_search import GNMTGlobalScorer
    from onmt.translate.translator import Translator

    words = [f"w{i}" for i in range(PIECES - 4)]
    made = pyonmttok.build_vocab_from_tokens(["<blank>", "<unk>", "<s>", "</s>", *words])
    vocabs = {"src": made, "tgt": made, "data_task": "seq2seq", "decoder_start_token": "<s>"}
    parser_defaults = peer_options()
    model = build_base_model(parser_defaults, vocabs)
    for parameter in model.parameters():
        torch.nn.init.uniform_(parameter, -0.1, 0.1)
    optimiser, given = torch.optim.Adam(model.parameters(), fused=True), batches()
    pad = made["<blank>"]

    def train() -> None:
        model.train()
        for batch in given:
            mask, lengths = batch.target_mask, batch.source_mask.sum(dim=1)
            target = torch.cat([batch.target_in, batch.target_out[:, -1:]], dim=1)[..., None]
            outputs, _ = model(batch.source[..., None], target, lengths)
            logits = model.generator(outputs.flatten(0, 1))
            gold = batch.target_out.masked_fill(~mask, pad).flatten()
            optimiser.zero_grad(set_to_none=True)
            functional.cross_entropy(logits, gold, ignore_index=pad).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP)
            optimiser.step()

    def decode(count: int, beam: int, looks: bool) -> Callable[[], object]:
        scorer = GNMTGlobalScorer(0.0, 0.0, "none", "none")
        translator = Translator(
            model, vocabs, beam_size=beam, n_best=beam, min_length=TARGET, max_length=TARGET, max_length_ratio=0,
            global_scorer=scorer,
        )  # fmt: skip
        lengths = torch.full((count,), SOURCE)
        batch = {"src": sources(count)[..., None], "srclen": lengths, "ind_in_bucket": list(range(count))}

        def work() -> object:
            model.eval()
            return translator.translate_batch(batch, attn_debug=looks)

        return work

    return {
        "training": train,
        "greedy": decode(AT_ONCE, 1, looks=False),
        "beam 5": decode(AT_ONCE, 5, looks=False),
        "one sentence": decode(1, 5, looks=True),
    }


def peer_options() -> Namespace:
    """The peer's options of a model, all that are not about width as it sets them itself."""
    from onmt.opts import model_opts
    from onmt.utils.parse import ArgumentParser

    parser = ArgumentParser()
    model_opts(parser)
    options, _ = parser.parse_known_args([])
    changes: Mapping[str, Any] = {
        "encoder_type": "rnn", "decoder_type": "rnn", "rnn_type": "LSTM", "input_feed": 0, "brnn": True,
        "enc_layers": 1, "dec_layers": 1, "enc_hid_size": HIDDEN, "dec_hid_size": HIDDEN, "hidden_size": HIDDEN,
        "src_word_vec_size": EMBEDDING, "tgt_word_vec_size": EMBEDDING, "share_embeddings": True,
        "share_decoder_embeddings": False, "global_attention": "general", "dropout": [DROPOUT],
        "attention_dropout": [DROPOUT], "model_type": "text", "freeze_word_vecs_enc": False, "optim": "adam",
        "freeze_word_vecs_dec": False, "freeze_encoder": False, "freeze_decoder": False, "world_size": 1,
        "parallel_mode": "data_parallel", "quant_type": "", "quant_layers": [], "lora_layers": [],
    }  # fmt: skip
    for name, value in changes.items():
        setattr(options, name, value)
    return options


def measured(works: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """CPU seconds of each work, the median after one round of warm-up; in turns, so that all meet the same machine."""
    found: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds + 1):
        for name, work in works.items():
            started = time.process_time()
            work()
            found[name].append(time.process_time() - started)
    return {name: statistics.median(seconds[1:]) for name, seconds in found.items()}


def table(seconds: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """Rates, and milliseconds of one sentence, of both sides; `ratio` above 1: this project is faster."""
    tokens = sum(int(batch.target_mask.sum()) for batch in batches())
    rows: dict[str, dict[str, float]] = {}
    for name, took in seconds.items():
        side, _, what = name.partition(" ")
        of_peer = seconds[f"peer {what.removesuffix(', bf16')}"]
        amount = tokens if what.startswith("training") else AT_ONCE
        value = 1000 * took if what == "one sentence" else amount / took
        rows.setdefault(what, {})[side] = value
        if side == "ours":
            rows[what]["ratio"] = of_peer / took
    return rows


UNITS = {"training": "target tokens/s", "training, bf16": "target tokens/s", "one sentence": "ms of CPU"}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.tools.peers", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="of which the median counts (5)")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    torch.set_num_threads(1)
    works = {f"ours {name}": work for name, work in ours().items()}
    try:
        works |= {f"peer {name}": work for name, work in peers().items()}
    except ImportError as error:
        parser.error(f"OpenNMT-py cannot be imported here: {error}; --help says how to install it")
    rows = table(measured(works, options.rounds))
    if options.json:
        print(json.dumps(rows))  # noqa: T201
        return 0
    for what, row in rows.items():
        cells = "  ".join(f"{side} {value:,.1f}" for side, value in row.items())
        print(f"{what:<16} {cells}  {UNITS.get(what, 'sentences/s')}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
