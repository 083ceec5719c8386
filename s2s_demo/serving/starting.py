"""What spares a server half of its start: work that nobody needs while modules are imported and the page is built."""

import gc
import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

YOUNG = 7_000  # objects made until the next look for garbage, ten times Python's own: a visitor alone brings a thousand


@contextmanager
def starting() -> Iterator[None]:
    """Import Gradio and build the page inside.

    Almost nothing that is made then is ever given up, so it is not searched for garbage: nor later, when a look at all
    of it would stop every answer for a quarter of a second.  What comes later is searched a tenth as often as Python
    would: it took a tenth of what a class's answers cost, and stopped them all for a tenth of a second at a time.
    """
    gc.disable()
    try:
        with _no_stubs_written():
            yield
    finally:
        gc.freeze()
        gc.set_threshold(YOUNG)
        gc.enable()


@contextmanager
def _no_stubs_written() -> Iterator[None]:
    """While Gradio is imported it writes a type stub beside each of its components, which takes half of the time.

    It writes none for a component that has no file.
    """
    file_of = inspect.getfile

    def asked(thing: object) -> str:
        if isinstance(thing, type) and thing.__module__.startswith("gradio."):
            raise OSError("no file, so that no stub is written")
        return file_of(thing)  # type: ignore[arg-type]

    with patch.object(inspect, "getfile", asked):
        yield
