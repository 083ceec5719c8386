// The alignment movie: the sentences watched, at the moment that the cursor is at.
(() => {
  "use strict";
  const { KINDS, make, bytes, dark, reink, themeWatchers, loadPlotly, plot, scrolls, saveMenu, CONFIG, reel } = window.S2S;
  const LEVELS = 255, TALL = 300, SHORT = 136, ROWS = 12, CELL = 11, TILTED = 20, COLUMNS = 14; // levels, px, rows, px, px, columns
  const FRAME = 140, CALM = 800; // ms that a moment stands while the movie plays
  const STRIP = [24, 64]; // px that a source which is no text is high: least, most
  const say = (key, facts) => window.S2S.say(`train.${key}`, facts);

  const measure = document.createElement("canvas").getContext("2d");
  const width = (label) => { measure.font = "12px system-ui, sans-serif"; return measure.measureText(label).width; };
  const unescaped = (label) => label.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code));

  // The heatmap of one moment: the frame comes from the server, rows and cells are filled in here.
  const heatmap = (/** @type {MovieProbe} */ probe, /** @type {MovieMoment} */ moment, left, room, high) => {
    const { data: [trace], layout } = structuredClone(probe.figure);
    const columns = probe.source.length, rows = moment.target.length, cells = bytes(moment.cells);
    const shown = Math.max(rows, ROWS), every = high / shown, beside = left + 56;
    const widest = Math.max(...probe.source.slice(0, -1).map((label) => width(unescaped(label)))); // <eos> may stand out
    const least = widest > TILTED && !probe.figure.layout.images ? TILTED : CELL; // tilted words need more room than upright letters
    const across = Math.max(columns, Math.min(COLUMNS, Math.floor((room - beside) / least)));
    const share = (value) => value.toFixed(2).replace(/^0/, "");
    trace.x = [...Array(columns).keys()];
    trace.y = [...Array(rows).keys()];
    trace.z = trace.y.map((t) => Array.from(cells.subarray(t * columns, (t + 1) * columns), (level) => level / LEVELS));
    trace.text = trace.z.map((levels, t) => levels.map((value, s) => say("cell", { source: probe.source[s], target: moment.target[t], share: share(value) })));
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
    const [strip] = layout.images ?? []; // a source that is no text stands above the columns itself; hover names its places
    if (strip) {
      const tall = Math.max(STRIP[0], Math.min(STRIP[1], cell * strip.sizey));
      strip.sizey = tall / high;
      layout.xaxis.showticklabels = false;
      layout.margin.t = tall + 6;
    }
    layout.height = layout.margin.t + high + 6;
    const said = trace.z.map((levels, t) => { const best = levels.indexOf(Math.max(...levels)); return say("looked", { source: probe.source[best], target: moment.target[t], share: share(levels[best]) }); });
    return { figure: { data: [trace], layout }, said: unescaped(said.join(", ")) };
  };

  KINDS.movie = (element, props) => {
    const box = element.querySelector(".s2s-movie"), choose = box.querySelector(".movie-probes");
    const maps = [...box.querySelectorAll(".movie-map")], scrub = box.querySelector(".movie-scrub");
    const at = box.querySelector(".movie-at"), live = box.querySelector(".movie-live"), play = box.querySelector(".movie-play");
    const add = box.querySelector(".movie-watch"), card = element.closest(".movie-card");
    const shown = maps.map(() => null);
    maps.forEach((map) => scrolls(map.querySelector(".s2s-scroll")));
    maps.forEach((map, i) => saveMenu(map.querySelector(".s2s-save"), map.querySelector(".s2s-figure"), () => shown[i]));
    let chosen = 0, playing = 0, stale = false, drawing = false;

    const probe = () => reel.film?.probes[Math.min(chosen, reel.film.probes.length - 1)];
    const stop = () => { clearInterval(playing); playing = 0; play.textContent = "▶"; };

    const draw = async () => {
      const mine = probe();
      box.toggleAttribute("data-empty", !mine);
      if (!mine || reel.update === null) return;
      await loadPlotly();
      const now = reel.place(), { update, last } = reel, twins = mine.lanes.length > 1;
      scrub.max = reel.moments().length - 1;
      scrub.value = now;
      scrub.style.setProperty("--range_progress", `${100 * now / Math.max(1, reel.moments().length - 1)}%`);
      at.textContent = say("update", { update: update.toLocaleString("en"), last: last.toLocaleString("en") });
      scrub.setAttribute("aria-valuetext", at.textContent);
      live.setAttribute("aria-pressed", String(reel.held === null));
      box.dataset.update = update;
      const labels = mine.lanes.flatMap((lane) => lane.moments).flatMap((moment) => moment.target);
      const left = 14 + Math.min(104, Math.max(22, ...new Set(labels.map((label) => Math.ceil(width(unescaped(label)))))));
      for (const [i, map] of maps.entries()) {
        const lane = mine.lanes[i], moment = lane && reel.latest(lane.moments, update);
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
        await plot(target, inked.data, inked.layout, CONFIG);
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
      const texts = reel.film?.probes.map((probe) => probe.text) ?? [];
      if (choose.dataset.texts === JSON.stringify(texts) && choose.dataset.chosen === String(chosen)) return;
      choose.dataset.texts = JSON.stringify(texts);
      choose.dataset.chosen = String(chosen);
      choose.replaceChildren(...texts.map((text, i) => {
        const button = make("button", { type: "button", "aria-pressed": String(i === Math.min(chosen, texts.length - 1)), dir: "auto" }, text);
        button.addEventListener("click", () => { chosen = i; offer(); later(); });
        return button;
      }));
    };
    const watching = (does) => {
      card.classList.toggle("watching", does);
      add.setAttribute("aria-expanded", String(does));
    };

    scrub.addEventListener("input", () => { stop(); reel.hold(reel.moments()[Number(scrub.value)] ?? null); });
    live.addEventListener("click", () => { stop(); reel.hold(null); });
    play.addEventListener("click", () => {
      if (playing) { stop(); return; }
      let now = reel.place() >= reel.moments().length - 1 ? 0 : reel.place();
      play.textContent = "❚❚";
      playing = setInterval(() => {
        now += 1;
        if (now >= reel.moments().length) { stop(); reel.hold(null); } else reel.hold(reel.moments()[now]);
      }, matchMedia("(prefers-reduced-motion: reduce)").matches ? CALM : FRAME);
      reel.hold(reel.moments()[now] ?? null);
    });
    add.addEventListener("click", () => { watching(add.getAttribute("aria-expanded") === "false"); if (card.classList.contains("watching")) card.querySelector("textarea")?.focus(); });
    card.addEventListener("click", ({ target }) => { if (target.closest("#watch")) watching(false); });
    card.addEventListener("keydown", (event) => { if (event.key === "Escape" && card.classList.contains("watching")) { watching(false); add.focus(); } });
    new ResizeObserver(later).observe(box);
    themeWatchers.add(later);
    reel.watchers.add(() => { if (playing && reel.held === null) stop(); offer(); later(); });
    return () => reel.take(props.value ? JSON.parse(props.value) : null);
  };
})();
