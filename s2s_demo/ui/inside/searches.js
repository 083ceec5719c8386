// Several searches of the sentence, one above the other: where each leaves the first one, and what it found at which price.
(() => {
  "use strict";
  const { KINDS, make, payloadOf, scrolls } = window.S2S;
  const say = (key, facts) => window.S2S.say(`inside.${key}`, facts);
  const { signed, replace } = window.S2S.inside;

  /** @param {Cost} cost */
  const word = (cost, differs) => make("span", { class: `priced ${differs ? "differs" : ""}` }, make(differs ? "mark" : "span", {}, cost.text), make("small", {}, signed(cost.price)));
  /** @param {Row} row */
  const tableRow = (row, language) => make("tr", {}, make("th", { scope: "row" }, row.name),
    make("td", {}, make("span", { class: "words", lang: language }, ...row.words.map((cost, i) => word(cost, i + 1 === row.differs_at))), ...(row.proof ? [make("small", {}, row.proof)] : [])),
    ...[signed(row.total), signed(row.score), row.milliseconds === null ? "" : row.milliseconds.toFixed(0)].map((text) => make("td", { class: "number" }, text)));

  KINDS.searches = (element, props, trigger) => {
    const box = element.querySelector(".s2s-searches");
    return () => {
      /** @type {SearchesPayload | null} */
      const payload = payloadOf(props);
      if (!payload) { box.replaceChildren(); return; }
      const field = make("input", { type: "text", class: "typed", maxlength: 400, lang: payload.language, "data-key": "reference", value: payload.reference, placeholder: say("reference"), "aria-label": say("reference") });
      const form = make("form", {}, field, make("button", { class: "chip", "data-key": "search" }, say("search")));
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        trigger("select", { act: "searches", text: field.value.trim() });
      });
      const heads = ["lane", "found", "total", "score", "milliseconds"].map((name) => make("th", { scope: "col", class: name === "lane" || name === "found" ? null : "number" }, name === "score" ? say("score", { alpha: payload.alpha }) : say(name)));
      const table = payload.rows.length ? [make("div", { class: "s2s-table" }, make("table", {}, make("caption", { class: "hear" }, say("searches")), make("thead", {}, make("tr", {}, ...heads)),
        make("tbody", {}, ...payload.rows.map((row) => tableRow(row, payload.language)))))] : [];
      const said = [payload.verdict, payload.empty].filter(Boolean).map((text, i, all) => make("p", { class: i === all.length - 1 ? "help" : "verdict" }, text));
      replace(box, make("section", { class: "card" }, make("header", {}, make("h2", {}, say("searches")), form), ...table, ...said));
      table.forEach(scrolls);
    };
  };
})();
