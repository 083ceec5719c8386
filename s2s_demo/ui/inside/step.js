// One step of a decoder: the words to step through, and three panels of numbers.
(() => {
  "use strict";
  const { KINDS, make, payloadOf, scrolls } = window.S2S;
  const say = (key, facts) => window.S2S.say(`inside.${key}`, facts);
  const { share, signed, strip, equation, lights, replace } = window.S2S.inside;
  const FOLDED = 15, LITTLE = 0.005, NEAR = 2; // rows beyond which those with less attention are folded, unless they stand near others

  // ---------------------------------------------------------------- words
  /** @param {StepWord} word */
  const wordButton = (word, step, act) => {
    const now = word.steps.includes(step);
    const button = make("button", {
      type: "button", "data-key": `word-${word.steps[0]}`, "aria-current": now ? "step" : null, class: word.steps[0] > step ? "later" : null,
    }, make("span", {}, word.text), make("small", {}, share(word.p)));
    button.addEventListener("click", () => act({ act: "step", step: word.steps[0] }));
    return button;
  };

  /** @param {StepPayload} payload */
  const stepper = (payload, act) => {
    const arrow = (sign, key, step) => {
      const button = make("button", { type: "button", class: "arrow", "data-key": key, "aria-label": say(key), disabled: step < 1 || step > payload.steps }, sign);
      button.addEventListener("click", () => act({ act: "step", step }));
      return button;
    };
    const words = make("div", { class: "words", lang: payload.target, role: "group", "aria-label": say("words") });
    payload.words.forEach((word, i) => words.append(...(i && payload.joiner ? [payload.joiner] : []), wordButton(word, payload.step, act)));
    return make("section", { class: "card stepper", "aria-label": say("stepper") },
      make("div", { class: "dock" }, arrow("←", "back", payload.step - 1), arrow("→", "on", payload.step + 1),
        make("p", { class: "where" }, say("step", { step: payload.step, steps: payload.steps }), ...(payload.delta === null ? [] : [make("b", {}, `Δ ${signed(payload.delta, 2, true)}`)]))), words,
      make("p", { class: "of" }, payload.source), make("div", { class: "stops" }, ...stops(payload, act), asksFirst(payload), save(payload, act), toTranslate(payload)));
  };

  // The next step of some, the first again after the last; none where one stands at the only one.
  const nextOf = (steps, from) => { const next = steps.find((step) => step > from) ?? steps[0]; return next === from ? undefined : next; };
  const stops = (payload, act) => [make("span", {}, say("stop-at")), ...payload.stops.map((/** @type {Stop} */ stop) => {
    const next = nextOf(stop.steps, payload.step), key = stop.name[0].toUpperCase();
    const button = make("button", { type: "button", class: "chip", "data-key": `stop-${stop.name}`, "aria-keyshortcuts": key, disabled: !next, title: key }, `${stop.said} (${stop.steps.length})`);
    button.addEventListener("click", () => act({ act: "step", step: next }));
    return button;
  })];
  // Addresses for a class, which ask before they show.
  const asksFirst = (payload) => {
    return make("span", { class: "asks" }, say("ask-first"), ...Object.entries(payload.asks).map(([ask, link]) => make("a", { class: "chip", href: window.S2S.linkTo(location.href, { ...link, ask }) }, say(`ask-${ask}`))));
  };
  const save = (payload, act) => {
    const button = make("button", { type: "button", class: "chip", "data-key": "save", title: say("save") }, "JSON");
    button.addEventListener("click", () => act({ act: "save", step: payload.step }));
    return button;
  };
  const toTranslate = (payload) => {
    const button = make("button", { type: "button", class: "chip", "data-key": "to-translate" }, say("to-translate"));
    const { step, sentence, hypothesis, edits, ...question } = payload.link;
    button.addEventListener("click", () => window.S2S.openTab("translate", question));
    return button;
  };

  // ---------------------------------------------------------------- panels
  const panel = (number, name, ...content) => make("section", { class: `panel panel-${name}` }, make("h2", {}, make("i", { "aria-hidden": "true" }, String(number)), say(name)), ...content);
  const labelled = (numbers) => make("div", { class: "vector" }, make("span", { class: numbers.symbol && `sym-${numbers.symbol}` }, numbers.name), strip(numbers));
  const formulasOf = (payload, ...parts) => make("div", { class: "formulas" }, ...payload.formulas.filter((each) => parts.includes(each.part)).map(equation));

  const knows = (payload) => panel(1, "knows",
    make("p", { class: "last" }, `${say("last")} `, make("b", { lang: payload.target }, payload.last)),
    ...payload.knows.map(labelled), ...(payload.query ? [labelled(payload.query)] : []), formulasOf(payload, "decoder"));

  // A bar that can be dragged, or moved by the arrow keys: a word's attention.  The others shrink and grow along with it.
  /** @param {SourceRow} row */
  const slider = (row, place, payload, act) => {
    const input = make("input", { type: "range", min: 0, max: 1, step: 0.01, value: row.weight, "data-key": `alpha-${place}`, "aria-label": say("alpha-of", { word: row.word }) });
    const number = make("b", {}, few(row.weight)), node = make("span", { class: "alpha", style: `--at: ${row.weight}` }, input, number);
    input.addEventListener("input", () => {
      const rest = 1 - row.weight, others = rest > 1e-6 ? (1 - input.value) / rest : 0;
      [...node.closest(".panel").querySelectorAll(".alpha")].forEach((each) => {
        const own = Number(each.dataset.weight), now = each === node ? Number(input.value) : own * others;
        each.style.setProperty("--at", now);
        each.lastChild.textContent = few(now);
        each.querySelector("input").value = now;
      });
    });
    input.addEventListener("change", () => act({ act: "weigh", step: payload.step, source: place + 1, weight: Number(input.value) }));
    node.dataset.weight = row.weight;
    return node;
  };
  // A weight of attention: nothing to read where there is hardly any.
  const few = (weight) => (weight < 0.0005 ? "0" : share(weight));

  /** @param {SourceRow} row */
  const sourceRow = (row, place, payload, scale, act) => {
    const at = row.energy === null ? 0 : row.energy / scale;
    const bar = make("span", { class: `energy ${at < 0 ? "below" : ""}`, style: `--at: ${Math.abs(at).toFixed(4)}` }, make("i"), make("b", {}, row.energy === null ? "–" : signed(row.energy, 1)));
    const alpha = slider(row, place, payload, act);
    if (Math.abs(row.own - row.weight) > 0.001) {
      alpha.style.setProperty("--own", row.own);
      alpha.prepend(make("i", { class: "ghost", title: share(row.own) }));
    }
    const drop = make("button", { type: "button", class: "drop", "data-key": `drop-${place}`, "aria-label": say("drop", { word: row.word }), title: say("drop", { word: row.word }) }, "×");
    drop.addEventListener("click", () => act({ act: "drop", step: payload.step, source: place + 1 }));
    return make("li", { class: row.weight >= 0.05 ? "seen" : null }, make("span", { class: "word" }, row.word), strip(row.memory), bar, alpha, drop);
  };

  const looksAt = (payload, act) => {
    if (!payload.rows.length) return panel(2, "looks", make("p", { class: "help" }, say("never-looks")));
    const scale = Math.max(...payload.rows.map((row) => Math.abs(row.energy ?? 0)), 1e-9);
    const rows = payload.rows.map((row, place) => ({ row, node: sourceRow(row, place, payload, scale, act) }));
    const total = payload.rows.reduce((sum, row) => sum + row.weight, 0);
    const little = ({ row }) => row.weight < LITTLE && row.own < LITTLE;
    const folds = rows.length > FOLDED ? rows.filter((_, place) => rows.slice(Math.max(0, place - NEAR), place + NEAR + 1).every(little)) : [];
    const list = make("ol", { class: "rows" }, ...rows.filter((each) => !folds.includes(each)).map(({ node }) => node));
    const rest = folds.length ? [make("details", {}, make("summary", {}, say("folded", { words: folds.length })), make("ol", { class: "rows" }, ...folds.map(({ node }) => node)))] : [];
    const heads = make("div", { class: "heads", "aria-hidden": "true" }, make("span"), make("span", { class: "sym-memory" }, say("memory")), make("span", { class: "sym-energy" }, say(payload.scored ? "energy" : "log-alpha")), make("span", { class: "sym-alpha" }, say("alpha", { sum: total > 0.9995 ? "1" : few(total) })));
    return panel(2, "looks", formulasOf(payload, "attention"), heads, list, ...rest, labelled(payload.context), ...eachHead(payload), looks(payload, act));
  };

  // Where several heads look: a row for each, a column for each source word.
  const eachHead = (payload) => {
    if (!payload.heads.length) return [];
    const cells = (/** @type {HeadRow} */ head) => head.weights.map((weight) => make("td", { class: "number", style: `--at: ${Math.round(70 * weight)}%` }, few(weight)));
    const table = make("table", {}, make("caption", { class: "hear" }, say("heads")), make("thead", {}, make("tr", {}, make("td"), ...payload.rows.map((row) => make("th", { scope: "col" }, row.word)))),
      make("tbody", {}, ...payload.heads.map((head) => make("tr", {}, make("th", { scope: "row" }, head.name), ...cells(head)))));
    return [make("details", { class: "heads-fold" }, make("summary", {}, say("heads")), make("div", { class: "s2s-table" }, table))];
  };

  const looks = (payload, act) => {
    const everywhere = make("input", { type: "checkbox", id: "inside-everywhere" });
    const buttons = ["uniform", "shuffled", "off"].map((how) => {
      const button = make("button", { type: "button", class: "chip", "data-key": how }, say(how));
      button.addEventListener("click", () => act({ act: "look", step: payload.step, how, everywhere: everywhere.checked }));
      return button;
    });
    return make("p", { class: "otherwise" }, say("otherwise"), ...buttons, make("label", {}, everywhere, say("everywhere")));
  };

  /** @param {Choice} choice */
  const choiceRow = (choice, payload, most, act) => {
    const button = make("button", { type: "button", "data-key": `choice-${choice.piece}`, "aria-pressed": String(choice.written), "aria-label": say("choice", { text: choice.text || choice.piece, rank: choice.rank, p: share(Math.exp(choice.log_prob)) }) },
      make("small", {}, String(choice.rank)), make("span", { lang: payload.target }, choice.text || choice.piece), make("small", { class: "logit" }, signed(choice.logit)),
      make("i", { style: `--at: ${(Math.exp(choice.log_prob) / most).toFixed(4)}` }), make("b", {}, share(Math.exp(choice.log_prob))),
      ...(choice.was === null ? [] : [make("small", { class: "was", title: say("was-help") }, share(Math.exp(choice.was)))]));
    button.addEventListener("click", () => { if (!choice.written) act({ act: "write", step: payload.step, piece: choice.piece }); });
    return make("li", {}, button);
  };

  const couldWrite = (payload, act) => {
    const most = Math.exp(payload.choices[0].log_prob), edited = payload.choices[0].was !== null;
    const field = make("input", { type: "text", class: "typed", maxlength: 60, lang: payload.target, "data-key": "typed", placeholder: say("type"), "aria-label": say("type") });
    const form = make("form", { class: "others" }, field, make("span", {}, say("others", { count: payload.more.toLocaleString("en") })), make("b", {}, share(payload.others)));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (field.value.trim()) act({ act: "write", step: payload.step, text: field.value.trim() });
    });
    return panel(3, "writes", formulasOf(payload, "output"), ...payload.output.map(labelled),
      ...(payload.p_gen === null ? [] : [make("p", { class: "help" }, say("p-gen", { p: share(payload.p_gen) }))]),
      ...(edited ? [make("p", { class: "was-head", "aria-hidden": "true" }, say("was"))] : []),
      make("ol", { class: `choices ${edited ? "edited" : ""}` }, ...payload.choices.map((choice) => choiceRow(choice, payload, most, act))), form,
      make("p", { class: "help" }, say("entropy", { nats: payload.entropy.toFixed(2) })));
  };

  // ---------------------------------------------------------------- the part
  const typing = (node) => node.matches?.("input, textarea, select, [role='combobox'], [role='tab'], [role='radio']");

  KINDS.step = (element, props, trigger) => {
    const box = element.querySelector(".s2s-step"), act = (what) => trigger("select", what);
    /** @type {StepPayload | null} */
    let payload = null;
    document.addEventListener("keydown", (event) => {
      if (!payload || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || typing(event.target) || !box.checkVisibility()) return;
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key], stop = payload.stops.find(({ name }) => name[0] === event.key.toLowerCase());
      if (!by && !stop) return;
      const step = by ? payload.step + by : nextOf(stop.steps, payload.step);
      if (step >= 1 && step <= payload.steps) act({ act: "step", step });
      event.preventDefault();
    });
    return () => {
      payload = payloadOf(props);
      if (!payload) { box.replaceChildren(); return; }
      const unfolded = box.querySelector(".heads-fold")?.open;
      replace(box, stepper(payload, act), lights(make("div", { class: "card panels" }, knows(payload), looksAt(payload, act), couldWrite(payload, act))));
      box.querySelectorAll(".heads-fold .s2s-table").forEach(scrolls);
      if (unfolded) box.querySelector(".heads-fold")?.setAttribute("open", "");
      if (box.checkVisibility()) window.S2S.keepLink(payload.link);
    };
  };
})();
