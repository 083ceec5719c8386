"""What Gradio keeps of a visitor is what it would keep without our help, and no visitor sees another's."""

import gradio as gr
from gradio.blocks import BlocksConfig
from gradio.state_holder import SessionState

from s2s_demo.ui.served.sessions import SharedConfig


def tree() -> gr.Blocks:
    with gr.Blocks(analytics_enabled=False) as demo, gr.Row():
        text, picked = gr.Textbox("two dogs", label="text"), gr.Dropdown(["a", "b"], value="a")
        gr.HTML("<b>hello</b>")
        gr.State(7)
        text.change(lambda value: value, text, picked)
    blocks: gr.Blocks = demo
    return blocks


def described(demo: gr.Blocks) -> dict[int, dict[str, object]]:
    found: dict[int, dict[str, object]] = SessionState(demo).config_values
    return found


def test_a_session_holds_what_gradio_alone_would_hold() -> None:
    demo = tree()
    alone, page = described(demo), demo.get_config_file()
    demo.default_config = SharedConfig.of(demo.default_config)
    assert described(demo) == described(demo) == alone
    assert demo.get_config_file() == page


def test_every_component_is_described_once_for_all_visitors() -> None:
    demo = tree()
    demo.default_config = SharedConfig.of(demo.default_config)
    described(demo)
    first = SessionState(demo).blocks_config
    assert isinstance(first, SharedConfig)
    assert set(first._described) == set(demo.blocks)
    assert first._described is SessionState(demo).blocks_config._described


def test_what_changes_for_one_visitor_changes_for_no_other() -> None:
    demo = tree()
    demo.default_config = SharedConfig.of(demo.default_config)
    one, other = SessionState(demo), SessionState(demo)
    key = next(iter(id_ for id_, block in demo.blocks.items() if isinstance(block, gr.Textbox)))
    one[key] = gr.Textbox("mine", label="text", render=False)
    one._update_value_in_config(key, "only mine")
    assert one.config_values[key]["props"]["value"] == "only mine"
    assert other.config_values[key]["props"]["value"] == "two dogs"
    assert described(demo)[key]["props"]["value"] == "two dogs"  # type: ignore[index]
    assert BlocksConfig.config_for_block(key, [], demo.blocks[key])["props"]["value"] == "two dogs"
