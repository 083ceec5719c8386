"""The public HTTP endpoints: what a program may ask this server, without the page."""

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import gradio as gr
from gradio.events import api

from s2s_demo.decoding import STRATEGIES
from s2s_demo.errors import S2SError
from s2s_demo.evaluation import Report, report
from s2s_demo.serving.library import Library
from s2s_demo.serving.query import DEFAULT_MODEL, DEFAULT_STRATEGY, Question, offered
from s2s_demo.ui.evaluate.handlers import RUNS_AT_ONCE
from s2s_demo.ui.evaluate.sets import sent


def add_endpoints(library: Library) -> None:
    """Add `/translate`, `/evaluate` and `/models` to the Blocks being built."""

    def translate(
        text: str, model: str = DEFAULT_MODEL, strategy: str = DEFAULT_STRATEGY, **settings: Any
    ) -> dict[str, Any]:
        """Translate a text of one or more sentences and return the whole search: hypotheses, tree, attention.

        Args:
            text: one sentence or several.
            model: a name that /models lists.
            strategy: {strategies}.
            **settings: of the strategies.

        """
        with _told():
            return library.translate(Question(text, model, strategy, settings).query()).to_json()

    def evaluate(
        model: str,
        sources: list[str],
        references: list[list[str]],
        strategy: str = DEFAULT_STRATEGY,
        **settings: Any,
    ) -> dict[str, Any]:
        """Translate up to 100 sentences and score them: BLEU, chrF and TER with signatures and 95 % intervals.

        Args:
            model: a name that /models lists.
            sources: the sentences, at most 100.
            references: for each sentence its reference, or a list of up to 8; all texts together have at most
                30,000 characters.
            strategy: {strategies}; greedy is scored beside the others.
            **settings: of the strategies.

        """
        with _told():
            query = Question("", model, strategy, settings).query()
            *_, found = report(library.get(query.model), query.model, sent(sources, references), query.strategy)
            assert isinstance(found, Report)
            return found.to_json()

    def models() -> list[dict[str, Any]]:
        """The models of this server, each with its name."""
        return [{"name": name} for name in library.names()]

    for endpoint, at_once in ((with_settings(translate), 16), (with_settings(evaluate), RUNS_AT_ONCE), (models, 16)):
        name, about = endpoint.__name__, inspect.getdoc(endpoint)
        api(endpoint, api_name=name, api_description=about, concurrency_limit=at_once, concurrency_id=name)


def with_settings(endpoint: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """The endpoint with a documented parameter for each setting of a strategy, where it takes `**settings`.

    Gradio reads names, types and defaults from the signature, and their meaning from the docstring.
    """
    plain = inspect.signature(endpoint)
    own = [each for each in plain.parameters.values() if each.kind is not inspect.Parameter.VAR_KEYWORD]
    added = [
        inspect.Parameter(
            each.name, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=each.default, annotation=each.kind
        )
        for each in offered()
    ]
    whole = plain.replace(parameters=[*own, *added])

    @wraps(endpoint)
    def answer(*given: Any, **named: Any) -> dict[str, Any]:
        return endpoint(**whole.bind(*given, **named).arguments)

    answer.__signature__ = whole  # type: ignore[attr-defined]
    answer.__annotations__ = {each.name: each.annotation for each in whole.parameters.values()} | {
        "return": plain.return_annotation
    }
    documented = [f"{each.name}: {each.explained(shared=True)} ({', '.join(each.members)})." for each in offered()]
    docstring, _, _ = inspect.cleandoc(endpoint.__doc__ or "").partition("**settings")
    docstring = docstring.format(strategies=", ".join(STRATEGIES))
    answer.__doc__ = "\n    ".join([docstring.rstrip(), *documented])
    return answer


@contextmanager
def _told() -> Iterator[None]:
    """A user's mistake becomes the message that Gradio sends; anything else stays a bug without details."""
    try:
        yield
    except S2SError as error:
        raise gr.Error(str(error), print_exception=False) from error
