"""Tab Train as a visitor meets it: a real run in a real browser."""

import json
import threading
import zipfile

import pytest
from playwright.sync_api import Page, expect

import s2s_demo

LONG = 60_000  # ms


def training_threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("run-")]


@pytest.fixture
def train(visit):
    """Open the tab; `updates` and `hidden_size` make a run as short and as small as a test wants."""

    def open_tab(updates: int | None = None, hidden_size: int | None = None, **context) -> Page:
        page = visit(**context)
        page.get_by_role("tab", name="Train").click()
        page.locator("#start").wait_for()
        if updates or hidden_size:
            page.get_by_role("button", name="Architecture").click()
        for elem_id, value in (("updates", updates), ("hidden-size", hidden_size)):
            if value:
                page.fill(f"#{elem_id} input", str(value))
                page.press(f"#{elem_id} input", "Tab")
        return page

    return open_tab


def number(page: Page, name: str) -> str:
    """A number of the status box."""
    return page.evaluate(
        "name => [...document.querySelectorAll('#run-status .run-numbers > div')]"
        ".find(pair => pair.firstChild.textContent === name)?.lastChild.textContent ?? ''",
        name,
    )


def updates(page: Page) -> int:
    return int(number(page, "update").split(" of ")[0].replace(",", "") or 0)


def wait_for_updates(page: Page, least: int) -> None:
    page.wait_for_function(
        "least => parseInt((document.querySelector('#run-status .run-numbers dd')?.textContent ?? '0')"
        ".replace(/,/g, '')) >= least",
        arg=least,
        timeout=LONG,
    )


def wait_for_state(page: Page, state: str) -> None:
    page.locator(f"#run-status [data-state={state}]").wait_for(timeout=LONG)


def last_x(page: Page) -> float:
    """How far the curve of the training loss reaches."""
    return page.evaluate("Math.max(...document.querySelector('#curves .s2s-figure').data.flatMap(trace => trace.x))")


def labels(page: Page) -> list[str]:
    return page.evaluate("document.querySelector('#curves .s2s-figure').layout.annotations.map(note => note.text)")


def begin(page: Page) -> None:
    page.click("#start")
    page.locator("#curves .s2s-figure[data-drawn]").wait_for(timeout=LONG)
    wait_for_updates(page, 2)


def test_curves_move_pause_freezes_one_step_adds_one_rewind_goes_back_and_stop_ends(train):
    page = train(updates=5000)
    begin(page)
    before = last_x(page)
    page.wait_for_function(
        f"Math.max(...document.querySelector('#curves .s2s-figure').data.flatMap(t => t.x)) > {before}"
    )

    page.click("#pause")
    wait_for_state(page, "paused")
    expect(page.locator("#pause")).to_have_text("Resume")
    page.wait_for_timeout(600)
    frozen = updates(page)
    page.wait_for_timeout(600)
    assert updates(page) == frozen

    page.click("#step")
    wait_for_updates(page, frozen + 1)
    page.wait_for_timeout(600)
    assert updates(page) == frozen + 1

    page.click("#rewind")
    page.wait_for_function("document.querySelector('#run-status dd').textContent.startsWith('0 of')")
    wait_for_state(page, "paused")

    page.click("#pause")
    wait_for_updates(page, 1)
    page.click("#stop")
    wait_for_state(page, "stopped")
    expect(page.locator("#start")).to_be_enabled()
    expect(page.locator("#pause")).to_be_disabled()


def test_teacher_forcing_switched_off_leaves_a_line_and_is_obeyed_until_the_rewind(train):
    page = train(updates=5000)
    begin(page)
    assert number(page, "teacher forcing") == "1.00"
    page.locator("#forced input").uncheck()
    page.wait_for_function(
        "document.querySelector('#curves .s2s-figure').layout.annotations.some(n => n.text === 'teacher forcing 0')"
    )
    assert number(page, "teacher forcing") == "0.00"
    page.locator("#forced input").check()
    page.locator("#ratio input[type=range]").focus()
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    page.wait_for_function(
        "document.querySelector('#curves .s2s-figure').layout.annotations.some(n => n.text === 'teacher forcing 0.8')"
    )
    assert number(page, "teacher forcing") == "0.80"
    page.wait_for_timeout(500)  # each key is an event, and the last may still be on its way
    page.click("#rewind")
    page.wait_for_function("document.querySelector('#run-status dd').textContent.startsWith('0 of')")
    expect(page.locator("#forced input")).to_be_checked()
    assert number(page, "teacher forcing") == "1.00"


def test_a_fork_overlays_two_curves_and_pairs_two_heatmaps(train):
    page = train(updates=5000)
    begin(page)
    page.get_by_role("button", name="Twin runs").click()
    page.click("#fork")
    page.wait_for_function("document.querySelector('#curves .s2s-figure').data.some(t => t.line?.dash === 'dot')")
    page.wait_for_function("document.querySelectorAll('#movie .s2s-figure[data-update]').length === 2")
    assert "|" in number(page, "teacher forcing")
    expect(page.locator("#lane")).to_be_visible()


def test_the_movie_is_scrubbed_without_the_server(train):
    page = train(updates=120, hidden_size=32)
    begin(page)
    wait_for_state(page, "finished")
    page.wait_for_function("document.querySelector('#movie .movie-scrub').max >= 2")
    page.wait_for_timeout(500)
    cells = "JSON.stringify(document.querySelector('#movie .s2s-figure').data[0].z)"
    latest, asked = page.evaluate(cells), []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("#movie .movie-scrub").fill("0")
    page.wait_for_function(f"{cells} !== {json.dumps(latest)}")
    expect(page.locator("#movie .movie-at")).to_have_text("update 0")
    page.get_by_role("button", name="latest").click()
    page.wait_for_function(f"{cells} === {json.dumps(latest)}")
    assert not [url for url in asked if "heartbeat" not in url]


def test_a_slow_first_drawing_does_not_outlast_the_last_moment(train):
    page = train(updates=20, hidden_size=16)
    page.evaluate(
        """() => {
          const react = Plotly.react, film = document.querySelector("#movie");
          Plotly.react = async (box, ...figure) => {
            const done = await react(box, ...figure);
            if (!film.contains(box) || window.slow) return done;
            window.slow = "drawing";
            await new Promise((resume) => setTimeout(resume, 3000));
            window.slow = "drawn";
            return done;
          };
        }"""
    )
    begin(page)
    wait_for_state(page, "finished")
    page.wait_for_function("window.slow === 'drawn'")
    page.wait_for_timeout(300)
    expect(page.locator("#movie .s2s-figure").first).to_have_attribute("data-update", "20")


def test_a_trained_model_moves_to_translate_and_comes_home_as_a_zip(train, tmp_path):
    page = train(updates=180)
    begin(page)
    wait_for_state(page, "finished")
    with page.expect_download() as download:
        page.click("#save-model")
    download.value.save_as(tmp_path / "model.zip")
    zipfile.ZipFile(tmp_path / "model.zip").extractall(tmp_path)
    (folder,) = (path for path in tmp_path.iterdir() if path.is_dir())
    assert s2s_demo.load(folder).translate("3 May 2021").text == "2021-05-03"

    page.click("#use")
    expect(page.locator("#page-translate")).to_be_visible()
    expect(page.locator("#answer .translation")).to_contain_text("2021-05-03")
    assert page.locator("#model input").input_value() == "dates-live"
    page.fill("#sentence textarea", "the 9th of November 1989")
    page.press("#sentence textarea", "Enter")
    page.wait_for_function(
        "[...document.querySelectorAll('#answer .ink')].map(n => n.textContent).join('') === '1989-11-09'"
    )

    page.get_by_role("tab", name="Train").click()
    with page.expect_file_chooser() as chooser:
        page.click("#load-model")
    chooser.value.set_files(tmp_path / "model.zip")
    expect(page.locator("#page-translate")).to_be_visible()


def test_no_training_survives_its_tab(train):
    page = train()
    begin(page)
    assert training_threads()
    page.context.close()
    for _ in range(50):
        if not training_threads():
            break
        threading.Event().wait(0.1)
    assert not training_threads()


def test_five_visitors_share_two_places_and_all_finish(train):
    pages = [train(updates=25, hidden_size=16) for _ in range(5)]
    for page in pages:
        page.evaluate(
            """() => {
              window.seen = new Set();
              const box = document.querySelector('#run-status');
              const note = () => window.seen.add(box.querySelector('.run-state').textContent);
              new MutationObserver(note).observe(box, { childList: true, subtree: true, characterData: true });
            }"""
        )
    for page in pages:
        page.click("#start")
    for page in pages:
        wait_for_state(page, "finished")
    waited = [page for page in pages if "queue: " in " ".join(page.evaluate("[...window.seen]"))]
    assert len(waited) >= 3


def test_a_file_with_a_bad_row_becomes_a_task_and_a_table_of_problems(train, tmp_path):
    page = train()
    table = tmp_path / "<img src=x onerror=alert(1)>.tsv"
    rows = [f"word {a}{b}\t{b}{a} <b>drow</b>" for a in "abcdef" for b in "ghijk"]
    table.write_text("\n".join([*rows, "<script>alert(1)</script>"]))
    with page.expect_file_chooser() as chooser:
        page.click("#own-file")
    chooser.value.set_files(table)
    expect(page.locator("#problems tbody tr")).to_have_count(1)
    expect(page.locator("#problems")).to_contain_text("<script>alert(1)</script>")
    expect(page.locator("#train-message")).to_contain_text("30 pairs")
    assert page.locator("#task input").input_value() == "Your file: 30 pairs"
    begin(page)
    page.locator("#prefixes td").first.wait_for()
    page.click("#stop")


def test_an_absent_corpus_is_told_with_its_command_and_ones_own_file_trains_instead(
    train, tmp_path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("S2S_DEMO_DATA", str(tmp_path / "empty"))
    page = train()
    page.locator("#task input").click()
    page.get_by_role("option", name="Captions, English → French").click()
    message = page.locator("#train-message")
    expect(message).to_contain_text("fetch it with: s2s-demo data multi30k. Or press “Your own pairs (TSV, CSV)”")
    with page.expect_response(lambda response: "/run/" in response.url):
        page.click("#start")
    expect(message).to_contain_text("fetch it with: s2s-demo data multi30k. Or press “Your own pairs (TSV, CSV)”")
    expect(page.locator("#run-status .s2s-run")).to_have_attribute("data-state", "ready")
    expect(page.locator("#start")).to_be_enabled()

    table = tmp_path / "pairs.tsv"
    table.write_text("\n".join(f"{a}{b} {c}\t{c} {b}{a}" for a in "abc" for b in "def" for c in "ghi"))
    with page.expect_file_chooser() as chooser:
        page.click("#own-file")
    chooser.value.set_files(table)
    expect(message).to_contain_text("27 pairs")
    begin(page)
    assert "Traceback" not in capfd.readouterr().err


def test_a_mistake_is_told_where_the_run_is_watched(train):
    page = train(hidden_size=500)
    page.locator("#decoder input").click()
    page.get_by_role("option", name="fixed").click()
    page.click("#start")
    expect(page.locator("#train-message")).to_contain_text("fixed decoder never looks at the source")


def test_empty_cards_say_what_will_come_and_nothing_jumps_when_a_run_starts(train):
    page = train()
    places = """[...document.querySelectorAll('#page-train .card')].map((card) => {
      const { top, height } = card.getBoundingClientRect();
      return [Math.round(top + scrollY), Math.round(height)];
    })"""
    empty = page.locator("#page-train .s2s-instead:visible")
    assert [text.partition(" ")[0] for text in empty.all_inner_texts()] == ["Here"] * 4
    before = page.evaluate(places)
    begin(page)
    page.locator("#samples td").first.wait_for()
    expect(empty).to_have_count(0)
    *after, samples = page.evaluate(places)
    assert after == before[:-1]
    assert samples[0] == before[-1][0]  # nothing lies below the samples, whose rows may be longer than a line


def test_a_phone_does_not_scroll_sideways(train):
    page = train(viewport={"width": 390, "height": 844})
    begin(page)
    page.locator("#movie .s2s-figure[data-update]").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.click("#stop")


def test_the_heatmap_of_a_moment_is_saved_as_a_picture(train):
    page = train(updates=20, hidden_size=16)
    begin(page)
    wait_for_state(page, "finished")
    figure = page.locator("#movie .s2s-figure[data-update]").first
    figure.wait_for()
    page.locator("#movie .s2s-save summary").first.click()
    with page.expect_download() as download:
        page.locator("#movie button[data-format=svg]").first.click()
    assert download.value.suggested_filename == f"alignment-{figure.get_attribute('data-update')}.svg"
