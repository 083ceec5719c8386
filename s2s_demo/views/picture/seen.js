// The source as the model read it, and attention over it: bars and a shade for each place, linked with the words.
(() => {
  "use strict";
  const { KINDS, make, payloadOf } = window.S2S;
  const say = (key, facts) => window.S2S.say(`senses.${key}`, facts);
  const XMLNS = "http://www.w3.org/2000/svg";
  const svg = (tag, attributes, ...children) => {
    const node = document.createElementNS(XMLNS, tag);
    Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
    node.append(...children);
    return node;
  };
  const PLACE = { ink: [9, 22], sound: [7, 22], speech: [9, 30], film: [30, 56], picture: [48, 76] }; // px a place is wide: least, most
  const TALL = { ink: 6, sound: 0, speech: 0, film: 1, picture: 1 }, HEARD = 76, BARS = 22; // times as high as a place is wide; px

  // Places in lines: as wide as fits, then in several lines; a picture has as many lines as it has patches up.
  const lined = (payload, width) => {
    const [least, most] = PLACE[payload.signal], count = payload.boxes.length;
    const across = payload.signal === "picture" ? Math.round(Math.sqrt(count)) : Math.min(count, Math.max(1, Math.floor(width / least)));
    const px = Math.max(least, Math.min(most, width / across)), lines = [];
    for (let first = 0; first < count; first += across) lines.push(payload.boxes.slice(first, first + across).map((box, i) => ({ box, place: first + i })));
    return { px, lines };
  };

  KINDS.seen = (element, props) => {
    const box = element.querySelector(".s2s-seen");
    /** @type {SeenPayload | null} */
    let payload = null;
    let look = null, picture = null, cells = [], words = null, line = null, kept = null;
    const pictured = `#${element.closest('[id$="seen"]').id.replace("seen", "picture")}`; // whose words are linked
    const mark = (marked) => picture?.dispatchEvent(new CustomEvent("s2s-mark", { detail: marked }));

    const drawn = (width) => {
      const { px, lines } = lined(payload, width), flat = payload.signal !== "picture";
      cells = [];
      return lines.map((places) => {
        const first = places[0].box, tall = TALL[payload.signal] * px || HEARD, wide = px * places.length, bars = flat ? BARS : 0;
        const crop = svg("svg", { x: 0, y: bars, width: wide, height: tall, viewBox: `${first[0]} ${first[1]} ${first[2] * places.length} ${first[3]}`, preserveAspectRatio: "none" },
          svg("image", { href: payload.image, width: payload.width, height: payload.height, preserveAspectRatio: "none" }));
        const layer = places.map(({ place }, i) => {
          const shade = svg("rect", { class: "shade", x: i * px, y: bars, width: px, height: tall, opacity: 0 });
          const bar = svg("rect", { class: "bar", x: i * px + 0.5, y: bars, width: Math.max(1, px - 1), height: 0 });
          const ring = svg("rect", { class: "ring", x: i * px + 1, y: bars + 1, width: px - 2, height: tall - 2, opacity: 0 });
          const hit = svg("rect", { class: "hit", "data-place": place, x: i * px, y: 0, width: px, height: tall + bars });
          cells[place] = { shade, bar, ring, bars };
          return svg("g", {}, shade, bar, ring, hit);
        });
        return svg("svg", { width: wide, height: tall + bars, "aria-hidden": "true", class: payload.signal === "picture" ? "patches" : "" }, crop, ...layer);
      });
    };
    // What a marked word looks at; while none is marked, what all of them together look at.
    const lit = () => {
      if (!look || !payload || !payload.looks) return;
      const { alpha, marked, target } = look, at = marked?.target, one = alpha[at] !== undefined;
      const row = one ? alpha[at] : payload.boxes.map((_, i) => Math.max(0, ...alpha.slice(0, -1).map((a) => a[i])));
      const most = Math.max(0.05, ...row.slice(0, payload.boxes.length));
      cells.forEach(({ shade, bar, ring, bars }, i) => {
        const share = row[i] / most;
        const veil = payload.signal === "picture"; // colours stay as they are: what is not looked at grows pale
        shade.setAttribute("opacity", (veil ? (one ? 0.85 * (1 - share) : 0) : share * (one ? 0.55 : 0.25)).toFixed(3));
        bar.setAttribute("height", bars ? (row[i] * (bars - 2)).toFixed(1) : 0);
        bar.setAttribute("y", bars ? (bars - row[i] * (bars - 2)).toFixed(1) : 0);
        ring.setAttribute("opacity", marked?.source === i ? 1 : 0);
      });
      [...words.children].forEach((button, t) => {
        button.setAttribute("aria-pressed", String(t === at));
        button.style.setProperty("--share", marked?.source === undefined ? 0 : (alpha[t]?.[marked.source] ?? 0).toFixed(2));
      });
      const best = row.map((a, i) => [a, i]).filter(([a, i]) => a > 0.04 && i < payload.names.length).sort((a, b) => b[0] - a[0]).slice(0, 3);
      line.textContent = one ? say("looks-at", { word: target[at], places: best.map(([a, i]) => `${payload.names[i]} ${globalThis.S2SScene.share(a)}`).join(" · ") }) : marked?.source !== undefined ? payload.names[marked.source] ?? "" : say("point");
    };
    const spoken = () => {
      if (!look) return;
      const texts = look.target;
      if (words.dataset.key === texts.join(" ")) return;
      words.dataset.key = texts.join(" ");
      kept = null;
      words.replaceChildren(...texts.map((text, t) => {
        const button = make("button", { type: "button", "aria-pressed": "false", class: t === texts.length - 1 ? "end" : null }, text);
        button.addEventListener("click", () => { // a mouse has marked it by coming: the first click keeps it
          kept = kept === t && look.marked?.target === t ? null : t;
          mark(kept === null ? null : { target: t });
        });
        button.addEventListener("pointerenter", (event) => { if (event.pointerType !== "touch") mark({ target: t }); });
        return button;
      }));
    };
    const show = () => {
      if (!payload) { box.replaceChildren(); return; }
      const stage = make("div", { class: "seen-stage", role: "img", "aria-label": say(`seen-${payload.signal}`) });
      words = make("div", { class: "seen-words", role: "group", "aria-label": say("words") });
      line = make("p", { class: "help", role: "status" });
      const sound = payload.document.startsWith("data:audio/") ? [make("audio", { controls: true, src: payload.document, "aria-label": say("play") })] : [];
      box.replaceChildren(make("h2", {}, say(`seen-${payload.signal}`)), words, stage, line, ...sound);
      stage.append(...drawn(box.clientWidth || 560));
      stage.addEventListener("pointerover", (event) => { const place = event.target.dataset?.place; if (place !== undefined && event.pointerType !== "touch") mark({ source: Number(place) }); });
      stage.addEventListener("click", (event) => { const place = event.target.dataset?.place; if (place !== undefined) mark({ source: Number(place) }); });
      stage.addEventListener("pointerleave", () => mark(null));
      sound[0]?.addEventListener("timeupdate", () => {
        const { currentTime, duration, paused } = sound[0], now = Math.floor((currentTime / duration) * payload.boxes.length);
        cells.forEach(({ ring }, i) => ring.setAttribute("opacity", !paused && i === now ? 1 : 0));
      });
      spoken();
      lit();
    };
    document.addEventListener("s2s-drawn", (event) => {
      if (!element.isConnected || !event.target.closest(pictured)) return;
      picture = event.target;
      look = event.detail;
      if (words) { spoken(); lit(); }
    });
    let width = 0;
    new ResizeObserver(() => { if (payload && box.clientWidth && box.clientWidth !== width) { width = box.clientWidth; show(); } }).observe(box);
    return () => {
      payload = payloadOf(props);
      if (look?.alpha[0]?.length !== (payload?.boxes.length ?? 0) + 1) look = null; // the picture of another source
      show();
    };
  };
})();
