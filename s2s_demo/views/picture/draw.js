// A scene as SVG (what is looked at) or as a Plotly figure (what is saved): two ways to say the same few marks.
globalThis.S2SDraw = (() => {
  const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", Arial, sans-serif';
  const ESCAPES = /[&<>$%#{}]/g;
  const plain = (text) => text.replace(ESCAPES, (sign) => `&#${sign.charCodeAt(0)};`); // nothing a visitor typed is markup

  // Marks of one look that follow each other are one shape: Plotly's time goes with the number of shapes.
  const grouped = (paths) => {
    const groups = [];
    for (const path of paths) {
      const look = JSON.stringify([path.fill, path.opacity, path.line, path.width && Math.round(path.width * 2) / 2, path.dash]);
      const last = groups.at(-1);
      if (last?.look === look) last.d += path.d;
      else groups.push({ ...path, look });
    }
    return groups;
  };
  const shape = ({ d, fill, opacity, line, width, dash }) => ({
    type: "path", path: d, layer: "below", fillcolor: fill ?? "rgba(0,0,0,0)", opacity: opacity ?? 1, fillrule: "nonzero",
    line: { color: line ?? "rgba(0,0,0,0)", width: line ? width : 0, dash: dash ?? "solid" },
  });
  const ANCHOR = { start: "middle right", middle: "middle center", end: "middle left" }; // Plotly says where the text goes

  const figure = (scene) => {
    const texts = scene.texts, font = (name, of) => ({ [name]: texts.map(of) });
    const axis = (range) => ({ range, fixedrange: true, visible: false });
    return {
      data: [{
        type: "scatter", mode: "text", x: texts.map(({ x }) => x), y: texts.map(({ y }) => y), text: texts.map(({ text }) => plain(text)),
        textposition: texts.map(({ anchor }) => ANCHOR[anchor ?? "start"]), cliponaxis: false, hoverinfo: "skip",
        textfont: {
          family: FONT, ...font("size", ({ size }) => size), ...font("color", ({ colour }) => colour),
          ...font("weight", ({ bold }) => (bold ? 650 : 400)), ...font("style", ({ italic }) => (italic ? "italic" : "normal")),
        },
      }],
      layout: {
        template: "none", width: scene.width, height: scene.height, margin: { l: 0, r: 0, t: 0, b: 0, pad: 0 }, shapes: grouped(scene.paths).map(shape),
        xaxis: axis([0, scene.width]), yaxis: axis([scene.height, 0]), paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
        showlegend: false, dragmode: false, hovermode: false,
      },
    };
  };

  const XML = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  const escaped = (text) => String(text).replace(/[&<>"]/g, (sign) => XML[sign]);
  const attributes = (values) => Object.entries(values).filter(([, value]) => value !== undefined).map(([name, value]) => ` ${name}="${escaped(value)}"`).join("");
  const svg = (scene) => {
    const paths = grouped(scene.paths).map(({ d, fill, opacity, line, width, dash }) =>
      `<path${attributes({ d, fill: fill ?? "none", opacity, stroke: line, "stroke-width": line && width, "stroke-dasharray": dash })}/>`);
    const texts = scene.texts.map(({ x, y, text, size, colour, bold, italic, anchor, angle }) =>
      `<text${attributes({ x, y, transform: angle && `rotate(${angle} ${x} ${y})`, "font-size": size, fill: colour, "font-weight": bold && 650, "font-style": italic && "italic", "text-anchor": anchor, "dominant-baseline": "central" })}>${escaped(text)}</text>`);
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${scene.width} ${scene.height}" width="${scene.width}" height="${scene.height}" font-family="${escaped(FONT)}">${paths.join("")}${texts.join("")}</svg>`;
  };

  return { figure, svg, grouped, plain, FONT };
})();
