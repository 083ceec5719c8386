"""Tab Train as a visitor meets it: a real run in a real browser."""

import json
import threading

import pytest
from playwright.sync_api import expect

from .conftest import open_train, set_sizes
from .training import LONG, begin, last_x, number, updates, wait_for_number, wait_for_state, wait_for_updates


def training_threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("run-")]


def test_curves_move_pause_freezes_one_step_adds_one_rewind_goes_back_and_stop_ends(train_again):
    page = train_again(updates=5000)
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
    expect(page.locator("#start")).to_be_visible()
    expect(page.locator("#pause")).to_be_hidden()


def test_teacher_forcing_switched_off_leaves_a_line_and_is_obeyed_until_the_rewind(train_again):
    page = train_again(updates=5000)
    begin(page)
    wait_for_number(page, "teacher forcing", "1.00")
    page.locator("#forced input").uncheck()
    page.wait_for_function(
        "document.querySelector('#curves .s2s-figure').layout.annotations.some(n => n.text === 'teacher forcing 0')"
    )
    wait_for_number(page, "teacher forcing", "0.00")
    page.locator("#forced input").check()
    page.locator("#ratio input[type=range]").focus()
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    page.wait_for_function(
        "document.querySelector('#curves .s2s-figure').layout.annotations.some(n => n.text === 'teacher forcing 0.8')"
    )
    wait_for_number(page, "teacher forcing", "0.80")
    page.click("#rewind")
    page.wait_for_function("document.querySelector('#run-status dd').textContent.startsWith('0 of')")
    expect(page.locator("#forced input")).to_be_checked()
    wait_for_number(page, "teacher forcing", "1.00")


def test_a_knob_that_a_rewind_overtakes_on_its_way_is_not_obeyed(train_again):
    page = train_again(updates=5000)
    begin(page)
    slider, late = page.locator("#ratio input[type=range]"), []
    page.route(
        "**/gradio_api/**",
        lambda route: late.append(route) if "0.95" in (route.request.post_data or "") else route.continue_(),
    )
    with page.expect_request(lambda request: "0.95" in (request.post_data or "")):
        slider.press("ArrowLeft")
    page.wait_for_timeout(500)  # there are two: the knob's own, and that of the line which says how the knobs stand
    page.click("#rewind")
    page.wait_for_function("document.querySelector('#run-status dd').textContent.startsWith('0 of')")
    expect(slider).to_have_value("1")
    with page.expect_response(late[0].request.url):
        for route in late:
            route.continue_()
    page.unroute("**/gradio_api/**")
    page.wait_for_timeout(600)
    assert number(page, "teacher forcing") == "1.00"
    slider.press("ArrowLeft")
    wait_for_number(page, "teacher forcing", "0.95")


def test_a_fork_overlays_two_curves_and_pairs_two_heatmaps(train_again):
    page = train_again(updates=5000)
    begin(page)
    page.get_by_role("button", name="Details").click()
    page.click("#fork")
    page.wait_for_function("document.querySelector('#curves .s2s-figure').data.some(t => t.line?.dash === 'dot')")
    page.wait_for_function("document.querySelectorAll('#movie .s2s-figure[data-update]').length === 2")
    assert "|" in number(page, "teacher forcing")
    expect(page.locator("#lane")).to_be_visible()


@pytest.fixture(scope="module")
def an_ended_run(windows):
    page = open_train(windows.open(window=windows.new()))
    set_sizes(page, 5000, 32, details=False)
    begin(page)
    page.wait_for_function("document.querySelector('#movie .movie-scrub').max >= 2")
    page.click("#stop")
    wait_for_state(page, "stopped")
    page.wait_for_timeout(500)
    return page


@pytest.fixture
def ended(an_ended_run, calm):
    """A run that was ended as soon as there were some moments to go back to, at its last one."""
    an_ended_run.evaluate("S2S.reel.hold(null)")
    return an_ended_run


def moments(page) -> list[int]:
    return page.evaluate("S2S.reel.moments()")


def shown_at(page, update: int) -> None:
    """The cursor of the curves, the movie and the two prefixes are all at an update."""
    expect(page.locator("#curves .curve-cursor")).to_have_attribute("aria-valuenow", str(update))
    expect(page.locator("#movie .s2s-movie")).to_have_attribute("data-update", str(update))
    expect(page.locator("#movie .movie-at")).to_have_text(f"update {update:,} of {moments(page)[-1]:,}")
    expect(page.locator("#prefixes .prefix-block")).to_have_attribute("data-update", str(update))
    expect(page.locator("#prefixes .prefix-head")).to_contain_text(f"at update {update}")


def test_one_cursor_moves_curves_movie_and_prefixes_without_a_request(ended):
    page, asked = ended, []
    page.on("request", lambda request: asked.append(request.url))
    all_of_them = moments(page)
    shown_at(page, all_of_them[-1])
    plot = page.locator("#curves .nsewdrag.drag").first.bounding_box()
    page.mouse.move(plot["x"] + plot["width"] / 2, plot["y"] + 50)
    page.mouse.down()
    page.mouse.move(plot["x"] + 1, plot["y"] + 50)
    page.mouse.up()
    shown_at(page, all_of_them[0])
    page.keyboard.press("ArrowRight")
    shown_at(page, all_of_them[1])
    page.keyboard.press("End")
    shown_at(page, all_of_them[-1])
    page.locator("#movie .movie-scrub").fill("0")
    shown_at(page, all_of_them[0])
    page.get_by_role("button", name="latest").click()
    shown_at(page, all_of_them[-1])
    assert not [url for url in asked if "heartbeat" not in url]


def test_the_two_prefixes_of_an_old_moment_are_those_of_that_time_and_say_where_they_part(ended):
    page = ended
    kept = page.evaluate("S2S.reel.film.prefixes[0]")
    for row in kept["rows"]:
        page.evaluate("update => S2S.reel.hold(update)", row["update"])
        shown_at(page, row["update"])
        for words in ("after_gold", "after_own"):
            cells = page.locator(f"#prefixes tr.{words.replace('_', '-')} td").all_inner_texts()
            assert cells == row[words]
        if row["parts"] is None:
            expect(page.locator("#prefixes .prefix-said")).to_contain_text("Both rows agree.")
        else:
            written = [(row[words][row["parts"] :] or ["(nothing)"])[0] for words in ("after_gold", "after_own")]
            marked = page.locator("#prefixes .prefix-said b:not(.before)").all_inner_texts()
            assert marked == written
            expect(page.locator("#prefixes td.diverges").first).to_be_visible()


def test_settings_of_a_member_come_and_go_with_it_and_the_line_of_the_fold_follows(train):
    page = train(hidden_size=16, details=True)
    fold = page.get_by_role("button", name="Details")
    expect(fold).to_contain_text("GRU 16")
    expect(page.locator("#optimiser-momentum")).to_have_count(0)
    page.locator("#optimiser input").click()
    page.get_by_role("option", name="sgd", exact=True).click()
    expect(page.locator("#optimiser-momentum input")).to_have_value("0.9")
    expect(page.locator("#optimiser-momentum")).to_contain_text("0.001 to 0.999")
    expect(page.locator("#optimiser-beta1")).to_have_count(0)
    page.locator("#attention input").click()
    page.get_by_role("option", name="concat").click()
    expect(fold).to_contain_text("concat")


def test_the_movie_is_scrubbed_without_the_server(ended):
    page = ended
    cells = "JSON.stringify(document.querySelector('#movie .s2s-figure').data[0].z)"
    latest, asked = page.evaluate(cells), []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("#movie .movie-scrub").fill("0")
    page.wait_for_function(f"{cells} !== {json.dumps(latest)}")
    expect(page.locator("#movie .movie-at")).to_have_text(f"update 0 of {moments(page)[-1]:,}")
    page.get_by_role("button", name="latest").click()
    page.wait_for_function(f"{cells} === {json.dumps(latest)}")
    assert not [url for url in asked if "heartbeat" not in url]


def test_a_slow_first_drawing_does_not_outlast_the_last_moment(train):
    page = train(updates=20, hidden_size=16)
    page.evaluate(
        """async () => {
          const Plotly = await S2S.loadPlotly(), react = Plotly.react, film = document.querySelector("#movie");
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


STALLING = """
const ask = window.fetch;
window.fetch = async (...asked) => {
  const answer = await ask(...asked);
  if (!String(asked[0]?.url ?? asked[0]).includes("queue/data")) return answer;
  const transform = async (chunk, next) => {
    while (window.stalls) await new Promise((resume) => setTimeout(resume, 20));
    next.enqueue(chunk);
  };
  return new Response(answer.body.pipeThrough(new TransformStream({ transform })), answer);
};
"""


def test_messages_that_a_network_held_back_and_brings_together_lose_no_button(windows, calm):
    window = windows.new()
    window.add_init_script(STALLING)
    page = open_train(windows.open(window=window))
    set_sizes(page, 5000, 16, details=False)
    page.evaluate("window.stalls = true")
    page.click("#start")
    page.wait_for_timeout(2000)
    page.evaluate("window.stalls = false")
    wait_for_updates(page, 2)
    for able in ("pause", "stop", "rewind", "save-model", "use"):
        expect(page.locator(f"#{able}")).to_be_enabled(timeout=LONG)
    for unable in ("start", "step"):
        expect(page.locator(f"#{unable}")).to_be_disabled()
    page.click("#stop")
    wait_for_state(page, "stopped")
    window.close()


def test_no_training_survives_its_tab(train):
    page, before = train(), set(training_threads())
    begin(page)
    assert set(training_threads()) - before
    page.close()
    for _ in range(300):
        if not set(training_threads()) - before:
            break
        threading.Event().wait(0.1)
    assert not set(training_threads()) - before


def test_a_third_visitor_waits_for_a_place_and_takes_the_first_that_is_free(train):
    first, second = (train(updates=5000, hidden_size=16) for _ in range(2))
    third = train(updates=20, hidden_size=16)
    for page in (first, second):
        begin(page)
    third.click("#start")
    expect(third.locator("#run-status .run-state")).to_contain_text("queue: ", timeout=LONG)
    first.click("#stop")
    wait_for_state(third, "finished")
    second.click("#stop")
    wait_for_state(second, "stopped")
