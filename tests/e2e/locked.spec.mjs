// Locked down: what the page may load, where it may be put, what it leaves behind, and that names are text.
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { test, expect } from "./fixtures.mjs";
import { classes, dense, notice, open, pause, spec, steps } from "./lab.mjs";
import { DIST } from "./playwright.config.mjs";
import { serve } from "./server.mjs";

/** The lines of `_headers` as a host sends them. */
const headers = Object.fromEntries(fs.readFileSync(path.join(DIST, "_headers"), "utf8").split("\n")
  .filter((l) => l.startsWith("  ")).map((l) => [l.slice(2, l.indexOf(":")), l.slice(l.indexOf(":") + 2)]));
const policy = (page) => page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content");

/** A host that sends them. */
async function locked(more = headers) {
  const site = await serve([["/", DIST]]);
  const server = http.createServer(async (request, response) => {
    const answer = await fetch(new URL(request.url, site.url));
    for (const [name, value] of Object.entries({ ...more, "content-type": answer.headers.get("content-type") })) response.setHeader(name, value);
    response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => { server.close(); server.closeAllConnections(); site.close(); } };
}

for (const file of ["index.html", "embed.html"]) {
  test(`${file} says what it may load: nothing from elsewhere, no inline script without its hash`, async ({ page, problems }) => {
    await page.goto(file);
    const rules = Object.fromEntries((await policy(page)).split("; ").map((r) => [r.split(" ")[0], r.split(" ").slice(1)]));
    expect(rules["default-src"]).toEqual(["'none'"]);
    expect(rules["script-src"].filter((s) => !s.startsWith("'sha256-"))).toEqual(["'self'", "'wasm-unsafe-eval'"]);
    expect(rules["connect-src"]).toEqual(["'self'"]);
    expect(rules["style-src"]).toEqual(["'self'"]);
    expect(JSON.stringify(rules)).not.toMatch(/https?:|\*/);
    expect(headers["Content-Security-Policy"], "the same as a header").toBe(await policy(page));
    // What is slipped in does not run.
    const ran = await page.evaluate(() => new Promise((resolve) => {
      addEventListener("securitypolicyviolation", (e) => resolve(e.effectiveDirective));
      document.body.append(Object.assign(document.createElement("script"), { textContent: "window.ran = 1" }));
      setTimeout(() => resolve(String(window.ran)), 2000);
    }));
    expect(ran).toBe("script-src-elem");
    problems.length = 0; // the refusal that was asked for is reported
  });
}
test("with the headers of a locked-down host everything works: generated data, shipped data, an embedding page", async ({ page, problems }) => {
  const site = await locked();
  try {
    await page.goto(site.url + "#/play");
    await expect.poll(() => steps(page)).toBeGreaterThan(20);
    await page.goto("about:blank");
    await page.goto(site.url + spec(classes("digits8", [{ type: "flatten" }, dense(16, "relu"), dense()])));
    await expect.poll(() => steps(page)).toBeGreaterThan(20);
    await page.goto("about:blank");
    await page.goto(site.url + "embed.html");
    await expect(page.getByTestId("embed-step")).toHaveText(/^[1-9]/, { timeout: 30_000 });
    expect(problems).toEqual([]);
  } finally {
    site.close();
  }
});

/** A page of another origin that holds the site in a sandboxed frame. */
async function framed(page, src) {
  await page.setContent(`<iframe sandbox="allow-scripts" src="${src}" width="1200" height="800"></iframe>`);
  return page.frameLocator("iframe");
}

test("it works inside a frame that has no origin, no storage and no worker of its own", async ({ page, problems }) => {
  const site = await locked();
  try {
    const frame = await framed(page, site.url + "#/play");
    const step = frame.getByTestId("step-count");
    await expect(step).toHaveText(/^[1-9]/, { timeout: 30_000 });
    await expect(frame.getByTestId("reset")).toBeVisible({ timeout: 30_000 });
    await frame.getByTestId("pause").click();
    await frame.getByTestId("dataset-circle").click();
    await frame.getByTestId("play").click();
    await expect(step).toHaveText(/^[1-9]/);
    await frame.getByTestId("offline").click();
    await expect(frame.getByTestId("offline-kept")).toContainText("keeps nothing");
    const own = await framed(page, site.url + "embed.html");
    await expect(own.getByTestId("embed-step")).toHaveText(/^[1-9]/, { timeout: 30_000 });
    expect(problems.filter((p) => !/Locks|locks/.test(p))).toEqual([]);
  } finally {
    problems.length = 0;
    site.close();
  }
});

test("where the host does not allow it, such a frame says what it needs", async ({ page, problems }) => {
  const site = await locked({});
  try {
    const frame = await framed(page, site.url + "#/play");
    await expect(frame.locator("#starting")).toContainText("allow-same-origin", { timeout: 30_000 });
  } finally {
    problems.length = 0;
    site.close();
  }
});

test("nothing but theme and language is stored", async ({ page }) => {
  await open(page);
  await page.getByTestId("theme").click();
  await page.getByTestId("lang-zh").click();
  await page.getByTestId("dataset-digits8").click();
  await expect.poll(() => steps(page)).toBeGreaterThan(5);
  const stored = await page.evaluate(async () => ({
    local: Object.keys(localStorage).sort(), session: Object.keys(sessionStorage), cookies: document.cookie,
    databases: (await indexedDB.databases()).length, caches: await caches.keys(),
  }));
  expect(stored).toEqual({ local: ["gradarium.lang", "gradarium.theme"], session: [], cookies: "", databases: 0, caches: [] });
});

const MARKUP = "<img src=x onerror=alert(1)><b>bold</b>";

/** Opens every fold, and reports elements that came out of a name. */
async function unmarked(page, what) {
  await page.locator("details").evaluateAll((all) => all.forEach((d) => { d.open = true; }));
  const found = await page.locator("img[src=x], b:text-is('bold')").count();
  expect(found, `${what}: markup became elements`).toBe(0);
  expect(await page.evaluate(() => document.body.innerHTML.includes("<img src=\"x\""))).toBe(false);
}

test("markup in every name that a link carries is text", async ({ page }) => {
  let alerts = 0;
  page.on("dialog", (d) => { alerts++; d.dismiss(); });
  const table = `${MARKUP},<i>two</i>,class\n` + Array.from({ length: 40 }, (_, i) => `${i},${(i * 7) % 11},${i % 2 ? MARKUP : "<u>b</u>"}`).join("\n");
  await open(page, spec({ data: { set: "csv", csv: { text: table, target: "class" } }, model: { layers: [dense(4, "tanh"), dense()] }, task: { type: "classification" } }));
  await pause(page);
  await expect(page.getByTestId("panel-data")).toContainText("<img");
  await unmarked(page, "a table");
  for (const bad of [
    { ...classes(MARKUP, [dense()]) },
    classes("spiral", [{ type: MARKUP }]),
    classes("spiral", [{ type: "dense", activation: MARKUP }, dense()]),
    classes("spiral", [{ ...dense(), [MARKUP]: 1 }]),
    { ...classes("spiral", [dense()]), [MARKUP]: 1 },
    { ...classes("spiral", [dense()]), optimizer: { type: MARKUP } },
    classes("spiral", [dense()], { data: { set: "formula", formula: MARKUP } }),
  ]) {
    await page.goto("about:blank");
    await page.goto("index.html" + spec(bad));
    // A formula is answered with its first wrong sign.
    await expect(page.getByText(/<img|“<”/).first(), JSON.stringify(bad)).toBeVisible({ timeout: 30_000 });
    await unmarked(page, JSON.stringify(bad));
  }
  expect(alerts).toBe(0);
});

test("markup that is typed or comes in a file is text", async ({ page }) => {
  let alerts = 0;
  page.on("dialog", (d) => { alerts++; d.dismiss(); });
  await open(page);
  await pause(page);
  await page.getByTestId("model-text").fill(MARKUP);
  await page.getByTestId("model-text").press("Enter");
  await unmarked(page, "the text of a network");
  const name = `${MARKUP}.gradarium.json`.replaceAll("/", "");
  const file = { gradarium: 1, ...classes("spiral", [dense()]), [MARKUP]: MARKUP };
  await page.getByTestId("open-file-input").setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(JSON.stringify(file)) });
  await expect(notice(page).or(page.getByTestId("broken-link"))).toContainText("<img");
  await unmarked(page, "a file");
  expect(alerts).toBe(0);
});

test("a browser without wasm SIMD is told so, and which browsers have it", async ({ page }) => {
  await page.addInitScript(() => { WebAssembly.validate = () => false; });
  await page.goto("index.html");
  await expect(page.getByTestId("too-old")).toContainText("Safari from 16.4");
  await expect(page.getByTestId("too-old")).toContainText("版本过旧");
  // Nothing was started that could fail.
  expect(await page.evaluate(() => performance.getEntriesByType("resource").filter((e) => /\.wasm/.test(e.name)).length)).toBe(0);
});
