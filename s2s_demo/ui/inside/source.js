// The encoder, folded beside the step: for each source piece its embedding, its states and what is kept of it.
(() => {
  "use strict";
  const { KINDS, make, payloadOf, scrolls } = window.S2S;
  const say = (key, facts) => window.S2S.say(`inside.${key}`, facts);
  const { strip, equation } = window.S2S.inside;

  /** @param {PieceRow} row */
  const tableRow = (row, language) => make("tr", {}, make("th", { scope: "row", lang: language || null }, row.piece), ...row.vectors.map((vector) => make("td", {}, strip(vector))));

  KINDS.encoder = (element, props) => {
    const box = element.querySelector(".s2s-encoder");
    return () => {
      /** @type {EncoderPayload | null} */
      const payload = payloadOf(props), unfolded = box.querySelector("details")?.open;
      if (!payload) { box.replaceChildren(); return; }
      const heads = payload.pieces[0].vectors.map((vector) => make("th", { scope: "col", class: vector.symbol && `sym-${vector.symbol}` }, vector.name));
      const table = make("div", { class: "s2s-table" }, make("table", {}, make("caption", { class: "hear" }, say("encoder")), make("thead", {}, make("tr", {}, make("td"), ...heads)),
        make("tbody", {}, ...payload.pieces.map((row) => tableRow(row, payload.language)))));
      box.replaceChildren(make("details", { class: "card", open: unfolded }, make("summary", {}, say("encoder"), make("small", {}, say("encoder-help", { pieces: payload.pieces.length }))),
        make("div", { class: "formulas" }, ...payload.formulas.map(equation)), table));
      scrolls(table);
    };
  };
})();
