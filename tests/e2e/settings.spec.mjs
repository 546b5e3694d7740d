// What stays: language, theme, links, files.
import fs from "node:fs";
import { test, expect } from "./fixtures.mjs";
import { classes, dense, fill, notice, open, pause, settled, spec, steps, write } from "./lab.mjs";

test("the language changes everywhere and is remembered", async ({ page }) => {
  await open(page);
  await expect(page.locator("html")).toHaveAttribute("lang", /^en/);
  await expect(page.getByTestId("panel-network")).toContainText("Network");
  await page.getByTestId("lang-zh").click();
  await expect(page.locator("html")).toHaveAttribute("lang", /^zh/);
  for (const [panel, words] of [["data", "数据"], ["setup", "训练设置"], ["network", "网络"], ["output", "输出"], ["loss", "曲线"], ["gradient-flow", "梯度流"]]) {
    await expect(page.getByTestId(`panel-${panel}`)).toContainText(words);
  }
  await expect(page.getByTestId("step")).toHaveText("单步");
  await page.reload();
  await expect(page.getByTestId("step")).toHaveText("单步");
  await expect(page.locator("html")).toHaveAttribute("lang", /^zh/);
  await page.getByTestId("lang-en").click();
  await expect(page.getByTestId("step")).toHaveText("Step");
});

test("no English is left on the Chinese page but names and formulas", async ({ page }) => {
  await open(page, "#/play?lang=zh");
  // Words of ordinary English prose; names (Adam, MNIST), code (dense, tanh) and units may stay.
  const prose = /\b(the|and|of|with|training|layer|layers|weights?|steps?|loss|accuracy|data|samples|network|please|not|this|is)\b/i;
  const found = await page.evaluate((source) => {
    const prose = new RegExp(source, "i");
    const skip = "code, [lang=en], script, noscript, style, .formula-line, option, textarea, [data-testid=panel-about], [data-testid=data-source], [data-testid=query-line]";
    const all = [];
    for (let w = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); w.nextNode();) {
      if (!w.currentNode.parentElement.closest(skip) && prose.test(w.currentNode.data)) all.push(w.currentNode.data.trim());
    }
    for (const e of document.querySelectorAll("[aria-label],[title],[placeholder]")) {
      if (e.closest(skip)) continue;
      for (const name of ["aria-label", "title", "placeholder"]) {
        const said = e.getAttribute(name);
        if (said && prose.test(said)) all.push(`${name}: ${said}`);
      }
    }
    return all;
  }, prose.source);
  expect(found).toEqual([]);
});

test("the theme changes and is remembered", async ({ page }) => {
  await open(page);
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const theme = page.getByTestId("theme");
  const seen = {};
  for (let i = 0; i < 3; i++) {
    await theme.click();
    seen[(await page.locator("html").getAttribute("data-theme")) ?? "auto"] = await ground();
  }
  expect(Object.keys(seen).sort()).toEqual(["auto", "dark", "light"]);
  expect(seen.dark).not.toBe(seen.light);
  while ((await page.locator("html").getAttribute("data-theme")) !== "dark") await theme.click();
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect.poll(ground).toBe(seen.dark);
});

test("the share link restores the experiment elsewhere", async ({ page, context, browser, baseURL }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page);
  await page.getByTestId("dataset-moons").click();
  await write(page, "dense 5 relu | dropout 0.1 | dense 2");
  await fill(page, "lr", 0.004);
  await page.getByTestId("share-link").click();
  await expect(notice(page)).toContainText("copied");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toContain("#/play?x=");
  expect(link).toBe(page.url());
  const elsewhere = await browser.newContext({ baseURL, locale: "en-GB" });
  const other = await elsewhere.newPage();
  await other.goto(link);
  await expect(other.getByTestId("model-text")).toHaveValue("dense 5 relu | dropout 0.1 | dense 2");
  await expect(other.getByTestId("dataset-moons")).toHaveAttribute("aria-pressed", "true");
  await expect(other.getByTestId("lr")).toHaveValue("0.004");
  await expect.poll(() => steps(other)).toBeGreaterThan(0);
  await elsewhere.close();
});

test("a link written by hand opens its experiment", async ({ page }) => {
  await open(page, spec({ ...classes("xor", [dense(3, "relu"), dense(2)]), seed: 11 }));
  await expect(page.getByTestId("dataset-xor")).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByTestId("model-text")).toHaveValue("dense 3 relu | dense 2");
  await expect(page.getByTestId("seed")).toHaveValue("11");
});

test("a link followed while the address catches up with an edit is not lost", async ({ page }) => {
  // The browser changes the address first and announces it in a later task; between the two the page's own timer may run.
  await page.addInitScript(() => {
    const later = window.setTimeout;
    window.setTimeout = (f, ms, ...rest) => later(() => {
      if (ms === 300 && window.link) [location.hash, window.link] = [window.link, null];
      f();
    }, ms, ...rest);
  });
  await open(page);
  await page.evaluate((link) => { window.link = link; }, spec(classes("xor", [dense(3, "relu"), dense(2)])));
  await fill(page, "lr", 0.004);
  await expect(page.getByTestId("model-text")).toHaveValue("dense 3 relu | dense 2");
  expect(await page.evaluate(() => window.link), "the timer ran").toBe(null);
  await expect.poll(() => page.url(), "and the address is the experiment's").toContain("#/play?x=");
});

const roses = (text) => spec({
  data: { set: "text", text, context: 8 }, task: { type: "language_model" }, model: { layers: [{ type: "embedding", units: 8 }, { type: "dense" }] },
});
const above = (formula) => spec(classes("formula", [dense(2)], { data: { set: "formula", formula } }));
for (const [id, typed, first, then, stays] of [
  ["model-text", "dense 9 | dense", spec(classes("xor", [dense(3), dense()])), spec(classes("xor", [dense(4), dense()])), "dense 4 | dense"],
  ["text-own", "typed ".repeat(40), roses("rose tulip ".repeat(40)), roses("oak ash ".repeat(40)), "oak ash ".repeat(40)],
  ["lr", "0.004", spec(classes("xor", [dense()])), spec(classes("xor", [dense()], { optimizer: { type: "sgd", lr: 0.5 } })), "0.5"],
  ["data-formula", "2*x", above("x"), above("sin(x)"), "sin(x)"],
]) {
  test(`what is still being typed (${id}) does not overwrite what is opened meanwhile`, async ({ page }) => {
    await open(page, first);
    await page.getByTestId(id).scrollIntoViewIfNeeded();
    const type = (link) => page.getByTestId(id).evaluate((field, [typed, link]) => {
      Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value").set.call(field, typed);
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      if (link) location.hash = link;
    }, [typed, link]);
    await type(then);
    await expect(page.getByTestId(id)).toHaveValue(stays);
    // Longer than any of these fields waits for the next key.
    await page.waitForTimeout(1500);
    await expect(page.getByTestId(id)).toHaveValue(stays);
    // Typed undisturbed, it is taken.
    await type();
    await page.waitForTimeout(1500);
    await expect(page.getByTestId(id)).toHaveValue(typed);
    await page.getByTestId("undo").click();
    await expect(page.getByTestId(id)).toHaveValue(stays);
  });
}

for (const [what, hash, said] of [
  ["is cut off", "#/play?x=eyJ", /link/i],
  ["holds no JSON", "#/play?spec=%7Bnonsense", /JSON/],
  ["names an unknown field", spec({ ...classes("xor", [dense(2)]), colour: 1 }), /colour/],
  ["asks for 0 units", spec(classes("xor", [dense(0), dense()].map((l) => ({ units: 0, ...l })))), /units|0/],
]) {
  test(`a link that ${what} says so, and the page is usable`, async ({ page }) => {
    await page.goto("index.html" + hash);
    await expect(page.getByTestId("broken-link")).toContainText(said);
    await expect(page.getByTestId("broken-link")).toContainText("cannot be opened");
    await expect(page.getByTestId("play").or(page.getByTestId("pause")), "nothing trains beside it").toHaveCount(0);
    await page.getByTestId("broken-leave").click();
    await expect(page.getByTestId("broken-link")).toHaveCount(0);
    await expect.poll(() => steps(page)).toBeGreaterThan(0);
    await pause(page);
  });
}

test("a broken link met while training leaves the running experiment alone", async ({ page }) => {
  await open(page, spec(classes("xor", [dense(3, "relu"), dense(2)])));
  const before = await steps(page);
  await page.evaluate(() => { location.hash = "#/play?x=!!!"; });
  await expect(page.getByTestId("broken-link")).toContainText("damaged");
  await page.getByTestId("broken-leave").click();
  await expect(page.getByTestId("model-text")).toHaveValue("dense 3 relu | dense 2");
  await expect.poll(() => steps(page)).toBeGreaterThan(before);
});

test("an address without a room says so, in both languages, and the playground is there", async ({ page }) => {
  for (const [lang, words] of [["en", "leads to no room of this page"], ["zh", "不是本页的任何页面"]]) {
    await page.goto(`index.html?${lang}#/lesson/nothing/1?lang=${lang}`);
    await expect(page.getByTestId("file-note")).toContainText("#/lesson/nothing/1");
    await expect(page.getByTestId("file-note")).toContainText(words);
    await expect(page.getByTestId("model-text")).toHaveValue(/dense/);
  }
  // The same in an open page, after a link that was broken.
  await page.evaluate(() => { location.hash = "#/play?x=!!!"; });
  await expect(page.getByTestId("broken-link")).toBeVisible();
  await page.evaluate(() => { location.hash = "#/workshop"; });
  await expect(page.getByTestId("broken-link")).toHaveCount(0);
  await expect(page.getByTestId("file-note")).toContainText("#/workshop");
  const before = await steps(page);
  await expect.poll(() => steps(page), "it trains").toBeGreaterThan(before);
});

/** Saves the set-up alone. */
async function saveBare(page) {
  await page.getByTestId("save-file").click();
  await page.getByTestId("save-weights").uncheck();
  await page.getByTestId("save-now").click();
}

test("a saved file opens again", async ({ page }, info) => {
  await open(page);
  await write(page, "dense 7 elu | layer_norm | dense 2");
  const [download] = await Promise.all([page.waitForEvent("download"), saveBare(page)]);
  expect(download.suggestedFilename()).toBe("spiral.gradarium.json");
  const file = info.outputPath("saved.gradarium.json");
  await download.saveAs(file);
  const saved = JSON.parse(fs.readFileSync(file, "utf8"));
  expect(saved.gradarium).toBe(1);
  expect(saved.model.layers.map((l) => l.type)).toEqual(["dense", "layer_norm", "dense"]);
  await write(page, "dense 2");
  await page.getByTestId("open-file-input").setInputFiles(file);
  await expect(page.getByTestId("model-text")).toHaveValue("dense 7 elu | layer_norm | dense 2");
  await pause(page);
  await settled(page);
});

test("a file that is no experiment is refused in words", async ({ page }, info) => {
  await open(page);
  const model = await page.getByTestId("model-text").inputValue();
  const file = info.outputPath("broken.json");
  fs.writeFileSync(file, '{"gradarium": 1, "model": {"layers": [{"type": "transmogrify"}]}}');
  await page.getByTestId("open-file-input").setInputFiles(file);
  await expect(notice(page)).toContainText("could not be opened");
  await expect(notice(page)).toContainText("transmogrify");
  await page.getByTestId("open-file-input").setInputFiles({ name: "song.mp3", mimeType: "audio/mpeg", buffer: Buffer.from("ID3\x04") });
  await expect(notice(page)).toContainText("“song.mp3” is neither an experiment nor a table");
  for (const [name, way] of [["sales.xlsx", "Save it as CSV"], ["net.pt", "as ONNX"], ["train.py", "nn.Sequential"], ["letters.txt", "My text"]]) {
    await page.getByTestId("open-file-input").setInputFiles({ name, mimeType: "application/octet-stream", buffer: Buffer.from("PK\x03\x04 nothing") });
    await expect(notice(page)).toContainText(`“${name}”`);
    await expect(notice(page)).toContainText(way);
  }
  // A picture belongs to the learner’s own ones, which say what is wrong with it.
  await page.getByTestId("open-file-input").setInputFiles({ name: "cat.png", mimeType: "image/png", buffer: Buffer.from("\x89PNG\r\n") });
  await expect(page.locator("#folder-files-problem")).toContainText("“cat.png” is no picture.");
  await expect(page.getByTestId("model-text")).toHaveValue(model);
});

test("the dice draws a fresh seed, and undo takes it back", async ({ page }) => {
  await open(page);
  const seed = page.getByTestId("seed");
  const first = await seed.inputValue();
  await page.getByTestId("seed-dice").click();
  await expect(seed).not.toHaveValue(first);
  await page.getByTestId("undo").click();
  await expect(seed).toHaveValue(first);
});
