"""The public HTTP endpoints: what a program may ask this server, without the page."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import gradio as gr
from gradio.events import api

from s2s_demo.errors import S2SError
from s2s_demo.evaluation import Report, report
from s2s_demo.serving.library import Library
from s2s_demo.serving.query import DEFAULT_MODEL, Controls
from s2s_demo.ui.evaluate.handlers import RUNS_AT_ONCE
from s2s_demo.ui.evaluate.sets import sent


def add_endpoints(library: Library) -> None:
    """Add `/translate`, `/evaluate` and `/models` to the Blocks being built."""

    def translate(
        text: str,
        model: str = DEFAULT_MODEL,
        strategy: str = "beam",
        beam_size: int = 5,
        length_penalty: float = 0.75,
        temperature: float = 1.0,
        top_k: int = 0,
        top_p: float = 1.0,
        seed: int = 0,
    ) -> dict[str, Any]:
        """Translate a text of one or more sentences and return the whole search: hypotheses, tree, attention.

        Args:
            text: one sentence or several.
            model: a name that /models lists.
            strategy: greedy, beam or sampling.
            beam_size: beginnings that go on side by side, 1 to 10 (beam).
            length_penalty: α in score = Σ log p / length^α, 0 to 2 (beam).
            temperature: below 1 sharper, above 1 flatter (sampling).
            top_k: draw among the k likeliest words only, 0 for all (sampling).
            top_p: draw among the fewest words that hold this probability (sampling).
            seed: the same seed draws the same words (sampling).

        """
        controls = Controls(text, model, strategy, beam_size, length_penalty, temperature, top_k, top_p, seed)
        with _told():
            return library.translate(controls.query()).to_json()

    def evaluate(
        model: str,
        sources: list[str],
        references: list[list[str]],
        strategy: str = "beam",
        beam_size: int = 5,
        length_penalty: float = 0.75,
        temperature: float = 1.0,
        top_k: int = 0,
        top_p: float = 1.0,
        seed: int = 0,
    ) -> dict[str, Any]:
        """Translate up to 100 sentences and score them: BLEU, chrF and TER with signatures and 95 % intervals.

        Args:
            model: a name that /models lists.
            sources: the sentences, at most 100.
            references: for each sentence its reference, or a list of up to 8; all texts together have at most
                30,000 characters.
            strategy: greedy, beam or sampling; greedy is scored beside the other two.
            beam_size: as for /translate.
            length_penalty: as for /translate.
            temperature: as for /translate.
            top_k: as for /translate.
            top_p: as for /translate.
            seed: as for /translate.

        """
        controls = Controls("", model, strategy, beam_size, length_penalty, temperature, top_k, top_p, seed)
        with _told():
            query = controls.query()
            *_, found = report(library.get(query.model), query.model, sent(sources, references), query.strategy)
            assert isinstance(found, Report)
            return found.to_json()

    def models() -> list[dict[str, Any]]:
        """The models of this server, each with its name."""
        return [{"name": name} for name in library.names()]

    api(translate, api_name="translate", concurrency_limit=16, concurrency_id="translate")
    api(evaluate, api_name="evaluate", concurrency_limit=RUNS_AT_ONCE, concurrency_id="evaluate")
    api(models, api_name="models", concurrency_limit=16)


@contextmanager
def _told() -> Iterator[None]:
    """A user's mistake becomes the message that Gradio sends; anything else stays a bug without details."""
    try:
        yield
    except S2SError as error:
        raise gr.Error(str(error), print_exception=False) from error
