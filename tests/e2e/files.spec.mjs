// Files and links: weights are saved and open trained, a run is put aside and comes back, links wait, broken ones say so.
import fs from "node:fs";
import path from "node:path";
import { test, expect } from "./fixtures.mjs";
import { classes, dense, fill, open, pause, spec, steps, write } from "./lab.mjs";

const SPIRAL = classes("spiral", [dense(8, "tanh"), dense(8, "tanh"), dense()], { seed: 7 });
const note = (page) => page.getByTestId("file-note");
const until = (page, n) => expect.poll(() => steps(page), { timeout: 60_000 }).toBeGreaterThanOrEqual(n);

/** Trains by the learner's own hand. */
async function train(page, n) {
  await pause(page);
  await page.getByTestId("play").click();
  await until(page, n);
  await pause(page);
  return steps(page);
}

async function download(page, info, name, act) {
  const [got] = await Promise.all([page.waitForEvent("download"), act()]);
  const path = info.outputPath(name);
  await got.saveAs(path);
  return { path, name: got.suggestedFilename(), json: JSON.parse(fs.readFileSync(path, "utf8")) };
}

const saveTrained = (page, info) => download(page, info, "trained.gradarium.json", async () => {
  await page.getByTestId("save-file").click();
  await page.getByTestId("save-now").click();
});

test("a trained network is saved with its weights and opens trained at its step", async ({ page, browser, baseURL }, info) => {
  await open(page);
  const at = await train(page, 700);
  const loss = await page.getByTestId("test-loss").textContent();
  const file = await saveTrained(page, info);
  expect(file.json.weights.format).toBe("safetensors");
  const elsewhere = await browser.newContext({ baseURL, locale: "en-GB" });
  const other = await elsewhere.newPage();
  await open(other);
  await other.getByTestId("open-file-input").setInputFiles(file.path);
  await expect(note(other)).toContainText(`step ${at.toLocaleString("en")}`);
  await expect.poll(() => steps(other)).toBe(at);
  await expect(other.getByTestId("play"), "it waits").toBeVisible();
  await expect(other.getByTestId("test-loss")).toHaveText(loss);
  await other.getByTestId("reset").click();
  await expect.poll(() => steps(other)).toBe(0);
  await elsewhere.close();
});

for (const [what, change, said] of [
  ["are cut off", (w) => { w.base64 = w.base64.slice(0, 200); }, "damaged or cut off"],
  ["are no base64", (w) => { w.base64 = "not base64 §"; }, "damaged or cut off"],
  ["have another format", (w) => { w.format = "pickle"; }, "pickle"],
  ["belong to another network", (w, f) => { f.model.layers[0].units = 5; }, "do not fit"],
]) {
  test(`weights that ${what} are one sentence and nothing is lost`, async ({ page }, info) => {
    await open(page);
    await train(page, 30);
    const at = await steps(page);
    const { json } = await saveTrained(page, info);
    change(json.weights, json);
    await page.getByTestId("open-file-input").setInputFiles({ name: "a.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(json)) });
    await expect(page.getByTestId("notice")).toContainText(said);
    await expect(page.getByTestId("model-text")).toHaveValue("dense 8 tanh | dense 8 tanh | dense");
    expect(await steps(page)).toBe(at);
  });
}

test("an ONNX file becomes the network with its weights, and one that cannot be read loses nothing", async ({ page }) => {
  await open(page);
  await train(page, 30);
  const onnx = (name) => path.join(import.meta.dirname, "..", "fixtures", "onnx", `${name}.onnx`);
  await page.getByTestId("open-file-input").setInputFiles(onnx("mlp"));
  await expect(page.getByTestId("from-onnx")).toContainText("Read 5 layers");
  const net = "dense 8 gelu | layer_norm | dense 8 silu | dense 6 mish | dense";
  await expect(page.getByTestId("model-text")).toHaveValue(net);
  await expect.poll(() => steps(page)).toBe(0);
  await page.getByTestId("open-file-input").setInputFiles(onnx("unknown"));
  await expect(page.getByTestId("notice")).toContainText("PRelu ×2");
  await expect(page.getByTestId("model-text")).toHaveValue(net);
  await page.getByTestId("play").click();
  await until(page, 20);
});

test("the report is one page without a script: network, curves, figures", async ({ page, browser }, info) => {
  const report = async (name) => {
    await page.getByTestId("save-file").click();
    const [got] = await Promise.all([page.waitForEvent("download"), page.getByTestId("export-report").click()]);
    expect(got.suggestedFilename()).toBe(name);
    await got.saveAs(info.outputPath(name));
    await page.keyboard.press("Escape");
    return fs.readFileSync(info.outputPath(name), "utf8");
  };
  await open(page);
  await train(page, 300);
  const html = await report("spiral.report.html");
  expect(html).not.toContain("<script");
  expect(html.match(/<polyline fill/g).length).toBeGreaterThanOrEqual(2);
  // The input, two hidden layers and the last one.
  expect(html.match(/class="card"/g).length).toBe(4);
  expect(html.match(/<rect height="1"/g).length).toBeGreaterThan(64);
  // A flower is no point of a plane: its report has the matrix instead.
  await page.evaluate((hash) => { location.hash = hash; }, spec(classes("iris", [dense(8, "relu"), dense(3)])));
  await expect(page.getByTestId("confusion-matrix")).toBeVisible({ timeout: 20_000 });
  await train(page, 50);
  const iris = await report("iris.report.html");
  expect(iris).not.toContain('class="plane" role');
  // Nothing of it is loaded from elsewhere, by day and by night.
  for (const colorScheme of ["light", "dark"]) {
    const reader = await (await browser.newContext({ colorScheme, offline: true })).newPage();
    await reader.goto(`data:text/html;charset=utf-8,${encodeURIComponent(html)}`);
    await expect(reader.getByRole("heading", { level: 1 })).toContainText("spiral");
    await expect(reader.getByRole("img", { name: /network as cards: 3 layers/ })).toBeVisible();
    await expect(reader.getByRole("img", { name: /at every place/ })).toBeVisible();
    const [ink, paper] = await reader.evaluate(() => [getComputedStyle(document.querySelector("svg .name")).fill, getComputedStyle(document.body).backgroundColor]);
    expect([ink, paper]).toEqual(colorScheme === "dark" ? ["rgb(230, 233, 238)", "rgb(20, 24, 29)"] : ["rgb(29, 35, 43)", "rgb(255, 255, 255)"]);
    await reader.goto(`data:text/html;charset=utf-8,${encodeURIComponent(iris)}`);
    await expect(reader.getByRole("columnheader", { name: "setosa" })).toBeVisible();
    await reader.context().close();
  }
});

test("another experiment over a trained run puts it aside, and undo brings it back", async ({ page }) => {
  await open(page);
  const at = await train(page, 700);
  await page.evaluate((hash) => { location.hash = hash; }, spec(classes("xor", [dense(3, "relu"), dense(2)])));
  await expect(note(page)).toContainText(`step ${at.toLocaleString("en")}`);
  await page.getByTestId("bring-back").click();
  await expect.poll(() => steps(page)).toBe(at);
  await expect(page.getByTestId("model-text")).toHaveValue("dense 8 tanh | dense 8 tanh | dense");
  // And by undo, after data were changed.
  await page.getByTestId("dataset-moons").click();
  await expect.poll(() => steps(page)).toBeLessThan(at);
  await page.getByTestId("undo").click();
  await expect.poll(() => steps(page)).toBe(at);
});

test("leaving asks for a run that the learner trained and did not save, and only then", async ({ page }, info) => {
  const asks = () => page.evaluate(() => !dispatchEvent(new Event("beforeunload", { cancelable: true })));
  await open(page);
  await until(page, 600);
  expect(await asks(), "the page trained by itself").toBe(false);
  await train(page, 1200);
  expect(await asks()).toBe(true);
  await saveTrained(page, info);
  await expect.poll(asks).toBe(false);
  await open(page, "#/play?embed=1");
  await page.reload();
  await until(page, 600);
  await page.keyboard.press("r");
  expect(await asks()).toBe(false);
});

for (const [query, shows] of [
  ["paused=1", async (page) => { await page.waitForTimeout(500); expect(await steps(page)).toBe(0); }],
  ["paused=1&until=epochs:5&speed=20", async (page) => {
    expect(await steps(page)).toBe(0);
    await expect(page.getByTestId("until-kind")).toHaveValue("epochs");
    await expect(page.getByTestId("until-value")).toHaveValue("5");
  }],
  ["until=epochs:2", async (page) => { await expect(page.getByTestId("play")).toBeVisible({ timeout: 30_000 }); expect(await steps(page)).toBe(16); }],
]) {
  test(`a link starts as it says: ${query}`, async ({ page }) => {
    for (const x of ["", `spec=${spec(SPIRAL).split("spec=")[1]}&`]) {
      await page.goto(`about:blank`);
      await page.goto(`./#/play?${x}${query}`);
      await expect(page.getByTestId("model-text")).toBeVisible({ timeout: 60_000 });
      await expect(note(page)).toHaveCount(0);
      await shows(page);
    }
  });
}

for (const [query, said] of [["until=5", "until=5"], ["speed=fast", "speed=fast"], ["pause=1", "pause"], ["hide=nothing", "hide=nothing"], ["lang=xx", "lang=xx"]]) {
  test(`a field of a link that cannot be read is said: ${query}`, async ({ page }) => {
    await open(page, `#/play?${query}`);
    await expect(note(page)).toContainText(said);
    await page.getByTestId("file-note-dismiss").click();
    await expect(note(page)).toHaveCount(0);
  });
}

test("the share dialog writes what is ticked, and draws the code", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page);
  await page.getByTestId("until-kind").selectOption("epochs");
  await page.getByTestId("share-link").click();
  const link = page.getByTestId("share-text");
  expect(await link.inputValue()).not.toContain("paused");
  const plain = await page.getByTestId("share-qr").locator("path").getAttribute("d");
  for (const id of ["share-paused", "share-goal", "share-speed"]) await page.getByTestId(id).check();
  await expect(link).toHaveValue(/&until=epochs:\d+&speed=(\d+|max)&paused=1$/);
  expect(await page.getByTestId("share-qr").locator("path").getAttribute("d")).not.toBe(plain);
  await page.getByTestId("share-copy").click();
  await expect(page.getByTestId("share-copy")).toHaveText("Copied");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(await link.inputValue());
  await expect(page.getByTestId("share-dialog")).toContainText("nothing is uploaded");
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("share-dialog")).toHaveCount(0);
  await page.goto("about:blank");
  await page.goto(copied);
  await expect(page.getByTestId("until-kind")).toHaveValue("epochs", { timeout: 60_000 });
  expect(await steps(page)).toBe(0);
});

test("a link too long for a code says so", async ({ page }) => {
  const text = Array.from({ length: 900 }, (_, i) => ((i * 7919) % 100_003).toString(36)).join(" ");
  await open(page, spec({ data: { set: "text", text, context: 8 }, task: { type: "language_model" }, model: { layers: [{ type: "embedding", units: 4 }, { type: "dense" }] } }));
  await page.getByTestId("share-link").click();
  await expect(page.getByTestId("share-qr")).toContainText("too many for a QR code");
});

test("kept runs are named by what differs, renamed, saved and brought from elsewhere, each its own column", async ({ page }, info) => {
  await open(page);
  await train(page, 100);
  await page.getByTestId("keep-run").click();
  await page.getByTestId("optimizer").selectOption("sgd");
  await fill(page, "lr", 0.1);
  await expect(page.getByTestId("kept-name-0")).toHaveValue("Adam 0.03");
  await page.getByTestId("reset").click();
  await train(page, 60);
  await page.getByTestId("keep-run").click();
  await expect(page.getByTestId("kept-name-1")).toHaveValue(/^SGD 0\.1/);
  await page.getByTestId("kept-name-0").fill("Mine, first");
  await page.keyboard.press("Enter");
  const run = await download(page, info, "run.json", () => page.getByTestId("export-run-0").click());
  expect(run.name).toBe("Mine-first.gradarium-run.json");
  expect(run.json.curves.length).toBeGreaterThan(3);
  await page.getByTestId("import-run").setInputFiles(run.path);
  await expect(page.getByTestId("kept-name-2")).toHaveValue("Mine, first");
  const [csv] = await Promise.all([page.waitForEvent("download"), page.getByTestId("curves-csv").click()]);
  const [head] = fs.readFileSync(await csv.path(), "utf8").split("\n");
  expect(head).toContain('"Mine, first: train_loss"');
  expect(head).toMatch(/SGD 0\.1[^,]*: train_loss/);
  await page.getByTestId("import-run").setInputFiles({ name: "b.json", mimeType: "application/json", buffer: Buffer.from('{"gradarium_run": 1, "experiment": {}, "curves": 3}') });
  await expect(page.getByTestId("notice")).toBeVisible();
  await page.getByTestId("open-run-2").click();
  await expect(page.getByTestId("optimizer")).toHaveValue("adam");
});
