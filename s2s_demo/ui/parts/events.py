"""How the events of a tab behave: nobody's endpoint, no veil of Gradio's, and the newest question of several wins."""

from typing import Any

Behaviour = dict[str, Any]  # keyword arguments of an event listener

PRIVATE: Behaviour = {"show_progress": "hidden", "api_visibility": "private"}
AT_ONCE: Behaviour = {**PRIVATE, "queue": False}

# Values come as the browser sent them, for a handler that checks all it is given, and go as they are: Gradio would send
# each of them through another thread, which costs more than an answer's search when a class asks.
AS_SENT: Behaviour = {"preprocess": False, "postprocess": False}


def answering(place: str, at_once: int = 8) -> Behaviour:
    """Of events that ask something: a browser's last question counts, and `at_once` of all are answered together."""
    return {**PRIVATE, "trigger_mode": "always_last", "concurrency_limit": at_once, "concurrency_id": place}


def asking(tab: str, at_once: int = 8) -> Behaviour:
    """The same, and the tab shows that it is at work until `ready`."""
    return {**answering(tab, at_once), "js": f"(...values) => {{ S2S.busy('{tab}', true); return values; }}"}


def ready(tab: str) -> Behaviour:
    """Of the event after the answer, whatever it was."""
    return {"js": f"() => S2S.busy('{tab}', false)", "api_visibility": "private"}
