// Where the models of a step looked, as columns, and the formulas with the numbers of that look.
(() => {
  "use strict";
  const { make } = window.S2S;
  const { math } = window.S2S.learn;
  const signed = (number) => number.toFixed(1).replace("-", "−");

  /** @param {LookPayload} seen */
  const look = (seen) => {
    const column = (/** @type {ColumnPayload} */ each) => make("li", {}, make("i", { "aria-hidden": "true" }, make("b", { style: `height: ${Math.max(1, 100 * each.weight)}%` })),
      make("span", { class: "weight" }, each.weight >= 0.005 ? each.weight.toFixed(2) : "0"), make("span", { class: "piece" }, each.piece), ...(each.energy === null ? [] : [make("span", { class: "energy" }, `e ${signed(each.energy)}`)]));
    return make("figure", { class: "look" }, make("figcaption", {}, seen.about), make("ol", { tabindex: 0, "aria-label": seen.about }, ...seen.columns.map(column)), ...seen.live.map(math));
  };

  window.S2S.look = look;
})();
