"""The HTTP endpoints as a program meets them: the real server with a tiny model, asked by Gradio's own client."""

import asyncio
import json
import socket
import urllib.request
from argparse import Namespace
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError
from tiny import SENTENCES

from s2s_demo import checkpoint
from s2s_demo.decoding import Beam, Greedy
from s2s_demo.errors import DataError
from s2s_demo.evaluation import TestSet, evaluate
from s2s_demo.serving.library import Library
from s2s_demo.serving.query import offered
from s2s_demo.translator import MAX_CHARACTERS, Translator
from s2s_demo.ui import build, launch_settings
from s2s_demo.ui.evaluate.sets import MOST_CHARACTERS, MOST_SENT, sent
from tests.tools.crowd import PATIENCE, Visitor, crowd

MODEL = "untrained"
ASKED: dict[str, Any] = {"model": MODEL, "sources": list(SENTENCES[:3]), "references": [list(SENTENCES[5:7]), "b", "c"]}
pytestmark = [
    pytest.mark.filterwarnings(f"ignore:{gradios_own}")
    for gradios_own in (
        "unclosed event loop:ResourceWarning",
        "unclosed <socket.socket:ResourceWarning",
        ".*future.no_silent_downcasting",
        "The copy keyword is deprecated",
    )
]


@pytest.fixture(scope="module")
def address(translator: Translator) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checkpoint, "available", lambda: [MODEL])
        patch.setattr(checkpoint, "load", lambda name: translator)
        patch.setattr("s2s_demo.evaluation.reporting.RESAMPLES", 20)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        demo = build(Library())
        settings = {**launch_settings(), "server_name": "127.0.0.1", "server_port": port}
        demo.launch(**settings, prevent_thread_lock=True, quiet=True)
        yield f"http://127.0.0.1:{port}"
        demo.close(verbose=False)


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[Client]:
    found = Client(address, verbose=False, analytics_enabled=False, download_files=False)
    yield found
    found.close()


def ask(client: Client, **changes: Any) -> Any:
    return client.predict(**{**ASKED, **changes}, api_name="/evaluate")


def test_a_small_class_that_asks_while_one_trains_is_answered_soon(address: str) -> None:
    asked = Namespace(visitors=4, every=0.5, seconds=1.5, trainings=1, once=8, model=MODEL)
    found = asyncio.run(crowd(address, asked))
    assert found["class"]["errors"] == found["at_once"]["errors"] == 0
    assert found["class"]["answers"] >= 4
    assert found["class"]["worst"] < 10
    assert found["at_once"]["worst"] < 10


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"sentence": None}, "The text is NoneType, not a text; send a string."),
        ({"model": ["a"]}, "Unknown model"),
        ({"strategy": "x"}, "Unknown strategy 'x'; choose from greedy, beam, "),
        ({"beam-size": 1e9}, "Beam size is 1e+09; it must lie between 1 and 10."),
        ({"beam-size": "five"}, "Beam size needs a number between 1 and 10."),
    ],
)
def test_what_no_page_sends_is_answered_with_a_sentence(address: str, sent: dict[str, Any], said: str) -> None:
    async def press() -> Any:
        async with httpx.AsyncClient(base_url=address, timeout=PATIENCE) as client:
            config = (await client.get("config")).json()
            return await Visitor(client, config).press("translate-button", sent)

    answer = asyncio.run(press())
    assert answer["success"]
    assert answer["output"]["data"][0].startswith(said)


def test_every_setting_of_a_strategy_is_a_documented_parameter(client):
    described = client.view_api(return_format="dict", print_info=False)["named_endpoints"]
    for endpoint in ("/translate", "/evaluate"):
        parameters = {each["parameter_name"]: each for each in described[endpoint]["parameters"]}
        names = [each.name for each in offered()]
        assert list(parameters)[-len(names) :] == names
        for each in offered():
            assert parameters[each.name]["parameter_default"] == each.default
            assert parameters[each.name]["python_type"]["type"] == each.kind.__name__
            assert f"{each.name}: {each.help}" in described[endpoint]["description"]
    assert "beam_size: beginnings that go on side by side, 1 to 10 (beam, " in described["/translate"]["description"]


def test_models_and_translate_answer(client):
    assert client.predict(api_name="/models") == [{"name": MODEL}]
    found = client.predict("A man. A dog.", model=MODEL, strategy="greedy", api_name="/translate")
    assert [sentence["source"]["text"] for sentence in found["sentences"]] == ["A man.", "A dog."]


def test_an_evaluation_over_http_is_the_one_the_core_makes(client, translator):
    references = (tuple(SENTENCES[5:7]), ("b",), ("c",))
    test_set = TestSet("request", tuple(SENTENCES[:3]), references)
    found = ask(client, beam_size=2)
    for answer, strategy in ((found, Beam(size=2)), (found["greedy"], Greedy())):
        expected = evaluate(translator, test_set, strategy, bootstrap=20).to_json()
        assert {name: answer[name] for name in ("bleu", "chrf", "ter", "exact_match", "strategy", "sentences")} == {
            name: expected[name] for name in ("bleu", "chrf", "ter", "exact_match", "strategy", "sentences")
        }
    assert found["model"] == MODEL
    assert "tok:13a" in found["bleu"]["signature"]
    assert [row["references"] for row in found["outputs"]] == [list(of_one) for of_one in references]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"model": "en-xx"}, "unknown model 'en-xx'; choose from untrained"),
        ({"strategy": "magic"}, "unknown strategy 'magic'"),
        ({"beam_size": 99}, "beam size is 99"),
        ({"beam_size": "x"}, "beam size needs a number"),
        ({"sources": ["a"] * (MOST_SENT + 1)}, "101 sentences were sent; at most 100"),
        ({"references": ["a", "b"]}, "3 sources were sent, but 2 references"),
        ({"references": "abc"}, "two lists"),
    ],
)
def test_a_mistake_is_answered_with_its_message(client, changes, message):
    with pytest.raises(AppError, match=message):
        ask(client, **changes)


def test_an_error_over_plain_http_is_json_without_a_traceback(address):
    endpoint, body = f"{address}/gradio_api/call/v2/evaluate", {"model": MODEL, "sources": ["a"], "references": []}
    call = urllib.request.Request(endpoint, json.dumps(body).encode(), headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(call) as answer:
        event = json.load(answer)["event_id"]
    with urllib.request.urlopen(f"{endpoint}/{event}") as stream:
        lines = stream.read().decode().splitlines()
    assert lines[0] == "event: error"
    told = json.loads(lines[1].removeprefix("data: "))
    assert told["error"] == "1 sources were sent, but 0 references; each source needs an entry among them"
    assert "Traceback" not in "".join(lines)


@pytest.mark.parametrize(
    ("sources", "references", "message"),
    [
        ([], [], "two lists"),
        (None, ["a"], "two lists"),
        (["a"], [[]], "sentence 1 has 0 references"),
        (["a"], [["b"] * 9], "sentence 1 has 9 references; it needs 1 to 8"),
        (["a", " "], ["b", "c"], "sentence 2 and its references must be texts"),
        (["a", "b"], ["b", 3], "sentence 2 and its references must be texts"),
        (["a"], ["b" * (MAX_CHARACTERS + 1)], "texts of 1 to 2,000 characters"),
        (["ab " * 600] * 12, ["b" * 1800] * 12, f"43,200 characters; at most {MOST_CHARACTERS:,}"),
    ],
)
def test_lists_that_are_no_test_set_are_refused(sources, references, message):
    with pytest.raises(DataError, match=message):
        sent(sources, references)


def test_lists_become_a_test_set_with_one_or_several_references():
    assert sent(["a  b", "c"], [["d", "e"], "f"]) == TestSet("request", ("a b", "c"), (("d", "e"), ("f",)))
