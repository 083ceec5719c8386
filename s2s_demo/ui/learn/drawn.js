// What tab Learn draws of an answer: looks as columns, and a sentence that grows.  Data in, elements out.
(() => {
  "use strict";
  const { make } = window.S2S;
  const say = (key, facts) => window.S2S.say(`learn.${key}`, facts);
  const signed = (number) => number.toFixed(1).replace("-", "−");
  const math = (mathml) => make("p", { class: "formula", tabindex: 0 }, document.importNode(new DOMParser().parseFromString(mathml, "text/xml").documentElement, true));

  /** @param {LookPayload} seen */
  const look = (seen) => {
    const column = (/** @type {ColumnPayload} */ each) => make("li", {}, make("i", { "aria-hidden": "true" }, make("b", { style: `height: ${Math.max(1, 100 * each.weight)}%` })),
      make("span", { class: "weight" }, each.weight >= 0.005 ? each.weight.toFixed(2) : "0"), make("span", { class: "piece" }, each.piece), ...(each.energy === null ? [] : [make("span", { class: "energy" }, `e ${signed(each.energy)}`)]));
    return make("figure", { class: "look" }, make("figcaption", {}, seen.about), make("ol", { tabindex: 0, "aria-label": seen.about }, ...seen.columns.map(column)), ...seen.live.map(math));
  };

  /** @param {GrowingPayload} grown */
  const growing = (grown, grow) => {
    const words = (list) => list.flatMap((/** @type {WordPayload} */ word) => [word.differs ? make("mark", {}, word.text) : word.text, " "]);
    const row = (/** @type {RowPayload} */ each) => make("tr", {}, make("th", { scope: "row" }, each.source), make("td", { lang: "fr" }, ...words(each.without)), make("td", { lang: "fr" }, ...words(each.looking)));
    const head = make("tr", {}, ...["grown", "without", "with"].map((key) => make("th", { scope: "col" }, say(key))));
    const field = make("input", { type: "text", maxlength: 400, "data-key": "grow", value: grown.text, lang: "en", "aria-label": say("grow-label") });
    const form = make("form", {}, field, make("button", { class: "chip" }, say("grow")));
    form.addEventListener("submit", (event) => { event.preventDefault(); grow(field.value); });
    return make("div", { class: "growing" }, make("h3", {}, say("grow-label")), ...(grow ? [form] : []), make("div", { class: "s2s-scroll", tabindex: 0 }, make("table", {}, make("thead", {}, head), make("tbody", {}, ...grown.rows.map(row)))));
  };

  window.S2S.drawn = { math, look, growing };
})();
