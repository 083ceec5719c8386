"""What tab Translate shows: records of outputs, each named as the component it goes to.

A record holds the values of the components, or, where events are wired, the components themselves.
"""

from typing import Any, NamedTuple

import gradio as gr

from s2s_demo.serving.query import offered
from s2s_demo.ui.parts.layout import MOST_CHIPS


class Form(NamedTuple):
    """The fields of a question: its values in the order of `Question.values`, or the components that hold them."""

    text: Any
    model: Any
    strategy: Any
    settings: tuple[Any, ...]


class Shown(NamedTuple):
    """A new answer: all that the tab shows."""

    message: Any = ""
    question: Any = gr.skip()  # the Question the picture answers
    asked: Any = gr.skip()  # what a class is asked before it is shown anything: an Asked, or None
    asking: Any = gr.skip()
    picture: Any = gr.skip()
    notices: Any = gr.skip()  # what was read otherwise than it was typed
    about: Any = gr.skip()

    @classmethod
    def saying(cls, message: Any) -> "Shown":
        """A message, and nothing else changes."""
        return cls(message=message)


class Opened(NamedTuple):
    """The page was opened: the question its address asks, and the answer."""

    form: Any = Form(gr.skip(), gr.skip(), gr.skip(), (gr.skip(),) * len(offered()))
    shown: Any = Shown()

    @classmethod
    def saying(cls, message: Any) -> "Opened":
        """A message, and nothing else changes."""
        return cls(shown=Shown.saying(message))


class Retold(NamedTuple):
    """Another model was chosen: the text it reads, and the answer."""

    text: Any = gr.skip()
    shown: Any = Shown()

    @classmethod
    def saying(cls, message: Any) -> "Retold":
        """A message, and nothing else changes."""
        return cls(shown=Shown.saying(message))


class Chips(NamedTuple):
    """The sentences to try."""

    chips: tuple[Any, ...] = (gr.skip(),) * MOST_CHIPS

    @classmethod
    def saying(cls, message: Any) -> "Chips":
        """Nothing: there is no room for a message."""
        return cls()


class Exported(NamedTuple):
    """A file for the browser to save, or why there is none."""

    message: Any = ""
    download: Any = gr.skip()

    @classmethod
    def saying(cls, message: Any) -> "Exported":
        """A message, and no file."""
        return cls(message=message)
