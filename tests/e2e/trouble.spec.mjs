// What goes wrong: numbers that leave the finite range, a worker that dies, networks too deep or too large.
import { test, expect } from "./fixtures.mjs";
import { classes, dense, fill, notice, open, pause, play, settled, spec, steps, write } from "./lab.mjs";

const explosive = {
  data: { set: "plane" }, model: { layers: [dense(8), dense()] }, task: { type: "regression" },
  optimizer: { type: "sgd", lr: 0.01 },
};

test("a run that blows up is taken back, explained, and trains on at a lower rate", async ({ page }) => {
  await open(page, spec(explosive));
  await pause(page);
  const good = await settled(page);
  await fill(page, "lr", 10);
  await play(page).catch(() => {});
  await expect(notice(page)).toContainText("blew up");
  await expect(notice(page)).toContainText("learning rate");
  await expect(page.getByTestId("play"), "it is paused").toBeVisible();
  const back = await settled(page);
  expect(back, "back at a checkpoint").toBeLessThanOrEqual(good + 16);
  await expect(page.getByTestId("train-loss")).not.toContainText("NaN");
  await expect(page.getByTestId("test-loss")).not.toContainText("NaN");
  await notice(page).getByTestId("notice-dismiss").click();
  await fill(page, "lr", 0.01);
  await play(page);
  await expect.poll(() => steps(page)).toBeGreaterThan(back);
  await expect(notice(page)).toHaveCount(0);
});

test("the remedy in the message lowers the rate and trains on", async ({ page }) => {
  await page.goto("index.html" + spec({ ...explosive, optimizer: { type: "sgd", lr: 5 } }));
  await expect(notice(page)).toContainText("blew up");
  for (let i = 0; i < 4 && (await notice(page).count()); i++) {
    const rate = Number(await page.getByTestId("lr").inputValue());
    await page.getByTestId("notice-remedy").click();
    await expect.poll(async () => Number(await page.getByTestId("lr").inputValue())).toBeLessThan(rate);
    await expect.poll(async () => (await notice(page).count()) || (await steps(page)) > 100).toBeTruthy();
  }
  await expect.poll(() => steps(page)).toBeGreaterThan(100);
});

/** Trains until the page holds a checkpoint: it asks for the second one only when the first has come. */
async function trainedWithCheckpoint(page) {
  await page.addInitScript(() => {
    window.checkpoints = 0;
    const send = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message, ...rest) {
      window.checkpoints += /[[,]"checkpoint"[,\]]/.test(message?.json);
      return send.call(this, message, ...rest);
    };
  });
  await open(page);
  await page.waitForFunction(() => window.checkpoints >= 2);
}

for (const [how, kill] of [
  ["is closed", (worker) => worker.evaluate(() => self.close())],
  ["throws", (worker) => worker.evaluate(() => { setTimeout(() => { throw new Error("thrown by the test"); }); })],
]) {
  test(`a worker that ${how} is replaced at the last checkpoint`, async ({ page, problems }) => {
    await trainedWithCheckpoint(page);
    const [worker] = page.workers();
    await kill(worker).catch(() => {});
    await expect(notice(page)).toContainText("A fresh one goes on from step");
    const from = Number((await notice(page).textContent()).match(/step ([\d,]+)/)[1].replace(/,/g, ""));
    expect(from, "not from the start").toBeGreaterThan(0);
    await expect.poll(() => steps(page), "it trains on").toBeGreaterThan(from);
    expect(page.workers()).toHaveLength(1);
    expect(page.workers()[0]).not.toBe(worker);
    await expect(page.getByTestId("model-text")).toHaveValue("dense 8 tanh | dense 8 tanh | dense");
    problems.splice(0);
  });
}

test("a worker that dies while the run rests is replaced, and the run can go on", async ({ page }) => {
  await trainedWithCheckpoint(page);
  await pause(page);
  await page.workers()[0].evaluate(() => self.close()).catch(() => {});
  await expect(notice(page)).toContainText("A fresh one");
  await settled(page);
  await play(page);
});

test("a hundred layers of 512 units: what is shown is coarser, and the figures move", async ({ page }) => {
  test.setTimeout(120_000);
  const layers = [...Array(100)].map(() => dense(512, "tanh"));
  await page.goto("index.html" + spec(classes("circle", [...layers, dense()])));
  await expect.poll(() => steps(page), { message: "the first frame", timeout: 60_000 }).toBeGreaterThan(0);
  const first = await steps(page);
  // A map as fine as usual takes so long that none would follow it for minutes.
  await expect.poll(() => steps(page), { message: "a second frame comes", timeout: 60_000 }).toBeGreaterThan(first);
  expect(await page.getByTestId("output-plane").getAttribute("aria-label"), "the plane says its numbers").toMatch(/\d/);
  await page.getByTestId("lang-zh").click();
  await expect(page.getByTestId("step")).toHaveText("单步");
  await page.getByTestId("reset").click();
  await expect(page.getByTestId("step-count")).toHaveText("0");
});

test("sixty layers deep the page still answers", async ({ page }) => {
  const layers = [...Array(60)].map(() => dense(8, "tanh"));
  await open(page, spec(classes("spiral", [...layers, dense()])));
  await expect(page.getByTestId("layer-card-60")).toBeAttached();
  await expect(page.getByTestId("layer-card-61")).toHaveCount(0);
  await pause(page);
  const before = await settled(page);
  // Seen whole, sixty cards have no room for fields.
  await page.getByTestId("net-whole").uncheck();
  await fill(page, "layer-0-units", 4);
  await expect(page.getByTestId("model-text")).toHaveValue(/^dense 4 tanh \| dense 8 tanh/);
  await page.getByTestId("lang-zh").click();
  await expect(page.getByTestId("step")).toHaveText("单步");
  await page.getByTestId("undo").click();
  await expect(page.getByTestId("layer-0-units")).toHaveValue("8");
  await play(page);
  await expect.poll(() => steps(page)).not.toBe(before);
  await pause(page);
});

test("an absurd size is refused with the estimate; what runs goes on", async ({ page }) => {
  await open(page);
  await write(page, "dense 60000 tanh | dense 60000 tanh | dense");
  await expect(page.getByTestId("problem-list")).toContainText(/needs about [\d, ]+ MB.*1,?024 MB/);
  const before = await steps(page);
  await expect.poll(() => steps(page), "the running network is untouched").toBeGreaterThan(before);
  await page.getByTestId("undo").click();
  await expect(page.getByTestId("problem-list")).toHaveCount(0);
  await expect(page.getByTestId("layer-0-units")).toHaveValue("8");
});

test("a thousand million units are refused at the card", async ({ page }) => {
  await open(page);
  await fill(page, "layer-0-units", 1e9);
  await expect(page.getByTestId("layer-card-0")).toContainText(/⚠ .*between 1 and 65,536/);
  await expect(page.getByTestId("model-text"), "and change nothing").toHaveValue(/^dense 8 /);
  const before = await steps(page);
  await expect.poll(() => steps(page)).toBeGreaterThan(before);
  await fill(page, "layer-0-units", 8);
  await expect(page.getByTestId("layer-card-0")).not.toContainText(/⚠/);
});

test("nonsense in number fields is named there and changes nothing", async ({ page }) => {
  await open(page);
  for (const [id, value] of [["lr", "fast"], ["lr", "-1"], ["batch", "0"], ["batch", "1.5"], ["data-noise", "7"], ["data-samples", "1e12"], ["seed", "-3"]]) {
    const field = page.getByTestId(id);
    const before = await field.inputValue();
    await fill(page, id, value);
    await expect(field, `${id} ← ${value}`).toHaveAttribute("aria-invalid", "true");
    await expect(page.locator(`.field:has([data-testid="${id}"])`).locator(".field-problem")).toContainText(/\S/);
    await fill(page, id, before);
    await expect(field).toHaveAttribute("aria-invalid", "false");
  }
  const before = await steps(page);
  await expect.poll(() => steps(page)).toBeGreaterThan(before);
});

test("a goal that is none is said beside it, and gone with the next", async ({ page }) => {
  await open(page);
  await page.getByTestId("until-kind").selectOption("accuracy");
  await fill(page, "until-value", 150);
  await expect(page.locator(".wishes").getByRole("alert")).toContainText("100");
  await expect(page.getByTestId("until-value")).toHaveValue("150");
  await fill(page, "until-value", 99.9);
  await expect(page.locator(".wishes").getByRole("alert")).toHaveCount(0);
  await expect(page.getByTestId("until-value")).toHaveValue("99.9");
});

test("model text that cannot be read stays a draft, with the place named", async ({ page }) => {
  await open(page);
  const field = page.getByTestId("model-text");
  await field.fill("dense 8 tanh | dnse 4");
  await field.press("Enter");
  await expect(page.getByTestId("model-text-problem")).toContainText("dnse");
  await expect(page.getByTestId("layer-card-2"), "the network is untouched").toBeVisible();
  await field.press("Escape");
  await expect(field).toHaveValue("dense 8 tanh | dense 8 tanh | dense");
  await expect(page.getByTestId("model-text-problem")).toHaveCount(0);
});

test("a shape that does not fit shows on the card that causes it, with a remedy at one click", async ({ page }) => {
  await open(page);
  await write(page, "dense 8 tanh | dense 3");
  const card = page.getByTestId("layer-card-1");
  await expect(card).toContainText("⚠");
  await expect(page.getByTestId("layer-card-0")).not.toContainText("⚠");
  await expect(page.getByTestId("problem-list")).toBeVisible();
  const before = await steps(page);
  await expect.poll(() => steps(page), "the last good network trains on").toBeGreaterThan(before);
  await card.getByTestId("problem-fix").click();
  await expect(card).not.toContainText("⚠");
  await expect(card).toContainText("8×2 + 2 = 18");
  await expect(page.getByTestId("problem-list")).toHaveCount(0);
});

test("data that cannot be fetched leave the page with what trains, and can be chosen again", async ({ page, problems }) => {
  await open(page);
  await page.route("**/data/digits8/**", (route) => route.abort());
  await page.getByTestId("dataset-digits8").click();
  await expect(notice(page)).toContainText("could not be fetched");
  await expect(page.getByTestId("dataset-spiral")).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByTestId("model-text")).toHaveValue("dense 8 tanh | dense 8 tanh | dense");
  const before = await steps(page);
  await expect.poll(() => steps(page), "the run goes on").toBeGreaterThan(before);
  problems.splice(0);
  await page.unroute("**/data/digits8/**");
  await page.getByTestId("dataset-digits8").click();
  await expect(page.getByTestId("confusion-matrix")).toBeVisible({ timeout: 20_000 });
});
