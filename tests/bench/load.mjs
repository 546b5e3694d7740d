// How long until something is learnt: cold cache, a new browser context for every load, gzip over loopback.
import { launchOptions } from "../e2e/browser.mjs";
import { serve } from "../e2e/server.mjs";

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const CODE = /\.(js|wasm|css|html)$|\/$/;

/** Milliseconds from navigation to the first finished step in one fresh context, and the code it had to load. */
async function once(browser, site, kind) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    site.log.length = 0;
    await page.goto(site.url + (kind === "bare" ? "bench/load.html" : "index.html"), { waitUntil: "commit" });
    const first = kind === "bare"
      ? () => window.result?.firstStep
      // the page shows the number of steps taken, once it has painted one
      : () => Number((document.querySelector('[data-testid="step-count"]')?.textContent || "0").replace(/\D/g, "")) > 0 && performance.now();
    const ms = await (await page.waitForFunction(first, null, { polling: "raf", timeout: 30000 })).jsonValue();
    const code = site.log.filter((l) => CODE.test(l.path) && !l.path.startsWith("/bench/"));
    return { ms, gzipped: code.reduce((sum, l) => sum + l.bytes, 0) };
  } finally {
    await context.close();
  }
}

/** The lines of a school and of a village, and what a learner should feel on them, in seconds. */
const LINES = [
  { name: "10 Mbit/s, 40 ms", bits_per_s: 10e6, delay_ms: 40, first: 1.0, usable: 2.0 },
  { name: "1.6 Mbit/s, 150 ms", bits_per_s: 1.6e6, delay_ms: 150, first: 2.5, usable: 6.0 },
];

/** Watches from inside until pause and a card have answered a click; leaves the moment in `window.usable`. */
function untilUsable() {
  const of = (id) => document.querySelector(`[data-testid="${id}"]`);
  let paused = false;
  const look = () => {
    if (of("pause") && !paused) of("pause").click();
    paused ||= !!of("play");
    if (paused && of("layer-0-settings") && !of("layer-settings")) of("layer-0-settings").click();
    if (paused && of("layer-settings")) window.usable = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function onceOnLine(browser, site) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    await page.addInitScript(untilUsable);
    site.log.length = 0;
    await page.goto(site.url + "index.html", { waitUntil: "commit" });
    const usable = await (await page.waitForFunction(() => window.usable, null, { timeout: 60000 })).jsonValue();
    const first = await page.evaluate(() => performance.getEntriesByName("first-step")[0].startTime);
    const bytes = (log) => log.reduce((sum, l) => sum + l.bytes, 0);
    const app = site.log.findIndex((l) => /\/app\.js$/.test(l.path));
    return { first: first / 1000, usable: usable / 1000, before: bytes(site.log.slice(0, app)), all: bytes(site.log) };
  } finally {
    await context.close();
  }
}

/** For each line: seconds to the first step and to a page that can be used, and the bytes' own time on that line. */
export async function measureLines(chromium, mounts, rounds) {
  const results = [];
  for (const line of LINES) {
    const site = await serve(mounts, { gzip: true, line });
    const browser = await chromium.launch(launchOptions());
    try {
      const runs = [];
      for (let r = 0; r < rounds; r++) runs.push(await onceOnLine(browser, site));
      const own = (bytes) => (8 * bytes) / line.bits_per_s;
      const of = (key, bytes) => {
        const s = runs.map((r) => r[key]), middle = median(s);
        return { s: middle, min: Math.min(...s), max: Math.max(...s), goal: line[key], own: own(runs[0][bytes]), kib: runs[0][bytes] / 1024 };
      };
      results.push({ line: line.name, first: of("first", "before"), usable: of("usable", "all") });
    } catch (e) {
      results.push({ line: line.name, error: e.message.split("\n")[0] });
    } finally {
      await browser.close();
      site.close();
    }
  }
  return results;
}

export function lineLines(results) {
  const figure = (label, f) => `    ${label.padEnd(14)} ${f.s.toFixed(2)} s [${f.min.toFixed(2)}–${f.max.toFixed(2)}], goal ${f.goal.toFixed(1)} s; ${f.kib.toFixed(0)} KiB, ${(f.s / f.own).toFixed(2)}× their own time on the line`;
  return results.flatMap((r) => r.error ? [`  ${r.line} FAILED: ${r.error}`] : [`  ${r.line}`, figure("first step", r.first), figure("page usable", r.usable)]);
}

/** { bare, page }: each { ms, min, max, gzipped } of `rounds` loads, or { error }. */
export async function measureLoad(chromium, mounts, rounds) {
  const site = await serve(mounts, { gzip: true });
  const browser = await chromium.launch(launchOptions());
  const results = {};
  try {
    for (const kind of ["bare", "page"]) {
      const runs = [];
      try {
        for (let r = 0; r < rounds; r++) runs.push(await once(browser, site, kind));
        const ms = runs.map((r) => r.ms);
        results[kind] = { ms: median(ms), min: Math.min(...ms), max: Math.max(...ms), gzipped: runs[0].gzipped };
      } catch (e) {
        results[kind] = { error: e.message.split("\n")[0] };
      }
    }
  } finally {
    await browser.close();
    site.close();
  }
  return results;
}

export function loadLines(results) {
  const labels = { bare: "gradarium.js alone", page: "the whole page" };
  return Object.entries(results).map(([kind, r]) => r.error
    ? `  ${labels[kind].padEnd(20)} FAILED: ${r.error}`
    : `  ${labels[kind].padEnd(20)} ${r.ms.toFixed(0)} ms [${r.min.toFixed(0)}–${r.max.toFixed(0)}]   ${(r.gzipped / 1024).toFixed(0)} KiB of code, gzipped`);
}
