// Encoder and decoder on the page: the ready experiment, its attention with the tokens it is about, what it writes, and
// one put together by hand.
import { test, expect } from "./fixtures.mjs";
import { open, pause, spec, steps, write } from "./lab.mjs";

const SOURCE = 18;
/** The preset dates_attention with fewer units. */
const DATES = {
  seed: 7, data: { set: "dates", aligned: true, samples: 2000 }, task: { type: "language_model" },
  model: { layers: [{ type: "slice", length: SOURCE }, { type: "embedding", units: 16 },
    { type: "gru", units: 8, bidirectional: true, return_sequences: true, name: "source" },
    { type: "slice", start: SOURCE, length: 11, from: ["input"] }, { type: "embedding", units: 16 },
    { type: "gru", units: 16, return_sequences: true, name: "written" },
    { type: "attention", mask_padding: true, from: ["written", "source"], name: "found" },
    { type: "concat", from: ["written", "found"] }, { type: "dense" }] },
  optimizer: { type: "adam", lr: 0.01 }, training: { batch: 32 },
};

test("its attention is shown over the source without padding, token by token", async ({ page }) => {
  await open(page, spec(DATES));
  await pause(page);
  await page.getByTestId("panel-attention").scrollIntoViewIfNeeded();
  const step = await steps(page);
  await expect(page.getByTestId("attention-step")).toHaveText(`at step ${step.toLocaleString("en")}`);
  const { x, weights, names } = await page.evaluate(async ([exp, step]) => {
    const { Gradarium } = await import("./gradarium.js");
    const g = await Gradarium.start();
    await g.load(exp);
    await g.train({ steps: step });
    const look = await g.look({ example: { train: 0 }, values: ["input", "layers.6.weights"] });
    g.dispose();
    const of = (name) => Array.from(look.values[name].data);
    return { x: of("input"), weights: of("layers.6.weights"), names: [..."·→■ ,-./0123456789abcdefghijklmnopqrstuvwxyz年日月"] };
  }, [DATES, step]);
  const source = x.slice(0, SOURCE).filter((t) => t !== 0).map((t) => names[t]);
  await page.getByTestId("attention-place").fill("3");
  await page.getByTestId("attention-place").press("Enter");
  const fold = page.getByTestId("attention-table");
  await expect(fold.locator("summary")).toContainText("Row 3 ");
  await fold.locator("summary").click();
  const rows = await page.getByTestId("attention-rows").locator("tbody tr").evaluateAll((all) => all.map((tr) => ({
    label: tr.querySelector("th").textContent, weight: Number(tr.querySelector("[data-value]").dataset.value),
  })));
  expect(rows.length).toBe(source.length);
  rows.forEach((r, i) => expect(r.label).toContain(source[i] === " " ? "␣" : source[i]));
  expect(rows.map((r) => Math.fround(r.weight))).toEqual(weights.slice(2 * SOURCE, 2 * SOURCE + source.length));
  expect(weights.slice(2 * SOURCE + source.length, 3 * SOURCE).every((w) => w === 0)).toBe(true);
  await page.getByTestId("attention-view-stages").click();
  const said = await page.getByTestId("attention-agrees").textContent();
  said.replaceAll("−", "-").match(/\d[\d.]*(e-\d+)?/g).map(Number).forEach((gap) => expect(gap).toBeLessThan(1e-5));
});

test("it writes the target of a source, as gradarium.js does", async ({ page }) => {
  await open(page, spec(DATES));
  await expect.poll(() => steps(page)).toBeGreaterThan(60);
  await pause(page);
  const step = await steps(page);
  // What it writes by itself stands before; drawing other tokens is folded away.
  await page.getByTestId("answers-writing").locator("summary").click();
  await page.getByTestId("sample-temperature").fill("0");
  await page.getByTestId("sample-temperature").press("Enter");
  await page.getByTestId("sample-prompt").fill("5 may 2021");
  const written = await page.evaluate(async ([exp, step]) => {
    const { Gradarium } = await import("./gradarium.js");
    const g = await Gradarium.start();
    await g.load(exp);
    await g.train({ steps: step });
    const { text, tokens } = await g.generate({ prompt: "5 may 2021", length: 50, temperature: 0 });
    g.dispose();
    return { text, tokens };
  }, [DATES, step]);
  expect(written.tokens.length).toBeLessThanOrEqual(11);
  expect(written.tokens.slice(0, -1)).not.toContain(2);
  await expect(page.getByTestId("sample-text")).toHaveText("5 may 2021→" + written.text);
});

test("the toggle brings a network that fits, and the pieces can be put together by hand", async ({ page }) => {
  await open(page, spec({ ...DATES, data: { set: "reverse" }, model: { layers: [{ type: "embedding" }, { type: "dense" }] } }));
  await pause(page);
  await page.getByTestId("data-aligned").click();
  await expect(page.getByTestId("model-text")).toHaveValue(/^slice 0 8 \| embedding/);
  await expect(page.locator(".net-trouble")).toHaveCount(0);
  await write(page, "slice 0 8 | embedding 8 name=a | slice 8 9 from=input | embedding 8 | attention 1 | dense");
  await page.getByTestId("layer-4-settings").click();
  await page.getByTestId("layer-4-memory").selectOption({ label: "2 Embedding “a”" });
  await expect(page.getByTestId("model-text")).toHaveValue(/attention 1 from=embedding_1,a \|/);
  await page.getByTestId("layer-4-mask-padding").check();
  await expect(page.getByTestId("model-text")).toHaveValue(/attention 1 mask_padding from=embedding_1,a \|/);
  await page.getByTestId("layer-4-memory").selectOption({ index: 0 });
  await expect(page.getByTestId("model-text")).toHaveValue(/attention 1 mask_padding \| dense/);
  // A slice beyond the row is named at its card.
  await page.getByTestId("layer-2-settings").click();
  await page.getByTestId("layer-2-length").fill("10");
  await page.getByTestId("layer-2-length").press("Enter");
  await expect(page.getByTestId("layer-card-2")).toContainText("Number of places must be between 1 and 9, got 10.");
});
