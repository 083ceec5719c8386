"""What tab Translate shows: records of outputs, each named as the component it goes to.

A record holds the values of the components, or, where events are wired, the components themselves.
"""

from typing import Any, NamedTuple

import gradio as gr

from s2s_demo.serving.query import offered
from s2s_demo.ui.parts.layout import MOST_CHIPS
from s2s_demo.ui.translate.form import Form


class Shown(NamedTuple):
    """A new answer: all that the tab shows."""

    message: Any = ""
    question: Any = gr.skip()  # the Controls the pictures answer
    node: Any = gr.skip()
    drawn: Any = gr.skip()
    answer: Any = gr.skip()
    sentence: Any = gr.skip()
    unit: Any = gr.skip()
    path_note: Any = gr.skip()
    back: Any = gr.skip()
    heatmap: Any = gr.skip()
    tree: Any = gr.skip()
    selection: Any = gr.skip()
    path: Any = gr.skip()
    finished: Any = gr.skip()
    tokens: Any = gr.skip()
    alignment_text: Any = gr.skip()
    alignment: Any = gr.skip()
    tree_rows: Any = gr.skip()
    about: Any = gr.skip()

    @classmethod
    def saying(cls, message: Any) -> "Shown":
        """A message, and nothing else changes."""
        return cls(message=message)


class Looked(NamedTuple):
    """Another look at the same answer: what changes with the node, the unit, or the cut nodes."""

    message: Any = ""
    node: Any = gr.skip()
    drawn: Any = gr.skip()
    path_note: Any = gr.skip()
    back: Any = gr.skip()
    heatmap: Any = gr.skip()
    tree: Any = gr.skip()
    selection: Any = gr.skip()
    path: Any = gr.skip()
    tokens: Any = gr.skip()
    alignment_text: Any = gr.skip()
    alignment: Any = gr.skip()
    tree_rows: Any = gr.skip()

    @classmethod
    def saying(cls, message: Any) -> "Looked":
        """A message, and nothing else changes."""
        return cls(message=message)


class Unfolded(NamedTuple):
    """What stands in the folds, and which of them are open."""

    message: Any = gr.skip()
    tokens_open: Any = gr.skip()
    tokens: Any = gr.skip()
    alignment_open: Any = gr.skip()
    alignment_text: Any = gr.skip()
    alignment: Any = gr.skip()
    tree_open: Any = gr.skip()
    tree_rows: Any = gr.skip()

    @classmethod
    def saying(cls, message: Any) -> "Unfolded":
        """A message, and nothing else changes."""
        return cls(message=message)


class Opened(NamedTuple):
    """A form that the server fills in, and the answer to it."""

    form: Any = Form(gr.skip(), gr.skip(), gr.skip(), (gr.skip(),) * len(offered()))
    shown: Shown = Shown()

    @classmethod
    def saying(cls, message: Any) -> "Opened":
        """A message, and nothing else changes."""
        return cls(shown=Shown.saying(message))


class Retold(NamedTuple):
    """Another text to read, and the answer to it."""

    text: Any = gr.skip()
    shown: Shown = Shown()

    @classmethod
    def saying(cls, message: Any) -> "Retold":
        """A message, and nothing else changes."""
        return cls(shown=Shown.saying(message))


class Chips(NamedTuple):
    """The sentences to try."""

    chips: tuple[Any, ...] = ()

    @classmethod
    def saying(cls, message: Any) -> "Chips":
        """Nothing changes, and nobody is told: the answer says what is wrong."""
        return cls((gr.skip(),) * MOST_CHIPS)


class Exported(NamedTuple):
    """A message, or a file for the browser to save."""

    message: Any = ""
    download: Any = ""

    @classmethod
    def saying(cls, message: Any) -> "Exported":
        """A message, and no file."""
        return cls(message=message)
