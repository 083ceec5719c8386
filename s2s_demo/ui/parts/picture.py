"""A translation as one linked picture; `views/picture` says what it is drawn from, and draws it."""

import time

import gradio as gr

from s2s_demo.translator import Translation
from s2s_demo.ui.parts.base import element, safe_json
from s2s_demo.ui.parts.plot import save_menu
from s2s_demo.views.picture import PicturePayload, picture_payload, picture_template


def picture_view(elem_id: str) -> gr.HTML:
    """The picture; its value comes from `picture_value`, and all that is chosen in it stays in the browser."""
    return element("picture", elem_id, picture_template(save_menu()))


def picture_value(payload: PicturePayload) -> str:
    """The value of a picture_view."""
    return safe_json(payload)


def picture_of(translation: Translation, link: dict[str, str] | None = None) -> PicturePayload:
    """What the picture of an answer is drawn from; `link` are the parameters of an address that asks it again."""
    return picture_payload(translation, link=link, nonce=time.time_ns())
