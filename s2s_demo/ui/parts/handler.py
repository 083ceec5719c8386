"""How a function becomes a handler of the page: who asks, in which language, and what happens when it fails.

    @handler(Shown.saying)
    def on_look(visit: Visit, node: Any) -> Shown: ...

`on_look(library)` is what Gradio calls.  A user's mistake becomes the message that `Shown.saying` makes an answer of; a
bug becomes a log entry, and a message without details.
"""

import inspect
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import gradio as gr

from s2s_demo.errors import S2SError
from s2s_demo.serving.library import Library
from s2s_demo.serving.turns import Turns
from s2s_demo.serving.visitors import Visitor
from s2s_demo.words import ORIGINAL, languages, say, speaking

log = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Visit:
    """One call of a handler: the models, whose page it is, and what that page's address asks for."""

    library: Library
    session: str = ""
    parameters: Mapping[str, str] | None = None

    @property
    def visitor(self) -> Visitor:
        """Who asks, with all that is theirs."""
        return self.library.visitors.of(self.session)


def handler(
    saying: Callable[[Any], R], *, latest: str = ""
) -> Callable[[Callable[Concatenate[Visit, P], R]], Callable[[Library], Callable[Concatenate[gr.Request, P], R]]]:
    """A handler that answers once; `saying` makes an answer of a message.

    With `latest` (a place of the page) an answer that comes after a visitor's newer question there changes nothing.
    """

    def decorate(work: Callable[Concatenate[Visit, P], R]) -> Any:
        def for_library(library: Library) -> Callable[..., R]:
            def on_event(request: gr.Request, *values: P.args, **named: P.kwargs) -> R:
                visit = visit_of(library, request)
                turns = visit.visitor.turns(latest) if latest else Turns()
                turn = turns.take()
                with speaking(language_of(request)):
                    try:
                        answer = work(visit, *values, **named)
                    except Exception as error:  # noqa: BLE001  (told or logged)
                        answer = saying(told(error))
                return answer if turns.goes_on(turn) else saying(gr.skip())

            _as_gradio_reads(on_event, work)
            return on_event

        return wraps(work)(for_library)

    return decorate


def steps(
    saying: Callable[[Any], R],
) -> Callable[
    [Callable[Concatenate[Visit, P], Iterator[R]]],
    Callable[[Library], Callable[Concatenate[gr.Request, P], Iterator[R]]],
]:
    """A handler that answers in steps; the language is set around each of them, for others run between two."""

    def decorate(work: Callable[Concatenate[Visit, P], Iterator[R]]) -> Any:
        def for_library(library: Library) -> Callable[..., Iterator[R]]:
            def on_event(request: gr.Request, *values: P.args, **named: P.kwargs) -> Iterator[R]:
                language = language_of(request)
                with speaking(language):
                    rest: Any = work(visit_of(library, request), *values, **named)
                with closing(rest):
                    while True:
                        with speaking(language):
                            try:
                                step = next(rest)
                            except StopIteration:
                                return
                            except Exception as error:  # noqa: BLE001  (told or logged)
                                step = saying(told(error))
                        yield step

            _as_gradio_reads(on_event, work)
            return on_event

        return wraps(work)(for_library)

    return decorate


def flattened(on_event: Callable[..., Any]) -> Callable[..., list[Any]]:
    """A handler whose answer has records inside it, as Gradio wants it: one value after the other."""

    @wraps(on_event)
    def flat(*values: Any) -> list[Any]:
        return list(leaves(on_event(*values)))

    return flat


def leaves(record: tuple[Any, ...]) -> Iterator[Any]:
    """The values of a record, those of the records inside it in their place."""
    for value in record:
        if isinstance(value, tuple):
            yield from leaves(value)
        else:
            yield value


def calmly(saying: Callable[[Any], R], make: Callable[[], R]) -> R:
    """A record inside an answer; where it cannot be made, the rest of the answer still stands."""
    try:
        return make()
    except Exception as error:  # noqa: BLE001  (told or logged)
        return saying(told(error))


def told(error: Exception) -> str:
    """What a visitor is told of an error, which is being handled."""
    if isinstance(error, S2SError):
        return sentence_case(str(error))
    log.exception("a handler failed")
    return say("page.bug")


def sentence_case(text: str) -> str:
    """An error's text as a sentence."""
    return f"{text[:1].upper()}{text[1:]}{say('page.full-stop') if text[-1:].isalnum() else ''}"


def visit_of(library: Library, request: gr.Request) -> Visit:
    """Who makes a request, and what is in the address of the page."""
    return Visit(library, request.session_hash or "", dict(request.query_params))


def language_of(request: gr.Request) -> str:
    """The language that the page's address asks for (`?lang=zh`), if there is such a table; else the original."""
    asked = request.query_params.get("lang", ORIGINAL)
    return asked if asked in languages() else ORIGINAL


def _as_gradio_reads(on_event: Any, work: Callable[..., Any]) -> None:
    """Give `on_event` the parameters of `work`: Gradio looks there for events, and counts the values it may send."""
    visit, *values = inspect.signature(work).parameters.values()
    request = visit.replace(name="request", annotation=gr.Request)
    on_event.__name__, on_event.__doc__ = work.__name__, work.__doc__
    on_event.__signature__ = inspect.Signature([request, *values])
    on_event.__annotations__ = {value.name: value.annotation for value in (request, *values)}
