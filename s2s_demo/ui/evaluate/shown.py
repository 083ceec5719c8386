"""What tab Evaluate shows: records of outputs, each named as the component it goes to."""

from typing import Any, NamedTuple

import gradio as gr


class Shown(NamedTuple):
    """A run, figures of it or of the models' cards, and the sentence that is looked at."""

    message: Any = ""
    status: Any = gr.skip()
    bar: Any = gr.skip()
    report: Any = gr.skip()
    overview: Any = gr.skip()
    by_length_about: Any = gr.skip()
    by_length: Any = gr.skip()
    by_length_table: Any = gr.skip()
    by_beam_about: Any = gr.skip()
    by_beam: Any = gr.skip()
    by_beam_table: Any = gr.skip()
    numbers: Any = gr.skip()
    figures: Any = gr.skip()
    worst_about: Any = gr.skip()
    worst: Any = gr.skip()
    picked_title: Any = gr.skip()
    picked: Any = gr.skip()
    picture: Any = gr.skip()

    @classmethod
    def saying(cls, message: Any) -> "Shown":
        """A message, and nothing else changes."""
        return cls(message=message)

    @classmethod
    def ended(cls, message: Any) -> "Shown":
        """A message at which a run ended."""
        return cls(message=message, status="", bar="")

    @classmethod
    def unmeasured(cls, message: Any) -> "Shown":
        """A message where the worst sentences would stand."""
        return cls(message=gr.skip(), worst_about=message, bar="")


class Sets(NamedTuple):
    """Which test sets a model has: the choices, and what is said of them."""

    test_set: Any = gr.skip()
    about_set: Any = ""

    @classmethod
    def saying(cls, message: Any) -> "Sets":
        """A message in place of what is said of them."""
        return cls(about_set=message)


class Opened(NamedTuple):
    """Another model, or the tab as a visitor opens it: which models there are, its test sets, its card's figures.

    `opened` is the model that is shown, `glance` the turn in which its worst sentences are looked for; 0: not now.
    """

    model: Any = gr.skip()
    opened: Any = gr.skip()
    glance: Any = 0
    sets: Sets = Sets(about_set=gr.skip())
    shown: Shown = Shown(message=gr.skip())

    @classmethod
    def saying(cls, message: Any) -> "Opened":
        """A message, and nothing else changes."""
        return cls(shown=Shown(message=message))


class Waiting(NamedTuple):
    """A run waits for its turn."""

    message: Any = ""
    status: Any = gr.skip()
    bar: Any = gr.skip()
    turn: Any = gr.skip()

    @classmethod
    def saying(cls, message: Any) -> "Waiting":
        """A message, and nothing else changes."""
        return cls(message=message)


class Exported(NamedTuple):
    """A message, or a file for the browser to save."""

    message: Any = ""
    download: Any = ""

    @classmethod
    def saying(cls, message: Any) -> "Exported":
        """A message, and no file."""
        return cls(message=message)
