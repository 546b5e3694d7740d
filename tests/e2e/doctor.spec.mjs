// The doctor on the page: what it finds is what the engine measures, its remedy helps, and undo brings everything back.
import { test, expect } from "./fixtures.mjs";
import { accuracy, classes, dense, flatOut, notice, open, pause, settled, spec, steps } from "./lab.mjs";

const finding = (page, kind) => page.getByTestId(`doctor-finding-${kind}`);
const findings = (page) => page.locator('[data-testid^="doctor-finding-"]');
const status = (page) => page.getByTestId("doctor-status");
/** A number as the page writes it: `4.6e−27`, `1,234`. */
const number = (text) => Number(text.replaceAll("−", "-").replace(/,/g, ""));

/** Thirty sigmoid layers: next to no gradient reaches the first. */
const deep = {
  gradarium: 1, seed: 0, training: { batch: 32 },
  ...classes("circle", [...Array.from({ length: 30 }, () => dense(16, "sigmoid")), dense()], { optimizer: { type: "adam", lr: 0.003 } }),
};

/** Norms of the weight gradients of all layers after so many steps, from an engine of the test's own beside the page. */
const measured = (page, experiment, steps) => page.evaluate(async ([experiment, steps]) => {
  const { Gradarium } = await import(new URL("gradarium.js", document.baseURI).href);
  const g = await Gradarium.start();
  await g.load(experiment);
  await g.train({ steps });
  const norms = [];
  for (let i = 0; i < experiment.model.layers.length; i++) {
    let sum = 0;
    for (const part of ["weight", "bias"]) {
      for (const x of (await g.probe(`layers.${i}.${part}`, { grad: true })).data) sum += x * x;
    }
    norms.push(Math.sqrt(sum));
  }
  g.dispose();
  return norms;
}, [experiment, steps]);

test("the first page trains without an alarm", async ({ page }) => {
  await open(page);
  await expect.poll(() => accuracy(page), { message: "it learns", timeout: 30_000 }).toBeGreaterThan(90);
  await expect(status(page)).toHaveText("Nothing wrong so far");
  await expect(findings(page)).toHaveCount(0);
  expect(await page.getByTestId("doctor-sign-loss").textContent()).toMatch(/\d/);
  await page.getByTestId("lang-zh").click();
  await expect(status(page)).toHaveText("目前未见异常");
});

test("a vanishing gradient is found, in the engine's own numbers; its remedy trains the network, and undo brings the old one back", async ({ page }) => {
  test.setTimeout(90_000);
  // Flat out the number of steps before the pause is the machine's, and the gradient vanishes further with each.
  await open(page, spec(deep), { fast: false });
  await expect(finding(page, "vanishing")).toBeVisible({ timeout: 20_000 });
  await expect(status(page)).toHaveText("1 finding");
  await pause(page);
  const at = await settled(page);
  const column = (id) => page.getByTestId(id).locator("tbody td").allTextContents();
  await expect.poll(async () => (await column("doctor-evidence-vanishing-0")).join(), "what gradient flow says beside it")
    .toBe((await column("gradient-table")).join());
  const [shown, probed] = [(await column("doctor-evidence-vanishing-0")).map(number), await measured(page, deep, at)];
  expect(shown).toHaveLength(31);
  shown.forEach((v, i) => {
    // What f32 can hardly hold loses digits on its way to a norm.
    if (probed[i] > 1e-15) expect(Math.abs(v / probed[i] - 1), `layer ${i + 1}: ${v} and ${probed[i]}`).toBeLessThan(0.05);
  });
  expect(shown.filter((v) => v > 1e-15).length, "layers compared").toBeGreaterThan(10);
  expect(shown[0] / shown[30]).toBeLessThan(1e-4);

  const before = await page.getByTestId("model-text").inputValue();
  await page.getByTestId("doctor-remedy-vanishing").click();
  await expect(page.getByTestId("model-text")).toHaveValue(/^dense 16 sigmoid \| residual\(layer_norm/);
  await expect(page.getByTestId("doctor-applied")).toContainText("Shortcuts");
  await flatOut(page);
  await page.getByTestId("play").click();
  await expect.poll(() => accuracy(page), { message: "it learns now", timeout: 40_000 }).toBeGreaterThan(95);
  await expect(page.getByTestId("doctor-course")).toContainText("It has helped: training loss");
  await page.getByTestId("doctor-undo").click();
  await expect(page.getByTestId("model-text")).toHaveValue(before);
  await expect(page.getByTestId("doctor-applied")).toHaveCount(0);
});

/** Symbols that a plain recurrent layer has forgotten when they are asked for, sixty silent steps later. */
const forgetful = {
  gradarium: 1, seed: 3, ...classes("copy_memory", [
    { type: "embedding", units: 10 }, { type: "rnn", units: 24, return_sequences: true }, dense(),
  ], { data: { set: "copy_memory", context: 60, samples: 500 }, optimizer: { type: "adam", lr: 0.001, clip_norm: 1 } }),
};

test("a gradient that vanishes through time is shown step by step; a gate is one click away, and so is the way back", async ({ page }) => {
  test.setTimeout(90_000);
  await open(page, spec(forgetful));
  await expect(finding(page, "vanishing-time")).toBeVisible({ timeout: 20_000 });
  await pause(page);
  await expect(finding(page, "vanishing-time")).toBeVisible();
  const rows = page.getByTestId("doctor-evidence-vanishing-time-0").locator("tbody tr");
  const shown = (await rows.locator("td").allTextContents()).map(number);
  expect(shown.length).toBeGreaterThan(5);
  expect(shown[0] / shown.at(-1), "the first step beside the last one shown").toBeLessThan(1e-3);
  await expect(rows.first().locator("th")).toHaveText("time step 1");

  const before = await page.getByTestId("model-text").inputValue();
  await page.getByTestId("doctor-remedy-vanishing-time").click();
  await expect(page.getByTestId("model-text")).toHaveValue(/gru 24/);
  await expect(findings(page)).toHaveCount(0);
  await page.getByTestId("doctor-undo").click();
  await expect(page.getByTestId("model-text")).toHaveValue(before);
});

test("one answer at every place of a sequence is found, in the learner's language", async ({ page }) => {
  test.setTimeout(90_000);
  const pulled = {
    gradarium: 1, seed: 4, data: { set: "sort", context: 4, samples: 1000 },
    model: { layers: [{ type: "embedding", units: 16 }, { type: "gru", units: 24, return_sequences: true }, dense()] },
    task: { type: "classification" }, optimizer: { type: "adam", lr: 0.005, weight_decay: 1 }, training: { batch: 32 },
  };
  await open(page, spec(pulled), { fast: false });
  await expect(finding(page, "constant-output")).toBeVisible({ timeout: 20_000 });
  await pause(page);
  await page.getByTestId("lang-zh").click();
  await expect(finding(page, "constant-output")).toContainText("输出恒定");
  const answered = page.getByTestId("doctor-evidence-constant-output-1").locator("tr", { hasText: "回答" }).locator("td");
  const shares = (await answered.allTextContents()).map((t) => number(t.replace("%", "")));
  expect(Math.max(...shares), "the commonest answer's share").toBeGreaterThan(99);
  await page.getByTestId("doctor-remedy-constant-output").click();
  await flatOut(page);
  await page.getByTestId("play").click();
  await expect.poll(() => accuracy(page), { message: "it sorts now", timeout: 30_000 }).toBeGreaterThan(80);
});

test("divergence is explained once and cured by the same remedy, wherever it is taken", async ({ page }) => {
  const explosive = {
    data: { set: "plane" }, model: { layers: [dense(8), dense()] }, task: { type: "regression" }, optimizer: { type: "sgd", lr: 5 },
  };
  await page.goto("index.html" + spec(explosive));
  await expect(notice(page)).toContainText("blew up");
  await expect(finding(page, "diverged")).toBeVisible();
  const rate = (text) => text.match(/rate ([\d.]+)/)[1];
  expect(rate(await page.getByTestId("doctor-remedy-diverged").textContent()))
    .toBe(rate(await page.getByTestId("notice-remedy").textContent()));
  // The message may lie over it.
  await page.getByTestId("doctor-remedy-diverged").evaluate((b) => b.click());
  await expect(notice(page)).toHaveCount(0);
  await expect.poll(() => steps(page), "it trains on").toBeGreaterThan(100);
  await expect(finding(page, "diverged")).toHaveCount(0);
  await page.getByTestId("doctor-undo").click();
  await expect(page.getByTestId("lr")).toHaveValue("5");
});

test("at rest it asks the worker for nothing", async ({ page }) => {
  await page.addInitScript(() => {
    window.asked = [];
    const send = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message, ...rest) {
      if (/"cmd":"frame"/.test(message?.json)) window.asked.push(JSON.parse(message.json).want);
      return send.call(this, message, ...rest);
    };
  });
  await open(page);
  /** What the next few frames are asked for. */
  const asked = async () => {
    await page.evaluate(() => { window.asked = []; });
    await page.waitForFunction(() => window.asked.length > 5);
    return page.evaluate(() => {
      const { wants } = window.asked.at(-1);
      return { updates: wants.includes("updates"), spread: wants.find((w) => w.spread)?.spread.bins ?? null };
    });
  };
  expect(await asked()).toEqual({ updates: true, spread: 16 });
  await expect(page.getByTestId("doctor-toggle")).toHaveText("Stop checking");
  await page.getByTestId("doctor-toggle").click();
  await expect(page.getByTestId("doctor-toggle")).toHaveText("Check again");
  await expect(status(page)).toHaveText("Not checking");
  expect(await asked()).toEqual({ updates: false, spread: null });
  await page.getByTestId("doctor-toggle").click();
  expect(await asked()).toEqual({ updates: true, spread: 16 });
});

/** Two classes that two columns tell apart badly; the third says the class, in other words. */
const leaking = "height,width,verdict,kind\n" + [...Array(120)].map((_, i) => {
  const oak = i % 2 === 1;
  return `${(i * 7) % 10 + (oak ? 4 : 0)},${(i * 3) % 11},${oak ? "yes" : "no"},${oak ? "oak" : "ash"}`;
}).join("\n");

test("a column of one's own table that gives the answer away is named in the plot, left out at one click, and brought back by undo", async ({ page }) => {
  test.setTimeout(90_000);
  await open(page);
  await page.getByTestId("dataset-csv").click();
  await page.getByTestId("csv-text").fill(leaking);
  await expect(page.getByTestId("csv-target")).toHaveValue("kind");
  await page.getByTestId("csv-use").click();
  await expect(finding(page, "label-leak")).toBeVisible({ timeout: 20_000 });
  await pause(page);
  const rows = page.getByTestId("doctor-evidence-label-leak-0").locator("tbody tr");
  await expect(rows.first().locator("th")).toHaveText("verdict");
  await expect(rows.first().locator("td")).toHaveText("100.0 %");
  await expect(rows).toHaveCount(3);
  // Read under the pointer too: the bar that is highest is the first.
  const plot = finding(page, "label-leak").locator("canvas[tabindex]");
  await plot.scrollIntoViewIfNeeded();
  await plot.hover({ position: { x: 60, y: 60 } });
  await expect(finding(page, "label-leak").locator(".evidence-read")).toContainText("verdict: 100.0 %");

  const inputs = () => page.getByTestId("panel-network").textContent();
  const before = await inputs();
  const button = page.getByTestId("doctor-remedy-label-leak");
  await expect(button).toHaveText(/verdict/);
  await button.click();
  await expect(findings(page)).toHaveCount(0);
  await expect.poll(inputs, "a column less goes in").not.toBe(before);
  await page.getByTestId("play").click();
  await expect.poll(() => steps(page), "it trains on the others").toBeGreaterThan(300);
  await expect(finding(page, "label-leak")).toHaveCount(0);
  await expect.poll(() => accuracy(page), "what is left does not say everything").toBeLessThan(95);
  await page.getByTestId("doctor-undo").click();
  await expect(finding(page, "label-leak"), "the column is back, and so is the finding").toBeVisible({ timeout: 20_000 });
});

test("its figures have names that people know, and say what they mean", async ({ page }) => {
  await open(page);
  const signs = page.locator(".signs");
  await expect(signs).toContainText("saturated units");
  for (const name of ["loss fell by", "gradient: first ÷ last layer", "update ÷ weight"]) await expect(signs).toContainText(name);
  const of = (id) => page.locator(".signs > div", { has: page.getByTestId(`doctor-sign-${id}`) });
  await expect(of("saturated")).toHaveAttribute("title", /tanh or sigmoid is almost flat/);
  await page.getByTestId("lang-zh").click();
  await expect(of("saturated")).toContainText("饱和的单元");
  await expect(of("saturated")).toHaveAttribute("title", /几乎平坦/);
});

test("a spiral without a hidden layer is under-fitting: a straight line cannot do it, and layers are one click away", async ({ page }) => {
  test.setTimeout(90_000);
  const straight = { gradarium: 1, seed: 7, training: { batch: 32 }, ...classes("spiral", [dense()], { optimizer: { type: "adam", lr: 0.03 } }) };
  await open(page, spec(straight));
  await expect(finding(page, "underfitting")).toContainText("one straight line cannot do this", { timeout: 30_000 });
  await page.getByTestId("doctor-remedy-underfitting").click();
  await expect(page.getByTestId("model-text")).toHaveValue("dense 16 tanh | dense 16 tanh | dense");
  await expect.poll(() => accuracy(page), { message: "it learns now", timeout: 40_000 }).toBeGreaterThan(90);
  await expect(page.getByTestId("doctor-course")).toContainText("It has helped");
});

test("over-fitting in plain sight is found; going back to the best step stops it there, and can be taken back", async ({ page }) => {
  test.setTimeout(90_000);
  const wide = [dense(64, "relu"), dense(64, "relu"), dense()];
  const noisy = {
    gradarium: 1, seed: 7, training: { batch: 16 },
    // Two moons are learned well before they are learned by heart: whenever a busy machine measures, a good step is among it.
    ...classes("moons", wide, { data: { set: "moons", samples: 60, noise: 0.5 }, optimizer: { type: "adam", lr: 0.003 } }),
  };
  await open(page, spec(noisy));
  await expect(finding(page, "overfitting")).toBeVisible({ timeout: 30_000 });
  await pause(page);
  const at = await settled(page);
  const buttons = finding(page, "overfitting").locator("button", { hasText: /Go back to step/ });
  await expect(buttons).toHaveCount(1);
  const to = number((await buttons.textContent()).match(/step ([\d,]+)/)[1]);
  await buttons.click();
  await expect.poll(() => steps(page)).toBe(to);
  await expect(page.getByTestId("doctor-course")).toContainText("It has helped: test loss");
  await expect(findings(page)).toHaveCount(0);
  await page.getByTestId("doctor-undo").click();
  await expect.poll(() => steps(page)).toBe(at);
});

/** Nineteen of one class for one of the other, all mixed. */
const uneven = [...Array(240)].map((_, i) => [((i * 37) % 100) / 60 - 0.8, ((i * 53) % 100) / 60 - 0.8, i % 12 === 0 ? 1 : 0]);

test("a class that is never named is said by its name, and class weights are a click away and a setting", async ({ page }) => {
  test.setTimeout(90_000);
  const points = {
    gradarium: 1, seed: 7, training: { batch: 32 },
    ...classes("points", [dense(4, "tanh"), dense()], { data: { set: "points", points: uneven }, optimizer: { type: "adam", lr: 0.03 } }),
  };
  // Flat out units would be saturated by the time that the button is pressed: nothing turns them then.
  await open(page, spec(points), { fast: false });
  await expect(finding(page, "imbalance")).toContainText("recall of 0 %", { timeout: 30_000 });
  await page.getByTestId("curves-metric").click();
  await expect(page.getByTestId("curves-majority")).toContainText(/0\.9\d/);
  await page.getByTestId("doctor-remedy-imbalance").click();
  await expect(page.getByTestId("class-weights")).toHaveValue("balanced");
  await expect(page.getByTestId("doctor-course")).toContainText("It has helped: mean recall", { timeout: 40_000 });
  await page.getByTestId("class-weights").evaluate((s) => { s.value = "own"; s.dispatchEvent(new Event("change", { bubbles: true })); });
  await expect(page.getByTestId("class-weight-1")).toHaveValue("1");
});
