// A translation as one linked picture: what is pointed at anywhere is marked everywhere, and nothing asks the server.
(() => {
  "use strict";
  const S2S = window.S2S, { KINDS, make, themeWatchers, scrolls, say } = S2S;
  const views = {}; // what each picture of the page shows, for files and links
  const { S2STree: Tree, S2SScene: Scene, S2STurned: Turned, S2SDraw: Draw, S2SMap: Map, S2SRows: Rows } = globalThis;
  const NARROW = 600, SHORT = 16, LANES = 9, MORE_LANES = 12, LANGUAGES_FROM_RIGHT = new Set(["ar", "fa", "he", "ur", "ps", "sd", "ug", "yi"]);

  // ---------------------------------------------------------------- measuring text
  const canvas = document.createElement("canvas").getContext("2d");
  const widths = new window.Map();
  let family = "";
  const measure = (text, size, bold) => {
    const key = `${bold ? "b" : ""}${text}`;
    if (!widths.has(key)) {
      family ||= getComputedStyle(document.body).fontFamily;
      canvas.font = `${bold ? 650 : 400} 100px ${family}`;
      widths.set(key, canvas.measureText(text).width / 100);
    }
    return widths.get(key) * size;
  };

  // ---------------------------------------------------------------- data as it came, ready to be drawn
  // `head` is the number of one whose looks are shown; none: their mean.
  const opened = (data, place, head = null) => {
    const all = data.heads_of[0] * data.heads_of[1], [levels, each, first] = head === null ? [data.alignment, 1, 0] : [data.heads, all, head];
    const bytes = Uint8Array.from(atob(levels), (c) => c.charCodeAt(0)), width = data.pieces.length;
    const numbers = new Uint16Array(bytes.buffer), rows = [];
    const look = (id) => rows[data.row[id]] ??= Array.from(numbers.subarray((data.row[id] * each + first) * width, (data.row[id] * each + first + 1) * width), (level) => level / 65535);
    const seen = (id) => data.windows[data.row[id]] ?? [];
    return { ...Tree.read(data), look, seen, place };
  };
  const shifted = (shift) => `picture.${shift > 0 ? "later" : "earlier"}${Math.abs(shift) === 1 ? "-one" : ""}`;
  const words = {
    same: (shift) => (shift === 0 ? say("picture.same") : say(shifted(shift), { steps: Math.abs(shift) })),
    sameBrief: (shift) => say("picture.same-brief", { shift: `${shift > 0 ? "+" : "−"}${Math.abs(shift)}` }),
  };

  KINDS.picture = (element, props, trigger) => {
    const $ = (selector) => element.querySelector(selector);
    const stage = $(".picture-stage"), figure = $(".picture-main .s2s-figure"), map = $(".picture-map .s2s-figure"), line = $(".picture-line"), popup = $(".picture-cut");
    let payload = null, sentences = [], view = null, found = null, matrix = null, matrixFound = null, frame = 0, wide = false;
    const nodes = () => sentences[view.sentence], data = () => payload.sentences[view.sentence];
    const source = () => (view.pieces ? data().pieces : data().words);
    const leaf = () => view.leaf ?? data().leaves[0];

    // ------------------------------------------------------------ drawing
    const ask = (changes) => { view = { ...view, ...changes }; frame ||= requestAnimationFrame(() => { frame = 0; show(); }); };
    const scenery = () => {
      const from = LANGUAGES_FROM_RIGHT.has(payload.target), width = stage.clientWidth, long = data().leaves.length && Tree.pathTo(nodes(), leaf()).length > SHORT;
      const look = { leaf: leaf(), pieces: view.pieces, marked: view.marked, open: view.open, most: view.unfolded ? Infinity : long ? MORE_LANES : LANES,
        mirror: from, flip: from !== LANGUAGES_FROM_RIGHT.has(payload.source) };
      return width < NARROW ? Turned.scene(nodes(), source(), look, width, measure) : Scene.scene(nodes(), source(), look, width, measure, words);
    };
    const show = () => {
      if (!payload || !stage.clientWidth) return; // out of sight: drawn when it has a width
      wide = source().length > SHORT + 1 || Tree.pathTo(nodes(), leaf()).length > SHORT + 4;
      element.firstElementChild.classList.toggle("is-long", wide && !view.large);
      element.firstElementChild.classList.toggle("is-blind", !data().looks);
      found = scenery();
      S2S.put(figure, found, Draw.figure);
      const looks = data().looks;
      matrix = view.own ? within(view.own) : { alpha: found.alpha, windows: windows(), source: source(), target: found.tree.spine, marked: view.marked };
      $(".picture-map").hidden = $("details[data-table=alignment]").hidden = !looks;
      $(".picture-blind").hidden = looks;
      if (looks) {
        const { parentElement: { clientWidth } } = map, small = wide && !view.large;
        matrixFound = Map.scene({ ...matrix, title: view.which, width: Math.max(0, clientWidth - 2), small }, measure, Scene);
        S2S.put(map, matrixFound, (scene) => Map.figure(scene, Draw.plain, Draw.FONT));
        $(".picture-map header .help").textContent = say(matrixFound.whole ? "picture.sum" : "picture.sum-less");
      }
      const seen = { words: found.tree.spine.length, alpha: found.alpha, marked: view.marked, target: found.tree.spine.map((word) => word.text) };
      element.dispatchEvent(new CustomEvent("s2s-drawn", { bubbles: true, detail: seen }));
      views[element.parentElement.closest("[id]")?.id ?? element.id] = { sentence: view.sentence, node: view.leaf, unit: view.pieces ? "pieces" : "words", head: view.head };
      said();
      lists();
      cutList();
    };

    // The first and last of the source's words that each written word could see, where that is a part.
    const windows = () => (data().windows.length ? found.tree.spine.map((word) => {
      const seen = word.ids.flatMap((id) => nodes().seen(id)), at = source().map((one, i) => (one.tokens.some((token) => token >= Math.min(...seen) && token <= Math.max(...seen)) ? i : -1)).filter((i) => i >= 0);
      return at.length ? [at[0], at.at(-1)] : null;
    }) : []);
    const headNames = ([layers, heads]) => Array.from({ length: layers * heads }, (_, n) => say(layers === 1 ? "picture.head" : heads === 1 ? "picture.layer" : "picture.layer-head", { layer: Math.floor(n / heads) + 1, head: (n % heads) + 1 }));
    const offerHeads = () => {
      const pick = $(".picture-heads"), before = pick.value, listed = pick.textContent, { heads, heads_of: of } = data(), options = (names, value) => names.map((name, n) => make("option", { value: value(n) }, name));
      const own = ["own_source", "own_target"].filter((side) => data()[side]).map((side) => make("optgroup", { label: say(`picture.${side.replace("_", "-")}`) }, ...options(headNames(data().own_of[Number(side === "own_target")]), (n) => `${side}/${n}`)));
      pick.hidden = !heads && !own.length;
      pick.replaceChildren(make("option", { value: "" }, say(heads ? "picture.mean" : "picture.looks")), ...(heads ? options(headNames(of), String) : []), ...own);
      pick.value = pick.textContent === listed ? before : ""; // of the same kind of model it goes on
    };
    // What the picker says; once closed, it says the head alone.
    const headed = () => {
      const { value, selectedOptions: [option] } = $(".picture-heads"), [side, number] = value.split("/");
      const own = number ? [side, Number(number)] : null, head = own || value === "" ? null : Number(value);
      sentences = payload.sentences.map((each, i) => opened(each, i, head));
      return { own, head, which: value === "" ? "" : `${option.parentElement.label ?? say("picture.looks")} · ${option.text}` };
    };
    // Where the words of one side look at each other, as one head of one layer does: [side, head].
    const within = ([side, head]) => {
      const read = side === "own_source", written = Tree.pathTo(nodes(), data().leaves[0]).map((id) => ({ text: data().piece[id], said: data().piece[id] }));
      const rows = read ? data().pieces : written, columns = read ? rows : [{ text: "<bos>", said: "<bos>" }, ...written.slice(0, -1)], size = rows.length;
      const numbers = new Uint16Array(Uint8Array.from(atob(read ? data().own_source : data().own_target), (c) => c.charCodeAt(0)).buffer, 2 * head * size * size, size * size);
      return { alpha: rows.map((_, i) => Array.from(numbers.subarray(i * size, (i + 1) * size), (level) => level / 65535)), source: columns, target: rows };
    };

    // ------------------------------------------------------------ words about what is marked
    const share = (value) => Scene.share(value);
    const said = () => {
      const { marked } = view, unread = found.alpha.length ? source().filter((word, i) => !word.end && found.alpha.reduce((sum, row) => sum + row[i], 0) < 0.2) : [];
      $(".picture-unread").textContent = unread.length ? say("picture.unread", { words: unread.map((word) => word.said).join(payload.source === "zh" ? "、" : ", ") }) : "";
      const text = marked ? aboutMarked(marked) : "";
      if (line.textContent !== text) line.textContent = text;
      line.classList.toggle("is-empty", !text);
      const folded = found.tree.folded.length, button = $(".picture-folded");
      button.hidden = !folded && !view.unfolded;
      button.textContent = view.unfolded ? say("picture.fold") : say("picture.folded", { branches: folded });
      button.setAttribute("aria-expanded", String(Boolean(view.unfolded)));
      $(".picture-back").hidden = view.leaf === null || view.leaf === data().leaves[0];
      const inside = $(".picture-inside"), place = insideOf();
      inside.hidden = !place;
      if (place) inside.textContent = say("picture.inside", { word: place.word });
    };
    // The step that writes the word that is marked to stay, on a page that can look into it.
    const insideOf = () => {
      const word = found.tree.spine[pinned?.target] ?? found.tree.words.find((one) => one.ids.includes(pinned?.node));
      const hypothesis = data().leaves.indexOf(pinned?.node === undefined ? leaf() : endOf(pinned.node)) + 1;
      if (!S2S.lookInside || !word || !hypothesis) return null;
      const named = { sentence: view.sentence + 1, hypothesis }, others = Object.entries(named).filter(([, number]) => number > 1);
      return { word: word.text, link: { ...payload.link, ...Object.fromEntries(others), step: word.from } };
    };
    const lookInside = () => { const place = insideOf(); if (place) S2S.lookInside(place.link); return Boolean(place); };
    const aboutMarked = (marked) => {
      if (marked.source !== undefined) {
        const by = found.alpha.map((row, t) => [row[marked.source], found.tree.spine[t].text]).filter(([a]) => a > 0.04).sort((a, b) => b[0] - a[0]).slice(0, 4);
        return say(by.length ? "picture.source-line" : "picture.source-unread", { word: source()[marked.source].said, by: by.map(([a, text]) => `${text} ${share(a)}`).join(" · ") });
      }
      const word = marked.target !== undefined ? found.tree.spine[marked.target] : found.tree.words.find((one) => one.ids.includes(marked.node));
      if (!word) return "";
      const facts = { word: word.text, p: share(Math.exp(word.logp)), total: Scene.number(word.total, 2), rank: data().rank[word.ids.at(-1)], p_gen: share(data().p_gen[word.ids[0]] ?? 1) };
      if (!data().looks) return say("picture.word-line-blind", facts);
      const row = marked.target !== undefined ? found.alpha[marked.target] : Scene.looks(nodes(), [word], source())[0];
      const at = row.map((a, i) => [a, source()[i].said]).filter(([a]) => a > 0.04).sort((a, b) => b[0] - a[0]).slice(0, 4);
      return say(data().p_gen.length ? "picture.word-line-pointer" : "picture.word-line", { ...facts, looks: at.map(([a, text]) => `${text} ${share(a)}`).join(" · ") });
    };

    // ------------------------------------------------------------ lists: sentences, hypotheses, what was cut, tables
    const replaced = (box, children) => { // whoever came by keys stays where they were
      const had = box.contains(document.activeElement) ? document.activeElement.closest("[data-id]")?.dataset.id : undefined;
      box.replaceChildren(...children);
      if (had !== undefined) box.querySelector(`button[data-id="${had}"], [data-id="${had}"] button`)?.focus();
    };
    const lists = () => {
      const chips = payload.sentences.map((_, i) => {
        const chip = make("button", { type: "button", "aria-pressed": String(i === view.sentence), "data-id": i },
          make("small", { lang: payload.source || null, dir: "auto" }, payload.texts[i]), make("span", { lang: payload.target || null, dir: "auto" }, payload.hypotheses[i][0]));
        chip.addEventListener("click", () => ask({ sentence: i, leaf: null, marked: null, open: null }));
        return chip;
      });
      const bar = $(".picture-sentences");
      bar.hidden = chips.length < 2;
      if (!bar.hidden && bar.dataset.key !== `${view.sentence}/${payload.nonce}`) { replaced(bar, chips); bar.dataset.key = `${view.sentence}/${payload.nonce}`; }
      const key = `${payload.nonce}/${view.sentence}/${leaf()}/${view.pieces}/${view.which}`, table = $(".picture-hypotheses tbody");
      if (table.dataset.key === key) return;
      table.dataset.key = key;
      replaced(table, Rows.hypotheses(nodes(), data().leaves, payload).map(({ id, parts, total, score, tokens }, i) => {
        const chosen = id === leaf(), text = make("span", { lang: payload.target, dir: "auto" }, ...parts.map(([piece, differs]) => (differs ? make("em", {}, piece) : piece)));
        const cells = [make("td", { class: "number" }, make("button", { type: "button", "aria-pressed": String(chosen), "aria-label": say("picture.choose", { place: i + 1 }) }, String(i + 1))), make("td", {}, text),
          ...[total, score, tokens].map((value) => make("td", { class: "number" }, value))];
        const row = make("tr", { class: chosen ? "selected" : null, "data-id": id }, ...cells);
        row.addEventListener("click", () => choose(id));
        return row;
      }));
      element.querySelectorAll("details[data-table][open]:not([hidden])").forEach(fill);
    };
    const cutList = () => {
      popup.hidden = view.open === null || !found.cut[view.open]?.length;
      if (popup.hidden) return;
      const step = view.open, rows = found.cut[step].slice(0, 8).map(({ id, short }) => {
        const at = data().parent[id], before = Tree.pathTo(nodes(), at), starts = data().starts[id] === "1" || !at;
        const context = Tree.wordsOn(nodes(), before, false).slice(starts ? -3 : -4, starts ? undefined : -1).map((ids) => data().text[ids.at(-1)]);
        const p = Math.exp(data().total[id] - data().total[at]);
        const cells = [`${before.length > context.length ? "… " : ""}${context.join(payload.joiner)}`, data().text[id], share(p), Scene.number(data().total[id], 2), Scene.number(short, 2)];
        return make("tr", {}, ...cells.map((cell, c) => make("td", { class: c > 1 ? "number" : c === 1 ? "word" : null, dir: "auto" }, cell)));
      });
      popup.querySelector("b").textContent = say("picture.cut-title", { step });
      popup.setAttribute("aria-label", popup.querySelector("b").textContent);
      popup.querySelector("span").textContent = say("picture.cut-count", { shown: rows.length, all: found.cut[step].length });
      popup.querySelector("tbody").replaceChildren(...rows);
    };
    const fill = (fold) => {
      const rows = Rows[fold.dataset.table]({ nodes: nodes(), data: data(), leaf: leaf(), ...matrix }, Scene, Tree);
      fold.querySelector("tbody").replaceChildren(...rows.slice(0, 400).map((cells) => make("tr", {}, ...cells.map((cell) => make("td", { class: typeof cell === "number" ? "number" : null, dir: "auto" }, String(cell))))));
      fold.querySelector("thead").replaceChildren(make("tr", {}, ...Rows.columns(fold.dataset.table, matrix.source, say, data()).map((name) => make("th", { scope: "col" }, name))));
    };

    // ------------------------------------------------------------ pointing, choosing, walking
    const same = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
    const mark = (marked) => { if (!same(marked, view.marked)) ask({ marked }); };
    const markOf = (hit) => (hit?.kind === "target" ? { target: hit.index } : hit?.kind === "source" ? { source: hit.index } : hit?.kind === "node" ? { node: hit.id } : null);
    const endOf = (id) => { let word = found.tree.words.find((one) => one.ids.includes(id)); while (word?.kids.length) word = word.kids[0]; return word ? word.ids.at(-1) : id; };
    const choose = (id) => ask({ leaf: id, marked: null, open: null });
    const under = (event) => {
      const box = figure.getBoundingClientRect(), scale = found.width / box.width;
      return Scene.at(found, (event.clientX - box.left) * scale, (event.clientY - box.top) * scale);
    };
    let pinned = null;
    stage.addEventListener("pointermove", (event) => {
      if (!found || event.pointerType === "touch") return;
      const hit = under(event);
      stage.style.cursor = hit?.kind === "node" || hit?.kind === "step" ? "pointer" : "";
      mark(markOf(hit) ?? pinned);
    });
    stage.addEventListener("pointerleave", () => { if (found) mark(pinned); });
    stage.addEventListener("click", (event) => {
      const hit = found && under(event);
      if (hit?.kind === "node") { pinned = null; choose(endOf(hit.id)); return; }
      if (hit?.kind === "step") { ask({ open: hit.step === view.open ? null : hit.step }); return; }
      pinned = same(markOf(hit), pinned) ? null : markOf(hit);
      ask({ marked: pinned, open: null });
    });
    // Rows of what can be marked, from the source words down through the lanes; arrows walk along and between them.
    const walk = (key) => {
      const rows = {};
      found.hits.filter((hit) => markOf(hit)).forEach((hit) => (rows[hit.kind === "source" ? -2 : hit.kind === "target" ? -1 : hit.box[1]] ??= []).push(hit));
      const order = Object.keys(rows).map(Number).sort((a, b) => a - b), across = (hit) => hit.box[0] + hit.box[2] / 2;
      order.forEach((y) => rows[y].sort((a, b) => across(a) - across(b)));
      const y = order.find((row) => rows[row].some((hit) => same(markOf(hit), view.marked)));
      if (y === undefined) return markOf(rows[rows[-1] ? -1 : order[0]][0]);
      const place = rows[y].findIndex((hit) => same(markOf(hit), view.marked)), step = { ArrowLeft: -1, ArrowRight: 1 }[key];
      if (step) return markOf(rows[y][Math.min(rows[y].length - 1, Math.max(0, place + step))]);
      const next = order[order.indexOf(y) + (key === "ArrowDown" ? 1 : -1)], from = across(rows[y][place]);
      return next === undefined ? view.marked : markOf(rows[next].reduce((a, b) => (Math.abs(across(b) - from) < Math.abs(across(a) - from) ? b : a)));
    };
    stage.addEventListener("keydown", (event) => {
      if (!found || event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key.startsWith("Arrow")) ask({ marked: pinned = walk(event.key) });
      else if ((event.key === "Enter" || event.key === " ") && view.marked?.node !== undefined) { pinned = null; choose(endOf(view.marked.node)); }
      else if ((event.key === "Enter" || event.key === " ") && view.marked?.target !== undefined) ask({ open: found.tree.spine[view.marked.target].to });
      else if (event.key.toLowerCase() === "i") { if (!lookInside()) return; }
      else if (event.key === "Escape" && (view.marked || view.open !== null || view.leaf !== null)) { pinned = null; ask(view.open !== null ? { open: null } : view.marked ? { marked: null } : { leaf: null }); }
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    map.addEventListener("pointermove", (event) => {
      if (view?.own) return;
      const box = map.getBoundingClientRect(), t = matrixFound && Map.rowAt(matrixFound, (event.clientY - box.top) * (matrixFound.height / box.height));
      mark(t === null ? pinned : { target: t });
    });
    map.addEventListener("pointerleave", () => { if (found) mark(pinned); });
    $(".picture-folded").addEventListener("click", () => ask({ unfolded: !view.unfolded }));
    $(".picture-back").addEventListener("click", () => ask({ leaf: null, marked: null, open: null }));
    $(".picture-inside").addEventListener("click", lookInside);
    $(".picture-larger").addEventListener("click", () => ask({ large: !view.large }));
    popup.querySelector("button").addEventListener("click", () => ask({ open: null }));
    $(".picture-units").addEventListener("click", (event) => {
      const unit = event.target.closest("button")?.dataset.unit;
      if (!unit) return;
      element.querySelectorAll(".picture-units button").forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.unit === unit)));
      pinned = null;
      ask({ pieces: unit === "pieces", marked: null });
    });
    $(".picture-heads").addEventListener("change", () => ask({ ...headed(), marked: null }));
    element.querySelectorAll("details[data-table]").forEach((fold) => fold.addEventListener("toggle", () => { if (fold.open && found) fill(fold); }));
    const shown = (box, file) => found && { figure: { data: box.data, layout: box.layout }, label: payload.label, file };
    const [mainMenu, mapMenu] = element.querySelectorAll(".s2s-save");
    S2S.saveMenu(mainMenu, figure, () => shown(figure, "translation"));
    S2S.saveMenu(mapMenu, map, () => shown(map, view.own ? "self-attention" : "alignment"));
    element.querySelectorAll(".s2s-scroll, .s2s-table").forEach((box) => scrolls(box));
    let drawnWidth = 0;
    new ResizeObserver(() => { if (payload && stage.clientWidth && stage.clientWidth !== drawnWidth) { drawnWidth = stage.clientWidth; ask({}); } }).observe(stage);
    themeWatchers.add(() => { if (payload && element.isConnected) show(); });

    element.addEventListener("s2s-mark", ({ detail }) => { if (found) ask({ marked: pinned = detail }); }); // a lesson's slider

    return () => {
      payload = props.value ? JSON.parse(props.value) : null;
      element.firstElementChild.hidden = !payload;
      if (!payload) return;
      $(".picture-units").hidden = payload.letters;
      pinned = null;
      view = { sentence: 0, leaf: null, pieces: view?.pieces ?? false, marked: null, open: null, unfolded: false, large: false };
      if (Object.keys(payload.link).length) S2S.keepLink?.(payload.link);
      $(".picture-said").textContent = payload.label;
      offerHeads();
      ask(headed());
    };
  };
  Object.assign(S2S, { measure, opened, pictureView: (id) => views[id] ?? {}, LANGUAGES_FROM_RIGHT });
})();
