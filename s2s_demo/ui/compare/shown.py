"""What tab Compare shows: records of outputs, each named as the component it goes to."""

from typing import Any, NamedTuple

import gradio as gr

from s2s_demo.ui.parts.layout import MOST_CHIPS


class Shown(NamedTuple):
    """The answer: all lanes."""

    message: Any = ""
    question: Any = gr.skip()  # the values of the Form that the lanes answer
    lanes: Any = gr.skip()

    @classmethod
    def saying(cls, message: Any) -> "Shown":
        """A message, and nothing else changes."""
        return cls(message=message)


class Figures(NamedTuple):
    """The classic figures, their tables, and the test set that they are of."""

    message: Any = ""
    test_set: Any = gr.skip()
    by_length: Any = gr.skip()
    by_length_table: Any = gr.skip()
    by_beam: Any = gr.skip()
    by_beam_table: Any = gr.skip()

    @classmethod
    def saying(cls, message: Any) -> "Figures":
        """A message, and nothing else changes."""
        return cls(message=message)


class Members(NamedTuple):
    """The family: one sentence under every kind of attention."""

    message: Any = ""
    family: Any = gr.skip()

    @classmethod
    def saying(cls, message: Any) -> "Members":
        """A message, and nothing else changes."""
        return cls(message=message)


class Opened(NamedTuple):
    """The tab as a visitor opens it: which models there are, an answer, the figures."""

    kind: Any = gr.skip()
    models: Any = gr.skip()
    shown: Shown = Shown(message=gr.skip())
    figures: Figures = Figures(message=gr.skip())

    @classmethod
    def saying(cls, message: Any) -> "Opened":
        """A message, and nothing else changes."""
        return cls(shown=Shown.saying(message))


class Family(NamedTuple):
    """Other models that read something else: form, sentences to try, answer, figures."""

    text: Any = gr.skip()
    models: Any = gr.skip()
    strategies: Any = gr.skip()
    chips: tuple[Any, ...] = (gr.skip(),) * MOST_CHIPS
    shown: Shown = Shown(message=gr.skip())
    figures: Figures = Figures(message=gr.skip())

    @classmethod
    def saying(cls, message: Any) -> "Family":
        """A message, and nothing else changes."""
        return cls(shown=Shown.saying(message))
