// A sentence that grows, by two translators: what only one of them writes is underlined.
(() => {
  "use strict";
  const { make } = window.S2S;
  const say = (key, facts) => window.S2S.say(`learn.${key}`, facts);

  /** @param {GrowingPayload} grown */
  const growing = (grown, grow) => {
    const words = (list) => list.flatMap((/** @type {WordPayload} */ word) => [word.differs ? make("mark", {}, word.text) : word.text, " "]);
    const row = (/** @type {RowPayload} */ line) => make("tr", {}, make("td", { class: "number" }, String(line.words)), make("th", { scope: "row" }, line.source), make("td", { lang: "fr" }, ...words(line.without)), make("td", { lang: "fr" }, ...words(line.looking)));
    const head = make("tr", {}, ...["words", "grown", "without", "with"].map((key) => make("th", { scope: "col" }, say(key))));
    const field = make("input", { type: "text", maxlength: 400, "data-key": "grow", value: grown.text, lang: "en", "aria-label": say("grow-label") });
    const form = make("form", {}, field, make("button", { class: "chip" }, say("grow")));
    form.addEventListener("submit", (event) => { event.preventDefault(); grow(field.value); });
    return make("div", { class: "growing" }, make("h3", {}, say("grow-label")), ...(grow ? [form] : []), make("div", { class: "s2s-scroll", tabindex: 0 }, make("table", {}, make("thead", {}, head), make("tbody", {}, ...grown.rows.map(row)))));
  };

  window.S2S.growing = growing;
})();
