// The family on tab Compare: one sentence under every kind of attention, as small multiples; a card opens Train.
(() => {
  "use strict";
  const { KINDS, make, payloadOf, say, dark, themeWatchers } = window.S2S;
  const { S2SDraw: Draw, S2SMap: Map } = globalThis;
  const WIDTH = 187, LEFT = 15, TOP = 15, CELL = 12.3, LABEL = 10, BETWEEN = 10, FORMULA = 13, SMALLEST = 8; // px

  const math = (mathml) => (mathml ? [document.importNode(new DOMParser().parseFromString(mathml, "text/xml").documentElement, true)] : []);
  const box = (x, y, w, h) => `M${x.toFixed(1)} ${y.toFixed(1)}h${w.toFixed(1)}v${h.toFixed(1)}h${(-w).toFixed(1)}Z`;
  const onRow = (count, at) => { const wide = (WIDTH - LEFT) / count; return { wide, x: LEFT + at * wide }; };

  // One map, all of whose letters have labels.
  /** @param {FamilyCard} card */
  const whole = (card, source, frames, scale) => {
    const paths = [], texts = [], { wide } = onRow(source.length, 0), ink = "var(--muted)";
    source.forEach((text, i) => texts.push({ x: LEFT + (i + 0.5) * wide, y: 7, text, size: LABEL, colour: ink, anchor: "middle" }));
    card.letters.forEach((text, t) => {
      const other = card.other.includes(t);
      texts.push({ x: LEFT - 5, y: TOP + (t + 0.5) * CELL, text, size: LABEL, colour: other ? "var(--accent)" : ink, bold: other, anchor: "end" });
    });
    paths.push({ d: box(LEFT, TOP, WIDTH - LEFT, CELL * card.letters.length), fill: scale[0] });
    (card.maps[0] ?? []).forEach((row, t) => row.forEach((a, i) => {
      if (a > 0.02) paths.push({ d: box(LEFT + i * wide + 0.3, TOP + t * CELL + 0.3, wide - 0.6, CELL - 0.6), fill: Map.heat(a, scale) });
    }));
    if (card.maps.length) frames.forEach(([first, last, from, to]) => paths.push({ d: box(LEFT + first * wide, TOP + from * CELL, (last - first + 1) * wide, (to - from + 1) * CELL), line: "var(--second)", width: 1.2 }));
    else texts.push({ x: (LEFT + WIDTH) / 2, y: TOP + CELL * card.letters.length / 2, text: say("compare.never-looks"), size: 11.5, colour: ink, anchor: "middle" });
    return { paths, texts, width: WIDTH, height: TOP + CELL * card.letters.length + 1 };
  };
  // Several heads, two in a row, each with a frame instead of labels.
  /** @param {FamilyCard} card */
  const heads = (card, source, scale) => {
    const paths = [], texts = [], lines = Math.ceil(card.maps.length / 2), tall = TOP + CELL * card.letters.length;
    const w = (WIDTH - BETWEEN) / 2, h = (tall - BETWEEN * (lines - 1)) / lines;
    card.maps.forEach((map, n) => {
      const x0 = (n % 2) * (w + BETWEEN), y0 = Math.floor(n / 2) * (h + BETWEEN), wide = w / source.length, high = h / map.length;
      paths.push({ d: box(x0, y0, w, h), fill: scale[0] });
      map.forEach((row, t) => row.forEach((a, i) => { if (a > 0.02) paths.push({ d: box(x0 + i * wide, y0 + t * high, wide, high), fill: Map.heat(a, scale) }); }));
    });
    return { paths, texts, width: WIDTH, height: tall + 1 };
  };

  KINDS.family = (element, props, trigger) => {
    const root = element.querySelector(".s2s-family");
    let payload = null;
    /** @param {FamilyCard} card */
    const cardOf = (card) => {
      const scale = window.S2S_SETTINGS.palette[dark() ? "dark" : "light"];
      const figure = make("div", { class: "map", role: "img", "aria-label": say(card.maps.length ? "compare.family-map" : "compare.family-blind", { wrote: card.wrote, name: card.title }) });
      figure.innerHTML = Draw.svg(card.maps.length > 1 ? heads(card, payload.source, scale) : whole(card, payload.source, payload.frames, scale)); // texts are escaped there
      const number = (key, value) => (value ? [make("span", {}, make("b", {}, value), ` ${say(`compare.${key}`)}`)] : []);
      const train = make("button", { type: "button", class: "chip", "data-model": card.model, "aria-label": say("compare.family-train", { name: card.title }) }, say("compare.family-learn"));
      train.addEventListener("click", () => { trigger("select", { model: card.model }); scrollTo({ top: 0 }); });
      return make("section", { class: "card kind", "aria-label": card.title },
        make("header", {}, make("h3", {}, card.title), make("small", {}, card.paper)), make("div", { class: "formula" }, ...math(card.formula)), figure,
        ...(card.other.length ? [make("p", { class: "other" }, make("bdi", {}, card.wrote))] : []),
        make("p", { class: "measured" }, ...number("exact", `${card.exact} %`), ...number("aligned", card.aligned && `${card.aligned} %`), ...number("parameters", `${card.size} M`)),
        make("p", { class: "said" }, card.said), train);
    };
    const show = () => {
      if (!payload) { root.replaceChildren(); return; }
      root.replaceChildren(...payload.groups.filter((/** @type {FamilyGroup} */ group) => group.cards.length).map((/** @type {FamilyGroup} */ group) => make("section", { class: "kinds" },
        make("header", {}, make("h2", {}, group.title), make("span", { class: "help" }, group.help)), make("div", { class: "grid" }, ...group.cards.map(cardOf)))));
    };
    // A formula as large as its card has room for.
    const fit = () => root.querySelectorAll(".formula").forEach((formula) => {
      formula.style.fontSize = "";
      const room = formula.clientWidth / formula.scrollWidth;
      if (room < 1) formula.style.fontSize = `${Math.max(SMALLEST, FORMULA * room - 0.2).toFixed(1)}px`;
    });
    new ResizeObserver(fit).observe(root);
    themeWatchers.add(() => { if (element.isConnected) show(); });
    return () => {
      /** @type {FamilyPayload | null} */
      const found = payloadOf(props);
      payload = found && { source: found.source, frames: found.frames, groups: found.groups };
      show();
    };
  };
})();
