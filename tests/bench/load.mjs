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
