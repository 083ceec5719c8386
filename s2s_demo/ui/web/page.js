// What Python cannot do: draw figures, words and tables from JSON, follow the theme, keep the link.
// Text from visitors is only ever put into text nodes and attributes, never parsed as markup.
window.S2S = (() => {
  "use strict";
  const { ink, plotly } = window.S2S_SETTINGS;
  const TEXT_KEYS = new Set(["text", "ticktext", "customdata", "hovertext"]);
  const CONFIG = { displaylogo: false, showSendToCloud: false, displayModeBar: false };

  const set = (node, attributes) => {
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
    }
    return node;
  };
  const make = (tag, attributes = {}, ...children) => {
    const node = set(document.createElement(tag), attributes);
    node.append(...children);
    return node;
  };

  // ---------------------------------------------------------------- light and dark
  const dark = () => document.body.classList.contains("dark");
  const themeWatchers = new Set();
  const setTheme = (isDark) => {
    document.body.classList.toggle("dark", isDark);
    document.documentElement.style.colorScheme = isDark ? "dark" : "light";
  };
  const remembered = () => { try { return localStorage.getItem("s2s-theme"); } catch { return null; } };
  const startTheme = () => {
    const asked = new URLSearchParams(location.search).get("__theme");
    const system = matchMedia("(prefers-color-scheme: dark)");
    const choose = () => setTheme(asked === "dark" || (asked !== "light" && (remembered() ?? (system.matches ? "dark" : "light")) === "dark"));
    choose();
    system.addEventListener("change", choose);
    let was = dark();
    new MutationObserver(() => {
      if (dark() !== was) { was = dark(); themeWatchers.forEach((redraw) => redraw()); }
    }).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  };
  const toggleTheme = () => {
    setTheme(!dark());
    try { localStorage.setItem("s2s-theme", dark() ? "dark" : "light"); } catch { /* private window */ }
  };
  const reink = (value, key) => {
    if (typeof value === "string") return TEXT_KEYS.has(key) ? value : (ink[value] ?? value);
    if (Array.isArray(value)) return TEXT_KEYS.has(key) ? value : value.map((item) => reink(item, key));
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, reink(item, name)]));
    }
    return value;
  };

  // ---------------------------------------------------------------- files and links
  const save = (name, type, parts) => {
    const url = URL.createObjectURL(new Blob(parts, { type }));
    make("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  };
  const keepLink = (parameters) => {
    const url = new URL(location.href);
    const ours = ["text", "model", "strategy", "beam", "penalty", "temperature", "top-k", "top-p", "seed"];
    ours.forEach((name) => url.searchParams.delete(name));
    Object.entries(parameters).forEach(([name, value]) => url.searchParams.set(name, value));
    if (url.href !== location.href) history.replaceState(history.state, "", url);
  };
  const copyLink = () => {
    const box = document.querySelector("#link-box");
    box.hidden = false;
    const field = box.querySelector("input");
    field.value = location.href;
    field.focus();
    field.select();
    navigator.clipboard?.writeText(location.href).then(
      () => { box.querySelector("span").textContent = "copied"; }, () => {});
  };
  const busy = (isBusy) => document.querySelector("#page-translate")?.classList.toggle("is-busy", isBusy);

  // ---------------------------------------------------------------- figures
  let plotlyReady = null;
  const loadPlotly = () => plotlyReady ??= new Promise((resolve, reject) => {
    const script = make("script", { src: new URL(plotly, document.baseURI).href });
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => { plotlyReady = null; reject(new Error("Plotly.js could not be loaded")); };
    document.head.append(script);
  });

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

  // What scrolls is a stop for the keyboard, named as its table or the heading above it, only while it scrolls.
  const SCROLLS = ".s2s-scroll, .s2s-table, .prefix-scroll";
  const scrolling = new ResizeObserver((entries) => entries.forEach(({ target }) => {
    if (!target.isConnected) { scrolling.unobserve(target); return; } // newer content has replaced it
    const box = target.closest(SCROLLS);
    const { overflowX, overflowY } = getComputedStyle(box);
    const does = (overflowX === "auto" && box.scrollWidth > box.clientWidth) || (overflowY === "auto" && box.scrollHeight > box.clientHeight);
    if (!does) { ["tabindex", "role", "aria-label"].forEach((name) => box.removeAttribute(name)); return; }
    const above = [...document.querySelectorAll("h2")].findLast((title) => title.compareDocumentPosition(box) & Node.DOCUMENT_POSITION_FOLLOWING);
    set(box, { tabindex: 0, role: "group", "aria-label": box.querySelector("caption")?.textContent ?? above?.textContent });
  }));
  const scrolls = (box) => [box, ...box.children].forEach((node) => scrolling.observe(node));

  // `current` gives what the box shows: its figure, what a screen reader says of it, the name of the file.
  const saveMenu = (menu, box, current) => {
    menu.addEventListener("click", async (event) => {
      const format = event.target.dataset?.format, shown = current();
      if (!format || !shown) return;
      menu.open = false;
      const { width, height } = box.getBoundingClientRect();
      if (format === "html") save(`${shown.file}.html`, "text/html", [await standalone(shown.figure, shown.label)]);
      else await window.Plotly.downloadImage(box, { format, filename: shown.file, width, height, scale: format === "png" ? 2 : 1 });
    });
    menu.addEventListener("focusout", (event) => { if (!menu.contains(event.relatedTarget)) menu.open = false; });
    menu.addEventListener("keydown", (event) => { if (event.key === "Escape") menu.open = false; });
  };

  const plot = (element, props, trigger) => {
    const box = element.querySelector(".s2s-figure");
    const instead = element.querySelector(".s2s-instead");
    const menu = element.querySelector(".s2s-save");
    const frame = element.querySelector(".s2s-plot");
    let shown = null, turn = 0, least = 0;
    // As wide as its card; where that is too narrow to read, the card scrolls.
    const fitting = () => Math.max(least, frame.clientWidth);
    const draw = async () => {
      const mine = ++turn, payload = props.value ? JSON.parse(props.value) : {};
      instead.hidden = !payload.instead;
      instead.textContent = payload.instead ?? "";
      box.hidden = menu.hidden = !payload.figure;
      if (!payload.figure) return;
      const Plotly = await loadPlotly();
      if (mine !== turn) return;
      const figure = dark() ? reink(payload.figure) : payload.figure;
      figure.layout.uirevision = payload.revision;
      least = payload.figure.layout.width ?? 0;
      figure.layout = { ...figure.layout, width: fitting() };
      box.setAttribute("aria-label", payload.label);
      await Plotly.react(box, figure.data, figure.layout, CONFIG);
      if (!shown) {
        box.on("plotly_click", ({ points: [point] }) => {
          if (point?.customdata !== undefined) trigger("select", { customdata: point.customdata, x: point.x, y: point.y });
        });
      }
      shown = payload;
      box.dataset.drawn = String(turn);
    };
    saveMenu(menu, box, () => shown);
    scrolls(box.parentElement);
    new ResizeObserver(() => {
      if (shown && !box.hidden && frame.clientWidth && box._fullLayout.width !== fitting()) {
        window.Plotly.relayout(box, { width: fitting() });
      }
    }).observe(frame);
    themeWatchers.add(draw);
    return draw;
  };

  // ---------------------------------------------------------------- the translation in words
  const word = ({ text, gap, probability, said, level }) => {
    const node = make("span", { class: `word ${level}`, title: said, style: `--p:${probability}` },
      make("span", { class: "ink", "aria-hidden": "true" }, text), make("span", { class: "hear" }, `${text} (${said})`));
    return gap ? [gap, node] : [node];
  };
  const answer = (element, props, trigger) => {
    const box = element.querySelector(".s2s-answer");
    return () => {
      const { sentences = [], numbers = [], language, link, hint } = props.value ? JSON.parse(props.value) : {};
      const choose = sentences.length > 1;
      const lines = sentences.map(({ words, selected }, i) => {
        const line = make("span", { class: `sentence${selected && choose ? " selected" : ""}`, lang: language, dir: "auto" },
          ...words.flatMap(word));
        if (choose) line.addEventListener("click", () => trigger("select", { sentence: i }));
        return line;
      });
      const text = make("p", { class: "translation" });
      lines.forEach((line, i) => text.append(...(i ? [" ", line] : [line])));
      box.replaceChildren(text, make("div", { class: "numbers" },
        ...numbers.map(([name, value]) => make("span", {}, make("b", {}, value), ` ${name}`)), make("p", {}, hint ?? "")));
      if (link) keepLink(link);
    };
  };

  // ---------------------------------------------------------------- tables, texts, downloads
  const table = (element, props, trigger) => {
    const box = element.querySelector(".s2s-table");
    return () => {
      if (!props.value) { box.replaceChildren(); return; }
      const { columns, rows, caption, note, ids, selected, best } = JSON.parse(props.value);
      const numeric = columns.map((_, c) => !(c === 0 && ids.length) && rows.length > 0 && rows.every((row) => /^[−+-]?[\d.,\s]*%?$/.test(row[c])));
      const body = rows.map((row, r) => {
        const id = ids[r], chosen = id !== undefined && id === selected;
        const cells = row.map((cell, c) => make("td", { class: numeric[c] ? "number" : null, dir: "auto" },
          c === 0 && id !== undefined
            ? make("button", { type: "button", "aria-pressed": String(chosen), "aria-label": `show ${row.slice(0, 2).join(": ")}` }, cell)
            : cell));
        const line = make("tr", { class: `${chosen ? "selected" : ""} ${id !== undefined && id === best ? "best" : ""}`, "data-id": id }, ...cells);
        if (id !== undefined) line.addEventListener("click", () => trigger("select", { id }));
        return line;
      });
      const had = box.contains(document.activeElement) ? document.activeElement.closest("tr")?.dataset.id : undefined;
      box.replaceChildren(make("table", { class: ids.length ? "choose" : null },
        make("caption", { class: "hear" }, caption),
        make("thead", {}, make("tr", {}, ...columns.map((name, c) => make("th", { scope: "col", class: numeric[c] ? "number" : null }, name)))),
        make("tbody", {}, ...body)));
      if (note) box.append(make("p", { class: "help" }, note));
      scrolls(box);
      if (had !== undefined) box.querySelector(`tr[data-id="${had}"] button`)?.focus();
    };
  };
  const text = (element, props) => {
    const box = element.querySelector(".s2s-text");
    const read = (value) => { try { return JSON.parse(value); } catch { return value; } }; // JSON, or the text itself
    return () => { box.textContent = read(props.value || '""'); };
  };
  const bytes = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const download = (element, props) => () => {
    if (!props.value) return;
    const { file, type, content, base64 } = JSON.parse(props.value);
    save(file, type, [base64 ? bytes(base64) : content]);
  };

  const KINDS = { plot, answer, table, text, download }; // other scripts add theirs
  const mount = (kind, element, props, trigger, watch) => {
    const draw = KINDS[kind](element, props, trigger);
    watch("value", draw);
    draw();
  };

  // ---------------------------------------------------------------- keys and buttons
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches?.("#sentence textarea, #sentence input")) return;
    if (event.shiftKey) return; // a new line, as everywhere
    event.preventDefault();
    event.stopImmediatePropagation();
    document.querySelector("#translate-button")?.click();
  }, true);
  document.addEventListener("keypress", (event) => { // Gradio would submit on Shift+Enter
    if (event.key === "Enter" && event.target.matches?.("#sentence textarea")) event.stopImmediatePropagation();
  }, true);
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("#theme-toggle")) toggleTheme();
    if (event.target.closest?.("#copy-link")) copyLink();
    document.querySelectorAll(".s2s-save[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
  if (document.body) startTheme(); else document.addEventListener("DOMContentLoaded", startTheme);
  loadPlotly().catch((error) => console.error(error));

  return { mount, busy, KINDS, make, bytes, dark, reink, themeWatchers, loadPlotly, scrolls, saveMenu, CONFIG };
})();
