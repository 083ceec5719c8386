// Figures, drawn by Plotly.js in the same element again and again, so that the reader's zoom stays.
(() => {
  "use strict";
  const { KINDS, make, payloadOf, dark, reink, themeWatchers, scrolls, save } = window.S2S;
  const { plotly, palette } = window.S2S_SETTINGS, { S2SMap, S2SDraw } = globalThis;
  const CONFIG = { displaylogo: false, showSendToCloud: false, displayModeBar: false };

  let plotlyReady = null;
  const loadPlotly = () => plotlyReady ??= new Promise((resolve, reject) => {
    const script = make("script", { src: new URL(plotly, document.baseURI).href });
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => { plotlyReady = null; reject(new Error("Plotly.js could not be loaded")); };
    document.head.append(script);
  });

  // On a page with <base href> Plotly names its clips by the page's address at the first drawing; when that address has
  // changed, a browser fetches the page of the old one to look for them there.
  const plot = (box, ...figure) => {
    const base = document.querySelector("base[href]"), href = base?.getAttribute("href");
    base?.removeAttribute("href");
    const drawing = window.Plotly.react(box, ...figure);
    base?.setAttribute("href", href);
    return drawing;
  };

  const standalone = async (figure, title) => {
    const source = await (await fetch(new URL(plotly, document.baseURI))).text();
    const data = JSON.stringify(figure).replaceAll("<", "\\u003c");
    const page = document.implementation.createHTMLDocument(title);
    page.head.prepend(make("meta", { charset: "utf-8" }));
    const library = page.createElement("script");
    library.textContent = source.replaceAll("</script", "<\\/script");
    const draw = page.createElement("script");
    draw.textContent = `const f = ${data}; Plotly.newPlot("figure", f.data, f.layout, {responsive: true, displaylogo: false, showSendToCloud: false});`;
    page.head.append(library);
    const box = page.createElement("div");
    box.id = "figure";
    page.body.append(box, draw);
    return "<!DOCTYPE html>" + page.documentElement.outerHTML;
  };

  // `current` gives what the box shows: its figure, what a screen reader says of it, the name of the file.
  const saveMenu = (menu, box, current) => {
    menu.addEventListener("click", async (event) => {
      const format = event.target.dataset?.format, shown = current();
      if (!format || !shown) return;
      menu.open = false;
      const { width, height } = box.getBoundingClientRect(), card = getComputedStyle(box).getPropertyValue("--card") || "#fff";
      const night = dark() && { data: box.data, layout: { ...box.layout, paper_bgcolor: card } }; // light words would be lost on paper
      if (format === "html") save(`${shown.file}.html`, "text/html", [await standalone(night || shown.figure, shown.label)]);
      else await (await loadPlotly()).downloadImage(night || (box._fullLayout ? box : shown.figure), { format, filename: shown.file, width, height, scale: format === "png" ? 2 : 1 });
    });
    menu.addEventListener("focusout", (event) => { if (!menu.contains(event.relatedTarget)) menu.open = false; });
    menu.addEventListener("keydown", (event) => { if (event.key === "Escape") menu.open = false; });
  };

  KINDS.plot = (element, props, trigger) => {
    const box = element.querySelector(".s2s-figure");
    const instead = element.querySelector(".s2s-instead");
    const menu = element.querySelector(".s2s-save");
    const frame = element.querySelector(".s2s-plot");
    /** @type {PlotPayload} */
    let payload = {};
    let shown = null, turn = 0, least = 0;
    // As wide as its card; where that is too narrow to read, the card scrolls.
    const fitting = () => Math.max(least, frame.clientWidth);
    const draw = async () => {
      const mine = ++turn;
      instead.hidden = !payload.instead;
      instead.textContent = payload.instead ?? "";
      box.hidden = menu.hidden = !payload.figure;
      if (!payload.figure) return;
      await loadPlotly();
      if (mine !== turn) return;
      const figure = dark() ? reink(payload.figure) : payload.figure;
      figure.layout.uirevision = payload.revision;
      least = payload.figure.layout.width ?? 0;
      figure.layout = { ...figure.layout, width: fitting() };
      box.setAttribute("aria-label", payload.label);
      await plot(box, figure.data, figure.layout, CONFIG);
      if (!shown) {
        box.on("plotly_click", ({ points: [point] }) => {
          if (point?.customdata !== undefined) trigger("select", { customdata: point.customdata, x: point.x, y: point.y });
        });
      }
      shown = { figure: payload.figure, label: payload.label, file: payload.file };
      box.dataset.drawn = String(turn);
    };
    const read = () => {
      payload = payloadOf(props) ?? {};
      return draw();
    };
    saveMenu(menu, box, () => shown);
    scrolls(box.parentElement);
    new ResizeObserver(() => {
      if (shown && !box.hidden && frame.clientWidth && box._fullLayout.width !== fitting()) {
        window.Plotly.relayout(box, { width: fitting() });
      }
    }).observe(frame);
    themeWatchers.add(draw);
    return read;
  };

  // A picture whose marks are laid out here is a figure of Plotly; until Plotly is there, the same marks stand as SVG.
  const early = new Set();
  const drawn = (box) => { box.dataset.drawn = String(Number(box.dataset.drawn ?? 0) + 1); };
  const react = async (box, data, layout) => {
    if (!box._fullLayout) box.replaceChildren(); // the SVG
    await plot(box, data, layout, { ...CONFIG, staticPlot: true });
    drawn(box);
  };
  const takeOver = async () => {
    await loadPlotly();
    early.forEach((box) => { if (box.isConnected) react(box, box.data, box.layout); });
    early.clear();
  };
  const put = async (box, found, figure) => {
    const made = figure(found), { data, layout } = dark() ? reink(made) : made;
    if (window.Plotly) { await react(box, data, layout); return; }
    const scene = found.paths ? found : S2SMap.marks(found, palette[dark() ? "dark" : "light"]);
    const { paths, texts } = scene, marks = dark() ? reink({ paths, texts }) : { paths, texts };
    box.innerHTML = S2SDraw.svg({ ...scene, ...marks }); // texts are escaped there
    drawn(Object.assign(box, { data, layout }));
    if (box.closest(".s2s-first")) return; // it goes before Plotly comes
    if (!early.size) requestIdleCallback(() => takeOver().catch((error) => console.error(error)), { timeout: 2000 });
    early.add(box);
  };

  document.addEventListener("click", (event) => {
    document.querySelectorAll(".s2s-save[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
  Object.assign(window.S2S, { CONFIG, loadPlotly, plot, saveMenu, put });
})();
