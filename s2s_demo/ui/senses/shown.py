"""What tab See and hear shows: records of outputs, each named as the component it goes to."""

from typing import Any, NamedTuple

import gradio as gr


class Shown(NamedTuple):
    """An answer."""

    message: Any = ""
    question: Any = gr.skip()  # the Question that are answered
    seen: Any = gr.skip()
    picture: Any = gr.skip()

    @classmethod
    def saying(cls, message: Any) -> "Shown":
        """A message, and nothing else changes."""
        return cls(message=message)


class Opened(NamedTuple):
    """Another model: what it reads, and an example of it."""

    model: Any = gr.skip()
    easel: Any = gr.skip()
    shown: Any = Shown()

    @classmethod
    def saying(cls, message: Any) -> "Opened":
        """A message, and nothing else changes."""
        return cls(shown=Shown.saying(message))


class Saved(NamedTuple):
    """A file for the browser."""

    message: Any = ""
    download: Any = gr.skip()

    @classmethod
    def saying(cls, message: Any) -> "Saved":
        """A message, and no file."""
        return cls(message=message)
