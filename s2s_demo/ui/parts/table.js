// Tables of texts; rows with an id can be selected.
(() => {
  "use strict";
  const { KINDS, make, payloadOf, scrolls, say } = window.S2S;

  // Which columns hold numbers only and stand to the right; never the first one of rows that can be selected.
  const numericColumns = (columns, rows, choose) =>
    columns.map((_, c) => !(c === 0 && choose) && rows.length > 0 && rows.every((row) => /^[−+-]?[\d.,\s]*%?$/.test(row[c])));

  KINDS.table = (element, props, trigger) => {
    const box = element.querySelector(".s2s-table");
    return () => {
      /** @type {TablePayload | null} */
      const payload = payloadOf(props);
      if (!payload) { box.replaceChildren(); return; }
      const choose = payload.ids.length > 0, numeric = numericColumns(payload.columns, payload.rows, choose);
      const body = payload.rows.map((row, r) => {
        const id = payload.ids[r], chosen = id !== undefined && id === payload.selected;
        const cells = row.map((cell, c) => make("td", { class: numeric[c] ? "number" : null, dir: "auto" },
          c === 0 && id !== undefined
            ? make("button", { type: "button", "aria-pressed": String(chosen), "aria-label": say("show", { row: row.slice(0, 2).join(": ") }) }, cell)
            : cell));
        const line = make("tr", { class: chosen ? "selected" : null, "data-id": id }, ...cells);
        if (id !== undefined) line.addEventListener("click", () => trigger("select", { id }));
        return line;
      });
      const had = box.contains(document.activeElement) ? document.activeElement.closest("tr")?.dataset.id : undefined;
      box.replaceChildren(make("table", { class: choose ? "choose" : null },
        make("caption", { class: "hear" }, payload.caption),
        make("thead", {}, make("tr", {}, ...payload.columns.map((name, c) => make("th", { scope: "col", class: numeric[c] ? "number" : null }, name)))),
        make("tbody", {}, ...body)));
      if (payload.note) box.append(make("p", { class: "help" }, payload.note));
      scrolls(box);
      if (had !== undefined) box.querySelector(`tr[data-id="${had}"] button`)?.focus();
    };
  };

  Object.assign(window.S2S, { numericColumns });
})();
