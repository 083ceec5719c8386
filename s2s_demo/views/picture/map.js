// The alignment as a heatmap: rows are written words, columns source words. Pure.
globalThis.S2SMap = (() => {
  const SCALE = ["#fbf9f6", "#fde3cb", "#fbb982", "#ec7c37", "#b8420f", "#7a2306", "#4a1302"];
  const LABEL = 12.5, TILT = -52, ROW = 25, LEAST = 8; // px, degrees

  const figure = ({ alpha, source, target, marked, width, small }, measure, Scene, plain) => {
    const show = (word) => (word.end || word.text === "‹/s›" ? "‹/s›" : word.text);
    const left = small ? 8 : Math.min(110, 12 + Math.max(...target.map((word) => measure(show(word), LABEL))));
    const tilted = Math.max(...source.map((word) => measure(show(word), LABEL))) * 0.79 + 14, top = small ? 6 : Math.min(120, tilted);
    const cell = (width - left - 6) / source.length, row = small ? Math.max(4, Math.min(cell, 150 / target.length)) : Math.min(ROW, Math.max(LEAST, cell));
    const height = top + row * target.length + 6, t = marked?.target, at = t === undefined ? [] : alpha[t];
    const lit = at.map((a, i) => [a, i]).filter(([a]) => a > Scene.SHOWN && !small && row > 13);
    const ticks = (words, axis) => ({ tickmode: "array", tickvals: words.map((_, i) => i), ticktext: words.map((word, i) => {
      const text = plain(show(word)), on = axis === "y" ? i === t : at[i] > Scene.SHOWN || i === marked?.source;
      return on ? `<b>${text}</b>` : text;
    }) });
    const quiet = { showgrid: false, zeroline: false, showline: false, ticks: "", fixedrange: true, tickfont: { color: Scene.INK.ink, size: LABEL } };
    return {
      data: [
        { type: "heatmap", z: alpha, colorscale: SCALE.map((colour, i) => [i / (SCALE.length - 1), colour]), zmin: 0, zmax: 1, xgap: small ? 0.5 : 1.5, ygap: small ? 0.5 : 1.5, showscale: false, hoverinfo: "skip" },
        { type: "scatter", mode: "text", x: lit.map(([, i]) => i), y: lit.map(() => t), text: lit.map(([a]) => Scene.share(a)), textfont: { size: 11, color: lit.map(([a]) => (a > 0.4 ? "#ffffff" : "#7a2306")), weight: 650 }, hoverinfo: "skip" },
      ],
      layout: {
        template: "none", width, height, margin: { l: left, r: 6, t: top, b: 6, pad: 0 }, paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", showlegend: false, dragmode: false, hovermode: false,
        xaxis: { ...quiet, ...ticks(source, "x"), side: "top", tickangle: TILT, showticklabels: !small, range: [-0.5, source.length - 0.5] },
        yaxis: { ...quiet, ...ticks(target, "y"), autorange: false, showticklabels: !small, range: [target.length - 0.5, -0.5] },
        shapes: [
          ...(t === undefined ? [] : [{ type: "rect", x0: -0.5, x1: source.length - 0.5, y0: t - 0.5, y1: t + 0.5, line: { color: Scene.INK.accent, width: 2 }, fillcolor: "rgba(0,0,0,0)" }]),
          ...(marked?.source === undefined ? [] : [{ type: "rect", y0: -0.5, y1: target.length - 0.5, x0: marked.source - 0.5, x1: marked.source + 0.5, line: { color: Scene.INK.accent, width: 2 }, fillcolor: "rgba(0,0,0,0)" }]),
        ],
      },
    };
  };
  // The written word whose row lies `y` px from the top of a drawn map.
  const rowAt = (box, y) => {
    const { margin, height, yaxis } = box.layout ?? {};
    if (!margin) return null;
    const rows = yaxis.range[0] + 0.5, row = Math.floor(((y - margin.t) / (height - margin.t - margin.b)) * rows);
    return row >= 0 && row < rows ? row : null;
  };
  return { figure, rowAt };
})();
