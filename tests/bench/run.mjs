// node tests/bench/run.mjs [W1 W2 … matmul load panels] [--dist DIR] [--peers DIR] [--engines ours,tfjs-wasm] [--backend simd]
//                          [--before DIR] [--rounds 11] [--out DIR]
// What `cargo xtask bench` calls. Bundles the adapters, serves them beside the built site, and times every engine in turn in
// one page of a fresh headless Chromium for each workload. See README.md.
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import { launchOptions } from "../e2e/browser.mjs";
import { serve } from "../e2e/server.mjs";
import { lineLines, loadLines, measureLines, measureLoad } from "./load.mjs";
import { measurePanels, panelLines } from "./panels.mjs";
import { heading, table, verdict } from "./report.mjs";
import { WORKLOADS } from "./workloads.mjs";

const here = import.meta.dirname, root = path.join(here, "..", ".."), work = path.join(here, "work");
const { values: o, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    dist: { type: "string", default: path.join(root, "dist") }, peers: { type: "string" }, before: { type: "string" }, engines: { type: "string" },
    backend: { type: "string", default: "simd" }, rounds: { type: "string", default: "11" },
    out: { type: "string", default: path.join(process.env.CARGO_TARGET_DIR || path.join(root, "target"), "bench") },
  },
});
const names = positionals.length ? positionals : ["W1", "W2", "W3", "W4", "W4b", "W5", "W6", "W7", "vae", "gan", "matmul", "load", "panels"];
const PAGES = ["load", "panels"]; // not a race of engines: the whole page
const unknown = names.filter((n) => !WORKLOADS[n] && !PAGES.includes(n));
if (unknown.length) {
  console.error(`no such benchmark: ${unknown.join(", ")}; there are ${[...Object.keys(WORKLOADS), ...PAGES].join(", ")}`);
  process.exit(2);
}

const CARD = o.backend === "webgpu";
/** Where software plays the card a step takes up to seconds: a sample is of few. */
const options = { rounds: Number(o.rounds), ...(CARD && { k: 4 }) };
/** Software plays the card where there is none: absolute times mean nothing then, ratios of one run do. */
const CARD_FLAGS = ["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader", "--enable-unsafe-swiftshader"];
/** Burn, Candle and jax-js come from a folder built by the peer benchmark (`--peers`, its work folder): they take minutes to build. */
const ENGINES = [
  { id: "ours", label: "Gradarium", url: `/bench/ours.js?backend=${o.backend}` },
  // Another build of this site: what a change of the engine costs or saves.
  ...(o.before ? [{ id: "before", label: "Gradarium before", url: `/bench/ours.js?backend=${o.backend}&site=before` }] : []),
  // On the card ours is placed beside the card's engines: what plays the card here takes no time from a processor's.
  ...(CARD ? [{ id: "tfjs-webgpu", label: "TensorFlow.js WebGPU", url: "/bench/tfjs-webgpu.js" }]
    : [{ id: "tfjs-wasm", label: "TensorFlow.js wasm", url: "/bench/tfjs-wasm.js" },
      { id: "convnetjs", label: "ConvNetJS", url: "/bench/convnetjs.js", training: true }]),
  ...(CARD && o.peers && fs.existsSync(path.join(o.peers, "dist", "jaxjs.js"))
    ? [{ id: "jax-webgpu", label: "jax-js WebGPU", url: "/peers/jaxjs.js?device=webgpu", training: true }] : []),
  ...["burn", "candle", "playground"].filter((id) => !CARD && o.peers && fs.existsSync(path.join(o.peers, "dist", `${id}.js`)))
    .map((id) => ({ id, label: id, url: `/peers/${id}.js`, training: true })),
].filter((e) => !o.engines || o.engines.split(",").includes(e.id));

async function bundle() {
  const require = createRequire(path.join(here, "package.json"));
  const { build } = require("esbuild");
  fs.rmSync(work, { recursive: true, force: true });
  const adapters = ["ours", "tfjs-wasm", "tfjs-webgpu", "convnetjs", "peak"].map((n) => path.join(here, "adapters", `${n}.mjs`));
  await build({
    entryPoints: [...adapters, path.join(here, "host.worker.mjs"), path.join(here, "page.mjs")],
    outdir: work, entryNames: "[name]", bundle: true, format: "esm", minify: true, target: "es2022", logLevel: "error",
    external: ["fs", "path", "crypto", "os", "util", "worker_threads", "perf_hooks", "module", "string_decoder", "node-fetch"],
  });
  const wasm = path.join(path.dirname(require.resolve("@tensorflow/tfjs-backend-wasm/package.json")), "dist");
  fs.mkdirSync(path.join(work, "tfjs-wasm"));
  for (const f of fs.readdirSync(wasm).filter((f) => f.endsWith(".wasm"))) fs.copyFileSync(path.join(wasm, f), path.join(work, "tfjs-wasm", f));
  for (const f of ["index.html", "load.html"]) fs.copyFileSync(path.join(here, f), path.join(work, f));
}

/** One workload in a browser of its own: { chromium, peak, engines }. */
async function measure(chromium, url, name) {
  const browser = await chromium.launch(launchOptions(CARD ? CARD_FLAGS : []));
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(0);
    page.on("pageerror", (e) => console.log(`page error: ${e.message}`));
    if (process.env.VERBOSE) page.on("console", (m) => console.log(`console: ${m.text()}`));
    await page.goto(url + "bench/index.html");
    await page.waitForFunction("window.ready");
    const peak = () => page.evaluate(() => window.probe({ id: "peak", url: "/bench/peak.js" }));
    const before = await peak();
    const configs = ENGINES.filter((e) => !(e.training && WORKLOADS[name].kernel));
    const engines = await page.evaluate(([n, c, opt]) => window.bench(n, c, opt), [name, configs, options]);
    const after = await peak();
    return { chromium: browser.version(), peak: { gflops: Math.max(before.gflops, after.gflops), before, after }, engines };
  } finally {
    await browser.close();
  }
}

const { chromium } = createRequire(path.join(root, "tests", "e2e", "package.json"))("@playwright/test");
await bundle();
const mounts = [["/bench/", work], ...(o.peers ? [["/peers/", path.join(o.peers, "dist")]] : []), ...(o.before ? [["/before/", o.before]] : []), ["/", o.dist]];
const site = await serve(mounts, { isolated: true });
const report = { made: new Date().toISOString(), backend: o.backend, workloads: {} };
let failed = false;
try {
  for (const name of names.filter((n) => WORKLOADS[n])) {
    const result = await measure(chromium, site.url, name);
    report.chromium = result.chromium;
    const rows = table(WORKLOADS[name], result, ENGINES);
    report.workloads[name] = { title: WORKLOADS[name].title, flops: WORKLOADS[name].flops, peak: result.peak, rows, raw: result.engines };
    console.log(`\n${heading(WORKLOADS[name], result)}`);
    for (const row of rows) console.log(row.text);
    const line = verdict(rows);
    if (line) console.log(line);
    failed ||= rows.some((r) => r.id === "ours" && r.error);
  }
} finally {
  site.close();
}
if (names.includes("load")) {
  report.load = await measureLoad(chromium, mounts, Number(o.rounds));
  console.log("\nload: navigation to the first finished training step, cold cache, loopback");
  for (const line of loadLines(report.load)) console.log(line);
  report.lines = await measureLines(chromium, mounts, Number(o.rounds));
  console.log("\nload: on a paced line, cold cache, the middle of the runs");
  for (const line of lineLines(report.lines)) console.log(line);
  failed ||= [...Object.values(report.load), ...report.lines].some((r) => r.error);
}
if (names.includes("panels")) {
  report.panels = await measurePanels(chromium, mounts, 3);
  console.log("\npanels: what looking costs");
  for (const line of panelLines(report.panels)) console.log(line);
  failed ||= Boolean(report.panels.error);
}
fs.mkdirSync(o.out, { recursive: true });
for (const file of [`${report.made.replace(/[:.]/g, "-")}.json`, "latest.json"]) fs.writeFileSync(path.join(o.out, file), JSON.stringify(report, null, 1));
console.log(`\n${path.join(o.out, "latest.json")}`);
process.exitCode = failed ? 1 : 0;
