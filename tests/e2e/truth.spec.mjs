// The run tells the truth: other data start afresh, figures belong to their step, a divergence keeps its evidence, one's own
// row is answered in its units.
import { readFile } from "node:fs/promises";
import { test, expect } from "./fixtures.mjs";
import { add, classes, dense, fill, notice, open, pause, play, reset, settled, spec, steps } from "./lab.mjs";

const loss = async (page) => (await page.getByTestId("test-loss").textContent()) ?? "";
const carried = (page) => page.getByTestId("carried");

/** The test loss of the first weights, which Reset brings. */
async function firstLoss(page) {
  await expect(page.getByTestId("step-count")).toHaveText("0");
  await expect.poll(() => loss(page)).toMatch(/\d/);
  return loss(page);
}

async function choose(page, set) {
  await page.getByTestId(`dataset-${set}`).click();
  await expect(page.getByTestId(`dataset-${set}`)).toHaveAttribute("aria-pressed", "true");
  await settled(page);
}

test("other data start from the first weights of the seed, and so do the old ones again", async ({ page }) => {
  await open(page);
  await expect.poll(() => steps(page)).toBeGreaterThan(400);
  await pause(page);
  const trained = await loss(page);
  for (const set of ["moons", "circle", "gauss", "spiral"]) {
    if (!(await page.getByTestId(`dataset-${set}`).count())) continue;
    await choose(page, set);
    const begun = await firstLoss(page);
    expect(Number(begun), `${set} does not begin with what other data left`).toBeLessThan(2);
    await expect(carried(page)).toHaveCount(0);
    await reset(page);
    expect(await firstLoss(page), `${set}: Reset changes nothing`).toBe(begun);
    await page.getByTestId("step").click();
    await expect.poll(() => steps(page)).toBe(1);
  }
  expect(await loss(page), "the spiral's trained weights are gone").not.toBe(trained);
});

test("what the small loss says is what the bar says, at rest and where the timeline leads", async ({ page }) => {
  const legend = () => page.getByTestId("mini-loss").locator(".legend b").allTextContents();
  const bar = async () => [await page.getByTestId("train-loss").textContent(), await page.getByTestId("test-loss").textContent()];
  const alike = async (what) => {
    const [shown, said] = [(await legend()).map(Number), (await bar()).map(Number)];
    shown.forEach((v, i) => expect(Math.abs(v / said[i] - 1), `${what}: ${v} and ${said[i]}`).toBeLessThan(0.006)); // three digits each
  };
  await open(page, spec(classes("moons", [dense(8, "tanh"), dense()], { data: { set: "moons", noise: 0.3 } })), { fast: false });
  await expect.poll(() => steps(page)).toBeGreaterThan(300);
  await pause(page);
  await alike("paused");
  // The curve's last point is of the step that the run rests at.
  await expect(page.getByTestId("curves-plot")).toHaveAttribute("aria-label", new RegExp(`step ${(await steps(page)).toLocaleString("en")}\\b`));
  await page.getByTestId("timeline").fill("100");
  await settled(page);
  await alike("gone back");
});

test("noise, samples and undo start afresh too; the same settings give the same run", async ({ page }) => {
  await open(page);
  await pause(page);
  await reset(page);
  const first = await firstLoss(page);
  for (const [id, value] of [["data-noise", 0.3], ["data-samples", 300], ["seed", 3]]) {
    await page.getByTestId("epoch").click();
    await expect.poll(() => steps(page)).toBeGreaterThan(0);
    await settled(page);
    const before = await page.getByTestId(id).inputValue();
    await fill(page, id, value);
    await expect(page.getByTestId("step-count"), id).toHaveText("0");
    await settled(page);
    expect(await firstLoss(page), id).not.toBe(first);
    await page.getByTestId("undo").click();
    await expect(page.getByTestId(id)).toHaveValue(before);
    await expect.poll(() => loss(page), `${id} undone`).toBe(first);
    await expect(carried(page)).toHaveCount(0);
  }
});

test("weights kept by an edit of the network, or carried over to other data, are said beside the step count", async ({ page }) => {
  await open(page);
  await expect.poll(() => steps(page)).toBeGreaterThan(100);
  await pause(page);
  const at = await settled(page);
  await add(page, 1, "dense");
  await expect(carried(page)).toHaveText(new RegExp(`kept from step ${at.toLocaleString("en")}`));
  await page.getByTestId("lang-zh").click();
  await expect(carried(page)).toContainText("权重");
  await page.getByTestId("lang-en").click();
  await reset(page);
  await expect(carried(page)).toHaveCount(0);
  await page.getByTestId("epoch").click();
  await expect.poll(() => steps(page)).toBeGreaterThan(0);
  await settled(page);
  await page.getByTestId("carry-weights").check();
  await choose(page, "moons");
  await expect(carried(page)).toContainText(/from .*piral/);
  await reset(page);
  await expect(carried(page)).toHaveCount(0);
});

test("the timeline takes the training loss along, and marks the step", async ({ page }) => {
  await open(page);
  await expect.poll(() => steps(page)).toBeGreaterThan(300);
  await pause(page);
  const end = await settled(page);
  const [train, timeline] = [page.getByTestId("train-loss"), page.getByTestId("timeline")];
  const last = await train.textContent();
  const seen = {};
  for (const step of [40, 0, 120, 40]) {
    await timeline.fill(String(step));
    await expect.poll(() => steps(page)).toBe(step);
    await settled(page);
    const now = await train.textContent();
    expect(seen[step] ?? now, `step ${step}`).toBe(now);
    seen[step] = now;
    if (step === 0) expect(now, "nothing was trained on yet").toBe("–");
    await expect(page.getByTestId("curves-readout")).toContainText(step ? `step ${step}` : /step [01]/);
  }
  expect(seen[40]).not.toBe(last);
  await timeline.fill(String(end));
  await expect.poll(() => steps(page)).toBe(end);
  await expect(train).toHaveText(last);
});

test("a long run's points are means with the smallest and largest loss beside them, on the plot and in the table", async ({ page }) => {
  await open(page);
  await expect.poll(() => steps(page), { timeout: 60_000 }).toBeGreaterThan(2500);
  await pause(page);
  await expect(page.getByTestId("curves-readout")).toContainText("smallest to largest");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByTestId("curves-csv").click()]);
  const [head, ...rows] = (await readFile(await download.path(), "utf8")).trim().split("\n").map((r) => r.split(","));
  const column = (name) => head.indexOf(name);
  const [at, mean, low, high] = ["step", "train_loss", "train_loss_min", "train_loss_max"].map(column);
  // From the end: a name may hold commas.
  const cell = (r, i) => Number(r[r.length - head.length + i]);
  expect(rows.length).toBeGreaterThan(300);
  expect(rows.length).toBeLessThanOrEqual(1601);
  // A point of one step has no band.
  for (const r of rows.filter((r) => r[high])) expect(cell(r, low) <= cell(r, mean) * 1.0001 && cell(r, mean) <= cell(r, high) * 1.0001, r.join()).toBe(true);
  const gaps = rows.slice(1).map((r, i) => cell(r, at) - cell(rows[i], at));
  expect(new Set(gaps.slice(0, -1)).size, "every point is of equally many steps").toBe(1);
  expect(gaps[0]).toBeGreaterThan(1);
});

test("what led to a divergence stays: curve, mark, table, timeline, a run to keep", async ({ page }) => {
  await open(page, spec({ data: { set: "plane" }, model: { layers: [dense(8), dense()] }, task: { type: "regression" }, optimizer: { type: "sgd", lr: 0.01 } }));
  await pause(page);
  await fill(page, "lr", 10);
  await play(page).catch(() => {});
  await expect(notice(page)).toContainText("blew up");
  const said = Number((await notice(page).textContent()).match(/at step ([\d,]+)/)[1].replace(/,/g, ""));
  await expect(page.getByTestId("curves-readout")).toContainText(`blew up at step ${said.toLocaleString("en")}`);
  const back = await settled(page);
  expect(Number(await page.getByTestId("timeline").getAttribute("max"))).toBe(said - 1);
  expect(back).toBeLessThan(said);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByTestId("curves-csv").click()]);
  const rows = (await readFile(await download.path(), "utf8")).trim().split("\n");
  expect(rows.at(-1)).toContain(`${said},NaN`);
  expect(rows.length).toBeGreaterThan(3);
  await page.getByTestId("keep-run").click();
  await expect(page.getByTestId("kept-run-0")).toBeVisible();
  await page.getByTestId("timeline").fill(String(said - 1));
  await expect.poll(() => steps(page), "the last step before it can be looked at").toBe(said - 1);
});

test("one's own row: words and numbers in, probabilities or a number in the data's units out", async ({ page }) => {
  await open(page, spec(classes("penguins", [dense(16, "relu"), dense()], { optimizer: { type: "adam", lr: 0.02 } })));
  await expect.poll(() => steps(page)).toBeGreaterThan(150);
  await pause(page);
  await page.getByTestId("own-row-open").click();
  const odds = page.getByTestId("own-row-odds");
  await expect(odds).toBeVisible();
  const share = async (c) => Number(await page.getByTestId(`own-row-odds-${c}`).getAttribute("data-value"));
  // A Gentoo: long flipper, heavy, flat bill, of Biscoe.
  const names = await page.getByTestId("own-row").locator("label").allTextContents();
  const field = async (name) => page.getByTestId("own-row").getByLabel(name, { exact: true });
  expect(names.join()).toMatch(/bill_length_mm/);
  await (await field("island")).selectOption({ label: "Biscoe" });
  for (const [name, value] of [["bill_length_mm", "49"], ["bill_depth_mm", "15"], ["flipper_length_mm", "220"], ["body_mass_g", "5300"]]) {
    await (await field(name)).fill(value);
    await (await field(name)).press("Enter");
  }
  await expect.poll(() => share(2), "a Gentoo").toBeGreaterThan(0.8);
  const sum = (await share(0)) + (await share(1)) + (await share(2));
  expect(sum).toBeCloseTo(1, 4);
});

test("one's own row of numbers is answered in the target's unit, and one's own point with its classes", async ({ page }) => {
  await open(page, spec({ data: { set: "cars_mpg" }, model: { layers: [dense(16, "relu"), dense()] }, task: { type: "regression" }, optimizer: { type: "adam", lr: 0.01 } }));
  await expect.poll(() => steps(page)).toBeGreaterThan(400);
  await pause(page);
  await page.getByTestId("own-row-open").click();
  const value = page.getByTestId("own-row-value");
  await expect.poll(async () => Number(await value.textContent())).toBeGreaterThan(8);
  expect(Number(await value.textContent())).toBeLessThan(50);
  await choose(page, "spiral");
  await play(page);
  // It may have stayed open over the change of data.
  const odds = page.getByTestId("own-row-odds");
  await expect(async () => {
    if (!(await odds.isVisible())) await page.getByTestId("own-row-open").click();
    await expect(odds, "it moves while the network trains").toBeVisible({ timeout: 3000 });
  }).toPass({ timeout: 25_000 });
  await fill(page, "own-row-field-0", 0.5);
  await expect(page.getByTestId("own-row-field-0")).toHaveValue("0.5");
});
