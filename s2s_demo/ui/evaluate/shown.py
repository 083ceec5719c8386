"""What tab Evaluate shows: records of outputs, each named as the component it goes to."""

from typing import Any, NamedTuple

import gradio as gr


class Shown(NamedTuple):
    """A run, what it found, and the sentence that is looked at."""

    message: Any = ""
    status: Any = gr.skip()
    bar: Any = gr.skip()
    report: Any = gr.skip()
    figures: Any = gr.skip()
    by_length: Any = gr.skip()
    by_length_table: Any = gr.skip()
    by_beam: Any = gr.skip()
    by_beam_table: Any = gr.skip()
    worst: Any = gr.skip()
    picked_title: Any = gr.skip()
    picked: Any = gr.skip()
    sentence: Any = gr.skip()
    heatmap: Any = gr.skip()
    number: Any = gr.skip()

    @classmethod
    def saying(cls, message: Any) -> "Shown":
        """A message, and nothing else changes."""
        return cls(message=message)

    @classmethod
    def ended(cls, message: Any) -> "Shown":
        """A message at which a run ended."""
        return cls(message=message, status="", bar="")


class Sets(NamedTuple):
    """Which test sets a model has: the choices, and what is said of them."""

    test_set: Any = gr.skip()
    about_set: Any = ""

    @classmethod
    def saying(cls, message: Any) -> "Sets":
        """A message in place of what is said of them."""
        return cls(about_set=message)


class Opened(NamedTuple):
    """The tab as a visitor opens it: which models there are, and the test sets of the one chosen."""

    model: Any = gr.skip()
    sets: Sets = Sets()

    @classmethod
    def saying(cls, message: Any) -> "Opened":
        """A message in place of what is said of the sets."""
        return cls(sets=Sets.saying(message))


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
