"""What comes from this server besides Gradio: Plotly.js, and what the page does to Gradio's config."""

import json
import re
from importlib.metadata import version
from pathlib import Path

import plotly
import pytest
from scripts import scripts
from starlette.applications import Starlette
from starlette.testclient import TestClient

from s2s_demo.ui.served import static


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(Starlette(routes=static.routes()))


def test_plotly_js_is_sent_packed_and_for_keeps_to_whoever_can_unpack_it(client: TestClient) -> None:
    packed = client.get(f"/{static.PLOTLY_URL}", headers={"Accept-Encoding": "br"})
    assert packed.headers["content-encoding"] == "br"
    assert int(packed.headers["content-length"]) < 420_000
    assert "immutable" in packed.headers["cache-control"]
    plain = client.get(f"/{static.PLOTLY_URL}", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == packed.text


def test_plotly_js_is_the_named_version_with_its_licence_and_of_the_major_version_that_plotly_py_writes_for(
    client: TestClient,
) -> None:
    text = client.get(f"/{static.PLOTLY_URL}").text
    assert f"v{static.PLOTLY_VERSION}\n" in text[:200]
    assert "MIT" in text[:200]
    assert "MIT License" in static.PLOTLY.with_name("LICENSE").read_text()

    with (Path(plotly.__file__).parent / "package_data" / "plotly.min.js").open(encoding="utf-8") as whole:
        found = re.search(r"plotly\.js v(\d+)\.", whole.read(200))
    assert found, version("plotly")
    assert found[1] == static.PLOTLY_VERSION.split(".")[0]


def test_the_pages_config_is_out_of_sight_of_gradios_watchers_and_else_as_it_came(tmp_path: Path) -> None:
    config = {"components": [{"id": 1}, {"id": 2}], "dependencies": [{"id": 0}], "layout": {"id": 3}}
    (tmp_path / "window.js").write_text("globalThis.window = globalThis;")
    watched = """
        window.gradio_config = argument;
        const { components, dependencies, layout } = window.gradio_config, plain = [Object.prototype, Array.prototype];
        const few = components.filter(({ id }) => id > 1);
        const seen = (value) => plain.includes(Object.getPrototypeOf(value));
        return { same: JSON.stringify(window.gradio_config), seen: [components, dependencies, few, layout].map(seen) };
    """
    with scripts([tmp_path / "window.js", static.UI / "served" / "settled.js"]) as run:
        found = run(watched, config)
    assert json.loads(found["same"]) == config
    assert found["seen"] == [False, False, False, True]


def test_no_comment_of_a_script_or_a_style_sheet_travels() -> None:
    scripts = "".join(path.read_text(encoding="utf-8") for path in static.beside("js"))
    for line in re.findall(r"^.*`.*\n(?: *//.*\n)+", scripts, re.MULTILINE):
        assert line.partition("\n")[0].count("`") % 2 == 0, "a line that looks like a comment lies in a text"
    sent = static.head()
    assert not re.search(r"^ *//", sent, re.MULTILINE)
