// The gradient laboratory: its stories, its numbers beside gradarium.js's, the sweep, and what stays of the playground.
import { test, expect } from "./fixtures.mjs";
import * as lab from "./lab.mjs";

// What the page's workers are told to load, latest last: [worker, experiment].
test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    const Plain = window.Worker;
    window.loads = [];
    let workers = 0;
    window.Worker = class extends Plain {
      constructor(...args) {
        super(...args);
        this.number = workers++;
      }
      postMessage(message, ...rest) {
        const command = message?.json ? JSON.parse(message.json) : {};
        if (command.cmd === "load" || command.cmd === "update") window.loads.push([this.number, command.experiment]);
        return super.postMessage(message, ...rest);
      }
    };
  });
});

const figure = async (page, id) => {
  const text = (await page.getByTestId(id).textContent()).replaceAll("−", "-").replace(/[ ,%]/g, "");
  return Number(text || NaN);
};
const step = (page, side) => figure(page, `lab-${side}-step`);
const loss = (page, side) => figure(page, `lab-${side}-loss`);

/** The numbers behind a side's profile, layer by layer, as the table says them. */
const table = async (page, side) => {
  const rows = await page.getByTestId(`lab-profile-table-${side}`).locator("tbody tr").evaluateAll((all) =>
    all.map((row) => [...row.querySelectorAll("td")].map((cell) => Number(cell.textContent.replaceAll("−", "-").replaceAll(",", "")))));
  const names = ["dActivation", "dParams", "activation", "update", "dead", "saturated", "theoryGradient", "theoryOutput"];
  return rows.map((cells) => Object.fromEntries(names.map((n, i) => [n, cells[i]])));
};

/** Opens the laboratory, where both train at once, and has both rest after the first step. */
async function open(page, query = "") {
  await page.goto(`index.html#/lab${query}`);
  await page.getByTestId("lab-pause").click();
  await page.getByTestId("lab-reset").click();
  for (const side of ["a", "b"]) await expect.poll(() => step(page, side), `first step of ${side}`).toBe(1);
}

async function story(page, name, until) {
  await page.goto("index.html#/lab");
  await page.getByTestId("lab-speed").selectOption("max");
  await page.getByTestId(`lab-story-${name}`).click();
  for (const side of ["a", "b"]) {
    await expect.poll(() => step(page, side), { message: `${side} trains`, timeout: 45_000 }).toBeGreaterThan(until);
  }
  await page.getByTestId("lab-pause").click();
  await expect(page.getByTestId("lab-play")).toBeVisible();
}

/** Every pair of steps that is seen until A has reached `until`, read before each displayed frame. */
const pairs = (page, until) => page.evaluate(async (until) => {
  const read = (side) => Number(document.querySelector(`[data-testid="lab-${side}-step"]`).textContent.replaceAll(",", ""));
  const seen = new Map();
  for (;;) {
    await new Promise(requestAnimationFrame);
    const now = [read("a"), read("b")];
    seen.set(now.join(), now);
    if (now[0] > until) return [...seen.values()];
  }
}, until);

test("on arrival a story is told at once, and a link with set-ups outweighs it", async ({ page }) => {
  await page.goto("index.html#/lab");
  await expect(page.getByTestId("lab-story-vanish")).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByTestId("lab-pause")).toBeVisible();
  await expect.poll(() => step(page, "b")).toBeGreaterThan(5);
  await expect(page.getByTestId("lab-profile-theory-a")).toContainText("χ = 0.05");
  await page.goto("index.html#/lab?a=depth:4,width:8");
  await expect(page.getByTestId("lab-a-depth")).toHaveValue("4");
  await expect(page.getByTestId("lab-story-vanish")).toHaveAttribute("aria-pressed", "false");
  await expect.poll(() => step(page, "a")).toBeGreaterThan(1);
});

test("a slow and a fast network stand at the same step whenever anything is shown", async ({ page }) => {
  await open(page, "?a=depth:60,width:128&b=depth:2,width:4");
  for (const speed of ["max", "100"]) {
    await page.getByTestId("lab-speed").selectOption(speed);
    await page.getByTestId("lab-play").click();
    const seen = await pairs(page, (await step(page, "a")) + 25);
    expect(seen.length, "it moved").toBeGreaterThan(2);
    expect(seen.filter(([a, b]) => a !== b)).toEqual([]);
    await page.getByTestId("lab-pause").click();
  }
  // What changes one network starts both anew; the learning rate changes in the run.
  const before = await step(page, "b");
  await page.getByTestId("lab-a-lr").fill("0.01");
  await page.getByTestId("lab-a-lr").press("Enter");
  await page.getByTestId("lab-step").click();
  for (const side of ["a", "b"]) await expect.poll(() => step(page, side)).toBeGreaterThan(before);
  await page.getByTestId("lab-a-depth").fill("3");
  await page.getByTestId("lab-a-depth").press("Enter");
  for (const side of ["a", "b"]) await expect.poll(() => step(page, side)).toBe(1);
});

/** Gradient of the first hidden layer over the last's. */
const ratio = (rows) => rows[0].dActivation / rows[rows.length - 2].dActivation;

test("fifty sigmoid layers vanish: the first layers get nothing and the loss stays, three layers learn", async ({ page }) => {
  await story(page, "vanish", 400);
  const [a, b] = [await table(page, "a"), await table(page, "b")];
  expect(a).toHaveLength(51);
  expect(ratio(a)).toBeLessThan(1e-15);
  expect(await loss(page, "a")).toBeGreaterThan(0.6);
  expect(ratio(b)).toBeGreaterThan(1e-4);
  expect(await loss(page, "b")).toBeLessThan(0.2);
});

test("tanh of gain two explodes towards the input, and theory says by how much", async ({ page }) => {
  await open(page);
  await page.getByTestId("lab-speed").selectOption("5");
  await page.getByTestId("lab-story-explode").click();
  await expect.poll(() => step(page, "a")).toBeGreaterThan(0);
  await page.getByTestId("lab-reset").click();
  await expect.poll(() => step(page, "a")).toBe(1);
  await expect.poll(() => step(page, "b")).toBe(1);
  await expect.poll(async () => (await table(page, "a")).length).toBe(41);
  const [a, b] = [await table(page, "a"), await table(page, "b")];
  expect(ratio(a)).toBeGreaterThan(1e3);
  expect(ratio(b)).toBeGreaterThan(0.1);
  expect(ratio(b)).toBeLessThan(10);
  // 32 units are few: within half a decade over forty layers for the outputs, within one and a half for gradients.
  for (const row of a.slice(0, 40)) {
    expect(Math.abs(Math.log10(row.activation / row.theoryOutput))).toBeLessThan(0.5);
    expect(Math.abs(Math.log10(row.dActivation / row.theoryGradient))).toBeLessThan(1.5);
  }
  await expect(page.getByTestId("lab-profile-theory-a")).toContainText("χ = 1.3");
});

test("skip connections and normalisation train what a plain chain cannot", async ({ page }) => {
  await story(page, "rescue", 150);
  expect(await loss(page, "a")).toBeGreaterThan(0.65);
  expect(await loss(page, "b")).toBeLessThan(0.2);
  expect(ratio(await table(page, "a"))).toBeLessThan(1e-5);
  // Theory speaks about that too: a skip connection adds 1.
  await expect(page.getByTestId("lab-profile-theory-b")).toContainText("χ = 1.");
});

test("shown numbers are the network's: the same as gradarium.js at the same step", async ({ page }) => {
  // Every panel is in view.
  await page.setViewportSize({ width: 1280, height: 2700 });
  await open(page, "?seed=3&a=depth:8,width:16,act:relu,init:he_normal,lr:0.01&b=depth:5,width:16,act:tanh,init:lecun_normal,gain:3,norm:layer,skip:1");
  for (const wanted of [2, 3, 4]) {
    await page.getByTestId("lab-step").click();
    for (const side of ["a", "b"]) await expect.poll(() => step(page, side)).toBe(wanted);
  }
  for (const [side, worker] of [["a", 1], ["b", 2]]) {
    await expect(page.getByTestId(`lab-profile-table-${side}`).locator("caption")).toContainText("4");
    const shown = await table(page, side);
    const tanh = side === "b";
    const real = await page.evaluate(async ([worker, n, tanh]) => {
      const experiment = window.loads.filter(([w]) => w === worker).at(-1)[1];
      const { Gradarium } = await import("./gradarium.js");
      const g = await Gradarium.start();
      await g.load(experiment);
      await g.train({ steps: 3 });
      const skip = experiment.model.layers.some((l) => l.type === "residual");
      const name = (l) => (skip && l > 0 && l < n - 1 ? `layers.${l}.layers.1` : `layers.${l}`);
      const parts = (l) => ["weight", "bias"].map((p) => `${name(l)}.${p}`);
      const before = new Map();
      for (let l = 0; l < n; l++) for (const p of parts(l)) before.set(p, (await g.probe(p)).data);
      await g.train({ steps: 1 });
      const squares = (x) => x.reduce((s, v) => s + v * v, 0);
      const all = [];
      for (let l = 0; l < n; l++) {
        const [out, grad] = [(await g.probe(name(l))).data, (await g.probe(name(l), { grad: true })).data];
        const sum = { g: 0, w: 0, d: 0 };
        for (const p of parts(l)) {
          const now = (await g.probe(p)).data;
          sum.w += squares(now);
          sum.d += squares(now.map((v, i) => v - before.get(p)[i]));
          sum.g += squares((await g.probe(p, { grad: true })).data);
        }
        const units = (await g.probe(name(l))).shape[1];
        const alive = new Set();
        out.forEach((v, i) => v !== 0 && alive.add(i % units));
        // The output layer has no activation function.
        const flat = tanh && l < n - 1 ? out.filter((v) => Math.abs(v) > 0.97).length / out.length : NaN;
        all.push({
          dead: 1 - alive.size / units, saturated: flat,
          activation: Math.sqrt(squares(out) / out.length), dActivation: Math.sqrt(squares(grad) / grad.length),
          dParams: Math.sqrt(sum.g), update: Math.sqrt(sum.d / sum.w),
        });
      }
      g.close?.();
      return all;
    }, [worker, shown.length, tanh]);
    for (const [l, row] of real.entries()) {
      // The table says three digits.
      for (const [what, value] of Object.entries(row)) {
        const said = `${side} layer ${l + 1} ${what}: ${shown[l][what]} for ${value}`;
        if (!value) expect(shown[l][what], said).toBe(value);
        else expect(Math.abs(shown[l][what] / value - 1), said).toBeLessThan(0.006);
      }
    }
    // The other panels say the same numbers.
    const now = await page.getByTestId(`lab-heat-table-${side}`).locator("td").allTextContents();
    for (const [l, row] of real.entries()) expect(Math.abs(Number(now[l].replaceAll("−", "-")) / row.dActivation - 1)).toBeLessThan(0.006);
    const mean = (what) => real.map((r) => r[what]).filter((v) => !Number.isNaN(v)).reduce((s, v, _, all) => s + v / all.length, 0);
    const percent = (text) => Number(text.match(/([\d.]+)\s%/)[1]);
    const units = (await page.getByTestId(`lab-units-plot-${side}`).getAttribute("aria-label")).split(",");
    expect(Math.abs(percent(units[0]) - 100 * mean("dead"))).toBeLessThan(0.06);
    if (tanh) expect(Math.abs(percent(units[1]) - 100 * mean("saturated"))).toBeLessThan(0.06);
    expect(mean(tanh ? "saturated" : "dead"), "something to compare").toBeGreaterThan(0);
    // Mean and spread of the outputs make up their root mean square.
    const ridges = (await page.getByTestId(`lab-ridges-plot-${side}`).getAttribute("aria-label")).replaceAll("−", "-");
    const said = [...ridges.matchAll(/layer (\d+): mean ([-\d.e]+), std ([-\d.e]+)/g)].map((m) => m.slice(1).map(Number));
    expect(said.length).toBe(real.length - 1);
    for (const [layer, m, std] of said) expect(Math.abs(Math.hypot(m, std) / real[layer - 1].activation - 1)).toBeLessThan(0.02);
  }
});

test("values are read by pointing, pinned by a click, and follow the run", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 2700 });
  await open(page, "?a=depth:8,width:16&b=depth:4,width:16");
  const plots = ["lab-profile-plot-a", "lab-heat-plot-b", "lab-ridges-plot-a", "lab-units-plot-b", "lab-loss-plot"];
  const readout = (id) => page.getByTestId(id.replace("-plot", "-readout"));
  const before = [];
  for (const id of plots) {
    const box = await page.getByTestId(id).boundingBox();
    // Of the heat-map the bars: there is one moment only.
    await page.mouse.click(box.x + box.width * (id.includes("heat") ? 0.8 : 0.4), box.y + box.height * 0.5);
    await page.mouse.move(0, 0);
    await expect(page.getByTestId(`${id}-unpin`)).toBeVisible();
    before.push(await readout(id).textContent());
    expect(before.at(-1), id).toMatch(/(layer |, ?step |[ab] |step )\S*\d/i);
  }
  await page.getByTestId("lab-step").click();
  for (const side of ["a", "b"]) await expect.poll(() => step(page, side)).toBe(2);
  // The same layer, other numbers.
  await expect(readout("lab-profile-plot-a")).not.toHaveText(before[0]);
  expect((await readout("lab-profile-plot-a").textContent()).split(":")[0]).toBe(before[0].split(":")[0]);
  const row = (await table(page, "a"))[Number(before[0].match(/layer (\d+)/)[1]) - 1];
  expect(Number((await readout("lab-profile-plot-a").textContent()).match(/∂a ([\d.e−]+)/)[1].replaceAll("−", "-"))).toBe(row.dActivation);
  for (const id of plots) await page.getByTestId(`${id}-unpin`).click();
  await expect(page.locator(".pin-mark")).toHaveCount(0);
});

test("the sweep fills its map beside the training, gives its cells, and can be stopped", async ({ page }) => {
  await open(page, "?a=depth:4,width:8");
  await page.getByTestId("lab-sweep-steps").selectOption("50");
  await page.getByTestId("lab-play").click();
  const before = await step(page, "a");
  await page.getByTestId("lab-sweep-start").click();
  const done = async () => Number((await page.getByTestId("lab-sweep-progress").textContent()).match(/\d+/)[0]);
  await expect.poll(done, { timeout: 60_000 }).toBeGreaterThan(5);
  expect(await step(page, "a"), "training went on").toBeGreaterThan(before);
  await page.getByTestId("lab-pause").click();
  // Two layers at gain 0.71: of the first, coarse picture.
  const cell = page.getByTestId("lab-sweep-cell-4");
  await expect(cell).toHaveAttribute("aria-label", /2 layers, gain 0.71: loss .* → .* of no learning/, { timeout: 30_000 });
  await cell.hover();
  await expect(page.getByTestId("lab-sweep-readout")).toHaveText(await cell.getAttribute("aria-label"));
  await page.getByTestId("lab-sweep-cancel").click();
  await expect(page.getByTestId("lab-sweep-start")).toBeVisible();
  const stopped = await done();
  expect(stopped).toBeLessThan(117);
  await page.waitForTimeout(800);
  expect(await done(), "nothing comes after the stop").toBe(stopped);
  await cell.click();
  // It is pinned: what is read when the pointer has gone.
  await page.mouse.move(0, 0);
  await expect(page.getByTestId("lab-sweep-readout")).toHaveText(await cell.getAttribute("aria-label"));
  await expect(page.getByTestId("lab-a-depth")).toHaveValue("2");
  await expect(page.getByTestId("lab-a-gain")).toHaveValue("0.71");
  await expect(page).toHaveURL(/a=depth:2,.*gain:0\.71/);
});

test("a sweep's cell is what gradarium.js gets", async ({ page }) => {
  await open(page, "?a=depth:3,width:8");
  await page.getByTestId("lab-sweep-steps").selectOption("50");
  await page.getByTestId("lab-sweep-start").click();
  const cell = page.getByTestId("lab-sweep-cell-8");
  await expect(cell).toHaveAttribute("aria-label", /loss/, { timeout: 45_000 });
  await page.getByTestId("lab-sweep-cancel").click();
  const [, before, after] = (await cell.getAttribute("aria-label")).match(/loss ([\d.e−]+) → ([\d.e−]+)/).map((s) => Number(s.replaceAll("−", "-")));
  const real = await page.evaluate(async () => {
    const load = window.loads.find(([w, e]) => w > 2 && e.model.layers.length === 3 && e.model.layers[0].init?.gain === 1.41);
    const { Gradarium } = await import("./gradarium.js");
    const g = await Gradarium.start();
    await g.load(load[1]);
    const first = (await g.evaluate()).loss;
    await g.train({ steps: 50 });
    return [first, (await g.evaluate()).loss];
  });
  expect(Math.abs(before / real[0] - 1)).toBeLessThan(0.006);
  expect(Math.abs(after / real[1] - 1)).toBeLessThan(0.006);
});

test("the playground rests meanwhile and goes on as it was", async ({ page }) => {
  await lab.open(page);
  const before = await lab.steps(page);
  await page.getByTestId("nav-lab").click();
  await expect(page).toHaveTitle(/Gradient laboratory/);
  await expect(page.getByTestId("panel-network")).toHaveCount(0);
  await expect.poll(() => step(page, "a")).toBeGreaterThan(0);
  // Keys belong to the laboratory now; the link that was pressed keeps its own.
  await page.getByRole("heading", { name: "Gradient laboratory" }).click();
  await page.keyboard.press("Space");
  await expect(page.getByTestId("lab-play")).toBeVisible();
  await page.keyboard.press("Space");
  await expect(page.getByTestId("lab-pause")).toBeVisible();
  await page.getByTestId("lab-a-depth").fill("9");
  await page.getByTestId("lab-a-depth").press("Enter");
  await expect(page).toHaveURL(/a=depth:9/);
  await page.getByTestId("nav-play").click();
  await expect(page.getByTestId("pause")).toBeVisible();
  await expect(page).toHaveURL(/#\/play\?x=/);
  await expect(page).toHaveTitle("Gradarium");
  // The run was neither started anew nor left behind: it goes on from where it was, and so do its curves.
  const there = await lab.steps(page);
  expect(there).toBeGreaterThanOrEqual(before);
  await expect.poll(() => lab.steps(page)).toBeGreaterThan(there);
  // A run at rest stays at rest.
  await lab.pause(page);
  const resting = await lab.steps(page);
  await page.getByTestId("nav-lab").click();
  await expect(page.getByTestId("lab-a-depth")).toHaveValue("9");
  await page.goBack();
  await expect(page.getByTestId("play")).toBeVisible();
  expect(await lab.settled(page)).toBe(resting);
});

test("the largest network is shown without a frozen page, a broken link and overflow are said in words", async ({ page }) => {
  test.setTimeout(90_000);
  await page.goto("index.html#/lab?a=depth:100,width:512&b=depth:60,act:relu,init:he_normal,gain:8&set=nowhere");
  await expect(page.getByTestId("lab-refused")).toContainText("set=nowhere");
  await expect(page.getByTestId("lab-b-trouble")).toContainText("left the range of finite numbers", { timeout: 30_000 });
  await expect(page.getByTestId("lab-b-trouble")).toContainText("A goes on alone");
  // The page is alive meanwhile, and B's end holds A up no longer than that.
  await expect.poll(() => step(page, "a"), { timeout: 60_000 }).toBeGreaterThan(1);
  await expect.poll(async () => (await table(page, "a")).length).toBe(101);
  // B goes on once the learner has mended it.
  await page.getByTestId("lab-b-gain").fill("1");
  await page.getByTestId("lab-b-gain").press("Enter");
  for (const side of ["a", "b"]) await expect.poll(() => step(page, side), { timeout: 60_000 }).toBeGreaterThan(0);
  await expect(page.getByTestId("lab-b-trouble")).toHaveText("");
  expect(ratio(await table(page, "b"))).toBeGreaterThan(1e-3);
});

test("data that are fetched reach both networks", async ({ page }) => {
  await open(page, "?a=depth:3,width:16&b=depth:2,width:16");
  const sets = await page.getByTestId("lab-set").locator("option").evaluateAll((all) => all.map((option) => option.value));
  expect(sets).toContain("fashion_mnist");
  for (const set of sets.reverse()) {
    await page.getByTestId("lab-set").selectOption(set);
    await page.getByTestId("lab-step").click();
    for (const side of ["a", "b"]) {
      await expect.poll(() => step(page, side), { message: `${set} ${side}`, timeout: 30_000 }).toBeGreaterThan(0);
      await expect(page.getByTestId(`lab-${side}-trouble`)).toHaveText("");
    }
    // Ten classes: guessing costs ln 10.
    if (/digits|mnist/.test(set)) expect(await loss(page, "a")).toBeGreaterThan(1.5);
  }
});

test("the language changes every word, and no control is without a name", async ({ page }) => {
  await open(page);
  await page.getByTestId("lang-zh").click();
  await expect(page.getByTestId("lab-side-a")).toContainText("网络 A");
  await expect(page).toHaveTitle(/梯度实验室/);
  const nameless = await page.locator("main button, main select, main input").evaluateAll((all) => all
    .filter((e) => !(e.getAttribute("aria-label") || e.textContent.trim() || e.labels?.length)).map((e) => e.outerHTML));
  expect(nameless).toEqual([]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
});
