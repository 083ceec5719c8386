"""How tab Train stands on a projector, on a phone, and before anything has come."""

from playwright.sync_api import expect

from .training import begin, wait_for_number


def test_on_a_projector_the_strip_is_two_lines_and_curves_and_movie_are_whole_above_the_fold(train):
    page = train(viewport={"width": 1366, "height": 768})
    begin(page)
    page.locator("#movie .s2s-figure[data-update]").first.wait_for()
    strip = page.locator(".train-strip").bounding_box()
    assert strip["height"] <= 104
    cards = [page.locator(f"#page-train .{name}-card").bounding_box() for name in ("curves", "movie")]
    assert [round(card["width"]) for card in cards] == [644, 644]
    for card, last in zip(cards, ("#curves .s2s-figure", "#movie .movie-bar"), strict=True):
        assert card["y"] + card["height"] <= 640
        inside = page.locator(last).bounding_box()
        assert inside["y"] + inside["height"] <= card["y"] + card["height"]
    page.click("#stop")


def test_on_a_phone_the_buttons_and_the_switch_stay_under_the_thumb(train):
    page = train(viewport={"width": 390, "height": 844})
    begin(page)
    for scrolled in (0, 600):
        page.evaluate("y => scrollTo(0, y)", scrolled)
        for name in ("#pause", "#step", "#stop", "#rewind", "#forced", "#ratio input[type=number]"):
            box = page.locator(name).bounding_box()
            assert box["y"] >= 844 - 70
            assert box["y"] + box["height"] <= 844
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 390
    page.locator("#forced input").uncheck()
    wait_for_number(page, "teacher forcing", "0.00")
    page.click("#stop")


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
    page.locator("#run-samples td").first.wait_for()
    expect(empty).to_have_count(0)
    *after, samples = page.evaluate(places)
    assert after == before[:-1]
    assert samples[0] == before[-1][0]  # nothing lies below the samples, whose rows may be longer than a line


def test_on_a_phone_the_key_of_two_tries_stands_clear_of_the_name_beside_it(train):
    page = train(viewport={"width": 390, "height": 844}, updates=5000)
    begin(page)
    page.click("#rewind")
    page.wait_for_function("document.querySelector('#run-status dd').textContent.startsWith('0 of')")
    page.click("#pause")
    # both in one look: each reading that arrives draws the figure anew
    name_ends, key_begins = page.wait_for_function(
        """() => {
          const texts = [...document.querySelectorAll('#curves .annotation text')];
          const place = (words) => texts.find((text) => text.textContent.includes(words))?.getBoundingClientRect();
          const [name, key] = ['teacher forcing', 'before the rewind'].map(place);
          return name?.width && key?.width && [name.right, key.left];
        }"""
    ).json_value()
    assert name_ends <= key_begins


def test_a_phone_does_not_scroll_sideways(train):
    page = train(viewport={"width": 390, "height": 844})
    begin(page)
    page.locator("#movie .s2s-figure[data-update]").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.click("#stop")
