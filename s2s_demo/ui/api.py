"""The public HTTP endpoints: what a program may ask this server, without the page."""

from typing import Any

import gradio as gr
from gradio.events import api

from s2s_demo.errors import S2SError
from s2s_demo.ui.library import Library
from s2s_demo.ui.query import DEFAULT_MODEL, Controls


def add_endpoints(library: Library) -> None:
    """Add `/translate` and `/models` to the Blocks being built."""

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
        try:
            return library.translate(controls.query()).to_json()
        except S2SError as error:
            raise gr.Error(str(error), print_exception=False) from error

    def models() -> list[dict[str, Any]]:
        """The models of this server, each with its name."""
        return [{"name": name} for name in library.names()]

    api(translate, api_name="translate", concurrency_limit=16, concurrency_id="translate")
    api(models, api_name="models", concurrency_limit=16)
