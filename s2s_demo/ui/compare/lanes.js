// The lanes of tab Compare: what is pointed at in one is marked in all, and the chosen one is shown whole below them.
(() => {
  "use strict";
  const S2S = window.S2S, { KINDS, make, payloadOf, themeWatchers, scrolls, say } = S2S;
  const { S2SLanes: Lanes, S2SScene: Scene, S2SDraw: Draw } = globalThis;

  /** @param {LanePayload} lane */
  const nameOf = (lane) => `${lane.model} · ${lane.strategy}`;
  /** @param {LanePayload} lane */
  const numbersOf = (lane, sentence) => {
    const data = lane.picture.sentences[sentence], leaf = data.leaves[0];
    const path = globalThis.S2STree.pathTo(data, leaf);
    return say("compare.numbers", {
      total: Scene.number(data.total[leaf], 2), score: Scene.number(data.scores[0], 3),
      tokens: path.length, milliseconds: Math.round(1000 * lane.seconds),
    });
  };
  // Of a lane the sentence shown; a lane that has fewer shows its last.
  /** @param {LanePayload} lane */
  const placeIn = (lane, sentence) => Math.min(sentence, lane.picture.sentences.length - 1);
  /** @param {LanePayload} lane */
  const only = (lane, sentence) => ({ ...lane.picture, sentences: [lane.picture.sentences[sentence]], texts: [lane.picture.texts[sentence]], hypotheses: [lane.picture.hypotheses[sentence]] });

  KINDS.lanes = (element, props) => {
    const $ = (selector) => element.querySelector(selector);
    const root = element.firstElementChild, stage = $(".lanes-stage"), line = $(".lanes-line"), below = $(".lanes-picture"), inner = { value: "" };
    const showBelow = KINDS.picture(below, inner, () => {});
    /** @type {LanesPayload | null} */
    let payload = null;
    let lanes = [], boxes = [], scenes = [], found = null, view = null, frame = 0, pinned = null;
    const source = (one) => one.nodes.words;
    const ask = (changes) => { view = { ...view, ...changes }; frame ||= requestAnimationFrame(() => { frame = 0; show(); }); };

    // ------------------------------------------------------------ drawing
    const opened = () => {
      lanes = payload.lanes.map((lane) => {
        const nodes = S2S.opened(lane.picture.sentences[placeIn(lane, view.sentence)], 0);
        return { nodes, ...Lanes.answer(nodes, nodes.leaves[0]), group: lane.picture.target, from: lane.picture.source, name: nameOf(lane) };
      });
    };
    const markIn = (i) => {
      const { marked } = view;
      if (!marked || marked.source !== undefined) return marked;
      if (i === marked.lane) return { target: marked.target };
      if (lanes[i].group !== lanes[marked.lane].group) return null;
      const column = found.lanes[marked.lane].column[marked.target], target = found.lanes[i].column.indexOf(column);
      return target < 0 ? { column } : { target };
    };
    const show = () => {
      if (!payload || !stage.clientWidth) return;
      found = Lanes.grid(lanes, stage.clientWidth - 2, S2S.measure);
      scenes = lanes.map((one, i) => {
        const mirror = S2S.LANGUAGES_FROM_RIGHT.has(one.group), flip = mirror !== S2S.LANGUAGES_FROM_RIGHT.has(one.from);
        return Lanes.scene(one, found.lanes[i], { type: found.type, width: found.width, source: source(one), marked: markIn(i), many: lanes.length > Lanes.MANY, flip, mirror }, S2S.measure);
      });
      scenes.forEach((scene, i) => S2S.put(boxes[i], scene, Draw.figure));
      const text = view.marked ? aboutMarked() : "";
      if (line.textContent !== text) line.textContent = text;
      line.classList.toggle("is-empty", !text);
      below.dispatchEvent(new CustomEvent("s2s-mark", { detail: view.marked && markIn(view.lane)?.column === undefined ? markIn(view.lane) : null }));
    };
    const aboutMarked = () => lanes.map((one, i) => {
      const mark = markIn(i), facts = [];
      if (mark?.target !== undefined) facts.push(`${one.words[mark.target].text} ${Scene.share(Math.exp(one.words[mark.target].logp))}`);
      if (mark?.source !== undefined) scenes[i].alpha.forEach((row, t) => { if (row[mark.source] > Scene.SHOWN && one.words[t]) facts.push(`${one.words[t].text} ${Scene.share(row[mark.source])}`); });
      return facts.length ? `${one.name}: ${facts.join(", ")}` : "";
    }).filter(Boolean).join("; ");

    // ------------------------------------------------------------ what stands around the figures
    const heads = () => {
      boxes = [];
      stage.replaceChildren(...payload.lanes.map((lane, i) => {
        const at = placeIn(lane, view.sentence), figure = make("div", { class: "s2s-figure", role: "img", "aria-label": lane.picture.hypotheses[at][0] });
        const button = make("button", { type: "button", "data-lane": i, "aria-pressed": String(i === view.lane), title: lane.about }, make("b", {}, lane.model), ` · ${lane.strategy}`);
        const note = lane.notes[at] ?? "", scroll = make("div", { class: "s2s-scroll" }, figure);
        boxes.push(figure);
        scrolls(scroll);
        scroll.addEventListener("scroll", () => stage.querySelectorAll(".s2s-scroll").forEach((each) => { if (each !== scroll) each.scrollLeft = scroll.scrollLeft; }));
        return make("section", { class: "lane", "data-lane": i }, make("div", { class: "lane-head" }, button, make("span", { class: "help", title: note }, note), make("span", { class: "numbers" }, numbersOf(lane, at))), scroll);
      }));
      const chips = payload.lanes[0].picture.texts.map((text, i) => {
        const chip = make("button", { type: "button", "aria-pressed": String(i === view.sentence), dir: "auto" }, text);
        chip.addEventListener("click", () => turnTo({ sentence: i }));
        return chip;
      });
      const bar = $(".lanes-sentences");
      bar.hidden = chips.length < 2;
      bar.replaceChildren(...chips);
      const counted = (box, names) => { const count = document.querySelector(`#${box} .opener b`); if (count) count.textContent = String(new Set(names).size); };
      counted("compare-which", payload.lanes.map((lane) => lane.model));
      counted("compare-how", payload.lanes.map((lane) => lane.strategy));
    };
    const turnTo = (changes) => {
      const had = stage.contains(document.activeElement) && document.activeElement.dataset.lane;
      view = { ...view, ...changes, marked: null };
      pinned = null;
      opened();
      heads();
      if (had) stage.querySelector(`button[data-lane="${had}"]`)?.focus();
      const lane = payload.lanes[view.lane];
      inner.value = JSON.stringify(only(lane, placeIn(lane, view.sentence)));
      showBelow();
      $(".lanes-chosen").textContent = nameOf(lane);
      ask({});
    };

    // ------------------------------------------------------------ pointing and walking
    const same = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
    const mark = (marked) => { if (!same(marked, view.marked)) ask({ marked }); };
    const under = (event) => {
      const section = event.target.closest?.("section.lane");
      if (!section || !event.target.closest(".s2s-figure")) return null;
      const i = Number(section.dataset.lane), box = boxes[i].getBoundingClientRect(), scale = scenes[i].width / box.width;
      const hit = Scene.at(scenes[i], (event.clientX - box.left) * scale, (event.clientY - box.top) * scale);
      return hit?.kind === "source" ? { source: hit.index } : hit?.kind === "target" ? { lane: i, target: hit.index } : null;
    };
    stage.addEventListener("pointermove", (event) => { if (payload && event.pointerType !== "touch") mark(under(event) ?? pinned); });
    stage.addEventListener("pointerleave", () => { if (payload) mark(pinned); });
    stage.addEventListener("click", (event) => {
      const chosen = event.target.closest("button[data-lane]");
      if (chosen) { turnTo({ lane: Number(chosen.dataset.lane) }); return; }
      const hit = under(event);
      pinned = same(hit, pinned) ? null : hit;
      ask({ marked: pinned });
    });
    // Source words, then the words of each lane: arrows walk along and between them.
    const walk = (key) => {
      const { marked } = view, along = { ArrowLeft: -1, ArrowRight: 1 }[key];
      if (!marked) return { lane: 0, target: 0 };
      const within = (place, length) => Math.min(length - 1, Math.max(0, place));
      if (along && marked.source !== undefined) return { source: within(marked.source + along, source(lanes[0]).length) };
      if (along) return { ...marked, target: within(marked.target + along, lanes[marked.lane].words.length) };
      const next = (marked.source === undefined ? marked.lane : -1) + (key === "ArrowDown" ? 1 : -1);
      if (next < 0) return { source: marked.source ?? within(marked.target, source(lanes[0]).length) };
      return next >= lanes.length ? marked : { lane: next, target: within(marked.target ?? marked.source, lanes[next].words.length) };
    };
    stage.addEventListener("keydown", (event) => {
      if (!payload || event.altKey || event.ctrlKey || event.metaKey || event.target !== stage) return;
      if (event.key.startsWith("Arrow")) ask({ marked: pinned = walk(event.key) });
      else if (event.key === "Enter" && view.marked?.lane !== undefined) turnTo({ lane: view.marked.lane });
      else if (event.key === "Escape" && view.marked) ask({ marked: pinned = null });
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    let drawnWidth = 0;
    new ResizeObserver(() => { if (payload && stage.clientWidth && stage.clientWidth !== drawnWidth) { drawnWidth = stage.clientWidth; ask({}); } }).observe(stage);
    themeWatchers.add(() => payload && show());

    return () => {
      payload = payloadOf(props);
      root.hidden = !payload;
      if (payload) turnTo({ sentence: 0, lane: Math.min(view?.lane ?? 0, payload.lanes.length - 1) });
    };
  };
})();
