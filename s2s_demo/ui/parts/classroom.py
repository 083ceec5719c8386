"""What pupils predict is counted for whoever opened the lesson; see `serving/classes.py`."""

from collections.abc import Mapping, Sequence

from s2s_demo.ui.parts.handler import Visit

QUESTION = "ask"  # of a link; the tour's questions go by their steps


def count(visit: Visit, question: str, picked: Sequence[int]) -> None:
    """Count an answer where the page's address belongs to a class, and asks what that class is asked."""
    parameters, classes = visit.parameters or {}, visit.library.visitors.classes
    code = parameters.get("class", "")
    lesson = classes.lesson(code)
    if lesson is not None and _asks(lesson, question, parameters):
        classes.count(code, question, visit.session, picked)


def _asks(lesson: Mapping[str, str], question: str, parameters: Mapping[str, str]) -> bool:
    """A tour asks at every step; any other lesson its own question, of its own text by its own model."""
    if question != QUESTION:
        return "learn" in lesson
    return "learn" not in lesson and all(parameters.get(name) == value for name, value in lesson.items())
