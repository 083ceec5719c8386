// Where a source is made: ink with a pen, Morse by tapping, a picture and a film by choosing; or a file of one's own.
(() => {
  "use strict";
  const { KINDS, make, payloadOf } = window.S2S;
  const say = (key, facts) => window.S2S.say(`senses.${key}`, facts);
  const MOST_BYTES = 2_000_000;
  const button = (text, act, attributes = {}) => {
    const node = make("button", { type: "button", class: "chip", ...attributes }, text);
    node.addEventListener("click", act);
    return node;
  };
  const paper = (width, height, attributes = {}) => {
    const canvas = make("canvas", { width, height, ...attributes }), pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, width, height);
    return { canvas, pen };
  };

  // ---------------------------------------------------------------- ink: mouse, finger, or arrows with the pen up or down
  const ink = (ask) => {
    const WIDE = 720, HIGH = 180, { canvas, pen } = paper(WIDE, HIGH, { class: "easel-paper", tabindex: 0, role: "application", "aria-label": say("ink-keys") });
    let at = null, keyed = [30, HIGH / 2], down = false, waiting = 0;
    const clear = () => { pen.fillStyle = "#ffffff"; pen.fillRect(0, 0, WIDE, HIGH); at = null; keyed = [30, HIGH / 2]; down = false; };
    const to = (x, y) => {
      [pen.lineWidth, pen.lineCap, pen.lineJoin, pen.strokeStyle] = [9, "round", "round", "#111111"];
      pen.beginPath();
      pen.moveTo(...(at ?? [x, y]));
      pen.lineTo(x, y);
      pen.stroke();
      at = [x, y];
    };
    const where = (event) => { const box = canvas.getBoundingClientRect(); return [((event.clientX - box.left) * WIDE) / box.width, ((event.clientY - box.top) * HIGH) / box.height]; };
    const send = () => { clearTimeout(waiting); if (canvas.isConnected) ask(canvas.toDataURL("image/png")); }; // once, and not after another model came
    canvas.addEventListener("pointerdown", (event) => { clearTimeout(waiting); canvas.setPointerCapture(event.pointerId); at = null; to(...where(event)); event.preventDefault(); });
    canvas.addEventListener("pointermove", (event) => { if (event.buttons) to(...where(event)); });
    canvas.addEventListener("pointerup", () => { at = null; clearTimeout(waiting); waiting = setTimeout(send, 900); });
    canvas.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (step) { keyed = [keyed[0] + 6 * step[0], keyed[1] + 6 * step[1]]; if (down) to(...keyed); else at = null; }
      else if (event.key === " ") { down = !down; at = null; if (down) to(...keyed); }
      else if (event.key === "Enter") send();
      else if (event.key === "Escape") clear();
      else return;
      canvas.dataset.pen = down ? "down" : "up";
      event.preventDefault();
      event.stopPropagation();
    });
    return [canvas, make("div", { class: "easel-acts" }, button(say("read"), send, { class: "main" }), button(say("clear"), clear))];
  };

  // ---------------------------------------------------------------- Morse: a pad, or the space bar, held short or long
  const RATE = 2000, PITCH = 620, MOST_SECONDS = 15;
  const wave = (samples, rate) => { // a sound of numbers from -1 to 1 as a WAV file of 16 bits
    const count = samples.length, bytes = new Uint8Array(44 + 2 * count), view = new DataView(bytes.buffer);
    const put = (place, text) => [...text].forEach((sign, i) => view.setUint8(place + i, sign.charCodeAt(0)));
    put(0, "RIFF"); view.setUint32(4, 36 + 2 * count, true); put(8, "WAVEfmt "); view.setUint32(16, 16, true); view.setUint16(20, 1, true); view.setUint16(22, 1, true);
    view.setUint32(24, rate, true); view.setUint32(28, 2 * rate, true); view.setUint16(32, 2, true); view.setUint16(34, 16, true); put(36, "data"); view.setUint32(40, 2 * count, true);
    samples.forEach((value, i) => view.setInt16(44 + 2 * i, Math.round(32767 * Math.max(-1, Math.min(1, value))), true));
    return `data:audio/wav;base64,${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))}`;
  };
  const tapped = (spans, end) => wave(Float32Array.from({ length: Math.ceil((end + 0.3) * RATE) }, (_, i) => { // spans of [from, to] in seconds
    const t = i / RATE - 0.15, on = spans.some(([from, to]) => from <= t && t < to);
    return (on ? 0.5 * Math.sin(2 * Math.PI * PITCH * t) : 0) + 0.02 * (Math.random() - 0.5);
  }), RATE);
  // What the browser recorded, in whatever format it likes, as samples; 8 kHz is the lowest rate that all of them know.
  const decoded = async (blob) => {
    const heard = await new OfflineAudioContext(1, 1, 8000).decodeAudioData(await blob.arrayBuffer());
    return heard.getChannelData(0).slice(0, MOST_SECONDS * 8000);
  };
  const recorder = (ask, complain) => {
    let stop = null;
    const start = async () => {
      complain("");
      if (!navigator.mediaDevices?.getUserMedia || !window.MediaRecorder) { complain(say("no-microphone")); return; }
      let stream;
      try { // as it sounds: what makes speech clear takes tones away
        stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false } });
      } catch (error) { complain(say(error.name === "NotAllowedError" ? "microphone-denied" : "no-microphone")); return; }
      const tape = new MediaRecorder(stream), parts = [], begun = performance.now();
      const clock = setInterval(() => {
        const seconds = Math.floor((performance.now() - begun) / 1000);
        act.textContent = say("record-stop", { seconds });
        if (seconds >= MOST_SECONDS || !act.isConnected) stop?.();
      }, 200);
      stop = () => { stop = null; clearInterval(clock); tape.stop(); act.textContent = say("record"); act.setAttribute("aria-pressed", "false"); };
      tape.addEventListener("dataavailable", (event) => parts.push(event.data));
      tape.addEventListener("stop", async () => {
        stream.getTracks().forEach((track) => track.stop());
        if (!act.isConnected) return;
        try { ask(wave(await decoded(new Blob(parts)), 8000)); } catch { complain(say("no-microphone")); }
      });
      tape.start();
      act.setAttribute("aria-pressed", "true");
    };
    const act = button(say("record"), () => (stop ? stop() : start()), { class: "main", "aria-pressed": "false" });
    return act;
  };
  const sound = (ask, complain) => {
    let begun = null, spans = [], pressed = null, waiting = 0, tone = null;
    const now = () => performance.now() / 1000, row = make("p", { class: "easel-taps", "aria-hidden": "true" });
    const pad = make("button", { type: "button", class: "easel-pad" }, say("tap"));
    const beep = (on) => {
      try {
        if (on) {
          const context = (sound.context ??= new AudioContext()), voice = context.createOscillator(), quiet = context.createGain();
          [voice.frequency.value, quiet.gain.value] = [PITCH, 0.1];
          voice.connect(quiet).connect(context.destination);
          voice.start();
          tone = voice;
        } else { tone?.stop(); tone = null; }
      } catch { /* no sound here */ }
    };
    // However slowly a hand taps, the model hears its usual speed: the shortest tone lasts 70 ms.
    const send = () => {
      if (!pad.isConnected) return; // another model came meanwhile
      const shortest = Math.max(0.05, Math.min(...spans.map(([from, to]) => to - from))), pace = Math.min(1, 0.07 / shortest);
      const scaled = spans.map((span) => span.map((t) => t * pace));
      ask(tapped(scaled, scaled.at(-1)[1]));
      [begun, spans] = [null, []];
    };
    const press = () => { if (pressed !== null) return; clearTimeout(waiting); begun ??= now(); if (!spans.length) row.textContent = ""; pressed = now() - begun; pad.classList.add("on"); beep(true); };
    const release = () => {
      if (pressed === null) return;
      spans.push([pressed, now() - begun]);
      row.textContent += spans.at(-1)[1] - pressed > 1.9 * Math.min(...spans.map(([from, to]) => to - from)) ? "–" : "·";
      pressed = null;
      pad.classList.remove("on");
      beep(false);
      waiting = setTimeout(send, 1300);
    };
    pad.addEventListener("pointerdown", (event) => { press(); pad.setPointerCapture(event.pointerId); });
    ["pointerup", "pointercancel", "blur"].forEach((name) => pad.addEventListener(name, release));
    pad.addEventListener("keydown", (event) => { if (event.key === " " || event.key === "Enter") { if (!event.repeat) press(); event.preventDefault(); event.stopPropagation(); } });
    pad.addEventListener("keyup", (event) => { if (event.key === " " || event.key === "Enter") { release(); event.preventDefault(); event.stopPropagation(); } });
    return [pad, row, make("p", { class: "help" }, say("tap-help")),
      make("div", { class: "easel-acts" }, recorder(ask, complain), make("span", { class: "help" }, say("record-help", { seconds: MOST_SECONDS })))];
  };

  const speech = (ask, complain) => [make("div", { class: "easel-acts" }, recorder(ask, complain)), make("p", { class: "help" }, say("say-help"))];

  // ---------------------------------------------------------------- shapes on a grid
  const COLOURS = { red: "#d62828", green: "#2e8b46", blue: "#285ad6", yellow: "#f0be14", purple: "#8c3cb4", black: "#1e1e1e" };
  const shapePath = (pen, shape, x, y, r) => {
    const path = new Path2D();
    if (shape === "circle") path.arc(x, y, r, 0, 7);
    if (shape === "square") path.rect(x - 0.85 * r, y - 0.85 * r, 1.7 * r, 1.7 * r);
    const corners = { triangle: [[0, -0.9], [1.08, 0.9], [-1.08, 0.9]], diamond: [[0, -1.1], [1.1, 0], [0, 1.1], [-1.1, 0]] }[shape] ?? [];
    corners.forEach(([dx, dy], i) => path[i ? "lineTo" : "moveTo"](x + dx * r, y + dy * r));
    if (shape === "cross") { path.rect(x - r, y - 0.33 * r, 2 * r, 0.66 * r); path.rect(x - 0.33 * r, y - r, 0.66 * r, 2 * r); }
    pen.fill(path);
  };
  const picture = (ask) => {
    const SIDE = 4, CELL = 48, things = Array(SIDE * SIDE).fill(null);
    let colour = "red", shape = "circle";
    const icon = (thing, size = 34) => {
      const canvas = make("canvas", { width: size, height: size, "aria-hidden": "true" }), pen = canvas.getContext("2d");
      pen.fillStyle = COLOURS[thing.colour];
      shapePath(pen, thing.shape, size / 2, size / 2, size * 0.4);
      return canvas;
    };
    const send = () => {
      const { canvas, pen } = paper(SIDE * CELL, SIDE * CELL);
      things.forEach((thing, i) => {
        if (!thing) return;
        pen.fillStyle = COLOURS[thing.colour];
        shapePath(pen, thing.shape, (i % SIDE + 0.5) * CELL, (Math.floor(i / SIDE) + 0.5) * CELL, 17);
      });
      ask(canvas.toDataURL("image/png"));
    };
    const grid = make("div", { class: "easel-grid", role: "group", "aria-label": say("grid") }), palette = make("div", { class: "easel-palette" });
    const named = (thing) => `${say(`colour-${thing.colour}`)} ${say(`shape-${thing.shape}`)}`;
    const cells = things.map((_, i) => {
      const name = `${"ABCD"[i % SIDE]}${Math.floor(i / SIDE) + 1}`, cell = make("button", { type: "button", "aria-label": name });
      cell.addEventListener("click", () => {
        const same = things[i]?.colour === colour && things[i].shape === shape;
        things[i] = same ? null : { colour, shape };
        cell.replaceChildren(...(things[i] ? [icon(things[i])] : []));
        cell.setAttribute("aria-label", things[i] ? `${name}: ${named(things[i])}` : name);
        if (things.some(Boolean)) send();
      });
      return cell;
    });
    const choices = (values, get, set, show) => make("div", { role: "group" }, ...values.map((value) => {
      const one = make("button", { type: "button", class: "easel-choice", "aria-pressed": String(get() === value), title: show(value)[1], "aria-label": show(value)[1] }, show(value)[0]);
      one.addEventListener("click", () => { set(value); offer(); palette.querySelector(`[aria-label="${show(value)[1]}"]`)?.focus(); });
      return one;
    }));
    const offer = () => palette.replaceChildren(
      choices(["circle", "square", "triangle", "cross", "diamond"], () => shape, (value) => (shape = value), (value) => [icon({ colour, shape: value }, 26), say(`shape-${value}`)]),
      choices(Object.keys(COLOURS), () => colour, (value) => (colour = value), (value) => [icon({ colour: value, shape: "square" }, 26), say(`colour-${value}`)]));
    offer();
    grid.append(...cells);
    const clear = () => { things.fill(null); cells.forEach((cell) => cell.replaceChildren()); };
    return [palette, grid, make("div", { class: "easel-acts" }, button(say("clear"), clear))];
  };

  // ---------------------------------------------------------------- a film, move by move
  const MOVES = { right: [1, 0], left: [-1, 0], falls: [0, 1], rises: [0, -1], rests: [0, 0] };
  const film = (ask) => {
    let thing = "ball", moves = [];
    const list = make("p", { class: "easel-moves" }), things = make("div", { class: "easel-palette", role: "group" });
    const send = () => {
      const path = [[0, 0]];
      moves.forEach((move) => { for (let i = 0; i < 5; i++) path.push([path.at(-1)[0] + 1.1 * MOVES[move][0], path.at(-1)[1] + 1.1 * MOVES[move][1]]); });
      const range = [0, 1].map((axis) => path.map((at) => at[axis])).map((all) => [Math.min(...all), Math.max(...all)]);
      const S = 8, { canvas, pen } = paper(16 * S * path.length, 16 * S);
      pen.fillStyle = pen.strokeStyle = "#222222";
      path.forEach((at, i) => {
        const [x, y] = [0, 1].map((axis) => { const [low, high] = range[axis], shrunk = Math.min(1, 9 / Math.max(high - low, 0.001)); return 3 + (at[axis] - low) * shrunk + (9 - (high - low) * shrunk) / 2; });
        pen.beginPath();
        const [px, py, r] = [(16 * i + x) * S, y * S, 2.4 * S];
        if (thing === "box") pen.fillRect(px - 0.9 * r, py - 0.9 * r, 1.8 * r, 1.8 * r);
        else if (thing === "ball") { pen.arc(px, py, r, 0, 7); pen.fill(); }
        else { pen.lineWidth = 1.3 * S; pen.arc(px, py, r - 0.6 * S, 0, 7); pen.stroke(); }
      });
      ask(canvas.toDataURL("image/png"));
    };
    const told = () => { list.textContent = moves.length ? moves.map((move) => say(`move-${move}`)).join(" → ") : say("film-help"); };
    const offer = () => things.replaceChildren(...["ball", "box", "ring"].map((one) => button(say(`thing-${one}`), () => { thing = one; offer(); if (moves.length) send(); }, { class: "easel-choice", "aria-pressed": String(thing === one) })));
    const acts = Object.keys(MOVES).map((move) => button(say(`move-${move}`), () => { if (moves.length < 3 && moves.at(-1) !== move) { moves.push(move); told(); send(); } }, { class: "easel-choice" }));
    offer();
    told();
    return [things, make("div", { class: "easel-palette", role: "group", "aria-label": say("moves") }, ...acts), list, make("div", { class: "easel-acts" }, button(say("clear"), () => { moves = []; told(); }))];
  };

  // ---------------------------------------------------------------- the easel
  const MAKERS = { ink, sound, speech, picture, film };
  KINDS.easel = (element, props, trigger) => {
    const box = element.querySelector(".s2s-easel");
    return () => {
      /** @type {EaselPayload | null} */
      const payload = payloadOf(props);
      if (!payload) { box.replaceChildren(); return; }
      const ask = (document) => trigger("select", { document });
      const problem = make("p", { class: "easel-problem", role: "alert" }), complain = (text) => { problem.textContent = text; };
      const file = make("input", { type: "file", accept: payload.media === "audio/wav" ? ".wav,audio/wav" : ".png,image/png", class: "hear", tabindex: -1, "aria-hidden": "true" });
      file.addEventListener("change", () => {
        const [chosen] = file.files, reader = new FileReader();
        file.value = "";
        complain("");
        if (!chosen) return;
        if (chosen.size > MOST_BYTES) { complain(say("too-large", { name: chosen.name })); return; }
        reader.addEventListener("load", () => ask(`data:${payload.media};base64,${String(reader.result).split(",")[1] ?? ""}`));
        reader.readAsDataURL(chosen);
      });
      const tries = payload.examples.map((document, i) => {
        const shown = payload.media === "audio/wav" ? `♪ ${i + 1}` : make("img", { src: document, alt: say("example", { number: i + 1 }) });
        return button(shown, () => ask(document), { class: "easel-example", "aria-label": say("example", { number: i + 1 }) });
      });
      box.className = `s2s-easel easel-${payload.signal}`;
      box.replaceChildren(make("h2", {}, say(`make-${payload.signal}`)), ...MAKERS[payload.signal](ask, complain),
        make("div", { class: "easel-tries" }, make("span", { class: "help" }, say("examples")), ...tries, button(say(payload.media === "audio/wav" ? "bring-wav" : "bring-png"), () => file.click()), file), problem);
    };
  };
})();
