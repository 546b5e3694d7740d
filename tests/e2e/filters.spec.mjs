// What the panels about convolution say, beside what gradarium.js finds in the same experiment at the same step.
import { test, expect } from "./fixtures.mjs";
import { open, pause, play, reset, settled, spec, steps, write } from "./lab.mjs";

const TWO_CONVS = {
  gradarium: 1, seed: 5, data: { set: "digits8" }, task: { type: "classification" },
  model: { layers: [
    { type: "conv2d", filters: 6, kernel: 3, activation: "relu" },
    { type: "conv2d", filters: 4, kernel: [2, 3], padding: 1, stride: 2, activation: "tanh" },
    { type: "flatten" }, { type: "dense" }] },
  optimizer: { type: "adam", lr: 0.005 },
};

const number = async (page, id) => Number((await page.getByTestId(id).textContent()).replaceAll("−", "-"));
const fill = async (page, id, value) => {
  await page.getByTestId(id).fill(String(value));
  await page.getByTestId(id).press("Enter");
};
/** Shows the panel, since nothing is computed for what is out of sight. */
const show = (page, id) => page.getByTestId(id).scrollIntoViewIfNeeded();

/** Opens the experiment, trains a little, rests; the step. */
async function rested(page, experiment) {
  await open(page, spec(experiment));
  await expect.poll(() => steps(page)).toBeGreaterThan(20);
  await pause(page);
  await show(page, "panel-filters");
  return settled(page);
}

/** The same experiment at the same step, in an engine beside the page: named values, and values of the first training row. */
async function engine(page, experiment, n, names, looked) {
  const bare = await page.context().newPage();
  await bare.route("**/bare.html", (route) => route.fulfill({ contentType: "text/html", body: '<!doctype html><link rel="icon" href="data:,">' }));
  await bare.goto("bare.html");
  const found = await bare.evaluate(async ([exp, n, names, looked]) => {
    const { Gradarium } = await import("./gradarium.js");
    const g = await Gradarium.start();
    await g.load(exp);
    await g.train({ steps: n });
    const out = {};
    for (const name of names) {
      const { shape, data } = await g.probe(name);
      out[name] = { shape, data: [...data] };
    }
    const look = await g.look({ example: { train: 0 }, values: looked });
    for (const name of looked) out[name] = { shape: look.values[name].shape, data: [...look.values[name].data] };
    g.dispose();
    return out;
  }, [experiment, n, names, looked]);
  await bare.close();
  return found;
}

/** The noise that a climb begins with (`inside/climb.rs`). */
function noise(n, seed) {
  const whole = (1n << 64n) - 1n;
  let state = ((BigInt(seed) * 0x9e3779b97f4a7c15n) & whole) | 1n;
  const uniform = () => {
    state ^= state >> 12n;
    state = (state ^ (state << 25n)) & whole;
    state ^= state >> 27n;
    return Number(((state * 0x2545f4914f6cdd1dn) & whole) >> 40n) / (1 << 24);
  };
  const one = () => {
    let sum = 0;
    for (let i = 0; i < 12; i++) sum = Math.fround(sum + uniform());
    return Math.fround(Math.fround(0.1) * Math.fround(sum - 6));
  };
  return Array.from({ length: n }, one);
}

/** A convolution by the book: x (H, W, I), w (O, I, kh, kw). */
function convolve(x, w, b, { stride = 1, padding = 0, act }) {
  const [H, W, I] = x.shape, [O, , kh, kw] = w.shape;
  const [oh, ow] = [[H, kh], [W, kw]].map(([n, k]) => Math.floor((n + 2 * padding - k) / stride) + 1);
  const data = [], parts = [];
  for (let r = 0; r < oh; r++) for (let c = 0; c < ow; c++) for (let o = 0; o < O; o++) {
    const part = Array(I).fill(0);
    for (let i = 0; i < I; i++) for (let u = 0; u < kh; u++) for (let v = 0; v < kw; v++) {
      const [y, z] = [r * stride + u - padding, c * stride + v - padding];
      if (y >= 0 && y < H && z >= 0 && z < W) part[i] += x.data[(y * W + z) * I + i] * w.data[((o * I + i) * kh + u) * kw + v];
    }
    parts.push(part);
    data.push(act(part.reduce((a, p) => a + p, 0) + b.data[o]));
  }
  return { shape: [oh, ow, O], data, parts };
}

test("filters are the network's own, while it learns and at rest", async ({ page }) => {
  const n = await rested(page, TWO_CONVS);
  await expect(page.getByTestId("filters-step")).toHaveText(`at step ${n.toLocaleString("en")}`);
  const found = await engine(page, TWO_CONVS, n, ["layers.0.weight", "layers.1.weight", "layers.1.bias"], []);
  // Another layer's numbers come with the next frame.
  const check = (name, filter, channel, of) => expect(async () => {
    const taps = of.shape[2] * of.shape[3], from = (filter * of.shape[1] + channel) * taps;
    const shown = (await page.getByTestId("filters-values").textContent()).replaceAll("−", "-").split(" ").map(Number);
    expect(shown, name).toHaveLength(taps);
    shown.forEach((v, i) => expect(Math.abs(v - of.data[from + i]), `${name} ${i}`).toBeLessThan(0.006 * Math.abs(of.data[from + i]) + 1e-6));
  }).toPass({ timeout: 10_000 });
  for (const filter of [0, 2, 5]) {
    await fill(page, "filters-filter", filter + 1);
    await check(`filter ${filter}`, filter, 0, found["layers.0.weight"]);
  }
  await page.getByTestId("filters-layer").selectOption("layers.1");
  await expect(page.getByTestId("filters-grid")).toHaveAttribute("aria-label", /4 pictures of the 2×3 filters of 2 Convolution/);
  await fill(page, "filters-channel", 3);
  await fill(page, "filters-filter", 4);
  await check("second layer", 3, 2, found["layers.1.weight"]);
  // Written with three digits, rounded.
  const bias = async () => Number((await page.getByTestId("filters-bias").textContent()).replace("bias ", "").replaceAll("−", "-"));
  await expect.poll(async () => Math.abs(await bias() / found["layers.1.bias"].data[3] - 1), "the bias").toBeLessThan(0.01);
  // Clicking a picture shows that filter large.
  await page.getByTestId("filters-layer").selectOption("layers.0");
  await page.getByTestId("filters-grid").click({ position: { x: 60, y: 10 } });
  await expect(page.getByTestId("filters-filter")).toHaveValue("2");
  await play(page);
  await show(page, "filters-grid");
  await expect.poll(() => page.getByTestId("filters-step").textContent(), "filters follow the training").not.toBe(`at step ${n.toLocaleString("en")}`);
});

test("the sum that is taken apart is the number in the map", async ({ page }) => {
  const n = await rested(page, TWO_CONVS);
  const names = [0, 1].flatMap((i) => [`layers.${i}.weight`, `layers.${i}.bias`]);
  const e = await engine(page, TWO_CONVS, n, names, ["input", "layers.0", "layers.1"]);
  const relu = (z) => Math.max(z, 0);
  const first = convolve(e.input, e["layers.0.weight"], e["layers.0.bias"], { act: relu });
  const second = convolve(first, e["layers.1.weight"], e["layers.1.bias"], { stride: 2, padding: 1, act: Math.tanh });
  expect(second.shape).toEqual(e["layers.1"].shape);
  await show(page, "panel-feature-maps");
  await page.getByTestId("maps-layer").selectOption("layers.1");
  await expect(page.getByTestId("maps-grid")).toHaveAttribute("aria-label", /2 Convolution/);
  for (const [row, column, channel] of [[0, 0, 0], [2, 1, 3], [3, 2, 1]]) {
    for (const [id, v] of [["maps-row", row], ["maps-column", column], ["maps-channel", channel]]) await fill(page, id, v + 1);
    const at = (row * second.shape[1] + column) * second.shape[2] + channel;
    const sum = second.parts[at].reduce((a, p) => a + p, 0);
    const shown = async (id, v) => expect(Math.abs((await number(page, id)) - v), `${id} at ${row}, ${column}, ${channel}`).toBeLessThan(2e-4);
    await shown("maps-sum", sum);
    await shown("maps-bias", e["layers.1.bias"].data[channel]);
    await shown("maps-z", sum + e["layers.1.bias"].data[channel]);
    await shown("maps-y", second.data[at]);
    await shown("maps-value", second.data[at]);
    await shown("maps-value", e["layers.1"].data[at]);
    await page.getByTestId("maps-part-2").click();
    await shown("maps-part", second.parts[at][2]);
  }
});

test("the window walks over the map, and rests where little motion is asked for", async ({ page }) => {
  await rested(page, TWO_CONVS);
  await show(page, "panel-feature-maps");
  await fill(page, "maps-row", 1);
  await fill(page, "maps-column", 1);
  await page.getByTestId("maps-on").click();
  await expect(page.getByTestId("maps-column")).toHaveValue("2");
  await page.getByTestId("maps-walk").click();
  await expect.poll(() => page.getByTestId("maps-row").inputValue(), "the second row is reached").toBe("2");
  await page.emulateMedia({ reducedMotion: "reduce" });
  await expect(page.getByTestId("maps-walk")).toBeDisabled();
  await page.getByTestId("maps-back").click();
});

test("a climb raises the answer while training goes on, and can be cancelled", async ({ page }) => {
  await open(page, spec(TWO_CONVS));
  await show(page, "panel-climb");
  await page.getByTestId("climb-layer").selectOption("output");
  await page.getByTestId("climb-channel").selectOption({ index: 3 });
  await page.getByTestId("climb-short").click();
  const before = await steps(page);
  await page.getByTestId("climb-start").click();
  await expect(page.getByTestId("climb-steps")).toHaveText("50 of 50 steps", { timeout: 30_000 });
  expect(await number(page, "climb-value")).toBeGreaterThan((await number(page, "climb-first")) + 1);
  expect(await steps(page)).toBeGreaterThan(before);
  await page.getByTestId("climb-use").click();
  await expect(page.getByTestId("example-says")).toHaveText(/^The network says/);
  await page.getByTestId("climb-layer").selectOption("layers.1");
  await page.getByTestId("climb-long").click();
  await page.getByTestId("climb-start").click();
  await expect(page.getByTestId("climb-steps")).toHaveText(/^[1-9]\d* of 800 steps$/);
  await page.getByTestId("climb-cancel").click();
  const stopped = await page.getByTestId("climb-steps").textContent();
  expect(stopped).not.toBe("800 of 800 steps");
  await pause(page);
  await expect(page.getByTestId("climb-steps")).toHaveText(stopped);
});

test("a climb's numbers are those of gradarium.js", async ({ page }) => {
  const n = await rested(page, TWO_CONVS);
  const bare = await page.context().newPage();
  await bare.route("**/bare.html", (route) => route.fulfill({ contentType: "text/html", body: '<!doctype html><link rel="icon" href="data:,">' }));
  await bare.goto("bare.html");
  const climbs = [["output", 3], ["layers.1", 2]];
  const found = await bare.evaluate(async ([exp, n, climbs, x]) => {
    const { Gradarium } = await import("./gradarium.js");
    const g = await Gradarium.start();
    await g.load(exp);
    await g.train({ steps: n });
    const out = [];
    for (const [name, channel] of climbs) {
      const first = await g.climb({ x, name, channel, steps: 1, rate: 0 });
      const last = await g.climb({ x, name, channel, steps: 50, rate: 0.05, decay: 0.05 });
      out.push([first.value, last.value]);
    }
    g.dispose();
    return out;
  }, [TWO_CONVS, n, climbs, noise(64, TWO_CONVS.seed)]);
  await bare.close();
  await show(page, "panel-climb");
  await page.getByTestId("climb-short").click();
  for (const [i, [name, channel]] of climbs.entries()) {
    await page.getByTestId("climb-layer").selectOption(name);
    if (name === "output") await page.getByTestId("climb-channel").selectOption({ index: channel });
    else await fill(page, "climb-channel", channel + 1);
    await page.getByTestId("climb-start").click();
    await expect(page.getByTestId("climb-steps")).toHaveText("50 of 50 steps", { timeout: 30_000 });
    for (const [id, v] of [["climb-first", found[i][0]], ["climb-value", found[i][1]]]) {
      // Three digits are shown.
      expect(Math.abs((await number(page, id)) - v), `${id} of ${name}: ${v}`).toBeLessThan(0.006 * Math.abs(v) + 1e-6);
    }
    expect(found[i][1]).toBeGreaterThan(found[i][0]);
  }
});

test("the film of every layer's filters begins with the run, though nobody looked", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 500 });
  await open(page, spec(TWO_CONVS));
  await expect(page.getByTestId("panel-filters")).toBeAttached();
  await pause(page);
  await reset(page);
  await settled(page);
  await play(page);
  await expect.poll(() => steps(page), { timeout: 30_000 }).toBeGreaterThan(400);
  await pause(page);
  const film = page.getByTestId("filters-film");
  const shown = async () => (await film.getAttribute("aria-label")).match(/steps? ([\d, ]+)/)[1].split(", ").map((s) => Number(s.replace(",", "")));
  await show(page, "panel-filters");
  await page.getByTestId("filters-layer").selectOption("layers.1");
  await expect.poll(async () => (await shown())[0], "the second layer's film begins with the run").toBe(0);
  const all = await shown();
  expect(all).toEqual([...all].sort((a, b) => a - b));
  // Looking back shows what was until then.
  await page.getByTestId("timeline").fill("200");
  await expect(page.getByTestId("step-count")).toHaveText("200");
  await show(page, "filters-film");
  await expect.poll(async () => Math.max(...(await shown()))).toBeLessThanOrEqual(200);
  await page.getByTestId("reset").click();
  await expect(page.getByTestId("step-count")).toHaveText("0");
  await show(page, "filters-film");
  await expect.poll(shown, "nothing but the beginning").toEqual([0]);
});

test("a transposed convolution is taken apart: the pixels whose stamps reach a place", async ({ page }) => {
  const experiment = {
    gradarium: 1, seed: 3, data: { set: "digits8" }, task: { type: "classification" },
    model: { layers: [
      { type: "conv2d", filters: 4, kernel: 3 },
      { type: "conv_transpose2d", filters: 2, kernel: 3, stride: 2, padding: 1, groups: 2, activation: "tanh" },
      { type: "flatten" }, { type: "dense" }] },
  };
  const n = await rested(page, experiment);
  const e = await engine(page, experiment, n, ["layers.1.weight", "layers.1.bias"], ["layers.0", "layers.1"]);
  const [x, w, b, y] = [e["layers.0"], e["layers.1.weight"], e["layers.1.bias"], e["layers.1"]];
  // By the book: every pixel lays its kernel on the output; two input channels and one output channel a group.
  const sums = y.data.map((_, i) => b.data[i % 2]);
  const [H, W, I] = x.shape, [OH, OW] = y.shape;
  for (let r = 0; r < H; r++) for (let c = 0; c < W; c++) for (let i = 0; i < I; i++) for (let u = 0; u < 3; u++) for (let v = 0; v < 3; v++) {
    const [p, q] = [2 * r + u - 1, 2 * c + v - 1];
    if (p >= 0 && p < OH && q >= 0 && q < OW) sums[(p * OW + q) * 2 + (i >> 1)] += x.data[(r * W + c) * I + i] * w.data[(i * 3 + u) * 3 + v];
  }
  await show(page, "panel-feature-maps");
  await page.getByTestId("maps-layer").selectOption("layers.1");
  await expect(page.getByTestId("maps-grid")).toHaveAttribute("aria-label", /2 Transposed/i);
  for (const [row, column, channel] of [[0, 0, 0], [3, 4, 1], [OH - 1, 2, 1]]) {
    for (const [id, v] of [["maps-row", row], ["maps-column", column], ["maps-channel", channel]]) await fill(page, id, v + 1);
    const at = (row * OW + column) * 2 + channel;
    for (const [id, v] of [["maps-z", sums[at]], ["maps-y", Math.tanh(sums[at])], ["maps-value", y.data[at]]]) {
      expect(Math.abs((await number(page, id)) - v), `${id} at ${row}, ${column}, ${channel}`).toBeLessThan(2e-4);
    }
  }
});

test("a layer that is gone leaves a sentence, a network without convolutions no panel", async ({ page }) => {
  await rested(page, TWO_CONVS);
  await page.getByTestId("filters-layer").selectOption("layers.1");
  await page.getByTestId("maps-layer").selectOption("layers.1");
  await expect(page.getByTestId("maps-value")).toBeVisible();
  await write(page, "conv 3 3x3 relu | flatten | dense");
  for (const panel of ["filters", "maps"]) {
    await show(page, panel === "maps" ? "panel-feature-maps" : "panel-filters");
    await expect(page.getByTestId(`${panel}-gone`)).toContainText("1 Convolution");
    await expect(page.getByTestId(`${panel}-grid`)).toHaveAttribute("aria-label", /^3 /);
  }
  await write(page, "flatten | dense");
  for (const panel of ["filters", "feature-maps"]) await expect(page.getByTestId(`panel-${panel}`)).toHaveCount(0);
});

test("one's own drawing goes through the network", async ({ page }) => {
  await rested(page, TWO_CONVS);
  await expect(page.getByTestId("example-says")).toHaveText(/^It is “\d”; the network says “\d”/);
  await page.getByTestId("example-next").click();
  await expect(page.getByTestId("example-row")).toHaveValue("2");
  await page.getByTestId("example-draw").click();
  await page.getByTestId("example-clear").click();
  await expect(page.getByTestId("example-says")).toHaveText(/^The network says “\d”/);
  const blank = await page.getByTestId("example-says").textContent();
  const map = page.getByTestId("maps-grid");
  await show(page, "maps-grid");
  const label = await map.getAttribute("aria-label");
  // In the middle of the window: at its edge the bar would lie over it.
  const pad = page.getByTestId("example-pad");
  await pad.evaluate((pad) => pad.scrollIntoView({ block: "center" }));
  // Panels that come into view may move it: a stroke beside the pad draws nothing.
  let before = "";
  await expect.poll(async () => before === (before = JSON.stringify(await pad.boundingBox()))).toBe(true);
  const box = await pad.boundingBox();
  await page.mouse.move(box.x + 0.5 * box.width, box.y + 0.15 * box.height);
  await page.mouse.down();
  await page.mouse.move(box.x + 0.5 * box.width, box.y + 0.85 * box.height, { steps: 6 });
  await page.mouse.up();
  await expect.poll(() => page.getByTestId("example-says").textContent(), "the answer to another picture").not.toBe(blank);
  await show(page, "maps-grid");
  await expect(map).not.toHaveAttribute("aria-label", label);
});

test("a window to play with says its arithmetic and why a combination is none", async ({ page }) => {
  await open(page, spec(TWO_CONVS));
  await show(page, "panel-sandbox");
  const formula = page.getByTestId("sandbox-formula"), notes = page.getByTestId("sandbox-notes");
  await expect(formula).toHaveText("⌊(7 + 2·1 − 1·(3 − 1) − 1) / 2⌋ + 1 = 4");
  await page.getByTestId("sandbox-out").click({ position: { x: 30, y: 4 } });
  await expect(page.getByTestId("sandbox-feeds")).toHaveText("Output cell (1, 2) is made of 6 cells of the input");
  await page.getByTestId("sandbox-padding").fill("0");
  await page.getByTestId("sandbox-dilation").fill("4");
  await expect(formula).toHaveText(/= 0$/);
  await expect(notes).toContainText("the kernel covers 9 cells, the padded input has only 7");
});

test("a panel explains itself, fills the window and is saved with its pictures", async ({ page }) => {
  await rested(page, TWO_CONVS);
  const panel = page.getByTestId("panel-filters");
  await page.getByTestId("panel-filters-what").click();
  await expect(panel).toContainText("Each picture is one filter");
  await page.getByTestId("panel-filters-enlarge").click();
  expect(await panel.evaluate((e) => Math.round(e.getBoundingClientRect().width))).toBeGreaterThan(1400);
  await page.keyboard.press("Escape");
  expect(await panel.evaluate((e) => e.getBoundingClientRect().width)).toBeLessThan(900);
  for (const kind of ["png", "svg"]) {
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByTestId(`panel-filters-${kind}`).click()]);
    expect(file.suggestedFilename()).toBe(`gradarium-filters.${kind}`);
    const bytes = await (await import("node:fs/promises")).readFile(await file.path());
    if (kind === "svg") {
      expect(bytes.toString()).toMatch(/<image[^>]+href="data:image\/png/);
      expect(bytes.toString()).toContain("Filters</text>");
    } else {
      expect(bytes.subarray(1, 4).toString()).toBe("PNG");
      expect(bytes.length).toBeGreaterThan(5000);
    }
  }
});
