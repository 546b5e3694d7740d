// Without a network: what was used works, what is not there says so, all of it can be kept, and a newer version waits to be
// taken. Each test has a host of its own, so that what one keeps is not the other's.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test as base, expect } from "./fixtures.mjs";
import { notice, open, pause, steps } from "./lab.mjs";
import { DIST } from "./playwright.config.mjs";
import { serve } from "./server.mjs";

const test = base.extend({
  /** A host with a copy of the site that may be changed; `close` takes it off the network. */
  host: async ({}, use) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gradarium-site-"));
    fs.cpSync(DIST, folder, { recursive: true });
    const site = await serve([["/", folder]]);
    await use({ ...site, folder });
    site.close();
    fs.rmSync(folder, { recursive: true });
  },
  page: async ({ page, host }, use) => {
    const to = page.goto.bind(page);
    page.goto = (url, ...more) => to(new URL(url, host.url).href, ...more);
    await use(page);
  },
});
test.use({ serviceWorkers: "allow" });
test.afterEach(async ({ context, problems }) => {
  await context.setOffline(false);
  problems.length = 0; // the browser reports each file that is not there
});

/** Waits until the site itself is kept and what comes next goes through the service worker. */
const ready = (page) => expect.poll(() => page.evaluate(() => !!navigator.serviceWorker.controller), { timeout: 20_000 }).toBe(true);

const leave = (page) => page.on("dialog", (d) => d.accept());

test("after the first visit everything used works without a network, and a set that is not there says so", async ({ page, context }) => {
  leave(page);
  await open(page);
  await page.getByTestId("dataset-digits8").click();
  await expect.poll(() => steps(page)).toBeGreaterThan(5);
  await ready(page);
  // Used before the service worker was there or after: kept either way.
  await expect.poll(() => page.evaluate(async () => {
    const keys = await (await caches.open((await caches.keys())[0])).keys();
    return keys.filter((k) => k.url.includes("digits8")).length;
  })).toBe(2);
  await context.setOffline(true);
  await page.goto("about:blank");
  await open(page);
  expect(await page.evaluate(() => navigator.onLine)).toBe(false);
  await pause(page);
  await page.getByTestId("dataset-digits8").click();
  await page.getByTestId("play").click();
  await expect.poll(() => steps(page), "trains on a kept set").toBeGreaterThan(5);
  await pause(page);
  await page.getByTestId("dataset-iris").click();
  await expect(notice(page)).toContainText("The data set iris could not be fetched: there is no connection");
  await expect(notice(page)).toContainText("“About” can keep all of them");
  // The page goes on.
  await page.getByTestId("dataset-spiral").click();
  await expect(notice(page)).toHaveCount(0);
  // And with the address of the page's file, too.
  await page.goto("embed.html");
  await expect(page.getByTestId("embed-step")).not.toHaveText("–", { timeout: 30_000 });
});

test("all data are kept at a button's press, with progress, and work without a network", async ({ page, context, host }) => {
  leave(page);
  await open(page);
  await pause(page);
  await ready(page);
  await page.getByTestId("offline").click();
  await expect(page.getByTestId("offline-kept")).toContainText(/: \d+\.\d of \d+\.\d MB/);
  await page.getByTestId("offline-keep").click();
  await expect(page.getByTestId("offline-kept")).toContainText("All of Gradarium", { timeout: 30_000 });
  await expect(page.getByTestId("offline-keep")).toHaveCount(0);
  const data = fs.readdirSync(path.join(host.folder, "data"), { recursive: true }).filter((f) => /\.\w+$/.test(f)).map((f) => f.replaceAll(path.sep, "/"));
  const asked = new Set(host.log.map((l) => l.path));
  for (const f of data) expect(asked, f).toContain(`/data/${f}`);
  await context.setOffline(true);
  await page.goto("about:blank");
  await open(page, "#/play?lang=zh");
  await page.getByTestId("dataset-iris").click();
  await expect.poll(() => steps(page)).toBeGreaterThan(5);
  await page.getByTestId("offline").click();
  await expect(page.getByTestId("offline-kept")).toContainText("全部内容");
});

test("a lost connection while all is being kept is said, and the next press goes on", async ({ page, context }) => {
  leave(page);
  await open(page);
  await pause(page);
  await ready(page);
  await context.setOffline(true);
  await page.getByTestId("offline").click();
  await page.getByTestId("offline-keep").click();
  await expect(page.getByText("Not everything could be fetched")).toBeVisible();
  await context.setOffline(false);
  await page.getByTestId("offline-keep").click();
  await expect(page.getByTestId("offline-kept")).toContainText("All of Gradarium", { timeout: 30_000 });
});

test("a newer version is announced, not taken in mid-run, and taken when the learner agrees", async ({ page, host }) => {
  leave(page);
  await open(page);
  await ready(page);
  await expect(page.getByTestId("update")).toHaveCount(0);
  // A new build: one file differs, and with it the list.
  const css = path.join(host.folder, "css", "shell.css"), list = path.join(host.folder, "files.js");
  fs.appendFileSync(css, ":root { --newer: 1; }\n");
  const bytes = fs.readFileSync(css);
  const hash = Buffer.from(await crypto.subtle.digest("SHA-256", bytes)).toString("hex");
  fs.writeFileSync(list, fs.readFileSync(list, "utf8").replace(/"css\/shell\.css": .*/, `"css/shell.css": ["${hash}", ${bytes.length}],`));
  const newer = () => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--newer"));
  await page.goto("about:blank");
  const before = host.log.length;
  await open(page);
  await expect(page.getByTestId("update")).toBeVisible({ timeout: 20_000 });
  expect(await newer(), "until then it is the version that was begun with").toBe("");
  const fetched = host.log.slice(before).map((l) => l.path);
  expect(fetched, "of the new version only what differs is fetched").toContain("/css/shell.css");
  expect(fetched).not.toContain("/app_bg.wasm");
  await expect(page.getByTestId("update"), "while it trains").toContainText("Pause the training");
  await expect(page.getByTestId("update-take")).toHaveCount(0);
  await pause(page);
  await page.getByTestId("update-take").click();
  // The page is on its way to the new version: a look may fall between the two.
  await expect.poll(() => newer().catch(() => "reloading"), { timeout: 20_000 }).toBe("1");
  await expect(page.getByTestId("reset")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByTestId("update")).toHaveCount(0);
});

test("nothing of it comes before the first step", async ({ page, host }) => {
  await open(page);
  await ready(page);
  const at = (file) => host.log.findIndex((l) => l.path === file);
  expect(at("/service-worker.js")).toBeGreaterThan(at("/app_bg.wasm"));
  const { step, asked } = await page.evaluate(() => ({
    step: performance.getEntriesByName("first-step")[0].startTime,
    asked: performance.getEntriesByType("resource").filter((e) => /service-worker|files\.js/.test(e.name)).map((e) => e.startTime),
  }));
  for (const t of asked) expect(t).toBeGreaterThan(step);
});

test("the page can be installed: its manifest and icons are whole", async ({ request, host }) => {
  const manifest = await (await request.get(host.url + "manifest.webmanifest")).json();
  expect(manifest.start_url).toBe("./");
  for (const size of ["192x192", "512x512"]) expect(manifest.icons.map((i) => i.sizes)).toContain(size);
  for (const { src, type, sizes } of manifest.icons) {
    const icon = await request.get(host.url + src);
    expect(icon.headers()["content-type"], src).toBe(type);
    if (type === "image/png") expect(`${(await icon.body()).readUInt32BE(16)}x${(await icon.body()).readUInt32BE(20)}`).toBe(sizes);
  }
});
