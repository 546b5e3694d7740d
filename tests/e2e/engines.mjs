// The page in other engines than Chromium: `node engines.mjs [firefox] [webkit]` against dist/ (or $E2E_DIST). The main job, the
// laboratory, a file opened, and no network ($E2E_GREP: those with these words). Prints a line for each, and how many passed; `cargo xtask test --browsers` calls it.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { serve, siteMounts } from "./server.mjs";
import { firefox, until, webkit } from "./webdriver.mjs";

const DIST = path.resolve(process.env.E2E_DIST || path.join(import.meta.dirname, "..", "..", "dist"));
const ENGINES = { firefox, webkit };
const id = (name) => `[data-testid="${name}"]`;

/** What a test does with the page. */
class Page {
  constructor(browser, url) {
    Object.assign(this, { browser, url });
  }

  async text(name) {
    return this.browser.run((css) => document.querySelector(css)?.textContent ?? "", id(name));
  }

  async number(name) {
    const text = (await this.text(name)).replaceAll("−", "-").replace(/[^0-9.e-]/g, "");
    return text === "" ? NaN : Number(text);
  }

  there(name) {
    return this.browser.run((css) => !!document.querySelector(css), id(name));
  }

  /** Waits for an element and presses it. */
  async press(name) {
    await until(`${name} to be there`, () => this.there(name));
    await this.browser.click(id(name));
  }

  /** The step count once it is above `n`. */
  async steps(n, name = "step-count") {
    return until(`${name} above ${n}`, async () => {
      const now = await this.number(name);
      return now > n && now;
    }, 60_000);
  }

  async open(hash = "#/play", file = "index.html") {
    await this.browser.goto("about:blank");
    await this.browser.goto(this.url + file + hash);
  }

  /** Pauses, and waits until the figures stand still. */
  async rest() {
    if (await this.there("pause")) await this.press("pause");
    await until("play", () => this.there("play"));
    // A page that was busy shows its last figures late: they must stay for a while.
    let last = NaN, since = 0;
    return until("the step count to rest", async () => {
      const now = await this.number("step-count");
      if (now !== last || !/^0 /.test(await this.text("steps-per-s"))) [last, since] = [now, Date.now()];
      return Date.now() - since > 500 && [now];
    }).then(([n]) => n);
  }
}

const JOBS = {
  async "the main job: it trains on arrival, pauses, steps, and takes another layer"(page) {
    await page.open();
    await page.steps(0);
    await until("the page's own code", () => page.there("model-text"));
    assert.match(await page.text("backend"), /SIMD|WebGPU/);
    assert.ok((await page.rest()) > 0);
    await page.press("reset");
    await until("step 0", async () => (await page.number("step-count")) === 0);
    await page.press("step");
    await until("step 1", async () => (await page.number("step-count")) === 1);
    await page.press("add-layer-1");
    await page.press("add-dense");
    await until("the layer in the text", async () => (await page.browser.run((css) => document.querySelector(css).value, id("model-text"))).split("|").length === 4);
    await page.press("play");
    await page.steps(20);
    await page.rest();
    assert.match(await page.text("test-loss"), /\d/);
  },

  async "the laboratory: both sides train and their losses are shown"(page) {
    await page.open("#/lab");
    for (const side of ["a", "b"]) await page.steps(3, `lab-${side}-step`);
    await page.press("lab-pause");
    await until("both to rest", () => page.there("lab-play"));
    for (const side of ["a", "b"]) assert.match(await page.text(`lab-${side}-loss`), /\d/);
  },

  async "a saved file with its weights opens trained at its step"(page, _, folder) {
    const file = path.join(folder, "trained.gradarium.json");
    // As the embedding interface writes it: that runs here too.
    await page.open("", "embed.html");
    const saved = await page.browser.run(async () => {
      const { Gradarium } = await import("./gradarium.js");
      const g = await Gradarium.start({ backend: "auto" });
      await g.load({ gradarium: 1, seed: 7, data: { set: "moons" }, task: { type: "classification" },
        model: { layers: [{ type: "dense", units: 5, activation: "tanh" }, { type: "dense" }] }, optimizer: { type: "adam", lr: 0.01 }, training: { batch: 16 } });
      await g.train({ steps: 40 });
      const { data } = await g.export("gradarium");
      g.dispose();
      return typeof data === "string" ? data : new TextDecoder().decode(data);
    });
    fs.writeFileSync(file, saved);
    await page.open();
    await page.steps(0);
    await until("the page's own code", () => page.there("model-text"));
    await page.rest();
    await page.browser.run((css) => { document.querySelector(css).hidden = false; }, id("open-file-input"));
    await page.browser.type(id("open-file-input"), file);
    await until("step 40", async () => (await page.number("step-count")) === 40);
    assert.equal(await page.browser.run((css) => document.querySelector(css).value, id("model-text")), "dense 5 tanh | dense");
    await page.press("play");
    await page.steps(60);
  },

  async "without a network it opens and trains"(page, site) {
    await page.open();
    if (!(await page.browser.run(() => "serviceWorker" in navigator && isSecureContext))) return "has no service workers here";
    await page.steps(0);
    await until("the site to be kept", () => page.browser.run(() => !!navigator.serviceWorker.controller), 60_000);
    await page.browser.goto("about:blank");
    site.close();
    site.server.closeAllConnections();
    await assert.rejects(fetch(page.url));
    await page.open();
    await page.steps(10);
    await until("the page's own code", () => page.there("model-text"));
  },
};

/** What the page says, for whoever reads that a test failed. */
const shown = (browser) => browser.run((ids) => JSON.stringify({
  address: location.href.slice(0, 80), visible: document.visibilityState, controlled: !!navigator.serviceWorker?.controller,
  ...Object.fromEntries(ids.map((i) => [i, document.querySelector(`[data-testid="${i}"]`)?.textContent.trim().slice(0, 200)])),
}), ["step-count", "steps-per-s", "play", "pause", "notice", "backend"]).catch((e) => e.message);

async function engine(name) {
  let browser;
  try {
    browser = await ENGINES[name]();
  } catch (e) {
    console.log(`  skipped  ${name}: ${e.message.trim()}`);
    return { skipped: 1, passed: 0, failed: 0 };
  }
  const tally = { passed: 0, failed: 0, skipped: 0 };
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gradarium-engines-"));
  console.log(`${browser.about.name} ${browser.about.version}`);
  try {
    for (const [what, job] of Object.entries(JOBS).filter(([what]) => what.includes(process.env.E2E_GREP ?? ""))) {
      // A host of its own: what a service worker keeps for one is not the next one's.
      const site = await serve(siteMounts(DIST));
      const began = Date.now();
      try {
        const why = await job(new Page(browser, site.url), site, folder);
        tally[why ? "skipped" : "passed"]++;
        console.log(`  ${why ? "skipped" : "ok     "}  ${what}${why ? `: ${why}` : ` (${((Date.now() - began) / 1000).toFixed(1)} s)`}`);
      } catch (e) {
        tally.failed++;
        console.log(`  FAILED   ${what}: ${e.stack}\n           the page: ${await shown(browser)}`);
      } finally {
        site.close();
        site.server.closeAllConnections();
      }
    }
  } finally {
    await browser.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
  return tally;
}

const asked = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };
for (const name of Object.keys(ENGINES).filter((n) => !asked.length || asked.includes(n))) {
  for (const [k, n] of Object.entries(await engine(name))) total[k] += n;
}
console.log(`engines: ${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed ? 1 : 0;
