// The built site as files: it must work from any folder of any plain static host.
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { test, expect } from "./fixtures.mjs";
import { DIST } from "./playwright.config.mjs";
import { SUB_FOLDER, serve, siteMounts } from "./server.mjs";

test("everything the page loads is found, below the page's own folder", async ({ page, baseURL }) => {
  const outside = [];
  const home = baseURL + SUB_FOLDER.slice(1);
  page.on("request", (r) => { if (!r.url().startsWith(home) && !/^(data|blob):/.test(r.url())) outside.push(r.url()); });
  await page.addInitScript(() => addEventListener("gradarium-page", () => { window.started = true; }));
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

/** The page's own code: its first part, the script that fetches the others, and those. */
const PAGES_OWN = /\/(app(_bg|_parts)?|split_\w+|chunk_\d+)\.(js|wasm)$/;

/** JavaScript and wasm that arrive before the first training step, as they travel. */
// The aim is 640; with what people's own tables need it is 663.
const FIRST_STEP_KB = 667;

test(`the code before the first training step travels in ${FIRST_STEP_KB} KB at most`, async ({ page }) => {
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
    const code = site.log.filter((l) => /\.(js|wasm)$/.test(l.path) && !PAGES_OWN.test(l.path));
    const kb = code.reduce((sum, l) => sum + l.bytes, 0) / 1000;
    const listed = code.map((l) => `${l.path} ${(l.bytes / 1000).toFixed(1)}`).join(", ");
    expect(code.map((l) => l.path), "what was loaded").toContain("/worker_bg.wasm");
    expect(kb, listed).toBeLessThanOrEqual(FIRST_STEP_KB);
  } finally {
    // Parts of the page may still be on their way.
    await page.goto("about:blank");
    site.close();
  }
});

test("a network trains, with its numbers on the page, before the page's own code has arrived", async ({ page }) => {
  await page.route(/\/app(_bg)?\.(js|wasm)$/, () => {});
  await page.goto("index.html", { waitUntil: "commit" });
  await expect(page.getByTestId("step-count")).toHaveText(/^[1-9]\d*$/);
  await expect(page.locator("#starting")).toContainText(/loss 0\.\d{3}/);
});

/** The page's own code that the playground is usable with, in KiB as Node's zlib packs it (the aim is 800; it is 825); the rest comes after it. */
const FIRST_PART_KIB = 828;

test(`the first part of the page's own code travels in ${FIRST_PART_KIB} KiB at most, and the rest comes after it`, async ({ page }) => {
  const bytes = (file) => gzipSync(readFileSync(path.join(DIST, file)), { level: 9 }).length / 1024;
  expect(bytes("app_bg.wasm")).toBeLessThanOrEqual(FIRST_PART_KIB);
  const asked = [];
  page.on("request", (r) => asked.push(new URL(r.url()).pathname));
  await page.goto("index.html");
  await expect(page.getByTestId("panel-about")).toBeVisible();
  const parts = readdirSync(DIST).filter((f) => /^(split|chunk)_\w+\.wasm$/.test(f));
  expect(parts.length).toBeGreaterThanOrEqual(3);
  // When all panels are there the others are sent for too, so that nobody waits for one after a click.
  for (const file of parts) await expect.poll(() => asked.includes(`/${file}`), { message: file }).toBe(true);
  expect(Math.min(...parts.map((f) => asked.indexOf(`/${f}`)))).toBeGreaterThan(asked.indexOf("/app_bg.wasm"));
});

test("a part that cannot be had says so, and comes when it is asked for again", async ({ page, problems }) => {
  await page.route("**/split_panels.wasm", (route) => route.abort());
  await page.goto("index.html");
  const places = page.locator(".later").filter({ hasText: "could not be loaded" });
  await expect.poll(() => places.count()).toBeGreaterThanOrEqual(5);
  await expect(page.getByTestId("panel-loss")).toHaveCount(0);
  await expect(page.getByTestId("panel-network")).toBeVisible();
  expect(problems.length).toBeGreaterThan(0);
  await page.unroute("**/split_panels.wasm");
  // Whoever arrives meanwhile sends for it too, so a button may be gone before it is pressed.
  await expect(async () => {
    const again = page.getByTestId("part-again").first();
    if (await again.isVisible()) await again.click({ timeout: 1000 });
    await expect(page.getByTestId("panel-loss")).toBeVisible({ timeout: 2000 });
  }).toPass();
  await expect(page.locator(".later")).toHaveCount(0);
  problems.length = 0;
});
