"""The served page: said in the language that its address asks for, and nothing else touched."""

import json
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from s2s_demo import words
from s2s_demo.ui.served.middleware import ServedPage, language_of, said_anew

TABLES = {
    "en": {"language": "English", "tag": "en", "go": "Go on", "left": "{rows:,} rows <left>"},
    "xx": {"language": "X", "tag": "xx", "go": "Weiter", "left": "übrig: {rows:,}"},
}


@pytest.fixture(autouse=True)
def _two_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "table", TABLES.__getitem__)
    monkeypatch.setattr(words, "languages", lambda: {code: table["language"] for code, table in TABLES.items()})


def served(path: str, status: int = 200, asked: dict[str, str] | None = None) -> Any:
    with words.recording() as said:
        tree = {"label": words.say("go"), "html": f'<p title="{words.say("go")}"> {words.say("go")} </p>', "n": 3}
        tree["note"] = words.say("left", rows=1234)

    def page(request: Request) -> HTMLResponse:
        config = json.dumps(tree).replace("<", "\\u003c")
        html = f'<html lang="en"><head><script>window.gradio_config = {config};</script></head></html>'
        return HTMLResponse(html, status)

    def other(request: Request) -> JSONResponse:
        return JSONResponse(tree)

    middleware = [Middleware(ServedPage, said=said, head=lambda language: f"<meta name='s2s' content='{language}'>")]
    routes = [Route("/", page), Route("/config", other), Route("/assets/index-1a2b.js", other)]
    return TestClient(Starlette(routes=routes, middleware=middleware)).get(path, headers=asked)


def config_of(html: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(html.partition("gradio_config = ")[2].partition(";</script>")[0])
    return found


def test_the_original_is_served_as_it_was_built_with_its_head() -> None:
    html = served("/").text
    assert config_of(html)["label"] == "Go on"
    assert "<head><meta name='s2s' content='en'>" in html
    assert '<html lang="en">' in html


def test_what_is_seen_first_stands_before_gradios_own_element() -> None:
    async def page(scope: Any, receive: Any, send: Any) -> None:
        await HTMLResponse("<html><head></head><body><gradio-app></gradio-app></body></html>")(scope, receive, send)

    found = ServedPage(page, {}, lambda language: "", lambda address, language: f"<b>{address} {language}</b>")
    assert "<body><b>lang=xx&a=1 xx</b><gradio-app>" in TestClient(found).get("/?lang=xx&a=1").text


def test_whoever_asks_only_whether_the_page_is_there_is_told_without_making_it() -> None:
    async def never(scope: Any, receive: Any, send: Any) -> None:
        raise AssertionError("made")

    answer = TestClient(ServedPage(never, {}, lambda language: "")).head("/")
    assert (answer.status_code, answer.content) == (200, b"")


def test_another_language_is_said_in_labels_sentences_with_facts_and_inside_html() -> None:
    response = served("/?lang=xx&text=Go+on")
    config = config_of(response.text)
    assert config == {"label": "Weiter", "html": '<p title="Weiter"> Weiter </p>', "n": 3, "note": "übrig: 1,234"}
    assert '<html lang="xx">' in response.text


def test_an_unknown_language_is_the_original_and_no_other_address_is_touched() -> None:
    assert config_of(served("/?lang=tlh").text)["label"] == "Go on"
    assert served("/config?lang=xx").json()["label"] == "Go on"
    assert "s2s" not in served("/?lang=xx", status=503).text


@pytest.mark.parametrize(("given", "language"), [({}, "en"), ({"lang": "xx"}, "xx"), ({"lang": ["xx", "en"]}, "xx")])
def test_the_address_names_the_language(given: dict[str, Any], language: str) -> None:
    assert language_of(given) == language


def test_only_whole_texts_are_said_anew() -> None:
    spoken = {"Go on": "Weiter", "it's": "<es>"}
    assert said_anew(["Go on and on", "<b>Go on and on</b>"], spoken) == ["Go on and on", "<b>Go on and on</b>"]
    assert said_anew("<b>it&#x27;s</b>", spoken) == "<b>&lt;es&gt;</b>"


def test_the_page_is_sent_packed_and_not_again_to_whoever_has_it() -> None:
    first = served("/?lang=xx")
    assert first.headers["content-encoding"] == "br"
    assert first.headers["cache-control"] == "no-cache"
    again = served("/?lang=xx", asked={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = served("/", asked={"If-None-Match": first.headers["etag"]})
    assert (other.status_code, config_of(other.text)["label"]) == (200, "Go on")
    plain = served("/?lang=xx", asked={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == first.text


def test_files_whose_names_tell_their_content_are_for_keeps() -> None:
    assert served("/assets/index-1a2b.js").headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "cache-control" not in served("/assets/missing.js").headers
    assert "cache-control" not in served("/config").headers


def test_a_file_is_read_and_packed_once_and_what_is_not_there_is_not_kept() -> None:
    read: list[str] = []

    async def files(scope: Any, receive: Any, send: Any) -> None:
        read.append(scope["path"])
        there = scope["path"] == "/assets/a.js"
        await PlainTextResponse("let a;" * 99 if there else "none", 200 if there else 404)(scope, receive, send)

    browser = TestClient(ServedPage(files, {}, lambda language: ""))
    first, again, unpacked = (browser.get("/assets/a.js", headers={"accept-encoding": how}) for how in ("br", "br", ""))
    assert first.text == again.text == unpacked.text == "let a;" * 99
    assert int(first.headers["content-length"]) < 60
    assert [each.headers.get("content-encoding") for each in (first, again, unpacked)] == ["br", "br", None]
    assert len(read) == 2
    assert [browser.get("/assets/b.js").status_code for _ in range(2)] == [404, 404]
    assert len(read) == 4
