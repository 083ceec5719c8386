// The pure parts of the page's scripts, run by node without a page: `node parts.js UI-FOLDER`.
"use strict";
const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const vm = require("node:vm");

const nothing = () => {};
const document = { addEventListener: nothing, body: null, head: { append: nothing }, baseURI: "http://x/", createElement: () => ({ setAttribute: nothing, append: nothing }) };
const window = { S2S_SETTINGS: { ink: { "#000000": "#ffffff" }, plotly: "plotly.js", words: { show: "show {row}" }, linked: ["text", "beam"] } };
const context = vm.createContext({ window, document, URL, atob, console, ResizeObserver: class { observe() {} } });
const load = (name) => vm.runInContext(readFileSync(join(process.argv[2], name), "utf-8"), context);
["parts/base.js", "parts/plot.js", "parts/table.js", "parts/text.js", "parts/download.js", "translate/translate.js"].forEach(load);
const { S2S } = window;
const plain = (value) => JSON.parse(JSON.stringify(value));

const CASES = {
  "a colour gets its twin, a text keeps its letters": () => assert.deepEqual(
    plain(S2S.reink({ line: { color: ["#000000", "red"] }, text: ["#000000"], hovertext: "#000000", n: 1, z: null })),
    { line: { color: ["#ffffff", "red"] }, text: ["#000000"], hovertext: "#000000", n: 1, z: null }),
  "numbers stand to the right, words do not": () => assert.deepEqual(
    plain(S2S.numericColumns(["a", "b", "c", "d"], [["1", "−0.5", "95 %", "x"], ["2", "1,000", "", "3"]], false)), [true, true, true, false]),
  "the first column of rows that can be selected is a button": () => assert.deepEqual(
    plain(S2S.numericColumns(["#", "n"], [["1", "2"]], true)), [false, true]),
  "no rows, no numbers": () => assert.deepEqual(plain(S2S.numericColumns(["a"], [], false)), [false]),
  "a text is JSON or itself": () => assert.deepEqual(
    ['"<b>"', "plain", "", null].map((value) => S2S.textOf(value)), ["<b>", "plain", "", ""]),
  "a key is said with its facts, an unknown one as it is": () => assert.deepEqual(
    [S2S.say("show", { row: "1: {row}" }), S2S.say("show"), S2S.say("none")], ["show 1: {row}", "show {row}", "none"]),
  "bytes come back from base 64": () => assert.deepEqual([...S2S.bytes("AP8=")], [0, 255]),
  "a link keeps what is not ours and drops what is not asked": () => assert.equal(
    S2S.linkTo("http://x/?lang=zh&text=old&beam=3", { text: "a&b" }), "http://x/?lang=zh&text=a%26b"),
};
let failed = 0;
for (const [name, check] of Object.entries(CASES)) {
  try { check(); } catch (error) { failed += 1; console.log(`${name}\n${error.message}`); }
}
console.log(`${Object.keys(CASES).length - failed} of ${Object.keys(CASES).length} hold`);
process.exit(failed ? 1 : 0);
