// The panel of hidden states against the engine: the same experiment, the same steps, read through gradarium.js.
import { test, expect } from "./fixtures.mjs";
import { open, pause, spec, steps } from "./lab.mjs";

const recurrent = (type, more = {}) => ({
  seed: 3, data: { set: "text", text: "rose tulip ".repeat(40), context: 8 }, task: { type: "language_model" },
  model: { layers: [{ type: "embedding", units: 8 }, { type, units: 6, return_sequences: true, ...more }, { type: "dense" }] },
  optimizer: { type: "adam", lr: 0.01 }, training: { batch: 8 },
});

async function rest(page, exp) {
  await open(page, spec(exp));
  await pause(page);
  await page.getByTestId("panel-hidden-state").scrollIntoViewIfNeeded();
  // On a busy machine the last frame may come late: the count must stand still for a while.
  let step = -1;
  for (let same = 0; same < 4; await page.waitForTimeout(250)) {
    const now = await steps(page);
    same = now === step ? same + 1 : 0;
    step = now;
  }
  await expect(page.getByTestId("hidden-state-step")).toHaveText(`at training step ${step.toLocaleString("en")}`);
  return step;
}

/** One rounding of an f32 to the next (2⁻²³): the square and the difference in 1 − h² are off by less, six products and sums by four. */
const F32_ROUNDING = 2 ** -23;

const engine = (page, exp, step, want) => page.evaluate(async ([exp, step, want]) => {
  const { Gradarium } = await import("./gradarium.js");
  const g = await Gradarium.start();
  await g.load(exp);
  if (step) await g.train({ steps: step });
  const look = await g.look(want);
  g.dispose();
  return Object.fromEntries(Object.entries(look.values).map(([name, v]) => [name, { shape: v.shape, data: Array.from(v.data) }]));
}, [exp, step, want]);

/** The numbers of a fold's table, a row each; column 0 is the first with numbers of the network. */
async function table(page, fold, rows) {
  const details = page.getByTestId(fold);
  if (!(await details.evaluate((d) => d.open))) await details.locator("summary").click();
  await expect(page.getByTestId(rows)).toBeVisible();
  return page.getByTestId(rows).locator("tbody tr")
    .evaluateAll((all) => all.map((tr) => [...tr.querySelectorAll("[data-value]")].map((td) => Number(td.dataset.value))));
}

const norms = ({ shape: [len, units], data }) =>
  Array.from({ length: len }, (_, t) => Math.hypot(...data.slice(t * units, (t + 1) * units)));

/** Within six digits: the page and this test round differently. */
function near(shown, wanted) {
  expect(shown).toHaveLength(wanted.length);
  shown.forEach((v, i) => expect(Math.abs(v - wanted[i]), `number ${i}: ${v} and ${wanted[i]}`).toBeLessThanOrEqual(1e-6 * Math.abs(wanted[i]) + 1e-30));
}

test("states, memory and gates of a unit are the engine's to the bit", async ({ page }) => {
  const exp = recurrent("lstm");
  const step = await rest(page, exp);
  const names = ["layers.1.states", "layers.1.gates", "layers.1.cell"];
  const seen = await engine(page, exp, step, { example: { train: 0 }, values: names });
  await page.getByTestId("hidden-state-unit").fill("5");
  await page.getByTestId("hidden-state-unit").press("Enter");
  // PyTorch's order of the gates: i, f, g, o.
  const places = { h: [names[0], 0], c: [names[2], 0], i: [names[1], 0], f: [names[1], 1], g: [names[1], 2], o: [names[1], 3] };
  for (const [letter, [name, part]] of Object.entries(places)) {
    await page.getByTestId(`cell-part-${letter}`).click();
    const shown = (await table(page, "hidden-state-table", "hidden-state-rows")).map((r) => Math.fround(r[0]));
    const { shape: [len, width], data } = seen[name];
    expect(shown).toEqual(Array.from({ length: len }, (_, t) => data[t * width + part * 6 + 4]));
  }
  // A token of the text is a step of that unit: pointing reads it, a click keeps it.
  const tokens = page.getByTestId("hidden-state-text").locator("span");
  await expect(tokens).toHaveCount(8);
  await tokens.nth(6).hover();
  await expect(page.getByTestId("hidden-state-readout")).toContainText("unit 5 at step 7");
  await tokens.nth(6).click();
  await page.getByTestId("hidden-state-step").hover();
  await expect(page.getByTestId("hidden-state-readout")).toContainText("unit 5 at step 7");
  await expect(tokens.nth(6)).toHaveClass("next");
  await page.getByTestId("hidden-state-strip-unpin").click();
  await expect(page.getByTestId("hidden-state-readout")).toContainText("Hover or tap");
});

test("the gradient through time is the engine's, for the loss that was chosen, and follows the chain rule", async ({ page }) => {
  const exp = recurrent("rnn");
  const step = await rest(page, exp);
  const shown = (await table(page, "hidden-state-gradient-table", "hidden-state-gradient-rows")).map((r) => r[0]);
  const values = ["layers.1.states", "layers.1.states.grad", "layers.1.weight_hh"];
  const seen = await engine(page, exp, step, { example: { train: 0 }, values, of: { loss_at: 7 } });
  near(shown, norms(seen["layers.1.states.grad"]));
  // By hand: d_h_{t−1} = W_hhᵀ ((1 − h_t²) ∘ d_h_t), for the loss of the last step reaches earlier ones through states alone.
  // How far it has trained is the machine's affair; near h = ±1 the engine's 1 − h² has but the digits that f32 leaves it.
  const [h, d, w] = values.map((name) => seen[name].data);
  const sum = (term) => [0, 1, 2, 3, 4, 5].reduce((all, j) => all + term(j), 0);
  for (let t = 7; t > 0; t -= 1) {
    const grown = (j) => d[t * 6 + j] * (1 - h[t * 6 + j] ** 2);
    for (let i = 0; i < 6; i += 1) {
      const rounding = F32_ROUNDING * sum((j) => Math.abs(w[j * 6 + i]) * (Math.abs(d[t * 6 + j]) + 4 * Math.abs(grown(j))));
      const got = d[(t - 1) * 6 + i];
      const want = sum((j) => w[j * 6 + i] * grown(j));
      expect(Math.abs(got - want), `unit ${i} at step ${t - 1}: ${got} and ${want}`).toBeLessThanOrEqual(rounding);
    }
  }
  await page.getByTestId("hidden-state-loss-whole").click();
  const whole = await engine(page, exp, step, { example: { train: 0 }, values: ["layers.1.states.grad"] });
  await expect.poll(async () => (await table(page, "hidden-state-gradient-table", "hidden-state-gradient-rows"))[0][0]).not.toBe(shown[0]);
  near((await table(page, "hidden-state-gradient-table", "hidden-state-gradient-rows")).map((r) => r[0]), norms(whole["layers.1.states.grad"]));
  await page.getByTestId("hidden-state-loss-one").click();
  await page.getByTestId("hidden-state-loss-step").fill("3");
  await page.getByTestId("hidden-state-loss-step").press("Enter");
  await expect.poll(async () => (await table(page, "hidden-state-gradient-table", "hidden-state-gradient-rows")).map((r) => r[0] > 0))
    .toEqual([true, true, true, false, false, false, false, false]);
});

test("rnn, lstm and gru beside the run, which goes on undisturbed", async ({ page }) => {
  const exp = recurrent("gru");
  const step = await rest(page, exp);
  await page.getByTestId("hidden-state-compare-steps").fill("25");
  await page.getByTestId("hidden-state-compare-steps").press("Enter");
  await page.getByTestId("hidden-state-compare").click();
  for (const cell of ["rnn", "lstm", "gru"]) {
    await expect(page.getByTestId(`hidden-state-compare-${cell}`)).toContainText(`${cell} after 25 steps`, { timeout: 30_000 });
  }
  expect(await steps(page)).toBe(step);
  const rows = await table(page, "hidden-state-gradient-table", "hidden-state-gradient-rows");
  for (const [i, cell] of ["rnn", "lstm", "gru"].entries()) {
    const want = { example: { train: 0 }, values: ["layers.1.states.grad"], of: { loss_at: 7 } };
    const seen = await engine(page, recurrent(cell), 25, want);
    near(rows.map((r) => r[i + 1]), norms(seen["layers.1.states.grad"]));
  }
  await page.getByTestId("hidden-state-compare-clear").click();
  await expect(page.getByTestId("hidden-state-compare-rnn")).toHaveCount(0);
  await page.getByTestId("hidden-state-compare-steps").fill("5000");
  await page.getByTestId("hidden-state-compare-steps").press("Enter");
  await page.getByTestId("hidden-state-compare").click();
  await expect(page.getByTestId("hidden-state-compare-lstm")).toContainText(/step [1-9]/, { timeout: 20_000 });
  await page.getByTestId("hidden-state-compare-cancel").click();
  await expect(page.getByTestId("hidden-state-compare-lstm")).toHaveCount(0);
  await expect(page.getByTestId("hidden-state-compare")).toBeVisible();
});

test("a series is drawn on the colours of a unit, both directions can be read, many units and steps stay bounded", async ({ page }) => {
  await open(page, spec({
    data: { set: "random", input: [300, 2], target: { classes: 2 }, samples: 32 }, task: { type: "classification" },
    model: { layers: [{ type: "gru", units: 64, bidirectional: true }, { type: "dense" }] }, training: { batch: 4 },
  }));
  await page.getByTestId("panel-hidden-state").scrollIntoViewIfNeeded();
  const strip = page.getByTestId("hidden-state-strip");
  await expect(strip).toHaveAttribute("aria-label", /48 units over 300 steps/, { timeout: 20_000 });
  await page.getByTestId("hidden-state-more").click();
  await expect(strip).toHaveAttribute("aria-label", /64 units over 300 steps/);
  await expect(page.getByTestId("hidden-state-series")).toBeVisible();
  await page.getByTestId("hidden-state-reverse").click();
  await expect(strip).toBeVisible();
  await expect(page.getByTestId("cell-part-z")).toBeVisible();
  await expect(page.getByTestId("cell-part-c")).toHaveCount(0);
});
