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

/** JavaScript and wasm that the first training step needs: the worker's. The page's own comes beside it. */
const FIRST_STEP_KB = 400;

test("the code before the first training step travels in 400 KB at most", async ({ page }) => {
  const site = await serve(siteMounts(DIST), { gzip: true });
  try {
    // The page's own code never arrives: what trains now has not needed it.
    await page.route(/\/app(_bg)?\.(js|wasm)$/, () => {});
    await page.goto(site.url, { waitUntil: "commit" });
    await page.waitForFunction(() => {
      const { worker, queue, greeted } = window.gradariumWorker ?? {};
      if (!greeted) return false;
      worker.postMessage({ id: 9, json: '{"cmd":"frame","want":{}}', buffers: [] });
      const steps = queue.map((m) => JSON.parse(m.json)).filter((m) => m.reply === "frame").map((m) => m.status.step);
      return steps.some((step) => step > 0);
    }, null, { polling: 50 });
    const code = site.log.filter((l) => /\.(js|wasm)$/.test(l.path));
    const kb = code.reduce((sum, l) => sum + l.bytes, 0) / 1000;
    const listed = code.map((l) => `${l.path} ${(l.bytes / 1000).toFixed(1)}`).join(", ");
    expect(code.map((l) => l.path), "what was loaded").toContain("/worker_bg.wasm");
    expect(kb, listed).toBeLessThanOrEqual(FIRST_STEP_KB);
  } finally {
    site.close();
  }
});
