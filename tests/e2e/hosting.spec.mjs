// The built site as files: it must work from any folder of any plain static host.
import { test, expect } from "./fixtures.mjs";
import { DIST } from "./playwright.config.mjs";
import { SUB_FOLDER, serve, siteMounts } from "./server.mjs";

test("everything the page loads is found, below the page's own folder", async ({ page, baseURL }) => {
  const outside = [];
  const home = baseURL + SUB_FOLDER.slice(1);
  page.on("request", (r) => { if (!r.url().startsWith(home) && !/^(data|blob):/.test(r.url())) outside.push(r.url()); });
  await page.addInitScript(() => addEventListener("TrunkApplicationStarted", () => { window.started = true; }));
  await page.goto(home + "index.html");
  await page.waitForFunction(() => window.started);
  await expect(page).toHaveTitle(/Gradarium/);
  expect(outside).toEqual([]);
});

test("the worker's files are where gradarium.js looks for them", async ({ request }) => {
  for (const file of ["worker_loader.js", "worker.js", "worker_bg.wasm"]) {
    const answer = await request.get(file);
    expect(answer.status(), file).toBe(200);
  }
  const wasm = await (await request.get("worker_bg.wasm")).body();
  expect(wasm.subarray(0, 4)).toEqual(Buffer.from([0, 0x61, 0x73, 0x6d]));
});

/** JavaScript and wasm that arrive before the first training step, as they travel. */
const FIRST_STEP_KB = 640;

test("the code before the first training step travels in 640 KB at most", async ({ page }) => {
  const site = await serve(siteMounts(DIST), { gzip: true });
  try {
    await page.goto(site.url, { waitUntil: "commit" });
    await page.waitForFunction(() => performance.getEntriesByName("first-step").length > 0 && performance.getEntriesByName(new URL("app.js", location).href).length > 0);
    const { first, app } = await page.evaluate(() => ({
      first: performance.getEntriesByName("first-step")[0].startTime,
      app: performance.getEntriesByName(new URL("app.js", location).href)[0].startTime,
    }));
    expect(app, "the page's own code is sent for after the first step").toBeGreaterThanOrEqual(first);
    // All that is no part of the page's own code came before.
    const code = site.log.filter((l) => /\.(js|wasm)$/.test(l.path) && !/\/app(_bg)?\.(js|wasm)$/.test(l.path));
    const kb = code.reduce((sum, l) => sum + l.bytes, 0) / 1000;
    const listed = code.map((l) => `${l.path} ${(l.bytes / 1000).toFixed(1)}`).join(", ");
    expect(code.map((l) => l.path), "what was loaded").toContain("/worker_bg.wasm");
    expect(kb, listed).toBeLessThanOrEqual(FIRST_STEP_KB);
  } finally {
    site.close();
  }
});

test("a network trains, with its numbers on the page, before the page's own code has arrived", async ({ page }) => {
  await page.route(/\/app(_bg)?\.(js|wasm)$/, () => {});
  await page.goto("index.html", { waitUntil: "commit" });
  await expect(page.getByTestId("step-count")).toHaveText(/^[1-9]\d*$/);
  await expect(page.locator("#starting")).toContainText(/loss 0\.\d{3}/);
});
