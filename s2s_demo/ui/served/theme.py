"""Gradio's own controls in the colours of the page; `parts/base.css` does the rest."""

import gradio as gr


def theme() -> gr.themes.Base:
    """Every colour is one of the custom properties that `parts/base.css` defines for light and dark."""
    base = gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"])
    colours = {
        "body_background_fill": "var(--paper)",
        "body_text_color": "var(--ink)",
        "body_text_color_subdued": "var(--muted)",
        "background_fill_primary": "var(--card)",
        "background_fill_secondary": "var(--paper)",
        "border_color_primary": "var(--line)",
        "border_color_accent": "var(--accent)",
        "color_accent": "var(--accent)",
        "color_accent_soft": "var(--wash)",
        "link_text_color": "var(--accent)",
        "block_background_fill": "transparent",
        "block_border_color": "transparent",
        "block_label_background_fill": "transparent",
        "block_label_text_color": "var(--muted)",
        "block_title_text_color": "var(--muted)",
        "block_info_text_color": "var(--muted)",
        "input_background_fill": "var(--card)",
        "input_border_color": "var(--edge)",
        "input_border_color_focus": "var(--accent)",
        "input_placeholder_color": "var(--muted)",
        "slider_color": "var(--ink)",
        "checkbox_background_color": "var(--card)",
        "checkbox_background_color_selected": "var(--ink)",
        "checkbox_border_color": "var(--edge)",
        "checkbox_label_background_fill": "transparent",
        "checkbox_label_background_fill_selected": "transparent",
        "checkbox_label_text_color": "var(--ink)",
        "button_primary_background_fill": "var(--ink)",
        "button_primary_text_color": "var(--card)",
        "button_secondary_background_fill": "transparent",
        "button_secondary_text_color": "var(--ink)",
        "button_secondary_border_color": "var(--edge)",
    }
    dark = {f"{name}_dark": value for name, value in colours.items() if name not in _ONE_FOR_BOTH}
    shapes = {"block_border_width": "0px", "block_shadow": "none", "block_padding": "0px", "layout_gap": "18px"}
    return base.set(**colours, **dark, **shapes)


_ONE_FOR_BOTH = {"color_accent"}
