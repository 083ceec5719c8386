// Another node of what is shown: tables and the figure are told what changes in them.
(() => {
  "use strict";
  const { KINDS, payloadOf } = window.S2S;

  KINDS.selection = (element, props) => () => {
    /** @type {SelectionPayload | null} */
    const payload = payloadOf(props);
    if (!payload) return;
    const tell = (place, detail) => document.querySelector(place)?.dispatchEvent(new CustomEvent("s2s-select", { detail }));
    payload.tables.forEach((id) => tell(`#${id} .s2s-table`, payload.row));
    tell(`#${payload.figure} .s2s-figure`, payload.changes);
  };
})();
