// The alignment as a heatmap: rows are written words, columns source words. Pure.
"use strict";
globalThis.S2SMap = (() => {
  const SCALE = ["#fbf9f6", "#fde3cb", "#fbb982", "#ec7c37", "#b8420f", "#7a2306", "#4a1302"];
  const LABEL = 12.5, TILT = -52, ROW = 25, LEAST = 8, WIDEST = 110, TALLEST = 120, TITLE = 22; // px, degrees

  // A label in at most so many px: a longer word's beginning and an ellipsis.
  const fit = (text, most, wide) => {
    if (wide(text) <= most) return text;
    const letters = [...text];
    while (letters.length && wide(`${letters.join("")}…`) > most) letters.pop();
    return `${letters.join("")}…`;
  };

  // Where everything stands, in px: what both ways to draw it share.
  const scene = (map, measure, Scene) => {
    const { alpha, marked, width, small, windows = [], title = "" } = map, wide = (text) => measure(text, LABEL, true);
    const source = map.source.map((word) => ({ ...word, text: fit(word.text, (TALLEST - 19) / 0.79, wide) }));
    const target = map.target.map((word) => ({ ...word, text: fit(word.text, WIDEST - 12, wide) }));
    const left = small ? 8 : 16 + Math.max(...target.map((word) => wide(word.text)));
    const top = (title ? TITLE : 0) + (small ? 6 : Math.max(...source.map((word) => wide(word.text))) * 0.79 + 19);
    const leans = (word) => (small ? 0 : wide(word.text) * Math.cos(TILT * Math.PI / 180)); // px past its column's middle
    const cell = Math.min((width - left - 6) / source.length, ...source.map((word, i) => (width - left - 7 - leans(word)) / (i + 0.5)));
    const right = width - left - cell * source.length, row = small ? Math.max(4, Math.min(cell, 150 / target.length)) : Math.min(ROW, Math.max(LEAST, cell));
    const t = marked?.target, at = t === undefined ? [] : alpha[t], readable = !small && row > 13;
    return {
      alpha, width, height: top + row * target.length + 6, left, right, top, cell, row, small, target: t, source: marked?.source,
      columns: source.map((word, i) => ({ text: word.text, bold: at[i] > Scene.SHOWN || i === marked?.source })),
      rows: target.map((word, i) => ({ text: word.text, bold: i === t })),
      numbers: readable ? at.map((a, i) => ({ a, i, text: Scene.share(a) })).filter(({ a }) => a > Scene.SHOWN) : [],
      windows, title, whole: alpha.every((each) => each.reduce((sum, a) => sum + a, 0) > 0.99), accent: Scene.INK.accent, ink: Scene.INK.ink, second: Scene.INK.second, gap: small ? 0.5 : 1.5,
    };
  };

  const figure = (found, plain, family) => {
    const { alpha, width, height, left, right, top, small, numbers, ink, accent } = found, [T, S] = [found.rows.length, found.columns.length];
    const ticks = (words) => ({ tickmode: "array", tickvals: words.map((_, i) => i), ticktext: words.map(({ text, bold }) => (bold ? `<b>${plain(text)}</b>` : plain(text))) });
    const quiet = { showgrid: false, zeroline: false, showline: false, ticks: "", fixedrange: true, showticklabels: !small, tickfont: { color: ink, size: LABEL }, ticklabelstandoff: small ? 0 : 6, ticklabeloverflow: "allow" };
    const frame = (x0, x1, y0, y1, color = accent, thick = 2) => ({ type: "rect", x0, x1, y0, y1, line: { color, width: thick }, fillcolor: "rgba(0,0,0,0)" });
    const seen = (window, t) => (window ? [frame(window[0] - 0.5, window[1] + 0.5, t - 0.46, t + 0.46, found.second, 1)] : []);
    return {
      data: [
        { type: "heatmap", z: alpha, colorscale: SCALE.map((colour, i) => [i / (SCALE.length - 1), colour]), zmin: 0, zmax: 1, xgap: found.gap, ygap: found.gap, showscale: false, hoverinfo: "skip" },
        { type: "scatter", mode: "text", x: numbers.map(({ i }) => i), y: numbers.map(() => found.target), text: numbers.map(({ text }) => text), textfont: { size: 11, color: numbers.map(({ a }) => (a > 0.4 ? "#ffffff" : "#7a2306")), weight: 650 }, hoverinfo: "skip" },
      ],
      layout: {
        template: "none", font: { family }, width, height, margin: { l: left, r: right, t: top, b: 6, pad: 0 }, paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", showlegend: false, dragmode: false, hovermode: false,
        xaxis: { ...quiet, ...ticks(found.columns), side: "top", tickangle: TILT, range: [-0.5, S - 0.5] },
        yaxis: { ...quiet, ...ticks(found.rows), autorange: false, range: [T - 0.5, -0.5] },
        annotations: found.title ? [{ text: plain(found.title), showarrow: false, x: 0, y: 1, xref: "paper", yref: "paper", xanchor: "left", yanchor: "top", xshift: 2 - left, yshift: top - 2, align: "left", font: { color: ink, size: LABEL } }] : [],
        shapes: [
          ...found.windows.flatMap(seen),
          ...(found.target === undefined ? [] : [frame(-0.5, S - 0.5, found.target - 0.5, found.target + 0.5)]),
          ...(found.source === undefined ? [] : [frame(found.source - 0.5, found.source + 0.5, -0.5, T - 0.5)]),
        ],
      },
    };
  };

  const channels = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  const between = (low, high, share) => `#${channels(low).map((c, i) => Math.round(c + (channels(high)[i] - c) * share).toString(16).padStart(2, "0")).join("")}`;
  const heat = (a, scale = SCALE) => { const at = Math.min(0.999, Math.max(0, a)) * (scale.length - 1); return between(scale[Math.floor(at)], scale[Math.floor(at) + 1], at % 1); };
  // The same as marks of a scene, for a way to draw that knows no heatmap; `scale` are the colours in force.
  const marks = (found, scale) => {
    const { left, top, cell, row, gap } = found, paths = [], texts = [];
    found.alpha.forEach((line, t) => line.forEach((a, i) => {
      const [x, y, w, h] = [left + cell * i + gap / 2, top + row * t + gap / 2, cell - gap, row - gap].map((px) => Math.round(px * 10) / 10);
      paths.push({ d: `M${x} ${y}h${w}v${h}h${-w}Z`, fill: heat(Math.round(a * 40) / 40, scale) });
    }));
    const frame = (x, y, w, h, line = found.accent, width = 2) => paths.push({ d: `M${x} ${y}h${w}v${h}h${-w}Z`, line, width });
    found.windows.forEach((window, t) => { if (window) frame(left + cell * window[0], top + row * t + 1, cell * (window[1] - window[0] + 1), row - 2, found.second, 1); });
    if (found.target !== undefined) frame(left, top + row * found.target, cell * found.columns.length, row);
    if (found.source !== undefined) frame(left + cell * found.source, top, cell, row * found.rows.length);
    if (found.title) texts.push({ x: 2, y: 10, text: found.title, size: LABEL, colour: found.ink });
    if (!found.small) {
      found.columns.forEach(({ text, bold }, i) => texts.push({ x: left + cell * (i + 0.5) - 2, y: top - 6, text, bold, size: LABEL, colour: found.ink, angle: TILT }));
      found.rows.forEach(({ text, bold }, t) => texts.push({ x: left - 7, y: top + row * (t + 0.5), text, bold, size: LABEL, colour: found.ink, anchor: "end" }));
    }
    found.numbers.forEach(({ a, i, text }) => texts.push({ x: left + cell * (i + 0.5), y: top + row * (found.target + 0.5), text, size: 11, bold: true, colour: a > 0.4 ? "#ffffff" : "#7a2306", anchor: "middle" }));
    return { paths, texts, width: found.width, height: found.height };
  };

  // The written word whose row lies `y` px from the top of a map.
  const rowAt = (found, y) => {
    const row = found ? Math.floor((y - found.top) / found.row) : -1;
    return row >= 0 && row < found.rows.length ? row : null;
  };
  return { scene, figure, marks, rowAt, heat };
})();
