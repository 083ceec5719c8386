"""The linked picture: its data says all of a search, and its layout keeps its laws on any tree."""

import base64
import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scripts import Run, scripts
from tiny import model
from views_cases import a_search

from s2s_demo.decoding import Beam, MinimumBayesRisk
from s2s_demo.decoding.tree import Node, Tree
from s2s_demo.text import Tokenizer, words_of
from s2s_demo.translator import SentenceTranslation, Translation, Translator
from s2s_demo.views.picture import SCRIPTS, PictureData, picture_data, picture_payload

WORDS = ["▁the", "▁red", "▁ho", "rse", "▁is", "▁a", "▁cat", "s", "▁in", "▁my", "▁l'", "homme", "."]
LAY = """
const { data, leaf, width, options } = argument;
const nodes = S2STree.read(data), count = data.pieces.length;
const bytes = Uint8Array.from(atob(data.alignment), (c) => c.charCodeAt(0)), levels = new Uint16Array(bytes.buffer);
const row = (at) => Array.from(levels.subarray(at * count, (at + 1) * count), (level) => level / 65535);
nodes.look = (id) => row(data.row[id]);
const measure = (text, size) => [...text].length * 0.58 * size;
const say = { same: (shift) => `same words, ${shift}`, sameBrief: (shift) => `same ${shift}` };
const found = S2SScene.scene(nodes, data.words, { leaf, ...options }, width, measure, say);
const plain = ({ ids, text, from, to, lane, spine, parent: { ids: parent } }) =>
  ({ ids, text, from, to, lane, spine, parent });
const inside = (word) => S2STree.all(word).flatMap((one) => one.ids);
const { words, folded, lanes } = found.tree, texts = found.texts.map((t) => ({ ...t, width: measure(t.text, t.size) }));
return { ...found, tree: null, words: words.map(plain), folded: folded.flatMap(inside), lanes, texts };
"""


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    with scripts(SCRIPTS) as running:
        yield running


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """A search as it could have been: up to five beginnings alive, some cut, some finished."""
    width, steps = draw(st.integers(1, 5)), draw(st.integers(1, 14))
    dice = np.random.default_rng(draw(st.integers(0, 2**32)))
    look = np.full(4, 0.25, np.float32)
    nodes = [Node(0, None, 0, "<bos>", 0.0, 0.0, 0.0, 1, "root", look)]
    alive = [0]
    for step in range(1, steps + 1):
        following = list[int]()
        for parent in alive:
            looked = dice.dirichlet(np.ones(4)).astype(np.float32)
            for token in dice.permutation(["<eos>", *WORDS] if step > 1 else WORDS)[: int(dice.integers(1, 4))]:
                log_prob = float(-dice.exponential())
                total = nodes[parent].total_log_prob + log_prob
                ends = token == "<eos>"
                status = "finished" if ends else "kept" if len(following) < width and dice.random() < 0.7 else "cut"
                node = Node(len(nodes), parent, step, str(token), log_prob, total, total / step, 1, status, looked)
                nodes.append(node)
                following += [node.id] if status == "kept" else []
        alive = following or alive[:1]
        if not following:
            break
    ends = [node for node in nodes if node.status == "finished"]
    if not ends:
        parent = max(nodes[1:], key=lambda node: node.step, default=nodes[0])
        end = Node(
            len(nodes), parent.id, parent.step + 1, "<eos>", -1.0, parent.total_log_prob - 1, -1.0, 1, "finished", look
        )
        nodes.append(end)
        nodes[parent.id] = replace(parent, status="kept" if parent.id else "root")
        ends = [end]
    best = max(ends, key=lambda node: node.score)
    nodes[best.id] = replace(best, status="returned")
    return Tree(tuple(nodes))


def data_of(tree: Tree) -> PictureData:
    """The data of a picture of a tree, with four source tokens."""
    from s2s_demo.decoding import Hypothesis
    from s2s_demo.translator import Source

    ends = sorted((n for n in tree.nodes if n.status in ("finished", "returned")), key=lambda n: -n.score)
    hypotheses = tuple(
        Hypothesis(
            tuple(n.token for n in tree.path(end.id)), "", end.score, end.total_log_prob, np.zeros((1, 4)), end.id
        )
        for end in ends[:5]
    )
    sentence = SentenceTranslation(Source("a b c", ("▁a", "▁b", "▁c", "<eos>")), hypotheses, None, ())  # type: ignore[arg-type]
    vars(sentence)["tree"] = tree
    return picture_data(sentence, alpha=1.0, looks=True)


def laid_out(run: Run, data: PictureData, leaf: int | None = None, width: int = 900, **options: Any) -> Any:
    asked = {"most": 9, "pieces": False, **options}
    return run(
        LAY, {"data": data, "leaf": data["leaves"][0] if leaf is None else leaf, "width": width, "options": asked}
    )


def _ink(text: dict[str, Any]) -> tuple[float, float, float, float, str]:
    """What the letters of a text cover: left, top, right, bottom."""
    half = 0.37 * text["size"]
    return text["x"], text["y"] - half, text["x"] + text["width"], text["y"] + half, text["text"]


@given(trees(), st.sampled_from([500, 900, 1300]), st.sampled_from([1, 4, 9, 99]))
@settings(max_examples=60, deadline=None)
def test_no_two_labels_overlap(run: Run, tree: Tree, width: int, most: int) -> None:
    found = laid_out(run, data_of(tree), width=width, most=most)
    boxes = [_ink(text) for text in found["texts"]]
    for i, a in enumerate(boxes):
        for b in boxes[:i]:
            across, down = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
            assert across < 1 or down < 1, (a, b)
    assert all(box[0] >= 0 and box[2] <= found["width"] + 1 for box in boxes)


MAP = """
const measure = (text, size) => [...text].length * 0.58 * size, words = (texts) => texts.map((text) => ({ text }));
const target = words([argument.source[0]]), source = words(argument.source);
const asked = { alpha: [argument.source.map(() => 0)], source, target };
const marks = S2SMap.marks(S2SMap.scene({ ...asked, title: argument.title, width: argument.width }, measure, S2SScene));
const tilted = marks.texts.filter((text) => text.angle);
const ends = tilted.map((t) => t.x + measure(t.text, t.size) * Math.cos((t.angle * Math.PI) / 180));
const tops = tilted.map((t) => t.y + measure(t.text, t.size) * Math.sin((t.angle * Math.PI) / 180));
const starts = marks.texts.filter((text) => text.anchor === "end").map((t) => t.x - measure(t.text, t.size));
const named = marks.texts.filter((text) => argument.title && text.text === argument.title).map((t) => t.y + t.size / 2);
return { ends, starts: [...starts, ...tops], named, top: Math.min(...tops) };
"""


@given(
    st.lists(st.text("abc<>", min_size=1, max_size=40), min_size=1, max_size=20),
    st.sampled_from([300, 390, 700]),
    st.sampled_from(["", "the source at itself · layer 1, head 2"]),
)
def test_no_word_beside_the_map_is_cut_off_at_its_edge_nor_stands_in_its_title(
    run: Run, source: list[str], width: int, title: str
) -> None:
    found = run(MAP, {"source": source, "width": width, "title": title})
    assert len(found["named"]) == bool(title)
    assert all(bottom <= found["top"] for bottom in found["named"])
    assert len(found["ends"]) == len(source)
    assert max(found["ends"]) <= width
    assert min(found["starts"]) >= 0


@given(trees(), st.sampled_from([2, 5, 99]))
@settings(max_examples=60, deadline=None)
def test_no_edge_crosses_another_and_no_two_lines_share_a_place(run: Run, tree: Tree, most: int) -> None:
    words = laid_out(run, data_of(tree), most=most)["words"]
    by_ids = {tuple(word["ids"]): word for word in words}
    lines = {(word["lane"], step) for word in words for step in range(word["from"], word["to"] + 1)}
    assert len(lines) == sum(word["to"] - word["from"] + 1 for word in words)
    for word in words:  # it leaves its parent's lane where its first step begins
        parent = by_ids.get(tuple(word["parent"]))
        above = parent["lane"] if parent else 0
        for other in words:
            if above < other["lane"] < word["lane"]:
                assert not other["from"] < word["from"] <= other["to"], (word, other)
        assert word["lane"] >= above


@given(trees(), st.sampled_from([1, 3, 9]))
@settings(max_examples=60, deadline=None)
def test_every_kept_node_is_drawn_or_folded_and_none_twice(run: Run, tree: Tree, most: int) -> None:
    found = laid_out(run, data_of(tree), most=most)
    drawn = {i for word in found["words"] for i in word["ids"]}
    assert drawn | set(found["folded"]) == {node.id for node in tree.nodes[1:] if node.status != "cut"}
    everything = laid_out(run, data_of(tree), most=10_000)
    leaves = {i for word in everything["words"] for i in word["ids"]} | set(everything["folded"])
    assert leaves == drawn | set(found["folded"])
    assert found["lanes"] <= max(most, 1) or not found["folded"] or all(word["spine"] for word in found["words"])


@given(trees(), st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_the_top_lane_is_the_path_that_was_chosen(run: Run, tree: Tree, chosen: int) -> None:
    data = data_of(tree)
    leaf = data["leaves"][0] if chosen % 3 else 1 + chosen % (len(tree.nodes) - 1)
    words = laid_out(run, data, leaf)["words"]
    spine = sorted((word for word in words if word["spine"]), key=lambda word: word["from"])
    assert [i for word in spine for i in word["ids"]] == [node.id for node in tree.path(leaf)]
    assert {word["lane"] for word in spine} == {0}


@given(trees())
@settings(max_examples=40, deadline=None)
def test_words_are_those_of_the_one_splitter(run: Run, tree: Tree) -> None:
    data = data_of(tree)
    words = laid_out(run, data)["words"]
    best = [node.token for node in tree.path(data["leaves"][0])]
    spine = sorted((word for word in words if word["spine"]), key=lambda word: word["from"])
    shown = [word.text for word in words_of(best)]
    assert [word["text"] for word in spine] == shown


@given(trees())
@settings(max_examples=40, deadline=None)
def test_a_mirrored_picture_has_the_same_marks_on_the_other_side(run: Run, tree: Tree) -> None:
    data = data_of(tree)
    plain, mirrored = (laid_out(run, data, mirror=mirror) for mirror in (False, True))
    assert mirrored["width"] == plain["width"]
    for one, other in zip(plain["hits"], mirrored["hits"], strict=True):
        assert other["box"][0] == pytest.approx(plain["width"] - one["box"][0] - one["box"][2], abs=0.11)
    for one, other in zip(plain["texts"], mirrored["texts"], strict=True):
        assert other["x"] == pytest.approx(plain["width"] - one["x"] - one["width"], abs=0.11)


def test_the_data_holds_every_number_of_the_search(run: Run) -> None:
    sentence = a_search(Beam(size=3, length_penalty=0.5))
    data = picture_data(sentence, alpha=0.5, looks=True)
    rows = np.frombuffer(base64.b64decode(data["alignment"]), "<u2").reshape(-1, len(sentence.source.tokens)) / 65_535
    for node in sentence.tree.nodes[1:]:
        assert data["parent"][node.id] == node.parent
        assert data["total"][node.id] == pytest.approx(node.total_log_prob, abs=1e-5)
        assert data["rank"][node.id] == node.rank
        np.testing.assert_allclose(rows[data["row"][node.id]], node.alignment, atol=1 / 65_535)
    scores = run(
        "const nodes = S2STree.read(argument); return argument.leaves.map((id) => S2STree.score(nodes, id));", data
    )
    np.testing.assert_allclose(scores, [hypothesis.score for hypothesis in sentence.hypotheses], atol=1e-4)


def test_what_was_cut_says_how_much_it_lacked(run: Run) -> None:
    look = np.full(4, 0.25, np.float32)
    nodes = [Node(0, None, 0, "<bos>", 0.0, 0.0, 0.0, 1, "root", look)]
    for i, (token, total, status) in enumerate(
        [("▁a", -0.5, "kept"), ("▁b", -1.25, "cut"), ("▁c", -3.0, "cut")], start=1
    ):
        nodes.append(Node(i, 0, 1, token, total, total, total, i, status, look))
    nodes.append(Node(4, 1, 2, "<eos>", -0.1, -0.6, -0.3, 1, "returned", look))
    data = data_of(Tree(tuple(nodes)))
    cut = run("return S2STree.cut(S2STree.read(argument));", data)
    assert [(one["id"], round(one["short"], 3)) for one in cut[1]] == [(2, 0.75), (3, 2.5)]
    ticks = [p for p in laid_out(run, data)["paths"] if p.get("width") == 1.6]
    heights = [float(p["d"].split("L")[0].split()[1]) - float(p["d"].split("L")[1].split()[1]) for p in ticks]
    assert heights == pytest.approx([16 * math.exp(-0.75), 16 * math.exp(-2.5)], abs=0.11)


@pytest.mark.parametrize(
    ("first", "text", "parts"),
    [
        ("Je vois un chat.", "Je vois un chat.", [["Je vois un chat.", False]]),
        ("Je vois un chat.", "Je vois le chat.", [["Je vois ", False], ["le", True], [" chat.", False]]),
        ("我爱你。", "我喜欢你。", [["我", False], ["喜欢", True], ["你。", False]]),
        ("", "Oui.", [["Oui.", True]]),
    ],
)
def test_hypotheses_list_what_differs(run: Run, first: str, text: str, parts: list[list[object]]) -> None:
    assert run("return S2SRows.differing(...argument);", [first, text]) == parts


def decoded(levels: str, *shape: int) -> np.ndarray:
    return np.frombuffer(base64.b64decode(levels), "<u2").reshape(shape) / 65_535


LETTERS = Tokenizer.train(["abcdef"], "char", 20)


@pytest.fixture(scope="module")
def transformer() -> Translation:
    chosen = {"encoder": "transformer", "decoder": "transformer", "attention": "multi_head", "decoder_layers": 2}
    made = model(vocabulary_size=len(LETTERS), encoder_layers=2, **chosen)
    return Translator(made, LETTERS, "tiny").translate("abca", Beam(size=2))


def test_every_head_of_every_layer_is_sent_and_their_mean_is_the_alignment(transformer: Translation) -> None:
    (data,) = picture_payload(transformer)["sentences"]
    layers, heads = data["heads_of"]
    assert (layers, heads) == (2, 4)
    rows, places = max(data["row"]) + 1, len(data["pieces"])
    apart = decoded(data["heads"], rows, layers * heads, places)
    assert np.abs(apart.mean(axis=1) - decoded(data["alignment"], rows, places)).max() < 1e-4
    last = transformer.sentences[0].best.heads
    assert last is not None
    at = data["row"][data["leaves"][0]]
    assert np.abs(apart[at] - last[:, -1]).max() < 1e-4


def test_each_side_of_a_transformer_is_sent_as_it_looks_at_itself(transformer: Translation) -> None:
    (data,) = picture_payload(transformer)["sentences"]
    places, written = len(data["pieces"]), len(transformer.sentences[0].best.tokens)
    assert data["own_of"] == [(2, 4), (2, 4)]
    for levels, size in ((data["own_source"], places), (data["own_target"], written)):
        maps = decoded(levels, 2, 4, size, size)
        assert np.abs(maps.sum(axis=-1) - 1).max() < 1e-3
    assert not np.triu(maps[0, 0], 1).any()  # nobody looks at what comes later
    assert set(transformer.to_json()["sentences"][0]["self_attention"]) == {"source", "target"}


@pytest.mark.parametrize("kind", ["local_m", "local_p"])
def test_a_window_is_sent_of_each_row_and_holds_all_that_was_seen(kind: str) -> None:
    made = model(vocabulary_size=len(LETTERS), attention=kind, attention_settings={"reach": 1})
    (data,) = picture_payload(Translator(made, LETTERS, "tiny").translate("abcdef"))["sentences"]
    for row, seen in zip(decoded(data["alignment"], -1, len(data["pieces"])), data["windows"], strict=True):
        places = np.flatnonzero(row)
        assert not len(places) or (seen[0] <= places[0] and places[-1] <= seen[1] <= seen[0] + 2)


def test_an_end_shows_the_score_that_ranks_it_whatever_the_strategy(run: Run) -> None:
    made = model(vocabulary_size=len(LETTERS))
    translation = Translator(made, LETTERS, "tiny").translate("abc", MinimumBayesRisk(samples=4))
    (data,) = picture_payload(translation)["sentences"]
    told = run("return argument.leaves.map((leaf) => S2STree.score(S2STree.read(argument), leaf));", data)
    assert told == pytest.approx([h.score for h in translation.sentences[0].hypotheses], abs=1e-4)
