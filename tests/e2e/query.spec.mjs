// The query line: any value of the network by its name, against what the engine says through gradarium.js.
import { test, expect } from "./fixtures.mjs";
import { classes, dense, open, pause, play, reset, settled, spec, steps } from "./lab.mjs";

const NET = classes("spiral", [dense(8, "tanh"), dense(6, "relu"), dense()], { seed: 5, optimizer: { type: "adam", lr: 0.01 } });
const IMAGES = classes("digits8", [{ type: "conv2d", filters: 4, kernel: 3, activation: "relu" }, { type: "batch_norm" }, { type: "flatten" }, dense()], { seed: 2 });
const STATES = {
  seed: 3, data: { set: "text", text: "rose tulip ".repeat(40), context: 8 }, task: { type: "language_model" },
  model: { layers: [{ type: "embedding", units: 8 }, { type: "lstm", units: 6, return_sequences: true }, { type: "attention", heads: 2 }, { type: "dense" }] },
};

const line = (page) => page.getByTestId("query-line");
const fault = (page) => page.getByTestId("query-fault");

/** Types a query and shows it. */
async function ask(page, text) {
  await line(page).fill(text);
  await line(page).press("Enter");
}

/** The panel of that query, once it has something to show. */
function panel(page, text) {
  return page.locator("section.panel", { has: page.locator("h2").getByText(text, { exact: true }) });
}

/** The numbers that a panel's table shows, in the order of the value, with what each is called. */
async function table(page, text) {
  const p = panel(page, text);
  await p.scrollIntoViewIfNeeded();
  const one = p.locator(".query-number");
  await expect(p.locator("details, .query-number").first()).toBeVisible();
  if (await one.count()) return { names: [], numbers: [Number(await one.getAttribute("data-value"))] };
  const fold = p.locator("details");
  if (!(await fold.evaluate((d) => d.open))) await fold.locator("summary").click();
  const rows = p.locator("tbody tr");
  await expect(rows.first()).toBeVisible();
  return rows.evaluateAll((all) => ({
    names: all.map((tr) => tr.querySelector("code").textContent), numbers: all.map((tr) => Number(tr.querySelector("[data-value]").dataset.value)),
  }));
}

/** What the engine says of the same experiment after so many steps: parameters, gradients, optimizer state, and a look at an example. */
const engine = (page, exp, step, { probes = [], values = [] }) => page.evaluate(async ([exp, step, probes, values]) => {
  const { Gradarium } = await import("./gradarium.js");
  const g = await Gradarium.start();
  await g.load(exp);
  if (step) await g.train({ steps: step });
  const out = {};
  for (const [key, name, options] of probes) out[key] = await g.probe(name, options);
  Object.assign(out, (await g.look({ example: { train: 0 }, values })).values);
  g.dispose();
  return Object.fromEntries(Object.entries(out).map(([k, v]) => [k, { shape: v.shape, data: Array.from(v.data) }]));
}, [exp, step, probes, values]);

const fround = (numbers) => numbers.map(Math.fround);

async function rest(page, exp) {
  await open(page, spec(exp));
  await expect.poll(() => steps(page)).toBeGreaterThan(4);
  await pause(page);
  await line(page).scrollIntoViewIfNeeded();
  return settled(page);
}

test("a weight, a gradient, an activation, optimizer state and slices are the engine's numbers", async ({ page }) => {
  const step = await rest(page, NET);
  const e = await engine(page, NET, step, {
    probes: [["w", "layers.0.weight", {}], ["g", "layers.1.weight", { grad: true }], ["s", "layers.1.weight", { state: "exp_avg_sq" }]],
    values: ["layers.1", "layers.1.grad", "output", "input.grad", "loss"],
  });
  const [rows, columns] = e.w.shape;
  const wanted = {
    "layers.0.weight": e.w.data,
    "layers.0.weight[:, 1]": Array.from({ length: rows }, (_, r) => e.w.data[r * columns + 1]),
    "layers[0].weights[::-2, :1]": Array.from({ length: rows / 2 }, (_, k) => e.w.data[(rows - 1 - 2 * k) * columns]),
    "layers.0.weight[-1][0]": [e.w.data[(rows - 1) * columns]],
    "layers.1.weight grad": e.g.data,
    "layers.1.weight exp_avg_sq[2]": e.s.data.slice(2 * e.s.shape[1], 3 * e.s.shape[1]),
    "layers.1": e["layers.1"].data,
    "layers.1 grad": e["layers.1.grad"].data,
    "output": e.output.data,
    "input grad": e["input.grad"].data,
    "loss": e.loss.data,
  };
  for (const [text, numbers] of Object.entries(wanted)) {
    await ask(page, text);
    await expect(fault(page)).toHaveCount(0);
    expect(fround((await table(page, text)).numbers), text).toEqual(fround(numbers));
  }
  expect((await table(page, "layers[0].weights[::-2, :1]")).names.slice(0, 2)).toEqual(["[7, 0]", "[5, 0]"]);
  await expect(panel(page, "layers.1.weight grad").locator(".query-facts")).toContainText("latest batch");
  await expect(panel(page, "output").locator(".query-facts")).toContainText("training example 1");
});

test("filters, running figures and maps have pictures of their own kind", async ({ page }) => {
  await rest(page, IMAGES);
  const step = await steps(page);
  const e = await engine(page, IMAGES, step, { probes: [["w", "layers.0.weight", {}], ["m", "layers.1.running_mean", {}]], values: ["layers.0"] });
  for (const text of ["layers.0.weight", "layers.1.running_mean", "layers.0", "layers.0[:, :, 2]"]) await ask(page, text);
  expect(fround((await table(page, "layers.0.weight")).numbers)).toEqual(fround(e.w.data));
  expect(fround((await table(page, "layers.1.running_mean")).numbers)).toEqual(fround(e.m.data));
  // A map a channel: the table goes through them one after the other, the engine has channels last.
  const [h, w, c] = e["layers.0"].shape;
  const channel = (k) => Array.from({ length: h * w }, (_, i) => e["layers.0"].data[i * c + k]);
  const maps = await table(page, "layers.0");
  expect(maps.names[h * w]).toBe("[0, 0, 1]");
  expect(fround(maps.numbers.slice(0, h * w))).toEqual(fround(channel(0)));
  expect(fround((await table(page, "layers.0[:, :, 2]")).numbers)).toEqual(fround(channel(2)));
});

test("states over time and what heads look at are read by their everyday names", async ({ page }) => {
  const last = await rest(page, STATES);
  const s = await engine(page, STATES, last, { values: ["layers.1.states", "layers.1.states.grad", "layers.2.weights"] });
  for (const text of ["layers.1 state[:, :2]", "layers.2.weights", "layers.1 state grad[1]", "layers.2.weights grad"]) await ask(page, text);
  const [time, units] = s["layers.1.states"].shape;
  expect(fround((await table(page, "layers.1 state[:, :2]")).numbers))
    .toEqual(fround(Array.from({ length: 2 * time }, (_, i) => s["layers.1.states"].data[Math.floor(i / 2) * units + (i % 2)])));
  expect(fround((await table(page, "layers.2.weights")).numbers)).toEqual(fround(s["layers.2.weights"].data));
  expect(fround((await table(page, "layers.1 state grad[1]")).numbers)).toEqual(fround(s["layers.1.states.grad"].data.slice(units, 2 * units)));
  // Weights of attention are kept for the way back and have no gradient of their own.
  await expect(panel(page, "layers.2.weights grad").locator(".query-fault")).toContainText("layers.2.weights has no gradient");
});

test("what cannot be shown is answered in a sentence at the line, and nothing is lost", async ({ page }) => {
  await rest(page, NET);
  for (const [text, said] of [
    ["layers.0.wieght", /no “layers\.0\.wieght”.*layers\.0\.weight/],
    ["layers.0.wegiht grad", /layers\.0\.weight grad/],
    ["layers.7", /layers\.[0-2]/],
    ["outptu", /Nearest: output/],
    ["layers.0.weight[8]", /layers\.0\.weight has the shape 8×2.*8 on axis 0.*0 to 7/],
    ["layers.0.weight[:, 2:]", /8×2.*2: on axis 1/],
    ["layers.0.weight[0, 0, 0]", /8×2.*3 indices.*2 axes/],
    ["layers.0.weight[", /no “\]”/],
    ["layers.0.weight[a]", /“a” is no index/],
    ["layers.0.weight[::0]", /cannot be 0/],
    ["target grad", /target has no gradient/],
    ["weight + bias", /“\+” means nothing/],
    ["   ", /Type a name/],
  ]) {
    await ask(page, text);
    await expect(fault(page), text).toHaveText(said);
    await expect(line(page), "what was typed stays").toHaveValue(text);
  }
  await expect(page.locator("[data-testid^=panel-query-]")).toHaveCount(0);
  // The next key takes the sentence away.
  await line(page).fill("output");
  await expect(fault(page)).toHaveCount(0);
});

test("names are completed by arrows, Tab and a click", async ({ page }) => {
  await rest(page, NET);
  await line(page).fill("layers.1.w");
  const names = page.getByTestId("query-names").locator("li");
  await expect(names.locator("code")).toHaveText(["layers.1.weight", "layers.1.weight grad", "layers.1.weight exp_avg", "layers.1.weight exp_avg_sq"]);
  await expect(names.first()).toContainText("6×8");
  await line(page).press("ArrowDown");
  await line(page).press("ArrowDown");
  await expect(names.nth(1)).toHaveAttribute("aria-selected", "true");
  await line(page).press("Tab");
  await expect(line(page), "written down, not shown yet").toHaveValue("layers.1.weight grad");
  await line(page).pressSequentially("[0]");
  await expect(names).toHaveCount(0);
  await line(page).press("Enter");
  await expect(panel(page, "layers.1.weight grad[0]")).toBeVisible();
  await line(page).fill("bias");
  await names.nth(0).click();
  await expect(panel(page, "layers.0.bias")).toBeVisible();
  await expect(line(page)).toHaveValue("");
  await page.getByTestId("query-0-close").click();
  await expect(panel(page, "layers.1.weight grad[0]")).toHaveCount(0);
  await expect(panel(page, "layers.0.bias")).toBeVisible();
  // An example to try is a query like any other.
  await page.getByTestId("query-1-close").click();
  await page.getByTestId("query-try-2").click();
  await expect(panel(page, "output")).toBeVisible();
});

test("a number is read with its index, pinned, and followed while the network trains", async ({ page }) => {
  test.setTimeout(180_000); // it points at some hundred places
  await rest(page, NET);
  await ask(page, "layers.0.weight");
  await ask(page, "layers.0.bias");
  for (const [i, at] of [[0, "layers.0.weight[2, 1]"], [1, "layers.0.bias[2]"]]) {
    const picture = page.getByTestId(`query-${i}-picture`), readout = page.getByTestId(`query-${i}-readout`);
    await picture.scrollIntoViewIfNeeded();
    const box = await picture.boundingBox();
    // Somewhere in the picture is that number.
    let found = null;
    for (let y = 4; y < box.height && !found; y += 8) {
      for (let x = 40; x < box.width && !found; x += 10) {
        await page.mouse.move(box.x + x, box.y + y);
        if ((await readout.textContent()).startsWith(`${at} = `)) found = { x, y };
      }
    }
    expect(found, at).not.toBeNull();
    await picture.click({ position: found });
    await page.mouse.move(2, 2);
    await expect(page.getByTestId(`query-${i}-picture-unpin`)).toBeVisible();
    const before = await readout.textContent();
    await play(page);
    await expect.poll(() => readout.textContent(), "it follows").not.toBe(before);
    await pause(page);
    await picture.scrollIntoViewIfNeeded();
    expect(await readout.textContent()).toContain(at);
    await page.keyboard.press("Escape");
    await expect(page.getByTestId(`query-${i}-picture-unpin`)).toHaveCount(0);
  }
});

test("queries stay in the link, and old links open as before", async ({ page }) => {
  await rest(page, NET);
  for (const text of ["layers.0.weight grad[:, :2]", "output"]) await ask(page, text);
  await expect.poll(() => page.evaluate(() => location.hash)).toMatch(/&query=layers\.0\.weight\+grad%5B:,\+:2%5D&query=output/);
  const hash = await page.evaluate(() => location.hash);
  await page.goto("about:blank");
  await open(page, hash);
  await expect(panel(page, "layers.0.weight grad[:, :2]")).toBeVisible();
  await expect(panel(page, "output").locator("canvas")).toBeVisible();
  // The dialog that shares has the same link.
  await page.getByTestId("share-link").click();
  await expect(page.getByTestId("share-text")).toHaveValue(/&query=output/);
  await page.keyboard.press("Escape");
  // Another link in the same tab: without queries there are none.
  await page.evaluate((h) => { location.hash = h; }, hash.replace(/&query=[^&]*/g, ""));
  await expect(page.locator("[data-testid^=panel-query-]")).toHaveCount(0);
});

test("a query of a network that has gone says so and comes back with it", async ({ page }) => {
  await rest(page, NET);
  await ask(page, "layers.2.weight");
  const p = panel(page, "layers.2.weight");
  await expect(p.locator("canvas")).toBeVisible();
  await page.getByTestId("layer-1-remove").click();
  await expect(p.locator(".query-fault")).toContainText("layers.2.weight");
  await page.getByTestId("undo").click();
  await expect(p.locator("canvas")).toBeVisible();
});

test("another optimizer keeps other numbers, and before the first step there is no gradient", async ({ page }) => {
  await rest(page, NET);
  await reset(page);
  await ask(page, "layers.0.weight grad");
  await expect(panel(page, "layers.0.weight grad").locator(".query-fault")).toContainText("before the first training step");
  await page.getByTestId("step").click();
  await expect(panel(page, "layers.0.weight grad").locator("canvas")).toBeVisible();
  await ask(page, "layers.0.weight exp_avg");
  await expect(panel(page, "layers.0.weight exp_avg").locator("canvas")).toBeVisible();
});

test("中文：名称相同，语句为中文", async ({ page }) => {
  await open(page, `${spec(NET)}&lang=zh&query=layers.0.weight&query=layers.0.wieght`);
  await pause(page);
  await expect(page.getByTestId("query").locator("h2").first()).toHaveText("查询");
  await line(page).scrollIntoViewIfNeeded();
  await expect(panel(page, "layers.0.weight").locator(".query-facts")).toContainText("参数 · 形状 8×2");
  await expect(panel(page, "layers.0.wieght").locator(".query-fault")).toHaveText(/此网络中没有“layers\.0\.wieght”。最接近的是：layers\.0\.weight/);
  await ask(page, "layers.0.weight[９]");
  await expect(fault(page)).toHaveText(/layers\.0\.weight 的形状是 8×2.*第 0 轴/);
  await ask(page, "layers.0.weight［：，０］");
  await expect(panel(page, "layers.0.weight［：，０］").locator("canvas")).toBeVisible();
});
