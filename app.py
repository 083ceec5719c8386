"""Build the demo and serve it: `python app.py`, or a Hugging Face Space.

Gradio's own environment variables are honoured: GRADIO_SERVER_NAME, GRADIO_SERVER_PORT, ...
"""

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from s2s_demo.serving.library import Library


@contextmanager
def no_stubs_written() -> Iterator[None]:
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


with no_stubs_written():
    from s2s_demo.ui import build, first_answer, launch_settings, warm_up_later

library = Library()
demo = build(library)

if __name__ == "__main__":
    print(first_answer(library))  # noqa: T201
    warm_up_later()
    demo.launch(**launch_settings())
