// The curve of a layer's activation function on its opened card, with the layer's own values; and the two newest norms.
import { test, expect } from "./fixtures.mjs";
import { classes, open, pause, spec, write } from "./lab.mjs";

const sigmoid = (x) => 1 / (1 + Math.exp(-x));
const softplus = (x) => Math.log1p(Math.exp(x));
const clamp = (x, a, b) => Math.min(Math.max(x, a), b);
/** Abramowitz and Stegun 7.1.26: five digits, the page shows three. */
const erf = (x) => {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const p = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return Math.sign(x) * (1 - p * Math.exp(-x * x));
};
const F = {
  linear: (x) => x, relu: (x) => Math.max(x, 0), leaky_relu: (x) => Math.max(x, 0.01 * x),
  elu: (x) => (x > 0 ? x : Math.expm1(x)), selu: (x) => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x)),
  gelu: (x) => 0.5 * x * (1 + erf(x / Math.SQRT2)),
  gelu_tanh: (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
  silu: (x) => x * sigmoid(x), mish: (x) => x * Math.tanh(softplus(x)), sigmoid, tanh: Math.tanh, softplus,
  hard_sigmoid: (x) => clamp(x / 6 + 0.5, 0, 1), hard_tanh: (x) => clamp(x, -1, 1),
  hard_swish: (x) => x * clamp(x / 6 + 0.5, 0, 1), relu6: (x) => clamp(x, 0, 6), sin: Math.sin,
};
const number = (text) => Number(text.replaceAll(",", "").replaceAll("−", "-"));
/** All that is said of values: z, f and f′ behind each other. */
const said = (text) => [...text.matchAll(/z(?: =)? ([−\d.e]+)[,:] f(?: =)? ([−\d.e]+), f′(?: =)? ([−\d.e]+)/g)]
  .map((m) => m.slice(1, 4).map((n) => number(n.replace(/\.$/, ""))));

/** Three digits of z are shown, so that f is known to a hundredth of what z is. */
function holds(f, [z, value, slope], name) {
  const near = (got, want, of) => expect(Math.abs(got - want), `${name} ${of} at ${z}: ${got}, not ${want}`)
    .toBeLessThan(0.01 * (1 + Math.abs(want) + Math.abs(z)));
  near(value, f(z), "f");
  const h = 1e-4;
  // At a kink there is no slope to compare.
  const [left, right] = [(f(z) - f(z - h)) / h, (f(z + h) - f(z)) / h];
  if (Math.abs(left - right) < 0.01) near(slope, (left + right) / 2, "f′");
}

async function openCard(page, at) {
  const settings = page.getByTestId(`layer-${at}-settings`);
  if ((await settings.getAttribute("aria-expanded")) !== "true") await settings.click();
  await expect(page.getByTestId(`layer-${at}-curve`)).toBeVisible();
}

test("every activation's card shows f and its slope at the layer's own values", async ({ page }) => {
  await open(page, spec(classes("spiral", [{ type: "dense", units: 6, activation: "tanh" }, { type: "dense" }])));
  await pause(page);
  await openCard(page, 0);
  const curve = page.getByTestId("layer-0-curve");
  for (const name of Object.keys(F)) {
    await page.getByTestId("layer-0-activation").selectOption(name);
    await expect(curve).toHaveAttribute("aria-label", new RegExp(`of ${name} and.*Unit 6:`));
    await expect(curve.locator(".net-curve-mark")).toHaveCount(6);
    const values = said(await curve.getAttribute("aria-label"));
    expect(values.length, name).toBe(6);
    values.forEach((v) => holds(F[name], v, name));
    await page.getByTestId("layer-0-curve-at").fill("-2.5");
    const reading = page.getByTestId("layer-0-curve-reading");
    await expect(reading).toContainText(/z = .*f′/);
    said(await reading.textContent()).forEach((v) => holds(F[name], v, name));
  }
});

test("the values under the pointer, of a convolution, of a layer of its own and inside a residual block", async ({ page }) => {
  await open(page, spec({
    data: { set: "random", input: [8, 8, 2], target: { classes: 2 }, samples: 40 },
    model: { layers: [
      { type: "conv2d", filters: 4, kernel: 3, activation: "gelu" }, { type: "instance_norm", affine: true },
      { type: "activation", kind: "mish" }, { type: "flatten" }, { type: "dense", units: 12, activation: "relu" },
      { type: "residual", layers: [{ type: "dense", units: 12, activation: "elu" }] }, { type: "rms_norm" }, { type: "dense" }] },
    task: { type: "classification" },
  }));
  await pause(page);
  await openCard(page, 0);
  // 6×6 places of 4 filters are too many for marks.
  await expect(page.getByTestId("layer-0-curve-values")).toContainText("144 values");
  await expect.poll(() => page.getByTestId("layer-0-curve").locator("rect").count()).toBeGreaterThan(3);
  const box = await page.getByTestId("layer-0-curve").boundingBox();
  await page.mouse.move(box.x + box.width * 0.8, box.y + box.height / 2);
  await expect(page.getByTestId("layer-0-curve-reading")).toContainText("z =");
  const [at] = said(await page.getByTestId("layer-0-curve-reading").textContent());
  expect(at[0]).toBeGreaterThan(0.5);
  holds(F.gelu, at, "gelu");
  await openCard(page, 2);
  await expect(page.getByTestId("layer-2-curve-values")).toContainText("144 values");
  await openCard(page, 4);
  await expect(page.getByTestId("layer-4-curve")).toHaveAttribute("aria-label", /Unit 12:/);
  said(await page.getByTestId("layer-4-curve").getAttribute("aria-label")).forEach((v) => holds(F.relu, v, "relu"));
  await page.getByTestId("layer-5-settings").click();
  const inner = 6000;
  await openCard(page, inner);
  await expect(page.getByTestId(`layer-${inner}-curve`)).toHaveAttribute("aria-label", /of elu.*Unit 12:/);
  said(await page.getByTestId(`layer-${inner}-curve`).getAttribute("aria-label")).forEach((v) => holds(F.elu, v, "elu"));
});

test("RMS norm and instance norm are added, set and read like every layer", async ({ page }) => {
  await open(page, spec({
    data: { set: "random", input: [6, 6, 3], target: { classes: 2 }, samples: 30 },
    model: { layers: [{ type: "conv2d", filters: 4, kernel: 3 }, { type: "flatten" }, { type: "dense" }] },
    task: { type: "classification" },
  }));
  await page.getByTestId("add-layer-1").click();
  await page.getByTestId("add-instance-norm").click();
  await expect(page.getByTestId("model-text")).toHaveValue("conv 4 3x3 | instance_norm | flatten | dense");
  await page.getByTestId("layer-1-settings").click();
  await page.getByTestId("layer-1-affine").check();
  await expect(page.getByTestId("model-text")).toHaveValue("conv 4 3x3 | instance_norm affine | flatten | dense");
  await expect(page.getByTestId("layer-card-1")).toContainText("= 8");
  await write(page, "conv 4 3x3 | instance_norm | flatten | rms_norm | dense");
  await expect(page.getByTestId("layer-card-3")).toContainText("64");
  await page.getByTestId("lang-zh").click();
  await expect(page.getByTestId("layer-card-1")).toContainText("实例规范化");
  await expect(page.getByTestId("layer-card-3")).toContainText("均方根规范化");
});
