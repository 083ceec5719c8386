// Answers of several models or strategies below each other: what stands for the same word stands in one column. Pure.
globalThis.S2SLanes = ((Tree, Scene) => {
  const { INK, share, number, pen, ribbons } = Scene;
  const SIZES = [22, 20, 18, 17, 16, 15, 14, 13, 12];
  const RIBBONS = 46, LOW_RIBBONS = 30, MANY = 4, END_ROOM = 74, MOST_SPARE = 34; // px; MANY: lanes from which on all is lower

  // The words of the answer that ends in `leaf`; its end is no word.
  const answer = (nodes, leaf) => {
    const words = Tree.wordsOn(nodes, Tree.pathTo(nodes, leaf), false).map((ids) => {
      const last = ids.at(-1);
      return { ids, text: nodes.text[last], logp: ids.reduce((sum, i) => sum + nodes.logp[i], 0), status: nodes.status[last], score: Tree.score(nodes, last) };
    });
    return { words: words.filter((word) => !Tree.ended(word)), end: words.find(Tree.ended) ?? null };
  };

  // Columns for rows of words: each a { text, cells }, cells[r] being the place of row r's word there, if it has one.
  // Words that a row shares with the columns so far stand below them; between two of these, word below word.
  const columns = (rows) => rows.slice(1).reduce((found, row, r) => added(found, row, r + 1), rows[0].map((word, t) => ({ text: word.text, cells: [t] })));
  const added = (found, row, r) => {
    const merged = [];
    let c = 0, w = 0;
    for (const [a, b] of [...Tree.common(found, row), [found.length, row.length]]) {
      while (c < a || w < b) {
        const column = c < a ? found[c++] : { text: row[w].text, cells: [] };
        if (w < b) column.cells[r] = w++;
        merged.push(column);
      }
      if (a < found.length) { found[a].cells[r] = b; merged.push(found[a]); c = a + 1; w = b + 1; }
    }
    return merged;
  };

  const label = (word, type, measure) => measure(word.text, type) + (Math.exp(word.logp) < 0.6 ? measure(share(Math.exp(word.logp)), power(type)) + 3 : 0);
  const gap = (type) => (type >= 18 ? 12 : 7);
  const power = (type) => Math.max(9.5, type * 0.42);

  // Where the words of all lanes stand. Lanes of one `group` share columns; others (of another language) have their own.
  // Gives `type` (px), and for each lane `from[t]` and `to[t]` (px), `column[t]`, and `differs[t]` from its group's first.
  const grid = (lanes, width, measure) => {
    const groups = [...new Set(lanes.map((lane) => lane.group))].map((group) => {
      const members = lanes.filter((lane) => lane.group === group);
      return { members, columns: columns(members.map((lane) => lane.words)) };
    });
    let type, edges;
    for (type of SIZES) {
      edges = groups.map(({ members, columns: all }) => {
        const widths = all.map(({ cells }) => gap(type) + Math.max(...members.map((lane, r) => (cells[r] === undefined ? 0 : label(lane.words[cells[r]], type, measure)))));
        return widths.reduce((found, px) => [...found, found.at(-1) + px], [0]);
      });
      if (Math.max(...edges.map((edge) => edge.at(-1))) <= width - END_ROOM) break;
    }
    const placed = new Map();
    groups.forEach(({ members, columns: all }, g) => {
      const spare = Math.min(MOST_SPARE, Math.max(0, (width - END_ROOM - edges[g].at(-1)) / Math.max(1, all.length))), edge = edges[g].map((px, c) => px + c * spare);
      members.forEach((lane, r) => {
        const column = lane.words.map((_, t) => all.findIndex(({ cells }) => cells[r] === t));
        const differs = lane.words.map((word, t) => { const first = all[column[t]].cells[0]; return r > 0 && (first === undefined || members[0].words[first].text !== word.text); });
        placed.set(lane, { column, differs, edge, from: column.map((c) => edge[c]), to: column.map((c) => edge[c + 1]) });
      });
    });
    return { type, lanes: lanes.map((lane) => placed.get(lane)), width: Math.max(width, ...[...placed.values()].map(({ edge }) => edge.at(-1) + END_ROOM)) };
  };

  // One lane as a picture. lane: { nodes, words, end }; place: its part of the grid; marked: { source } | { target } | { column }.
  const scene = (lane, place, { type, width, source, marked, many, flip, mirror }, measure) => {
    const { nodes, words, end } = lane, draw = pen(), last = place.to.at(-1) ?? 0;
    const alpha = nodes.looks ? Scene.looks(nodes, [...words, ...(end ? [end] : [])], source) : [];
    const row = Scene.sourceRow(source, Math.max(last + 10, 120), Math.max(12, Math.round(type * 0.84)), measure);
    if (flip) row.left = row.left.map((x, i) => row.right - x - row.widths[i]);
    const y0 = nodes.looks ? row.type + 13 : 0, y1 = nodes.looks ? y0 + (many ? LOW_RIBBONS : RIBBONS) : 0, y = y1 + type * 0.72, line = y1 + type * 1.4;
    const c = marked?.column ?? place.column[marked?.target];
    if (c !== undefined && c + 1 < place.edge.length) draw.rect(place.edge[c] - 1, y1 + 1, place.edge[c + 1] - place.edge[c], line - y1 + 5, { fill: INK.band, opacity: 0.35 });
    if (nodes.looks) {
      const thick = (text) => Math.min(Math.max(measure(text, type), 9), type * 1.25), centre = (t) => place.from[t] + 3 + measure(words[t].text, type) / 2;
      const unit = [...words.map(({ text }) => thick(text)), ...(end ? [9] : [])];
      const at = [...words.map(({ text }, t) => centre(t) - thick(text) / 2), ...(end ? [last + 7] : [])];
      Scene.sourceWords(draw, { source, row, alpha, nodes, marked });
      ribbons(draw, { alpha, row, at, unit, y0, y1, marked, reversed: flip });
    }
    words.forEach((word, t) => {
      const p = Math.exp(word.logp), x = place.from[t], on = marked?.target === t, next = t + 1 < words.length ? place.from[t + 1] : last;
      if (place.differs[t]) draw.rect(x, y1 + 3, measure(word.text, type) + 6, type * 1.12, { fill: INK.second, opacity: 0.12 });
      draw.line(x, line, next + 0.3, line, INK.accent, 1.6 + 4.2 * p, p < 0.5 ? "5px,3px" : undefined);
      draw.text(x + 3, y, word.text, type, on ? INK.accent : place.differs[t] ? INK.second : INK.ink);
      if (p < 0.6) draw.text(x + 6 + measure(word.text, type), y - type * 0.36, share(p), power(type), INK.accent);
      draw.hit({ kind: "target", index: t }, x, y1, next - x, line - y1 + 8);
    });
    if (end) {
      draw.rect(last + 2, line - 6.5, 13, 13, { fill: INK.accent });
      draw.text(last + 20, line, number(end.score, 3), 13, INK.accent, { bold: true });
    }
    const found = { ...draw.scene, width: Math.ceil(width), height: Math.ceil(line + 9), alpha };
    return mirror ? Scene.mirror(found, measure) : found;
  };

  return { answer, columns, grid, scene, MANY };
})(globalThis.S2STree, globalThis.S2SScene);
