// A tree of words as a picture: what to draw and what can be pointed at, in px. Pure: the page measures text for it.
globalThis.S2SScene = ((Tree) => {
  const INK = { ink: "#1e293b", soft: "#475569", muted: "#64748b", grid: "#e5e7eb", accent: "#c2410c", second: "#1d4ed8", branch: "#c9d3e0", node: "#8b9bb1", band: "#fce4d6", ribbon: "#ec7c37" };
  const SIZES = [24, 22, 20, 18, 17, 16, 15, 14, 13, 12, 11];
  const SHOWN = 0.04, UNREAD = 0.2; // of attention: the least that is drawn, and what a word must get to count as read
  const END_ROOM = 66, NARROWEST = 13, TICK = 16, SHORTEST = 1.2; // px
  const OLD = "⋯";

  const share = (value) => (value > 0 && value < 0.0005 ? "<.001" : value.toFixed(value >= 0.0995 || value === 0 ? 2 : 3).replace(/^0/, ""));
  const number = (value, digits) => (value.toFixed(digits).replace(/^-(0\.?0*)$/, "$1")).replace("-", "−");

  // How large everything is when the answer is printed at `type` px.
  const metrics = (type) => ({
    type, source: Math.max(12, Math.round(type * 0.84)), small: type >= 18 ? 13 : Math.min(12, type - 1), power: Math.max(9.5, type * 0.42),
    pitch: type >= 18 ? 20.5 : 17, ribbons: type >= 18 ? 82 : 66, gap: type >= 18 ? 12 : 7,
  });

  // ---------------------------------------------------------------- columns
  // Labels that must fit between two steps, with their width; what repeats the answer needs none.
  const labels = (tree, m, measure) => {
    const found = [], perLane = new Map();
    tree.words.forEach((word) => perLane.set(word.lane, [...(perLane.get(word.lane) ?? []), word]));
    for (const words of perLane.values()) {
      words.sort((a, b) => a.from - b.from || a.to - b.to);
      words.forEach((word, i) => {
        if (Tree.ended(word)) return;
        const p = Math.exp(word.logp);
        if (word.spine) {
          found.push([word.from, word.to, measure(word.text, m.type) + (p < 0.6 ? measure(share(p), m.power) + 3 : 0) + m.gap]);
        } else if (word.shift === null) {
          const next = words.slice(i + 1).find((one) => one.from > word.to && (one.shift === null || Tree.ended(one)));
          const until = next ? next.from - 1 : Math.max(word.to, ...words.slice(i).map((one) => one.to));
          found.push([word.from, Math.max(until, word.to), measure(word.text, m.small) + (branches(word) ? measure(share(p), 9.5) + 3 : 0) + 11]);
        }
      });
    }
    return found;
  };
  const branches = (word) => word.parent.kids[0] !== word;
  // Right edges of the steps (edge[0] = 0), wide enough for all labels; what is left of `width` is shared out.
  const columns = (wanted, steps, width) => {
    const col = [0, ...Array(steps).fill(NARROWEST)];
    for (const [from, to, px] of [...wanted].sort((a, b) => a[1] - a[0] - (b[1] - b[0]) || a[0] - b[0])) {
      let lacking = px;
      for (let s = from; s <= to; s++) lacking -= col[s];
      for (let s = from; lacking > 0 && s <= to; s++) col[s] += lacking / (to - from + 1);
    }
    const natural = col.reduce((sum, px) => sum + px, 0), spare = Math.max(0, width - natural) / steps;
    const edge = [0];
    for (let s = 1; s <= steps; s++) edge.push(edge[s - 1] + col[s] + spare);
    return { edge, natural };
  };

  // ---------------------------------------------------------------- pieces of the picture
  const pen = () => {
    const scene = { paths: [], texts: [], hits: [] };
    return {
      scene,
      path: (d, style) => scene.paths.push({ d, ...style }),
      line: (x0, y0, x1, y1, colour, width, dash) => scene.paths.push({ d: `M${r(x0)} ${r(y0)}L${r(x1)} ${r(y1)}`, line: colour, width, dash }),
      rect: (x, y, w, h, style) => scene.paths.push({ d: `M${r(x)} ${r(y)}H${r(x + w)}V${r(y + h)}H${r(x)}Z`, ...style }),
      text: (x, y, text, size, colour, more = {}) => scene.texts.push({ x: r(x), y: r(y), text, size, colour, ...more }),
      hit: (what, x, y, w, h) => scene.hits.push({ ...what, box: [r(x), r(y), r(w), r(h)] }),
    };
  };
  const r = (px) => Math.round(px * 10) / 10;
  const ribbon = (x0, w0, y0, x1, w1, y1) => {
    const m = r((y0 + y1) / 2);
    return `M${r(x0)} ${r(y0)}C${r(x0)} ${m} ${r(x1)} ${m} ${r(x1)} ${r(y1)}L${r(x1 + w1)} ${r(y1)}C${r(x1 + w1)} ${m} ${r(x0 + w0)} ${m} ${r(x0 + w0)} ${r(y0)}Z`;
  };

  const circle = (x, y, radius) => {
    const k = radius * 0.5523, [l, t, e, b] = [x - radius, y - radius, x + radius, y + radius].map(r);
    return `M${l} ${r(y)}C${l} ${r(y - k)} ${r(x - k)} ${t} ${r(x)} ${t}C${r(x + k)} ${t} ${e} ${r(y - k)} ${e} ${r(y)}` +
      `C${e} ${r(y + k)} ${r(x + k)} ${b} ${r(x)} ${b}C${r(x - k)} ${b} ${l} ${r(y + k)} ${l} ${r(y)}Z`;
  };

  // Where the source words stand: spread over `room`, as large as fits.
  const sourceRow = (words, room, size, measure) => {
    for (let type = size; ; type--) {
      const widths = words.map((word) => measure(word.text, word.end ? type * 0.75 : type));
      const sum = widths.reduce((a, b) => a + b, 0), least = 5 * (words.length - 1);
      if (sum + least > room && type > 10) continue;
      const gap = words.length > 1 ? Math.min(60, Math.max(5, (room - sum) / (words.length - 1))) : 0;
      const left = [];
      widths.reduce((x, w, i) => { left[i] = x; return x + w + gap; }, 0);
      return { type, widths, left, right: left.at(-1) + widths.at(-1) };
    }
  };

  // Ribbons from source words to the answer's words, as wide as their share of attention.
  const ribbons = (draw, { alpha, row, at, unit, y0, y1, marked, reversed }) => {
    const load = row.left.map((_, i) => alpha.reduce((sum, a, t) => sum + (a[i] > SHOWN ? a[i] * unit[t] : 0), 0));
    const squeeze = load.map((px, i) => (px ? Math.min(1, (row.widths[i] * 0.96) / px) : 1));
    const from = row.left.map((x, i) => x + row.widths[i] / 2 - (load[i] * squeeze[i]) / 2);
    const order = reversed ? alpha.map((_, t) => t).reverse() : alpha.map((_, t) => t);
    const bands = [];
    for (const t of order) {
      let to = at[t];
      for (let i = 0; i < row.left.length; i++) {
        const a = alpha[t][i];
        if (a <= SHOWN) continue;
        const w1 = Math.max(1, a * unit[t]), w0 = Math.max(1, w1 * squeeze[i]);
        bands.push({ t, i, a, d: ribbon(from[i], w0, y0, to, w1, y1), x0: from[i] + w0 / 2, x1: to + w1 / 2 });
        from[i] += a * unit[t] * squeeze[i];
        to += a * unit[t];
      }
    }
    const lit = (band) => marked && (marked.target === band.t || marked.source === band.i);
    bands.filter((band) => !lit(band)).forEach((band) => draw.path(band.d, { fill: INK.ribbon, opacity: marked ? 0.12 : 0.2 + Math.round(band.a * 4) * 0.06 }));
    bands.filter(lit).forEach((band) => {
      draw.path(band.d, { fill: INK.ribbon, opacity: 0.8 });
      if (band.a < 0.97 && marked.target !== undefined && !marked.silent) {
        const k = 0.2, x = band.x0 + (band.x1 - band.x0) * k * k * (3 - 2 * k);
        draw.text(x + 9, y0 + (y1 - y0) * k, share(band.a), 13, INK.accent, { bold: true });
      }
    });
  };

  // ---------------------------------------------------------------- the tree below the answer
  const branchLines = (draw, tree, X, Y, marked) => {
    for (const word of tree.words.filter((one) => !one.spine)) {
      const y = Y(word), end = X(word.to), on = marked?.node !== undefined && word.ids.includes(marked.node);
      let x = X(word.from - 1);
      if (branches(word) || word.parent.lane !== word.lane) {
        draw.path(`M${r(x)} ${r(Y(word.parent))}V${r(y - 5)}Q${r(x)} ${r(y)} ${r(x + 5)} ${r(y)}`, { line: INK.branch, width: 1.2 });
        x += 5;
      }
      if (Tree.ended(word)) {
        draw.line(x, y, x + 5, y, INK.branch, 1.5);
        draw.rect(x + 4, y - 4, 8, 8, { fill: on ? INK.second : INK.node });
        draw.text(x + 16, y, number(word.score, 3), 11, on ? INK.second : INK.muted);
        draw.hit({ kind: "node", id: word.ids.at(-1) }, x, y - 8, END_ROOM - 4, 16);
        continue;
      }
      draw.line(x, y, end, y, on ? INK.second : INK.branch, 1 + 3 * Math.exp(word.logp));
      if (!word.kids.length) draw.line(end, y - 1, end, y + 5, INK.node, 1.3);
      draw.hit({ kind: "node", id: word.ids.at(-1) }, x, y - 15, end - x, 19);
    }
  };

  // Words beside their lines; a stretch of the answer's own words is said in a few words where they fit.
  const branchLabels = (draw, tree, X, Y, m, measure, say) => {
    const done = new Set(), right = new Map();
    const put = (word, x, text, size, colour, more) => {
      draw.text(x, Y(word) - 9, text, size, colour, more);
      right.set(word.lane, x + measure(text, size));
    };
    for (const word of tree.words.filter((one) => !one.spine).sort((a, b) => a.lane - b.lane || a.from - b.from)) {
      if (Tree.ended(word) || done.has(word)) continue;
      const left = Math.max(X(word.from - 1) + 5, (right.get(word.lane) ?? -Infinity) + 4);
      if (word.shift === null) {
        put(word, X(word.from - 1) + 5, word.text, m.small, INK.soft);
        if (!branches(word)) continue;
        const p = share(Math.exp(word.logp)), x = right.get(word.lane) + 3;
        draw.text(x, Y(word) - 13, p, 9.5, INK.muted);
        right.set(word.lane, x + measure(p, 9.5));
        continue;
      }
      const run = [word];
      for (let at = word; at.kids[0] && at.kids[0].shift === word.shift && at.kids[0].lane === word.lane && !Tree.ended(at.kids[0]);) run.push(at = at.kids[0]);
      run.forEach((one) => done.add(one));
      if (word.shift === 0 && !branches(word)) continue; // the bare line says: the same words
      const space = X(run.at(-1).to) - left - 4, fits = (text, size) => measure(text, size) < space;
      const written = run.map((one) => one.text).join(" "), [full, brief] = [say.same(word.shift), say.sameBrief(word.shift)];
      const quiet = { italic: true };
      if (run.length < 3 && fits(written, m.small)) put(word, left, written, m.small, INK.node);
      else if (fits(full, m.small - 1)) put(word, left, full, m.small - 1, INK.node, quiet);
      else if (fits(brief, m.small - 1)) put(word, left, brief, m.small - 1, INK.node, quiet);
      else if (fits(OLD, m.small)) put(word, left, OLD, m.small, INK.node);
    }
  };

  const answerLine = (draw, tree, X, y, m, measure, marked) => {
    tree.spine.forEach((word, t) => {
      const x = X(word.from - 1), p = Math.exp(word.logp), on = marked?.target === t;
      if (Tree.ended(word)) {
        draw.line(x, y.line, x + 8, y.line, INK.accent, 4);
        draw.rect(x + 6, y.line - 6.5, 13, 13, { fill: INK.accent });
        draw.text(x + 24, y.line, number(word.score, 3), 13, INK.accent, { bold: true });
        draw.hit({ kind: "target", index: t, id: word.ids.at(-1) }, x, y.top, END_ROOM, y.line - y.top + 8);
        return;
      }
      draw.line(x, y.line, X(word.to) + 0.3, y.line, INK.accent, 1.6 + 4.2 * p, p < 0.5 ? "5px,3px" : undefined);
      draw.text(x + 3, y.answer, word.text, m.type, on ? INK.accent : INK.ink);
      if (p < 0.6) draw.text(x + 6 + measure(word.text, m.type), y.answer - m.type * 0.36, share(p), m.power, INK.accent);
      if (on) draw.path(circle(x + 1, y.line, 5.5), { fill: "#ffffff", line: INK.accent, width: 2.5 });
      draw.hit({ kind: "target", index: t, id: word.ids.at(-1) }, x, y.top, X(word.to) - x, y.line - y.top + 8);
    });
  };

  // A tick for each candidate that was cut, the taller the closer it came.
  const ticks = (draw, cut, tree, X, y, marked, open) => {
    const word = marked?.target !== undefined ? tree.spine[marked.target] : null;
    for (let s = 1; s <= tree.last; s++) {
      const on = s === open || (word && word.from <= s && s <= word.to);
      let x = X(s - 1) + 4;
      for (const { short } of cut[s] ?? []) {
        const height = TICK * Math.exp(-Math.max(0, short));
        if (height < SHORTEST || x > X(s) - 3) break;
        draw.line(x, y, x, y - height, on ? INK.accent : INK.node, 1.6);
        x += 3;
      }
      draw.line(X(s - 1) + 2, y + 0.5, X(s) - 1, y + 0.5, INK.grid, 1);
      draw.text(X(s - 1) + 4, y + 9, String(s), 10, on ? INK.accent : INK.muted, { bold: Boolean(on) });
      if (cut[s]?.length) draw.hit({ kind: "step", step: s }, X(s - 1), y - TICK - 4, X(s) - X(s - 1), TICK + 18);
    }
  };

  // ---------------------------------------------------------------- the whole
  // What the words of the answer looked at: a row of source words each.
  const looks = (nodes, words, source) => words.map((word) => {
    const rows = word.ids.map((id) => nodes.look(id));
    return source.map(({ tokens }) => rows.reduce((sum, row) => sum + tokens.reduce((a, s) => a + row[s], 0), 0) / rows.length);
  });

  // The picture of a sentence, `width` px wide or as wide as it must be.
  // view: leaf (whose path is the answer), pieces, most (lanes), marked ({target} | {source} | {node}), open (a step).
  const scene = (nodes, source, view, width, measure, say) => {
    const tree = Tree.lay(nodes, view.leaf, view), cut = Tree.cut(nodes), room = width - END_ROOM;
    let m, fitted;
    for (const type of SIZES) {
      m = metrics(type);
      fitted = columns(labels(tree, m, measure), tree.last, room);
      if (fitted.natural <= room) break;
    }
    const X = (s) => fitted.edge[s], draw = pen(), alpha = nodes.looks ? looks(nodes, tree.spine, source) : [];
    const row = sourceRow(source, Math.max(X(tree.spine.at(-1).to) + 18, 120), m.source, measure), flip = view.flip;
    if (flip) row.left = row.left.map((x, i) => row.right - x - row.widths[i]);
    const y0 = nodes.looks ? row.type + 14 : 0, y1 = nodes.looks ? y0 + m.ribbons : 0;
    const y = { top: y1, answer: y1 + m.type * 0.72, line: y1 + m.type * 1.4 }, marked = view.marked;
    const Y = (word) => y.line + word.lane * m.pitch + (word.lane ? 4 : 0), bottom = y.line + (tree.lanes - 1) * m.pitch + 14, foot = bottom + 24;
    const column = marked?.target !== undefined ? tree.spine[marked.target] : null;
    if (column) draw.rect(X(column.from - 1) - 1, y1 + 1, X(column.to) - X(column.from - 1), foot - y1 + 14, { fill: INK.band, opacity: 0.35 });
    if (nodes.looks) {
      sourceWords(draw, { source, row, alpha, nodes, marked });
      ribbons(draw, { alpha, row, y0, y1, marked, ...landing(tree, X, m, measure), reversed: flip });
    }
    branchLines(draw, tree, X, Y, marked);
    branchLabels(draw, tree, X, Y, m, measure, say);
    answerLine(draw, tree, X, y, m, measure, marked);
    ticks(draw, cut, tree, X, foot, marked, view.open);
    const wide = Math.max(width, fitted.natural + END_ROOM, nodes.looks ? row.right + 4 : 0);
    const found = { ...draw.scene, width: Math.ceil(wide), height: Math.ceil(foot + 18), type: m.type, tree, alpha, cut };
    return view.mirror ? mirror(found, measure) : found;
  };
  const landing = (tree, X, m, measure) => {
    const unit = tree.spine.map((word) => (Tree.ended(word) ? 9 : Math.min(Math.max(measure(word.text, m.type), 9), m.type * 1.25)));
    const at = tree.spine.map((word, t) => X(word.from - 1) + 3 + (Tree.ended(word) ? 9 : measure(word.text, m.type)) / 2 - unit[t] / 2);
    return { unit, at };
  };
  const sourceWords = (draw, { source, row, alpha, nodes, marked }) => {
    const seen = source.map((_, i) => alpha.reduce((sum, a) => sum + a[i], 0));
    const shade = marked?.target !== undefined ? alpha[marked.target] : marked?.node !== undefined ? looks(nodes, [{ ids: [marked.node] }], source)[0] : null;
    source.forEach((word, i) => {
      const size = word.end ? row.type * 0.75 : row.type, x = row.left[i], a = shade?.[i] ?? (marked?.source === i ? 0.5 : 0);
      if (a > SHOWN) draw.rect(x - 5, 1, row.widths[i] + 10, row.type + 8, { fill: INK.ribbon, opacity: r2(0.12 + 0.5 * a) });
      const unread = !marked && !word.end && seen[i] < UNREAD;
      draw.text(x, row.type / 2 + 4, word.text, size, unread ? INK.second : word.end || (marked && a <= SHOWN) ? INK.muted : INK.ink);
      if (unread) draw.line(x, row.type + 6, x + row.widths[i], row.type + 6, INK.second, 1.5, "2px,3px");
      draw.hit({ kind: "source", index: i }, x - 3, 0, row.widths[i] + 6, row.type + 12);
    });
  };
  const r2 = (value) => Math.round(value * 100) / 100;

  // For writing from right to left: the whole picture, mirrored; words stay words.
  const mirror = (found, measure) => ({
    ...found,
    paths: found.paths.map((path) => ({ ...path, d: mirrored(path.d, found.width) })),
    texts: found.texts.map((text) => ({ ...text, x: r(found.width - text.x - measure(text.text, text.size)) })),
    hits: found.hits.map(({ box: [x, y, w, h], ...hit }) => ({ ...hit, box: [r(found.width - x - w), y, w, h] })),
  });
  const mirrored = (d, width) => d.replace(/([MLCQHV])([^MLCQHVZ]*)/g, (_, command, numbers) => {
    const across = (n, i) => (command === "H" || (command !== "V" && i % 2 === 0) ? r(width - n) : n);
    return command + numbers.trim().split(/[ ,]+/).map(Number).map(across).join(" ");
  });
  // What lies under a point of the picture; the last drawn first.
  const at = (found, x, y) => found.hits.findLast(({ box: [x0, y0, w, h] }) => x >= x0 && x <= x0 + w && y >= y0 && y <= y0 + h) ?? null;

  return { scene, at, looks, share, number, pen, ribbons, sourceRow, sourceWords, mirror, circle, r, columns, INK, SHOWN };
})(globalThis.S2STree);
