// The picture's twins: hypotheses that list what differs, and its numbers as rows of tables. Pure.
globalThis.S2SRows = ((Tree) => {
  // Texts cut into what they share with the first and what differs: [[piece, differs], ...].
  const differing = (first, text, letters = false) => {
    const cut = (one) => one.match(letters ? /./gu : /[\p{Script=Han}]|[^\s\p{Script=Han}]+|\s+/gu) ?? [];
    const a = cut(first), b = cut(text), length = Array.from({ length: a.length + 1 }, () => Array(b.length + 1).fill(0));
    for (let i = a.length - 1; i >= 0; i--) for (let j = b.length - 1; j >= 0; j--) length[i][j] = a[i] === b[j] ? length[i + 1][j + 1] + 1 : Math.max(length[i + 1][j], length[i][j + 1]);
    const parts = [], put = (piece, differs) => { if (parts.at(-1)?.[1] === differs) parts.at(-1)[0] += piece; else parts.push([piece, differs]); };
    for (let i = 0, j = 0; j < b.length;) {
      if (i < a.length && a[i] === b[j] && length[i][j] === length[i + 1][j + 1] + 1) { put(b[j], false); i++; j++; }
      else if (i < a.length && length[i + 1][j] >= length[i][j + 1]) i++;
      else put(b[j++], true);
    }
    return parts.flatMap(([piece, differs]) => (differs ? [[piece.match(/^\s*/)[0], false], [piece.trim(), true], [piece.match(/\s*$/)[0], false]].filter(([one]) => one) : [[piece, false]]));
  };
  const number = (value, digits) => value.toFixed(digits).replace(/^-(0\.?0*)$/, "$1").replace("-", "−");

  const hypotheses = (nodes, leaves, { hypotheses: texts, letters }) => leaves.map((id, i) => ({
    id, parts: differing(texts[nodes.place][0], texts[nodes.place][i], letters), total: number(nodes.total[id], 2), score: number(Tree.score(nodes, id), 3), tokens: String(nodes.step[id]),
  }));

  const tokens = ({ nodes, data, leaf }) => Tree.pathTo(nodes, leaf).map((id) => [nodes.step[id], data.piece[id], +Math.exp(nodes.logp[id]).toFixed(4), +nodes.logp[id].toFixed(3), +nodes.total[id].toFixed(3), data.rank[id], ...(data.p_gen.length ? [data.p_gen[id]] : [])]);
  const alignment = ({ alpha, target }) => target.map((word, t) => [word.text, ...alpha[t].map((a) => +a.toFixed(3))]);
  const STATUS = { k: "kept", c: "cut", f: "finished", r: "returned" };
  const tree = ({ nodes, data }) => data.parent.slice(1).map((parent, i) => [i + 1, parent, nodes.step[i + 1], data.piece[i + 1], +nodes.logp[i + 1].toFixed(3), +nodes.total[i + 1].toFixed(3), data.rank[i + 1], STATUS[data.status[i + 1]]])
    .filter((row) => row[7] !== "cut");
  const columns = (table, source, say, data) => (table === "alignment" ? ["", ...source.map((word) => word.said)]
    : [...say(`picture.columns-${table}`).split("|"), ...(table === "tokens" && data.p_gen.length ? [say("picture.column-p-gen")] : [])]);
  return { hypotheses, tokens, alignment, tree, columns, differing };
})(globalThis.S2STree);
