// The first minute: one screen that says what this is, what to try and what trains; the gallery; keys; large type; paper.
import fs from "node:fs";
import { test, expect } from "./fixtures.mjs";
import { open, pause, steps } from "./lab.mjs";

const SCREEN = { width: 1366, height: 768 };

/** Test ids (or selectors) of what must be seen without scrolling. */
const NAMED = {
  "what this is": "guide-what", "what to look for": "guide-look-for", "first try": "try-1", "second try": "try-2", "third try": "try-3",
  "play": "[data-testid=play], [data-testid=pause]", "data": "data-name", "size": "data-counts", "network": "panel-network", "model text": "model-text", "output": "panel-output",
  "optimizer": "optimizer", "learning rate": "lr", "batch": "batch", "regularisation": "l2", "loss curve": "mini-loss-plot",
};

/** What of `ids` is cut off by the window, by anything that scrolls around it, or not there at all. */
const cut = (page, ids) => page.evaluate((ids) => {
  const out = {};
  for (const [name, id] of Object.entries(ids)) {
    const e = document.querySelector(id.startsWith("[") ? id : `[data-testid="${id}"]`);
    const r = e?.getBoundingClientRect();
    if (!r || r.width < 4 || r.height < 4) { out[name] = "not there"; continue; }
    if (r.left < 0 || r.top < 0 || r.right > innerWidth + 0.5 || r.bottom > innerHeight + 0.5) out[name] = [r.left, r.top, r.right, r.bottom].map(Math.round);
  }
  return out;
}, ids);

/** Layer cards that stick out of the network's room. */
const outside = (page) => page.evaluate(() => {
  const room = document.querySelector(".net-scroll").getBoundingClientRect();
  return [...document.querySelectorAll("[data-testid^=layer-card-]")].map((e) => [e.dataset.testid, e.getBoundingClientRect()])
    .filter(([, r]) => r.left < room.left - 1 || r.right > room.right + 1 || r.bottom > innerHeight).map(([id]) => id);
});

const readyNames = (page) => page.getByTestId("ready").locator("option").evaluateAll((all) => all.map((o) => o.value).filter(Boolean));

for (const lang of ["en", "zh"]) {
  test(`every ready experiment fits one screen, ${lang}`, async ({ page }) => {
    test.setTimeout(420_000);
    await page.setViewportSize(SCREEN);
    await open(page, `#/play?lang=${lang}`, { fast: false });
    const names = await readyNames(page);
    expect(names.length).toBeGreaterThan(35);
    for (const name of names) {
      await page.getByTestId("ready").selectOption(name);
      await expect(page.getByTestId("ready")).toHaveValue(name);
      await expect(page.getByTestId("guide-look-for"), name).toBeVisible();
      await expect(page.getByTestId("data-counts"), name).toHaveText(/[1-9]/, { timeout: 60_000 });
      await expect(page.getByTestId("model-text"), name).toBeVisible();
      // The settings are in a part of the page that comes after the first.
      await expect(page.getByTestId("lr"), name).toBeVisible();
      await expect(page.getByTestId("mini-loss-plot"), name).toBeVisible();
      expect(await cut(page, NAMED), name).toEqual({});
      expect(await outside(page), `${name}: the whole network`).toEqual([]);
      const scroll = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth - innerWidth, at: scrollY }));
      expect(scroll, name).toEqual({ wide: 0, at: 0 });
    }
  });
}

test("each of the three things does it, says where to look, and undo takes it back", async ({ page }) => {
  await page.setViewportSize(SCREEN);
  await open(page, "#/play?lang=en", { fast: false });
  const first = await page.getByTestId("model-text").inputValue();
  await page.getByTestId("try-1").click();
  await expect(page.getByTestId("model-text")).not.toHaveValue(first);
  await expect(page.getByTestId("layer-card-3")).toBeVisible();
  await expect(page.getByTestId("guide-hint")).toContainText("output");
  await expect(page.getByTestId("panel-output")).toHaveAttribute("data-pointed", "");
  await page.getByTestId("undo").click();
  await expect(page.getByTestId("model-text")).toHaveValue(first);
  await expect(page.getByTestId("guide-hint")).toHaveCount(0);
  await page.getByTestId("try-2").click();
  await expect(page.getByTestId("data-noise")).toHaveValue("0.4");
  await expect(page.getByTestId("guide-hint")).toContainText("loss");
  await page.getByTestId("try-3").click();
  await expect(page.getByTestId("data-name")).toContainText("MNIST");
  await expect(page.getByTestId("guide-hint")).toContainText("network");
  await expect.poll(() => steps(page), { timeout: 30_000 }).toBeGreaterThan(0);
  await page.getByTestId("undo").click();
  await page.getByTestId("undo").click();
  await expect(page.getByTestId("data-noise")).toHaveValue("0");
  await expect(page.getByTestId("ready")).toHaveValue("spiral_mlp");
});

for (const [name, ids] of Object.entries({
  deep_plain: ["try-1", "try-3"], reverse: ["try-1"], adding_lstm: ["try-1", "try-2"], airline_cnn: ["try-1"], tumours: ["try-2"], primer_mlp: ["try-1"],
})) {
  test(`things to try work on ${name}`, async ({ page }) => {
    await open(page, "#/play?lang=en", { fast: false });
    for (const id of ids) {
      await page.getByTestId("ready").selectOption(name);
      await expect.poll(() => steps(page), { timeout: 40_000 }).toBeGreaterThan(0);
      const before = await page.evaluate(() => location.hash);
      await page.getByTestId(id).click();
      await expect(page.getByTestId("guide-hint")).toBeVisible();
      await expect(page.getByTestId("problem-list")).toHaveCount(0);
      await expect.poll(() => page.evaluate(() => location.hash)).not.toBe(before);
      await page.getByTestId("undo").click();
      await expect(page.getByTestId("ready")).toHaveValue(name);
    }
  });
}

test("the gallery has every set and experiment with a name and a picture, and is worked by keys", async ({ page }) => {
  await page.setViewportSize(SCREEN);
  await open(page, "#/play?lang=zh", { fast: false });
  await page.locator("h1").click();
  await page.keyboard.press("g");
  const gallery = page.getByRole("dialog");
  await expect(gallery).toBeVisible();
  await expect(page.getByTestId("gallery-search")).toBeFocused();
  const tiles = gallery.locator(".tile");
  await expect.poll(() => tiles.count()).toBeGreaterThan(80);
  await expect(tiles.first(), "ordered from the first lesson on").toHaveAttribute("data-testid", "ready-line");
  await expect.poll(() => tiles.evaluateAll((all) => all.filter((t) => !t.querySelector("svg > *") || !t.querySelector("b").textContent).length)).toBe(0);
  await page.keyboard.press("ArrowDown");
  await expect(page.getByTestId("ready-line")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByTestId("ready-circle_mlp")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(gallery).toHaveCount(0);
  await expect(page.getByTestId("ready")).toHaveValue("circle_mlp");
  await page.getByTestId("gallery-open").click();
  for (const [typed, found] of [["企鹅", "dataset-penguins"], ["lstm", "ready-names_gender"], ["sudoku", null]]) {
    await page.getByTestId("gallery-search").fill(typed);
    if (found) await expect(page.getByTestId(found)).toBeVisible();
    else await expect(tiles).toHaveCount(0);
  }
  await page.keyboard.press("Escape");
  await expect(gallery).toHaveCount(0);
  await page.getByTestId("dataset-heart").hover();
  await expect(page.getByTestId("data-name"), "a neighbour says its name before it is chosen").toContainText("心形");
  await expect(page.getByTestId("dataset-circle")).toHaveAttribute("aria-pressed", "true");
});

test("Space is play and pause wherever no text is edited", async ({ page }) => {
  await open(page, "#/play?lang=en", { fast: false });
  const toggles = async (what) => {
    const was = await page.getByTestId("pause").count();
    await page.keyboard.press("Space");
    await expect(page.getByTestId(was ? "play" : "pause"), what).toBeVisible();
  };
  await toggles("nothing has the focus");
  await page.getByTestId("step").click();
  await toggles("after a click on a button");
  await page.getByTestId("output-hard").click();
  await toggles("after a tick");
  await expect(page.getByTestId("output-hard")).toBeChecked();
  await page.getByTestId("output-plane").locator("..").locator("canvas").last().click();
  await toggles("on a picture");
  await page.getByTestId("lr-slider").click();
  await toggles("on a slider");
  await page.getByTestId("model-text").click();
  const playing = await page.getByTestId("pause").count();
  await page.keyboard.press("Space");
  expect(await page.getByTestId("pause").count(), "a space in a text is a space").toBe(playing);
  await page.keyboard.press("Escape");
  await page.getByTestId("skip").focus();
  await page.getByTestId("epoch").focus();
  await page.keyboard.press("Shift+Tab");
  await expect(page.getByTestId("step")).toBeFocused();
  const before = await steps(page);
  if (!playing) {
    await page.keyboard.press("Space");
    await expect.poll(() => steps(page), "a button reached by Tab keeps its key").toBe(before + 1);
  }
});

test("the model text is two tab stops away; keys lead to it and to the list of keys; embed.html is linked", async ({ page }) => {
  await open(page, "#/play?lang=en", { fast: false });
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(page.getByTestId("skip-text")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("model-text")).toBeFocused();
  await page.locator("h1").click();
  await page.keyboard.press("/");
  await expect(page.getByTestId("model-text")).toBeFocused();
  await page.locator("h1").click();
  await page.keyboard.press("?");
  await expect(page.getByTestId("help-dialog")).toBeVisible();
  await expect(page.getByTestId("help-dialog")).toContainText("dense 8 tanh | dense 8 tanh | dense");
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("help-dialog")).toBeHidden();
  await expect(page.getByTestId("about-embed")).toHaveAttribute("href", "embed.html");
});

test("large type for a projector: by link and by button, in pictures too, with the class's pictures first", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  // Text that pictures draw, by canvas.
  await page.addInitScript(() => {
    window.drawn = new Map();
    const plain = CanvasRenderingContext2D.prototype.fillText;
    CanvasRenderingContext2D.prototype.fillText = function (...args) {
      const scale = this.getTransform().a * (this.canvas.getBoundingClientRect().width / this.canvas.width || 1);
      const px = parseFloat(/([\d.]+)px/.exec(this.font)[1]) * scale;
      if (this.canvas.closest(".panel-output, .panel-loss, .panel-gradient-flow")) window.drawn.set(`${this.canvas.closest(".panel").dataset.testid}: ${args[0]}`, px);
      return plain.apply(this, args);
    };
  });
  await open(page, "#/play?lang=en&projector=1", { fast: false });
  await expect(page.getByTestId("output-plane")).toBeVisible();
  expect(await cut(page, { output: "output-plane", network: "panel-network", play: "pause", loss: "train-loss", what: "guide-what" })).toEqual({});
  await page.getByTestId("panel-loss").scrollIntoViewIfNeeded();
  const drawn = () => page.evaluate(() => [...window.drawn.keys()].filter((k) => /loss|gradient/.test(k)).length);
  await expect.poll(drawn).toBeGreaterThan(4);
  // A picture that was just drawn for another width is stretched until the next frame.
  await page.evaluate(() => window.drawn.clear());
  await expect.poll(drawn).toBeGreaterThan(4);
  const small = await page.evaluate(() => [...window.drawn].filter(([, px]) => px < 19.5));
  expect(small, "smaller than 20 px").toEqual([]);
  const words = await page.evaluate(() => [...document.querySelectorAll(".figures dt, .figures dd, .panel h2, .legend span, .guide p")]
    .filter((e) => e.offsetWidth && parseFloat(getComputedStyle(e).fontSize) < 20).map((e) => e.outerHTML.slice(0, 80)));
  expect(words).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  // The panels below fill the window: no column is kept for one that has no place in the grid.
  for (const id of ["doctor", "query", "panel-processor"]) {
    expect((await page.getByTestId(id).boundingBox()).width, id).toBeGreaterThan(1200);
  }
  await page.getByTestId("projector").click();
  await expect(page.getByTestId("projector")).toHaveAttribute("aria-pressed", "false");
  await expect.poll(() => page.evaluate(() => location.hash)).not.toContain("projector");
});

test("an enlarged panel has larger type, play and pause, and Space", async ({ page }) => {
  await page.setViewportSize(SCREEN);
  await open(page, "#/play?lang=en", { fast: false });
  const size = () => page.getByTestId("output-readout").evaluate((e) => parseFloat(getComputedStyle(e).fontSize));
  const before = await size();
  await page.getByTestId("panel-output-enlarge").click();
  expect(await size()).toBeGreaterThan(before + 3);
  const at = await page.getByTestId("panel-output").boundingBox();
  expect(at.width).toBe(SCREEN.width);
  await page.getByTestId("pause").click();
  await expect(page.getByTestId("play")).toBeVisible();
  await page.keyboard.press("Space");
  await expect(page.getByTestId("pause")).toBeVisible();
  await page.keyboard.press("Escape");
  expect((await page.getByTestId("panel-output").boundingBox()).width).toBeLessThan(500);
});

test("what leaves the view keeps its height and its picture", async ({ page }) => {
  test.setTimeout(120_000);
  await page.setViewportSize(SCREEN);
  await open(page, "#/play?lang=en", { fast: false });
  for (const name of ["lenet_digits", "sunspots_lstm", "char_rnn"]) {
    await page.getByTestId("ready").selectOption(name);
    await expect.poll(() => steps(page), { timeout: 60_000 }).toBeGreaterThan(3);
    const panel = page.getByTestId("panel-output");
    // What is slow to come on a busy machine is there before the page scrolls.
    let height = -1;
    await expect(async () => {
      const was = height;
      height = await panel.evaluate((e) => e.scrollHeight);
      expect(height).toBe(was);
    }).toPass({ intervals: [2500], timeout: 40_000 });
    const before = await panel.evaluate((e) => [e.scrollHeight, e.innerText.length > 20]);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await page.waitForTimeout(2500);
    const after = await panel.evaluate((e) => [e.scrollHeight, e.innerText.length > 20]);
    expect(after[1], name).toBe(before[1]);
    expect(Math.abs(after[0] - before[0]), `${name}: ${before[0]} → ${after[0]}`).toBeLessThanOrEqual(24);
    await page.evaluate(() => scrollTo(0, 0));
  }
});

test("panels further down are announced and lead there; a picture can be drawn beside what the network says", async ({ page }) => {
  await page.setViewportSize(SCREEN);
  await open(page, "#/play?lang=en", { fast: false });
  await page.getByTestId("ready").selectOption("lenet_digits");
  await expect(page.getByTestId("brought-filters")).toBeVisible();
  // Panels above may still be arriving when the link is followed for the first time.
  await expect(async () => {
    await page.evaluate(() => scrollTo(0, 0));
    await page.getByTestId("brought-feature-maps").click();
    await expect(page.getByTestId("panel-feature-maps")).toBeInViewport({ timeout: 2000 });
  }).toPass({ timeout: 30_000 });
  await page.evaluate(() => scrollTo(0, 0));
  await page.getByTestId("ready").selectOption("digits_mlp");
  await page.getByTestId("brought-inside").click();
  await expect(page.getByTestId("example")).toBeInViewport();
});

test("a network as a file is whole, and its upright names are upright", async ({ page }) => {
  await page.setViewportSize(SCREEN);
  await open(page, "#/play?lang=en", { fast: false });
  await page.getByTestId("ready").selectOption("deep_plain");
  await expect(page.locator(".net-upright").first()).toBeVisible({ timeout: 20_000 });
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByTestId("panel-network-svg").click()]);
  const svg = fs.readFileSync(await file.path(), "utf8");
  const names = [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*?( transform="rotate\(-90[^"]*")?>(Dense|Input|Output)[^<]*</g)];
  expect(names.filter(([, , , , name]) => name === "Dense")).toHaveLength(49);
  expect(names.filter(([, , , turned]) => !turned)).toEqual([]);
  const at = names.map(([, x]) => +x).sort((a, b) => a - b);
  for (let i = 1; i < at.length; i++) expect(at[i] - at[i - 1], "names lie beside each other").toBeGreaterThan(6);
});

test("on paper: whole panels and no controls", async ({ page }) => {
  await open(page, "#/play?lang=en", { fast: false });
  await pause(page);
  await page.emulateMedia({ media: "print" });
  for (const id of ["play", "step", "undo", "gallery-open", "try-1", "lr-slider", "panel-output-png", "add-layer-0", "keep-run"]) {
    await expect(page.getByTestId(id), id).toBeHidden();
  }
  for (const id of ["panel-network", "panel-output", "panel-loss", "panel-gradient-flow", "data-name", "output-plane", "curves-plot"]) {
    await expect(page.getByTestId(id), id).toBeVisible();
  }
  const clipped = await page.evaluate(() => [...document.querySelectorAll(".panel")].filter((p) => p.scrollHeight > p.clientHeight + 2 && getComputedStyle(p).overflowY !== "visible").map((p) => p.dataset.testid));
  expect(clipped).toEqual([]);
});

test("the laboratory's first screen shows its plots", async ({ page }) => {
  await page.setViewportSize(SCREEN);
  for (const lang of ["en", "zh"]) {
    await page.goto("about:blank");
    await page.goto(`index.html#/lab?lang=${lang}`);
    const plot = page.locator(".lab-profile-plot").first();
    await expect(plot).toBeVisible({ timeout: 30_000 });
    await page.waitForTimeout(1500);
    const r = await plot.boundingBox();
    expect(r.y + r.height, "the whole plot").toBeLessThanOrEqual(SCREEN.height);
  }
});

test("on a phone: output, transport, network, data in order, nothing sideways, nothing under 12 px", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  for (const lang of ["en", "zh"]) {
    await page.goto("about:blank");
    await open(page, `#/play?lang=${lang}`, { fast: false });
    for (const name of ["spiral_mlp", "lenet_digits", "char_transformer"]) {
      await page.getByTestId("ready").selectOption(name);
      await page.evaluate(() => scrollTo(0, 0));
      await page.waitForTimeout(1500);
      const top = async (id) => (await page.getByTestId(id).boundingBox()).y;
      const order = [await top("panel-output"), await top("timeline"), await top("panel-network"), await top("panel-data")];
      expect([...order].sort((a, b) => a - b), name).toEqual(order);
      expect(await page.locator(".play").boundingBox().then((r) => r.y + r.height), "play is in view").toBeLessThanOrEqual(740);
      const found = await page.evaluate(() => {
        const small = new Set();
        const walk = document.createTreeWalker(document.querySelector(".page"), NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) {
          const e = walk.currentNode.parentElement;
          const r = e.getBoundingClientRect();
          if (!walk.currentNode.data.trim() || !r.width || !r.height || e.closest(".visually-hidden, option, sub, sup, script")) continue;
          if (parseFloat(getComputedStyle(e).fontSize) < 11.9) small.add(`${e.className || e.tagName}: ${walk.currentNode.data.slice(0, 30)}`);
        }
        return { wide: document.documentElement.scrollWidth - innerWidth, small: [...small] };
      });
      expect(found, `${name}, ${lang}`).toEqual({ wide: 0, small: [] });
    }
  }
});
