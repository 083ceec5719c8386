// Tab Train: the state of a run, the alignment movie, one sentence in two rows. Movies play without the server.
(() => {
  "use strict";
  const { KINDS, make, bytes, dark, reink, themeWatchers, loadPlotly, scrolls, saveMenu, CONFIG } = window.S2S;
  const LEVELS = 255, TALL = 320, SHORT = 240, ROWS = 12, CELL = 11, TILTED = 20, COLUMNS = 14, FRAME = 140; // levels, px, rows, px, px, columns, ms

  const say = (key, facts) => window.S2S.say(`train.${key}`, facts);

  KINDS.run = (element, props) => {
    const box = element.querySelector(".s2s-run"), name = box.querySelector("b"), text = box.querySelector("span");
    const bar = box.querySelector(".run-bar i"), list = box.querySelector(".run-numbers");
    const put = (node, value) => { if (node.textContent !== value) node.textContent = value; };
    return () => {
      if (!props.value) return;
      /** @type {RunStatus} */
      const run = JSON.parse(props.value);
      box.dataset.state = run.state;
      put(name, run.name);
      put(text, run.text);
      bar.style.width = `${100 * run.done}%`;
      while (list.children.length > run.numbers.length) list.lastChild.remove();
      run.numbers.forEach(([label, value], i) => {
        const pair = list.children[i] ?? list.appendChild(make("div", {}, make("dt"), make("dd")));
        put(pair.firstChild, label);
        put(pair.lastChild, value);
      });
    };
  };

  const measure = document.createElement("canvas").getContext("2d");
  const width = (label) => { measure.font = "12px system-ui, sans-serif"; return measure.measureText(label).width; };
  const unescaped = (label) => label.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code));

  // The heatmap of one moment: the frame comes from the server, rows and cells are filled in here.
  const heatmap = (/** @type {MovieProbe} */ probe, /** @type {MovieMoment} */ moment, left, room, high) => {
    const { data: [trace], layout } = structuredClone(probe.figure);
    const columns = probe.source.length, rows = moment.target.length, cells = bytes(moment.cells);
    const shown = Math.max(rows, ROWS), every = high / shown, beside = left + 56;
    const widest = Math.max(...probe.source.slice(0, -1).map((label) => width(unescaped(label)))); // </s> may stand out
    const least = widest > TILTED ? TILTED : CELL; // tilted words need more room than upright letters
    const across = Math.max(columns, Math.min(COLUMNS, Math.floor((room - beside) / least)));
    const share = (value) => value.toFixed(2).replace(/^0/, "");
    trace.x = [...Array(columns).keys()];
    trace.y = [...Array(rows).keys()];
    trace.z = trace.y.map((t) => Array.from(cells.subarray(t * columns, (t + 1) * columns), (level) => level / LEVELS));
    trace.text = trace.z.map((row, t) => row.map((value, s) => say("cell", { source: probe.source[s], target: moment.target[t], share: share(value) })));
    trace.xgap = trace.ygap = every < 12 ? 1 : 2;
    trace.colorbar = { ...trace.colorbar, x: Math.min(1, columns / across), len: 150 };
    layout.xaxis = { ...layout.xaxis, range: [-0.5, across - 0.5] };
    layout.yaxis = { ...layout.yaxis, tickvals: trace.y, ticktext: every < 9 ? trace.y.map(() => "") : moment.target, range: [shown - 0.5, -0.5] };
    layout.width = Math.max(room, beside + across * least);
    layout.margin = { ...layout.margin, l: left };
    const cell = (layout.width - beside) / across;
    if (widest < cell + 1) {
      layout.xaxis.tickangle = 0;
      layout.xaxis.tickfont = { ...layout.xaxis.tickfont, size: cell < 14 ? 10 : 12 };
      layout.margin.t = 24;
    }
    layout.height = layout.margin.t + high + 6;
    const said = trace.z.map((row, t) => { const best = row.indexOf(Math.max(...row)); return say("looked", { source: probe.source[best], target: moment.target[t], share: share(row[best]) }); });
    return { figure: { data: [trace], layout }, said: unescaped(said.join(", ")) };
  };

  KINDS.movie = (element, props) => {
    const box = element.querySelector(".s2s-movie"), choose = box.querySelector(".movie-probes");
    const maps = [...box.querySelectorAll(".movie-map")], scrub = box.querySelector(".movie-scrub");
    const at = box.querySelector(".movie-at"), live = box.querySelector(".movie-live"), play = box.querySelector(".movie-play");
    const shown = maps.map(() => null);
    maps.forEach((map) => scrolls(map.querySelector(".s2s-scroll")));
    maps.forEach((map, i) => saveMenu(map.querySelector(".s2s-save"), map.querySelector(".s2s-figure"), () => shown[i]));
    let film = null, chosen = 0, held = null, playing = 0; // held: the update shown; null: the latest
    let stale = false, drawing = false;

    const probe = () => film?.probes[Math.min(chosen, film.probes.length - 1)];
    const frames = () => probe()?.lanes[0].moments ?? [];
    const place = () => {
      const all = frames();
      if (held === null) return all.length - 1;
      const after = all.findIndex((moment) => moment.update > held);
      return Math.max(0, (after < 0 ? all.length : after) - 1);
    };
    const stop = () => { clearInterval(playing); playing = 0; play.textContent = "▶"; };

    const draw = async () => {
      const mine = probe();
      box.toggleAttribute("data-empty", !mine);
      if (!mine) return;
      const Plotly = await loadPlotly();
      const now = place(), update = frames()[now].update, twins = mine.lanes.length > 1;
      scrub.max = frames().length - 1;
      scrub.value = now;
      scrub.style.setProperty("--range_progress", `${100 * now / Math.max(1, frames().length - 1)}%`);
      at.textContent = say("update", { update: update.toLocaleString("en") });
      live.setAttribute("aria-pressed", String(held === null));
      box.dataset.update = update;
      const labels = mine.lanes.flatMap((lane) => lane.moments).flatMap((moment) => moment.target);
      const left = 14 + Math.min(104, Math.max(22, ...new Set(labels.map((label) => Math.ceil(width(unescaped(label)))))));
      for (const [i, map] of maps.entries()) {
        const lane = mine.lanes[i], moment = lane?.moments.findLast((moment) => moment.update <= update);
        map.hidden = !moment;
        if (!moment) continue;
        const [name, written] = map.querySelectorAll("p"), target = map.querySelector(".s2s-figure");
        name.textContent = twins ? lane.name : "";
        written.replaceChildren(make("b", {}, moment.written || say("nothing")), make("span", {}, say("score", { score: moment.score.toFixed(2) })));
        map.toggleAttribute("data-blind", !lane.looks);
        if (!lane.looks) { window.Plotly.purge(target); target.removeAttribute("data-update"); continue; }
        const { figure, said } = heatmap(mine, moment, left, map.clientWidth, twins ? SHORT : TALL);
        const inked = dark() ? reink(figure) : figure;
        target.setAttribute("aria-label", say("heatmap", { sentence: mine.text, update, looked: said }));
        await Plotly.react(target, inked.data, inked.layout, CONFIG);
        target.dataset.update = moment.update;
        shown[i] = { figure, label: target.getAttribute("aria-label"), file: `alignment-${i ? "B-" : ""}${moment.update}` };
      }
    };
    // One drawing at a time: two at once may end in the wrong order, and the older moment would stay.
    const later = async () => {
      stale = true;
      if (drawing) return;
      drawing = true;
      try {
        while (stale) {
          await new Promise(requestAnimationFrame);
          stale = false;
          await draw();
        }
      } finally { drawing = false; }
    };

    const offer = () => {
      const texts = film.probes.map((probe) => probe.text);
      if (choose.dataset.texts === JSON.stringify(texts) && choose.dataset.chosen === String(chosen)) return;
      choose.dataset.texts = JSON.stringify(texts);
      choose.dataset.chosen = String(chosen);
      choose.replaceChildren(...texts.map((text, i) => {
        const button = make("button", { type: "button", "aria-pressed": String(i === Math.min(chosen, texts.length - 1)), dir: "auto" }, text);
        button.addEventListener("click", () => { chosen = i; offer(); later(); });
        return button;
      }));
    };
    const append = (old, fresh) => {
      fresh.probes.forEach((probe) => {
        const known = old.probes.find((known) => known.text === probe.text);
        probe.lanes.forEach((/** @type {MovieLane} */ lane, i) => {
          const moments = known?.lanes[i]?.moments;
          lane.moments.forEach((moment) => { if (moments && moment.update > (moments.at(-1)?.update ?? -1)) moments.push(moment); });
        });
      });
    };

    scrub.addEventListener("input", () => { stop(); held = frames()[Number(scrub.value)]?.update ?? null; later(); });
    live.addEventListener("click", () => { stop(); held = null; later(); });
    play.addEventListener("click", () => {
      if (playing) { stop(); return; }
      let now = place() >= frames().length - 1 ? 0 : place();
      play.textContent = "❚❚";
      playing = setInterval(() => {
        if (now >= frames().length - 1) { stop(); held = null; } else { now += 1; held = frames()[now].update; }
        later();
      }, FRAME);
      held = frames()[now]?.update ?? null;
      later();
    });
    new ResizeObserver(later).observe(box);
    themeWatchers.add(later);
    return () => {
      if (!props.value) { film = null; later(); return; }
      /** @type {Movie} */
      const fresh = JSON.parse(props.value);
      if (film?.key !== fresh.key) { if (!fresh.whole) return; stop(); held = null; }
      if (fresh.whole) film = fresh; else append(film, fresh);
      offer();
      later();
    };
  };

  KINDS.prefixes = (element, props) => {
    const box = element.querySelector(".s2s-prefixes");
    const row = (label, words, gold, divergence) => make("tr", {}, make("th", { scope: "row" }, label),
      ...words.map((word, t) => make("td", {
        class: `${gold && word !== gold[t] ? "wrong" : ""} ${t === divergence ? "diverges" : ""}`,
        title: t === divergence ? say("here-they-part") : null }, word === "</s>" ? "‹/s›" : word)));
    return () => {
      if (!props.value) { box.replaceChildren(); return; }
      box.replaceChildren(...JSON.parse(props.value).flatMap((/** @type {Prefixes} */ block) => [
          make("p", { class: "prefix-source", dir: "auto" }, ...(block.name ? [make("b", {}, `${block.name}  `)] : []), block.source),
          make("div", { class: "prefix-scroll" }, make("table", {}, make("tbody", {},
            row(say("should-be"), block.gold), row(say("after-gold"), block.after_gold, block.gold, block.divergence),
            row(say("after-own"), block.after_own, block.gold, block.divergence)))),
          make("p", { class: "help" }, block.divergence === null ? say("agree") : say("part", { place: block.divergence + 1 }))]));
      box.querySelectorAll(".prefix-scroll").forEach(scrolls);
    };
  };

  // A slider moved by keys: Gradio calls it released only when a pointer is; here, when the keys rest or it is left.
  let resting = 0;
  const release = (slider) => { clearTimeout(resting); resting = 0; slider.dispatchEvent(new PointerEvent("pointerup", { bubbles: true })); };
  document.addEventListener("keyup", ({ target, key }) => {
    if (!target.matches?.("#ratio input[type=range]") || !/^(Arrow|Page|Home|End)/.test(key)) return;
    clearTimeout(resting);
    resting = setTimeout(release, 300, target);
  });
  document.addEventListener("focusout", ({ target }) => { if (resting) release(target); });
})();
