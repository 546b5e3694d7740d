// The attention panel against the engine: the same experiment, the same steps, read through gradarium.js.
import { test, expect } from "./fixtures.mjs";
import { classes, open, pause, spec, steps } from "./lab.mjs";

const ROSES = {
  seed: 3, data: { set: "text", text: "rose tulip ".repeat(40), context: 8 }, task: { type: "language_model" },
  model: { layers: [{ type: "embedding", units: 16 }, { type: "positional" },
    { type: "transformer_block", heads: 2, mlp_ratio: 2 }, { type: "layer_norm" }, { type: "dense" }] },
  optimizer: { type: "adamw", lr: 0.01 }, training: { batch: 8 },
};
/** Two sequences of different lengths: every step of the series asks among pairs of them. */
const CROSS = {
  seed: 1, data: { set: "random", input: [12, 4], target: { classes: 2 }, samples: 64 }, task: { type: "classification" },
  model: { layers: [{ type: "dense", units: 8, name: "all" }, { type: "max_pool1d", size: 2, name: "pairs" },
    { type: "attention", heads: 2, from: ["all", "pairs"] }, { type: "flatten" }, { type: "dense" }] },
};

/** Opens the page (with no experiment: it is open), rests, and shows the panel; resolves with the step. */
async function rest(page, exp) {
  if (exp) await open(page, spec(exp));
  await pause(page);
  await page.getByTestId("panel-attention").scrollIntoViewIfNeeded();
  // On a busy machine the last frame may come late: the count must stand still for a while.
  let step = -1;
  for (let same = 0; same < 4; await page.waitForTimeout(250)) {
    const now = await steps(page);
    same = now === step ? same + 1 : 0;
    step = now;
  }
  await expect(page.getByTestId("attention-step")).toHaveText(`at step ${step.toLocaleString("en")}`);
  return step;
}

/** What the engine has of one example after so many steps. */
const engine = (page, exp, step, want) => page.evaluate(async ([exp, step, want]) => {
  const { Gradarium } = await import("./gradarium.js");
  const g = await Gradarium.start();
  await g.load(exp);
  await g.train({ steps: step });
  const look = await g.look(want);
  g.dispose();
  return Object.fromEntries(Object.entries(look.values).map(([name, v]) => [name, { shape: v.shape, data: Array.from(v.data) }]));
}, [exp, step, want]);

/** Chooses a head and a place that asks; the table's rows: label, score where there is one, weight. */
async function row(page, head, place) {
  await page.getByTestId(`attention-head-${head}`).click();
  await page.getByTestId("attention-place").fill(String(place + 1));
  await page.getByTestId("attention-place").press("Enter");
  const fold = page.getByTestId("attention-table");
  await expect(fold.locator("summary")).toContainText(`Row ${place + 1} `);
  if (!(await fold.evaluate((d) => d.open))) await fold.locator("summary").click();
  await expect(page.getByTestId("attention-rows")).toBeVisible();
  return page.getByTestId("attention-rows").locator("tbody tr").evaluateAll((all) => all.map((tr) => ({
    label: tr.querySelector("th").textContent, hidden: tr.classList.contains("masked"),
    weight: Number(tr.querySelector("[data-value]").dataset.value),
  })));
}

const weightsOf = (value, head, place) => {
  const [, len, keys] = value.shape;
  return value.data.slice((head * len + place) * keys, (head * len + place + 1) * keys);
};

test("weights are the engine's to the bit, rows sum to one, what comes later has none", async ({ page }) => {
  const step = await rest(page, ROSES);
  const seen = await engine(page, ROSES, step, { example: { train: 0 }, values: ["layers.2.attn.weights"] });
  const weights = seen["layers.2.attn.weights"];
  expect(weights.shape).toEqual([2, 8, 8]);
  for (const [head, place] of [[0, 0], [0, 5], [1, 7]]) {
    const shown = await row(page, head, place);
    expect(shown.map((r) => Math.fround(r.weight))).toEqual(weightsOf(weights, head, place));
    expect(shown.reduce((sum, r) => sum + r.weight, 0)).toBeCloseTo(1, 5);
    expect(shown.map((r) => r.hidden)).toEqual(Array.from({ length: 8 }, (_, s) => s > place));
    expect(shown.filter((r) => r.hidden).every((r) => r.weight === 0)).toBe(true);
  }
  // What head 2 looks at, counted by hand; each with what even attention would give.
  const mean = (f) => [1, 2, 3, 4, 5, 6, 7].reduce((sum, t) => sum + f(t) / 7, 0);
  const patterns = { "the place before": [(t) => weightsOf(weights, 1, t)[t - 1]], itself: [(t) => weightsOf(weights, 1, t)[t]],
    "the start": [(t) => weightsOf(weights, 1, t)[0]] };
  const listed = await page.getByTestId("attention-summary").locator("tr").evaluateAll((all) => all.map((tr) =>
    [tr.querySelector("th").textContent, Number(tr.querySelector("[data-value]").dataset.value), Number(tr.dataset.even)]));
  const known = listed.filter(([name]) => patterns[name]);
  expect(known.length).toBeGreaterThan(0);
  for (const [name, share, even] of known) {
    expect(share, name).toBeCloseTo(mean(patterns[name][0]), 5);
    expect(even, name).toBeCloseTo(mean((t) => 1 / (t + 1)), 5);
  }
  // Sorted by fit; what is merely nearby counts less.
  const fits = listed.filter(([name]) => !name.startsWith("nearby")).map(([, share, even]) => (share - even) / (1 - even));
  expect(fits).toEqual([...fits].sort((a, b) => b - a));
  const head = page.getByTestId("attention-head-1");
  await expect(head.locator("small")).toHaveText(await page.getByTestId("attention-main").textContent());
});

test("step by step: scores from queries and keys, the softmax is the network's, the mix its heads", async ({ page }) => {
  const step = await rest(page, ROSES);
  await page.getByTestId("attention-view-stages").click();
  await expect(page.getByTestId("attention-agrees")).toBeVisible();
  const numbers = (await page.getByTestId("attention-agrees").textContent()).replaceAll("−", "-").match(/\d[\d.]*(e-\d+)?/g).map(Number);
  expect(numbers).toHaveLength(2);
  numbers.forEach((gap) => expect(gap).toBeLessThan(1e-5));
  await row(page, 1, 6);
  const scores = await page.getByTestId("attention-rows").locator("tbody tr td:nth-child(3)").allTextContents();
  const { "layers.2.attn.qkv": qkv } = await engine(page, ROSES, step, { example: { train: 0 }, values: ["layers.2.attn.qkv"] });
  const part = (which, place) => qkv.data.slice(place * 48 + which * 16 + 8, place * 48 + which * 16 + 16);
  const score = (s) => part(0, 6).reduce((sum, q, i) => sum + q * part(1, s)[i], 0) / Math.sqrt(8);
  scores.forEach((text, s) => {
    const shown = Number(text.replaceAll("−", "-"));
    expect(Math.abs(shown - score(s))).toBeLessThan(0.006 * Math.abs(score(s)) + 1e-6);
  });
  await page.getByTestId("attention-stage-scores").hover({ position: { x: 3, y: 3 } });
  await expect(page.getByTestId("attention-steps")).toContainText("the network says 1");
});

test("a token under the pointer is read; ribbons show the same head", async ({ page }) => {
  await rest(page, ROSES);
  const map = page.getByTestId("attention-map");
  const box = await map.boundingBox();
  await page.mouse.move(box.x + box.width - 12, box.y + box.height - 12);
  await expect(page.getByTestId("attention-readout")).toHaveText(/\(8\) gives key .* \(8\) the weight [\d.e−]+/);
  // A token's label lights its row and its column, and says what it takes and who asks it.
  await page.mouse.move(box.x + 6, box.y + box.height - 12);
  await expect(page.getByTestId("attention-readout")).toHaveText(/\(8\) takes most from .*; .*\(8\) gets most weight from/);
  await page.mouse.move(5, 5);
  await expect(page.getByTestId("attention-readout")).toContainText("Hover or tap");
  await page.getByTestId("attention-view-ribbons").click();
  await expect(map).toHaveAttribute("aria-label", /8 query positions, 8 key positions/);
});

test("one's own text is followed, and what cannot be read is said", async ({ page }) => {
  const step = await rest(page, ROSES);
  await page.getByTestId("example-own-text").click();
  await page.getByTestId("example-text").fill("lipX ro");
  await expect(page.getByTestId("example-unknown")).toContainText("X");
  await expect(page.getByTestId("attention-map")).toHaveAttribute("aria-label", /6 query positions/);
  const shown = await row(page, 0, 5);
  expect(shown.map((r) => r.label)).toEqual(["l", "i", "p", "␣", "r", "o"]);
  const seen = await engine(page, ROSES, step, { example: { text: "lip ro" }, values: ["layers.2.attn.weights"] });
  expect(shown.map((r) => Math.fround(r.weight))).toEqual(weightsOf(seen["layers.2.attn.weights"], 0, 5).slice(0, 6));
  await page.getByTestId("example-text").fill("汉字");
  await expect(page.getByTestId("panel-attention")).toContainText("no token that the network knows");
  await page.getByTestId("example-text").fill("");
  await expect(page.getByTestId("example-unknown")).not.toBeEmpty();
  await expect(page.getByTestId("panel-attention")).toContainText("no token that the network knows");
});

test("two sequences of different lengths, turned queries, additive scores: all are shown for what they are", async ({ page }) => {
  const step = await rest(page, CROSS);
  await expect(page.getByTestId("attention-map")).toHaveAttribute("aria-label", /12 query positions, 6 key positions/);
  const shown = await row(page, 1, 11);
  const seen = await engine(page, CROSS, step, { example: { train: 0 }, values: ["layers.2.weights"] });
  expect(shown.map((r) => Math.fround(r.weight))).toEqual(weightsOf(seen["layers.2.weights"], 1, 11));
  expect(shown.some((r) => r.hidden)).toBe(false);
  await page.getByTestId("attention-view-stages").click();
  await expect(page.getByTestId("attention-agrees")).toContainText(/e−\d/);
  const [all, pairs, attention, ...rest_] = CROSS.model.layers;
  const changed = [all, { type: "positional", kind: "rotary" }, { ...attention, from: undefined }, ...rest_];
  await page.goto(`index.html${spec({ ...CROSS, model: { layers: changed } })}`);
  await expect(page.getByTestId("attention-agrees")).toContainText(/e−\d.* places first/);
  const additive = [all, pairs, { ...attention, kind: "additive" }, ...rest_];
  await page.goto(`index.html${spec({ ...CROSS, model: { layers: additive } })}`);
  await expect(page.getByTestId("panel-attention")).toContainText("vᵀ tanh(q + k)");
});

test("while it writes: every token with the weights and the odds of the pass that it was drawn from", async ({ page }) => {
  await open(page, spec(ROSES));
  await expect(page.getByTestId("sample-text")).toContainText("rose tulip", { timeout: 30_000 });
  const step = await rest(page);
  const field = async (id, value) => { await page.getByTestId(id).fill(String(value)); await page.getByTestId(id).press("Enter"); };
  await field("sample-prompt", "ro");
  await field("sample-length", 12);
  await page.getByTestId("writing-fold").locator("summary").first().click();
  await field("writing-pace", 20);
  await expect(page.getByTestId("writing-whole")).toBeVisible();
  const text = page.getByTestId("writing-text");
  await expect(text.locator("span[data-k]")).toHaveCount(12);
  // The same draws as the text above, which the worker wrote in one go.
  const all = (await text.locator("span").allTextContents()).join("").replaceAll("␣", " ");
  await expect(page.getByTestId("sample-text")).toHaveText(all);
  const layer = "layers.2.attn.weights";
  for (const k of [9, 3]) {
    await text.locator(`span[data-k="${k}"]`).click();
    // What scrolls under a resting pointer would be read instead.
    await page.mouse.move(5, 5);
    await expect(page.getByTestId("writing-at")).toHaveValue(String(k + 1));
    await expect(page.getByTestId("writing-step")).toHaveText(`drawn at step ${step.toLocaleString("en")}`);
    const seen = await engine(page, ROSES, step, { example: { text: all.slice(0, 2 + k) }, values: [layer, "output"] });
    const place = Math.min(2 + k, 8) - 1;
    await page.getByTestId("writing-head").selectOption("1");
    const fold = page.getByTestId("writing-table");
    if (!(await fold.evaluate((d) => d.open))) await fold.locator("summary").click();
    const shown = await page.getByTestId("writing-rows").locator("[data-value]").evaluateAll((a) => a.map((td) => Number(td.dataset.value)));
    expect(shown.map(Math.fround)).toEqual(weightsOf(seen[layer], 1, place).slice(0, place + 1));
    expect(shown.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
    await page.getByTestId("writing-head").selectOption("");
    await expect(page.getByTestId("writing-wrote")).toContainText("mean of all heads");
    // Softmax of the logits, and at temperature 0.8 what it was drawn from.
    const logits = seen.output.data.slice(place * seen.output.shape[1], (place + 1) * seen.output.shape[1]);
    const softmax = (t) => { const e = logits.map((l) => Math.exp(l / t)); const sum = e.reduce((a, v) => a + v, 0); return e.map((v) => v / sum); };
    const odds = await page.getByTestId("writing-odds").locator("tbody tr").evaluateAll((rows) => rows.map((tr) =>
      [...tr.querySelectorAll("[data-value]")].map((td) => Number(td.dataset.value))));
    const order = [...logits.keys()].sort((a, b) => logits[b] - logits[a]);
    odds.slice(0, 5).forEach(([logit, p, chance], rank) => {
      expect(Math.fround(logit)).toBe(logits[order[rank]]);
      expect(p).toBeCloseTo(softmax(1)[order[rank]], 5);
      expect(chance).toBeCloseTo(softmax(0.8)[order[rank]], 5);
    });
    const drawn = await page.getByTestId("writing-odds").locator("tr.drawn th").textContent();
    expect(drawn).toBe(await text.locator(`span[data-k="${k}"]`).textContent());
  }
  // Back and on through what is drawn; the pointer on an earlier token shows its row.
  await page.getByTestId("writing-before").click();
  await expect(page.getByTestId("writing-at")).toHaveValue("3");
  await text.locator('span[data-k="0"]').hover();
  await expect(text.locator("span[style]")).toHaveCount(2);
  await page.getByTestId("writing-next").hover();
  await expect(text.locator("span[style]")).toHaveCount(4);
  await page.getByTestId("writing-next").click();
  await expect(page.getByTestId("writing-at")).toHaveValue("4");
  await page.getByTestId("writing-again").click();
  await expect(page.getByTestId("writing-whole")).toBeVisible();
  expect((await text.locator("span").allTextContents()).join("").replaceAll("␣", " ")).toBe(all);
});

test("a decoder's tokens light the source that they were taken from; another experiment ends the text", async ({ page }) => {
  await page.goto("index.html#/play");
  await page.getByTestId("ready").selectOption("dates_attention");
  await expect(page.getByTestId("panel-attention")).toBeVisible({ timeout: 30_000 });
  await pause(page);
  await page.getByTestId("answers-writing").locator("summary").first().click();
  await page.getByTestId("sample-prompt").fill("5 may 2021");
  await page.getByTestId("writing-fold").locator("summary").first().click();
  const text = page.getByTestId("writing-text");
  // A network that has hardly learned may end at once: the first token is enough.
  await text.locator('span[data-k="0"]').click();
  await page.mouse.move(5, 5);
  // Cross attention first: ten characters of the source, none of what is written.
  await expect(text.locator("span[style]")).toHaveText([..."5␣may␣2021"]);
  const fold = page.getByTestId("writing-table");
  await fold.locator("summary").click();
  const sum = async () => (await page.getByTestId("writing-rows").locator("[data-value]").evaluateAll((a) => a.map((td) => Number(td.dataset.value))))
    .reduce((all, p) => all + p, 0);
  expect(await sum()).toBeCloseTo(1, 5);
  // The decoder's own attention: the arrow alone; the encoder's did not lead to it and is not offered.
  await expect(page.getByTestId("writing-layer").locator("option")).toHaveCount(2);
  await page.getByTestId("writing-layer").selectOption({ index: 0 });
  await expect(text.locator("span[style]")).toHaveText("→");
  expect(await sum()).toBeCloseTo(1, 5);
  await page.getByTestId("writing-again").click();
  await page.getByTestId("ready").selectOption("char_rnn");
  await expect(page.getByTestId("panel-attention")).toHaveCount(0);
  await page.getByTestId("writing-fold").locator("summary").first().click();
  await expect(text.locator("span[data-k]").nth(1)).toBeVisible({ timeout: 30_000 });
  await expect(text.locator("span[style]")).toHaveCount(0);
  await expect(page.getByTestId("writing-odds").locator("tr.drawn")).toHaveCount(1);
  await page.getByTestId("ready").selectOption("lenet_digits");
  await expect(page.getByTestId("panel-samples")).toHaveCount(0);
});

test("a network without attention shows none of it", async ({ page }) => {
  await open(page, spec(classes("spiral", [{ type: "dense", units: 4 }, { type: "dense" }])));
  await expect(page.getByTestId("panel-attention")).toHaveCount(0);
  await expect(page.getByTestId("panel-hidden-state")).toHaveCount(0);
});

test("a layer that is removed while it is chosen and pinned leaves the next one", async ({ page }) => {
  const block = { type: "transformer_block", heads: 2, mlp_ratio: 2 };
  const [first, second, one, ...rest_] = ROSES.model.layers;
  await rest(page, { ...ROSES, model: { layers: [first, second, one, block, ...rest_] } });
  await page.getByTestId("attention-layer").selectOption({ index: 1 });
  const map = page.getByTestId("attention-map");
  const box = await map.boundingBox();
  // A token's label can be kept as well as a cell.
  await page.mouse.click(box.x + 6, box.y + box.height - 12);
  await page.mouse.move(5, 5);
  await expect(page.getByTestId("attention-readout")).toHaveText(/\(8\) takes most from .*; .*\(8\) gets most weight from/);
  await page.getByTestId("model-text").fill("embedding 16 | positional | transformer_block 2 mlp_ratio=2 | layer_norm | dense");
  await page.getByTestId("model-text").press("Enter");
  await expect(page.getByTestId("attention-layer")).toHaveCount(0);
  await expect(map).toHaveAttribute("aria-label", /layers\.2\.attn: 8 query positions/);
  await expect(page.getByTestId("attention-readout")).toHaveText(/\(8\) takes most from/);
  await page.getByTestId("attention-map-unpin").click();
  await expect(page.getByTestId("attention-readout")).toContainText("Hover or tap");
});
