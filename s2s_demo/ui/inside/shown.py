"""What tab Inside shows: records of outputs, each named as the component it goes to.

A record holds the values of the components, or, where events are wired, the components themselves.
"""

from typing import Any, NamedTuple

import gradio as gr

from s2s_demo.serving.query import offered


class Form(NamedTuple):
    """The fields of a question: its values in the order of `Question.values`, or the components that hold them."""

    text: Any
    model: Any
    strategy: Any
    settings: tuple[Any, ...]


class Shown(NamedTuple):
    """A step, and what the changes made so far come to."""

    message: Any = ""
    asked: Any = gr.skip()  # what a class is asked before it is shown anything: an Asked, or None
    asking: Any = gr.skip()
    reading: Any = gr.skip()
    sentence: Any = gr.skip()
    step: Any = gr.skip()
    encoder: Any = gr.skip()
    what_if: Any = gr.skip()
    wish: Any = gr.skip()
    searches: Any = gr.skip()
    reasons: Any = gr.skip()
    download: Any = gr.skip()

    @classmethod
    def saying(cls, message: Any) -> "Shown":
        """A message, and nothing else changes."""
        return cls(message=message)


class Opened(NamedTuple):
    """The tab was opened: the question that the page's address asks, and a step of its answer."""

    tabs: Any = gr.skip()
    form: Any = Form(gr.skip(), gr.skip(), gr.skip(), (gr.skip(),) * len(offered()))
    shown: Any = Shown(message=gr.skip())

    @classmethod
    def saying(cls, message: Any) -> "Opened":
        """A message, and nothing else changes."""
        return cls(shown=Shown.saying(message))
