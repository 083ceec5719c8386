"""What tab Translate asks for, by name: the values that a browser sent, or the components that hold them."""

from typing import Any, NamedTuple

from s2s_demo.ui.parts.path import View


class Form(NamedTuple):
    """The fields of a question: its values in the order of `Controls.values`, or the components that hold them."""

    text: Any
    model: Any
    strategy: Any
    settings: tuple[Any, ...]


class Look(NamedTuple):
    """How the answer is looked at: sentence, node, unit, cut nodes or not; and what the page holds by now.

    `question` is what the pictures answer, `drawn` the node that is selected in the tree as it was sent, `tokens_open`
    and the like tell which folds are open.
    """

    question: Any = None
    sentence: Any = 0
    node: Any = None
    unit: Any = "words"
    show_cut: Any = False
    drawn: Any = None
    tokens_open: Any = False
    alignment_open: Any = False
    tree_open: Any = False

    def view(self) -> View:
        """What the pictures show; what is no number is the first sentence, the best hypothesis."""
        sentence, node = (given if type(given) is int else None for given in (self.sentence, self.node))
        return View(sentence or 0, node, str(self.unit), bool(self.show_cut))
