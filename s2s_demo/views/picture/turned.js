// The picture for a narrow page: turned, words below each other, and what was considered beside the answer's line.
globalThis.S2STurned = ((Tree, Scene) => {
  const { INK, share, number, pen, ribbons, r } = Scene;
  const ROW = 31, BRANCH = 16, TYPE = 19, SOURCE = 15, SMALL = 12.5; // px
  const NUMBERS = 36, RIBBONS = 54, LINE = 14, LEAST_TREE = 104, LINE_ROOM = 26; // px

  const widest = (texts, size, measure) => Math.max(0, ...texts.map((text) => measure(text, size)));
  const cutTo = (text, size, room, measure) => {
    if (measure(text, size) <= room) return text;
    let short = text;
    while (short.length > 1 && measure(`${short}…`, size) > room) short = short.slice(0, -1);
    return `${short}…`;
  };

  // The branches that leave the answer at each of its words, each with how long it lived; those of branches count, too.
  const branchesAt = (tree) => tree.spine.map((word) => tree.words
    .filter((one) => !one.spine && one.parent.kids[0] !== one && word.from <= one.from && one.from <= word.to)
    .sort((a, b) => b.logp - a.logp));
  const lineOf = (word) => { const line = [word]; while (line.at(-1).kids.length) line.push(line.at(-1).kids[0]); return line; };

  const scene = (nodes, source, view, width, measure) => {
    const tree = Tree.lay(nodes, view.leaf, view), alpha = nodes.looks ? Scene.looks(nodes, tree.spine, source) : [], { marked } = view, draw = pen();
    const branches = branchesAt(tree), heights = branches.map((list) => Math.max(ROW, list.length * BRANCH + 8));
    const sourceRoom = nodes.looks ? Math.min(widest(source.map((word) => word.text), SOURCE, measure), width * 0.24) : 0;
    const xs = nodes.looks ? NUMBERS + sourceRoom : 0, x0 = xs + 5, x1 = nodes.looks ? x0 + RIBBONS : 0;
    const targetRoom = Math.min(widest(tree.spine.map((word) => word.text), TYPE, measure) + 30, Math.max(60, width - x1 - LINE - LEAST_TREE));
    const xl = x1 + 6 + targetRoom + 4;
    const tops = [];
    const total = heights.reduce((y, height, t) => { tops[t] = y; return y + height; }, 6);
    const height = Math.max(total, nodes.looks ? source.length * 24 + 6 : 0), middle = (t) => tops[t] + heights[t] / 2;
    if (marked?.target !== undefined) draw.rect(0, tops[marked.target], width, heights[marked.target], { fill: INK.band, opacity: 0.35 });
    if (nodes.looks) looking(draw, { nodes, source, alpha, tree, marked, xs, x0, x1, sourceRoom, height, middle, measure });
    const last = tree.spine.length - 1;
    tree.spine.forEach((word, t) => {
      const p = Math.exp(word.logp), y = middle(t), on = marked?.target === t;
      if (t < last) draw.line(xl, y, xl, middle(t + 1), INK.accent, 1.6 + 4.2 * Math.exp(tree.spine[t + 1].logp), Math.exp(tree.spine[t + 1].logp) < 0.5 ? "5px,3px" : undefined);
      if (Tree.ended(word)) {
        draw.rect(xl - 6, y - 6, 12, 12, { fill: INK.accent });
        draw.text(xl + 12, y, number(word.score, 3), 13, INK.accent, { bold: true });
      } else {
        const text = cutTo(word.text, TYPE, targetRoom - (p < 0.6 ? 24 : 0), measure);
        draw.text(x1 + 6, y, text, TYPE, on ? INK.accent : INK.ink);
        if (p < 0.6) draw.text(x1 + 9 + measure(text, TYPE), y - 6, share(p), 10, INK.accent);
        if (on) draw.path(Scene.circle(xl, y, 5.5), { fill: "#ffffff", line: INK.accent, width: 2.5 });
      }
      draw.hit({ kind: "target", index: t, id: word.ids.at(-1) }, x1, tops[t], xl - x1 + 8, heights[t]);
      considered(draw, branches[t], { x: xl, y: tops[t] + 10, width, tree, measure });
    });
    return { ...draw.scene, width, height: Math.ceil(height + 8), type: TYPE, tree, alpha, cut: Tree.cut(nodes) };
  };

  const looking = (draw, { nodes, source, alpha, tree, marked, xs, x0, x1, sourceRoom, height, middle, measure }) => {
    const pitch = (height - 6) / source.length, y = (i) => 6 + pitch * (i + 0.5);
    const shade = marked?.target !== undefined ? alpha[marked.target] : marked?.node !== undefined ? Scene.looks(nodes, [{ ids: [marked.node] }], source)[0] : null;
    const unit = tree.spine.map(() => 15), thick = Math.min(16, pitch * 0.7);
    // The same ribbons, drawn across and then turned: x and y change places.
    const turned = pen(), row = { left: source.map((_, i) => y(i) - thick / 2), widths: source.map(() => thick) };
    ribbons(turned, { alpha, row, at: tree.spine.map((_, t) => middle(t) - 7.5), unit, y0: x0, y1: x1, marked: marked && { ...marked, silent: true } });
    turned.scene.paths.forEach(({ d, ...style }) => draw.path(d.replace(/(-?[\d.]+) (-?[\d.]+)/g, "$2 $1"), style));
    source.forEach((word, i) => {
      const size = word.end ? SOURCE * 0.8 : SOURCE, text = cutTo(word.text, size, sourceRoom, measure), a = shade?.[i] ?? (marked?.source === i ? 0.5 : 0), w = measure(text, size);
      if (a > Scene.SHOWN) {
        draw.rect(xs - w - 5, y(i) - 11, w + 10, 22, { fill: INK.ribbon, opacity: Math.round((0.12 + 0.5 * a) * 100) / 100 });
        if (shade) draw.text(xs - w - 9, y(i), share(a), 11.5, INK.accent, { bold: true, anchor: "end" });
      }
      draw.text(xs, y(i), text, size, word.end ? INK.muted : INK.ink, { anchor: "end" });
      draw.hit({ kind: "source", index: i }, 0, y(i) - pitch / 2, x0, pitch);
    });
  };

  const considered = (draw, list, { x, y, width, tree, measure }) => list.forEach((word, i) => {
    const line = lineOf(word), end = line.at(-1), at = y + i * BRANCH, p = share(Math.exp(word.logp));
    const room = width - x - 12 - measure(p, 9.5) - LINE_ROOM, text = cutTo(word.text, SMALL, Math.max(24, room), measure);
    draw.path(`M${r(x)} ${r(at - 7)}Q${r(x)} ${r(at)} ${r(x + 8)} ${r(at)}`, { line: INK.branch, width: 1.2 });
    draw.text(x + 12, at, text, SMALL, INK.soft);
    const after = x + 15 + measure(text, SMALL);
    draw.text(after, at - 3, p, 9.5, INK.muted);
    const from = after + measure(p, 9.5) + 4, length = Math.max(4, Math.min(width - from - 12, (34 * (end.to - word.from + 1)) / tree.last));
    draw.line(from, at, from + length, at, INK.branch, 2.5);
    if (Tree.ended(end)) draw.rect(from + length, at - 4, 8, 8, { fill: INK.node });
    else draw.line(from + length, at - 1, from + length, at + 5, INK.node, 1.3);
    draw.hit({ kind: "node", id: word.ids.at(-1) }, x + 8, at - BRANCH / 2, width - x - 8, BRANCH);
  });

  return { scene };
})(globalThis.S2STree, globalThis.S2SScene);
