"""What the tests of tab Train share: a small form, who asks, and a text that must never become markup."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from live_cases import TINY

from s2s_demo.ui.train.form import Form

HOSTILE = "<img src=x onerror=alert(1)>"
SMALL = Form.of(replace(TINY, updates=20))


def request(visitor: str, **parameters: str) -> Any:
    """What Gradio tells a handler of who asks."""
    return SimpleNamespace(session_hash=visitor, query_params=parameters)
