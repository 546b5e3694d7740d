// The lock on a layer's card: it stands in text, file and link, weights keep their numbers, the run goes on.
import { test, expect } from "./fixtures.mjs";

const open = (page, model, more = "") => {
  const spec = { gradarium: 1, seed: 7, data: { set: "spiral" }, model: { layers: model }, task: { type: "classification" }, optimizer: { type: "adam", lr: 0.01 } };
  return page.goto(`index.html#/play?spec=${encodeURIComponent(JSON.stringify(spec))}${more}`);
};
const dense = (units, more = {}) => ({ type: "dense", units, activation: "tanh", ...more });
const small = [dense(4), dense(6), { type: "dense" }];
const text = (page) => page.getByTestId("model-text");
const lock = (page, layer) => page.getByTestId(`layer-${layer}-frozen`);

/** A run of the embedding interface on the page's own code. */
async function embedded(page, model) {
  await page.goto("embed.html");
  return page.evaluate(async (layers) => {
    const { Gradarium } = await import("./gradarium.js");
    const g = await Gradarium.start({ backend: "auto" });
    await g.load({ gradarium: 2, seed: 7, data: { set: "spiral" }, model: { layers }, task: { type: "classification" }, optimizer: { type: "adam", lr: 0.01 }, training: { batch: 16, l2: 0.01 } });
    const read = async () => Object.fromEntries(await Promise.all((await g.values()).filter((v) => v.role === "parameter").map(async (v) => [v.name, Array.from((await g.probe(v.name)).data)])));
    const before = await read();
    await g.train({ steps: 100 });
    const after = await read();
    g.dispose();
    return Object.keys(before).filter((name) => before[name].some((x, i) => !Object.is(x, after[name][i])));
  }, model);
}

test("a lock is set on the card, and taken back", async ({ page }) => {
  await open(page, small);
  await page.getByTestId("layer-card-1").hover();
  await expect(lock(page, 1)).toHaveAttribute("aria-pressed", "false");
  await lock(page, 1).click();
  await expect(lock(page, 1)).toHaveAttribute("aria-pressed", "true");
  await expect(text(page)).toHaveValue("dense 4 tanh | dense 6 tanh frozen | dense");
  // It stays in view when pointer and focus have gone.
  await page.mouse.move(5, 5);
  await page.getByTestId("undo").focus();
  await expect(lock(page, 1)).toBeVisible();
  await expect(page.getByTestId("layer-1-remove")).toHaveCSS("opacity", "0");
  await page.getByTestId("undo").click();
  await expect(text(page)).toHaveValue("dense 4 tanh | dense 6 tanh | dense");
  await text(page).fill("dense 4 tanh frozen | dense 6 tanh | dense");
  await text(page).press("Enter");
  await expect(lock(page, 0)).toHaveAttribute("aria-pressed", "true");
  // A layer without parameters has nothing to freeze.
  await text(page).fill("dense 4 | activation relu | dense");
  await text(page).press("Enter");
  await expect(lock(page, 2)).toHaveCount(1);
  await expect(lock(page, 1)).toHaveCount(0);
});

test("locking is no restart", async ({ page }) => {
  await open(page, small, "&paused=1");
  const steps = async () => Number((await page.getByTestId("step-count").innerText()).replace(/\D/g, ""));
  for (let i = 0; i < 3; i++) await page.getByTestId("step").click();
  await expect.poll(steps).toBe(3);
  await page.getByTestId("layer-card-0").hover();
  await lock(page, 0).click();
  await page.getByTestId("step").click();
  await expect.poll(steps).toBe(4);
});

test("everything frozen is one sentence with a remedy", async ({ page }) => {
  await open(page, [dense(4, { frozen: true }), { type: "dense" }], "&lang=en&paused=1");
  await page.getByTestId("layer-card-1").hover();
  await lock(page, 1).click();
  await expect(page.getByTestId("layer-card-1")).toContainText("Every layer that could learn is frozen");
  await page.getByTestId("problem-fix").first().click();
  await expect(text(page)).toHaveValue("dense 4 tanh frozen | dense");
  await page.getByTestId("lang-zh").click();
  await page.getByTestId("layer-card-1").hover();
  await lock(page, 1).click();
  await expect(page.getByTestId("layer-card-1")).toContainText("已冻结");
});

test("a link carries locks, inside containers too", async ({ page }) => {
  await open(page, [dense(4), { type: "residual", layers: [dense(4, { frozen: true })] }, { type: "dense", frozen: true }]);
  await expect(text(page)).toHaveValue("dense 4 tanh | residual(dense 4 tanh frozen) | dense frozen");
  await lock(page, 2).click();
  await lock(page, 1).click();
  await expect.poll(() => page.evaluate(async () => {
    const x = /[?&]x=([^&]*)/.exec(location.hash)?.[1] ?? "";
    if (!x) return [];
    const bytes = Uint8Array.from(atob(x.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
    const text = new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")));
    return (await text.json()).model.layers.map((l) => l.frozen ?? false);
  })).toEqual([false, true, false]);
  const address = page.url();
  await page.goto("about:blank");
  await page.goto(address);
  await expect(text(page)).toHaveValue("dense 4 tanh | residual(dense 4 tanh frozen) frozen | dense");
});

const layers = (model) => model.map((l) => (typeof l === "string" ? { type: l } : l));
for (const [name, model, moved] of [
  ["the first layer", [dense(4, { frozen: true }), dense(6), "dense"], ["layers.1.weight", "layers.1.bias", "layers.2.weight", "layers.2.bias"]],
  ["a norm in the middle", [dense(4), { type: "layer_norm", frozen: true }, "dense"], ["layers.0.weight", "layers.0.bias", "layers.2.weight", "layers.2.bias"]],
  ["a whole residual block", [dense(4), { type: "residual", layers: [dense(4), { type: "batch_norm" }], frozen: true }, { type: "dense", frozen: true }], ["layers.0.weight", "layers.0.bias"]],
]) {
  test(`through gradarium.js: ${name} keeps its bits over 100 steps`, async ({ page }) => {
    expect((await embedded(page, layers(model))).sort()).toEqual(moved.sort());
  });
}
