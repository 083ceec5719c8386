// The search of one sentence as a tree of words, each in its lane. Pure: data in, records out; no drawing, no page.
globalThis.S2STree = (() => {
  const LEAST = Math.log(0.001); // a branch whose first word is less likely folds
  const END = "r", FINISHED = "f", CUT = "c"; // statuses: returned, finished, cut; "k" kept, "0" root

  // Nodes with what follows from the others: step and log p; parents come before children.
  const read = (data) => {
    const step = [0], logp = [0];
    for (let i = 1; i < data.parent.length; i++) {
      step[i] = step[data.parent[i]] + 1;
      logp[i] = data.total[i] - data.total[data.parent[i]];
    }
    return { ...data, step, logp };
  };
  // What ranks an end is the strategy's to say; of beginnings it is Σ / length^α.
  const score = (nodes, i) => nodes.scores[nodes.leaves.indexOf(i)] ?? nodes.total[i] / Math.max(1, nodes.step[i]) ** nodes.alpha;
  const pathTo = (nodes, leaf) => {
    const path = [];
    for (let i = leaf; i > 0; i = nodes.parent[i]) path.push(i);
    return path.reverse();
  };

  // The words on a path: groups of node ids, by the boundaries that came with the nodes.
  const wordsOn = (nodes, path, pieces) => {
    const words = [];
    path.forEach((i, at) => (pieces || at === 0 || nodes.starts[i] === "1" ? words.push([i]) : words.at(-1).push(i)));
    return words;
  };
  const word = (nodes, ids, parent, pieces) => {
    const last = ids.at(-1), first = ids[0];
    return {
      ids, parent, kids: [], text: pieces ? nodes.piece[last] : nodes.text[last], from: nodes.step[first], to: nodes.step[last],
      logp: ids.reduce((sum, i) => sum + nodes.logp[i], 0), total: nodes.total[last], score: score(nodes, last),
      status: nodes.status[last], lane: 0, shift: null, spine: false,
    };
  };

  // All that was kept, and the path to `leaf`, which is the answer of this picture: its first, its top line.
  const grow = (nodes, leaf, pieces) => {
    const wanted = new Set(pathTo(nodes, leaf)), alive = new Set([0]);
    for (let i = 1; i < nodes.parent.length; i++) if (nodes.status[i] !== CUT || wanted.has(i)) alive.add(i);
    const inner = new Set([...alive].map((i) => nodes.parent[i]));
    const root = { ids: [0], parent: null, kids: [], text: "", from: 0, to: 0, logp: 0, lane: 0, spine: true, status: "0", shift: null };
    const found = new Map(), onSpine = new Set([root]);
    for (const end of [leaf, ...[...alive].filter((i) => i && !inner.has(i))]) {
      let at = root;
      for (const ids of wordsOn(nodes, pathTo(nodes, end), pieces)) {
        const key = ids.join();
        let next = found.get(key);
        if (!next) { next = word(nodes, ids, at, pieces); found.set(key, next); at.kids.push(next); }
        if (end === leaf) { next.spine = true; onSpine.add(next); }
        at = next;
      }
    }
    rank(root);
    return root;
  };
  const KIND = { c: 0, 0: 0, k: 1, f: 2, r: 3 };
  const better = (a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
  // The kid that leads to the best end goes straight on; an end beats what is not finished: short beginnings score high.
  const rank = (node) => {
    let best = [node.spine ? 1 : 0, KIND[node.status], node.score ?? -Infinity];
    const of = new Map(node.kids.map((kid) => [kid, rank(kid)]));
    node.kids.sort((a, b) => better(of.get(b), of.get(a)) || a.ids[0] - b.ids[0]);
    for (const value of of.values()) if (better(value, best) > 0) best = value;
    return best;
  };
  const walk = (node, visit) => { visit(node); node.kids.forEach((kid) => walk(kid, visit)); };
  const all = (root) => { const found = []; walk(root, (node) => found.push(node)); return found; };
  const ended = (node) => node.status === END || node.status === FINISHED;

  // Lanes from the top: each line in the highest that is free; nothing crosses (branches of the last word come first).
  // A finished line keeps the rest of its lane: its score stands there.
  const lanes = (root) => {
    const last = Math.max(...all(root).map((node) => node.to));
    const low = Array(last + 2).fill(-1), waiting = [root];
    let count = 0;
    while (waiting.length) {
      const line = [waiting.pop()];
      while (line.at(-1).kids.length) line.push(line.at(-1).kids[0]);
      const end = ended(line.at(-1)) ? last + 1 : line.at(-1).to;
      let lane = 0;
      for (let s = line[0].from; s <= end; s++) lane = Math.max(lane, low[s] + 1);
      for (let s = line[0].from; s <= end; s++) low[s] = lane;
      line.forEach((node) => { node.lane = lane; });
      count = Math.max(count, lane + 1);
      line.forEach((node) => waiting.push(...node.kids.slice(1).reverse()));
    }
    return count;
  };

  // Branches that hardly lived are taken out until `most` lanes are left; what was taken out is returned, whole.
  // Without a limit nothing is.
  const fold = (root, most, leaves) => {
    if (most === Infinity) return [];
    const folded = [], listed = new Set(leaves);
    const drop = (node) => { node.parent.kids.splice(node.parent.kids.indexOf(node), 1); folded.push(node); };
    const survey = (node, found) => { // how far what begins here reaches, and whether it ends in a listed hypothesis
      node.reach = node.to;
      node.listed = listed.has(node.ids.at(-1));
      node.kids.forEach((kid, i) => {
        survey(kid, found);
        node.reach = Math.max(node.reach, kid.reach);
        node.listed ||= kid.listed;
        if (i && !kid.spine) found.push(kid);
      });
      return found;
    };
    survey(root, []).filter((node) => node.logp < LEAST && !node.listed).filter((node, _, unlikely) => !within(node.parent, unlikely)).forEach(drop);
    for (let branches = survey(root, []); branches.length && lanes(root) > most; branches = survey(root, [])) {
      const life = new Map(branches.map((node) => [node, [node.listed ? 1 : 0, node.reach - node.from, node.logp]]));
      drop(branches.reduce((a, b) => (better(life.get(b), life.get(a)) < 0 ? b : a)));
    }
    return folded;
  };
  const within = (node, branches) => node !== null && (branches.includes(node) || within(node.parent, branches));

  // Words that a branch shares with the answer, and by how many steps they stand elsewhere: longest common subsequence.
  const compare = (root) => {
    const spine = all(root).filter((node) => node.spine && node.parent);
    for (const leaf of all(root).filter((node) => !node.kids.length && !node.spine)) {
      const path = [];
      for (let at = leaf; at.parent; at = at.parent) path.unshift(at);
      for (const [a, b] of common(spine, path)) if (!path[b].spine) path[b].shift = path[b].from - spine[a].from;
    }
  };
  const common = (left, right) => {
    const length = Array.from({ length: left.length + 1 }, () => Array(right.length + 1).fill(0));
    for (let a = left.length - 1; a >= 0; a--) {
      for (let b = right.length - 1; b >= 0; b--) {
        length[a][b] = left[a].text === right[b].text ? length[a + 1][b + 1] + 1 : Math.max(length[a + 1][b], length[a][b + 1]);
      }
    }
    const pairs = [];
    for (let a = 0, b = 0; a < left.length && b < right.length;) {
      if (left[a].text === right[b].text && length[a][b] === length[a + 1][b + 1] + 1) pairs.push([a++, b++]);
      else if (length[a + 1][b] >= length[a][b + 1]) a++;
      else b++;
    }
    return pairs;
  };

  // What was cut at each step, the closest first, and how much each lacked to be kept (nats).
  const cut = (nodes) => {
    const worst = [], steps = [];
    for (let i = 1; i < nodes.parent.length; i++) {
      const s = nodes.step[i];
      if (nodes.status[i] === CUT) (steps[s] ??= []).push(i);
      else worst[s] = Math.min(worst[s] ?? Infinity, nodes.total[i]);
    }
    return steps.map((ids, s) => ids.map((id) => ({ id, short: (worst[s] ?? nodes.total[id]) - nodes.total[id] })).sort((a, b) => a.short - b.short));
  };

  // The tree of a picture: `leaf` on top, at most `most` lanes.
  const lay = (nodes, leaf, { pieces = false, most = 9 } = {}) => {
    const root = grow(nodes, leaf, pieces);
    const folded = fold(root, most, nodes.leaves), count = lanes(root);
    compare(root);
    const words = all(root).filter((node) => node.parent);
    return { root, words, spine: words.filter((node) => node.spine), lanes: count, folded, last: Math.max(...words.map((node) => node.to)) };
  };

  return { read, lay, cut, pathTo, wordsOn, common, score, all, ended };
})();
