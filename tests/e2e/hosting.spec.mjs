// The built site as files: it must work from any folder of any plain static host.
import { test, expect } from "./fixtures.mjs";
import { SUB_FOLDER } from "./server.mjs";

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
