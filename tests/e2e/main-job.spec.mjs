// The main job: a learner opens the page, assembles a network, and trains it on real data.
import { test, expect } from "./fixtures.mjs";
import { accuracy, add, classes, dense, fill, open, pause, play, reset, settled, spec, steps, trainTo, write } from "./lab.mjs";

test("a first network trains by itself on arrival", async ({ page }) => {
  await open(page);
  await expect(page.getByTestId("pause")).toBeVisible();
  const before = await steps(page);
  await expect.poll(() => steps(page)).toBeGreaterThan(before);
  await expect(page.getByTestId("train-loss")).toHaveText(/\d/);
  await expect(page.getByTestId("backend")).toContainText("SIMD");
});

test("spiral: 2-8-8-2 assembled from cards passes 95 % on the test part", async ({ page }) => {
  await open(page, spec(classes("circle", [dense()], { seed: 7, optimizer: { type: "adam", lr: 0.03 } })));
  await pause(page);
  await page.getByTestId("dataset-spiral").click();
  await expect(page.getByTestId("dataset-spiral")).toHaveAttribute("aria-pressed", "true");
  await add(page, 0, "dense");
  await fill(page, "layer-0-units", 8);
  await page.getByTestId("layer-0-activation").selectOption("tanh");
  await add(page, 1, "dense");
  await fill(page, "layer-1-units", 8);
  await page.getByTestId("layer-1-activation").selectOption("tanh");
  await expect(page.getByTestId("model-text"), "the text follows the cards").toHaveValue("dense 8 tanh | dense 8 tanh | dense");
  await expect(page.getByTestId("model-total")).toContainText("114");
  await trainTo(page, 95);
});

test("spiral: the same network written as text passes 95 % on the test part", async ({ page }) => {
  await open(page, spec(classes("circle", [dense()], { optimizer: { type: "adam", lr: 0.03 } })));
  await page.getByTestId("dataset-spiral").click();
  await write(page, "dense 8 tanh | dense 8 tanh | dense 2");
  await expect(page.getByTestId("layer-0-units"), "the cards follow the text").toHaveValue("8");
  await expect(page.getByTestId("layer-1-activation")).toHaveValue("tanh");
  await expect(page.getByTestId("layer-card-2")).toContainText("8×2 + 2 = 18");
  await trainTo(page, 95);
});

test("MNIST: 784-64-10 passes 94 % on the test part", async ({ page }) => {
  test.setTimeout(150_000);
  await open(page);
  await page.getByTestId("dataset-mnist").click();
  await expect(page.getByTestId("model-text")).toHaveValue("flatten | dense 64 relu | dense");
  await expect(page.getByTestId("confusion-matrix")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByTestId("model-total")).toContainText("50,240 + 650 = 50,890");
  await trainTo(page, 94, 120_000);
  await expect(page.getByTestId("confusion-9-9")).toBeVisible();
  await expect(page.getByTestId("class-scores")).toContainText(/\d/);
});

test("step, epoch and reset; the same seed trains the same way", async ({ page }) => {
  await open(page);
  await pause(page);
  await reset(page);
  await page.getByTestId("step").click();
  await expect(page.getByTestId("step-count")).toHaveText("1");
  await page.getByTestId("epoch").click();
  await expect(page.getByTestId("epoch-count")).toHaveText("1");
  await expect(page.getByTestId("play")).toBeVisible();
  const [epoch, loss, right] = [await settled(page), await page.getByTestId("test-loss").textContent(), await accuracy(page)];
  await reset(page);
  await page.getByTestId("epoch").click();
  await expect(page.getByTestId("step-count")).toHaveText(String(epoch));
  await expect(page.getByTestId("test-loss")).toHaveText(loss);
  expect(await accuracy(page)).toBe(right);
});

test("on arrival the way can be watched; flat out is one press away", async ({ page }) => {
  await page.goto("index.html");
  await expect(page.getByTestId("speed")).toHaveValue("300");
  await expect.poll(() => steps(page)).toBeGreaterThan(100);
  const [before, began] = [await steps(page), Date.now()];
  await page.waitForTimeout(1500);
  const rate = (1000 * ((await steps(page)) - before)) / (Date.now() - began);
  expect(rate).toBeGreaterThan(100);
  expect(rate).toBeLessThan(500);
  await page.getByTestId("flat-out").click();
  await expect(page.getByTestId("speed")).toHaveValue("max");
  await expect(page.getByTestId("flat-out")).toHaveAttribute("aria-pressed", "true");
  await expect.poll(() => steps(page)).toBeGreaterThan(5000);
  await page.getByTestId("flat-out").click();
  await expect(page.getByTestId("speed")).toHaveValue("300");
});

test("what the learner does is seen everywhere while it trains flat out", async ({ page }) => {
  await open(page, "#/play", { fast: false });
  await page.getByTestId("flat-out").click();
  await expect.poll(() => steps(page)).toBeGreaterThan(1000);
  const there = await steps(page);
  await page.getByTestId("lang-zh").click();
  // One paint changes every panel: none waits for its turn.
  const english = () => page.evaluate(() => [...document.querySelectorAll("main section h2")].filter((h) => !/[\u4e00-\u9fff]/.test(h.textContent)).map((h) => h.textContent));
  await page.evaluate(() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r))));
  expect(await english()).toEqual([]);
  await expect.poll(() => steps(page), "it trains on").toBeGreaterThan(there + 5000);
});

test("slow motion shows each step and can be hurried again", async ({ page }) => {
  await open(page);
  await pause(page);
  await reset(page);
  await page.getByTestId("speed").selectOption("20");
  await play(page);
  expect(await steps(page), "slow motion").toBeLessThan(1000);
  await page.getByTestId("speed").selectOption("max");
  await expect.poll(() => steps(page)).toBeGreaterThan(1000);
});

test("hyper-parameters change without restarting the run", async ({ page }) => {
  await open(page);
  await expect.poll(() => steps(page)).toBeGreaterThan(200);
  await pause(page);
  const before = await settled(page);
  await fill(page, "lr", 0.001);
  await page.getByTestId("setup-more").click();
  await page.locator("details:has([data-testid=schedule]) > summary").last().click();
  await page.getByTestId("schedule").selectOption("cosine");
  expect(await settled(page)).toBe(before);
  await play(page);
  await expect.poll(() => steps(page)).toBeGreaterThan(before);
});

test("another optimizer comes with its own rate, and with another batch size the run goes on", async ({ page }) => {
  await open(page);
  await expect.poll(() => steps(page)).toBeGreaterThan(200);
  await pause(page);
  const before = await settled(page);
  await page.getByTestId("optimizer").selectOption("lion");
  await expect(page.getByTestId("lr")).toHaveValue("0.0001");
  await fill(page, "batch", 8);
  expect(await settled(page)).toBe(before);
  await page.getByTestId("step").click();
  await expect.poll(() => steps(page)).toBe(before + 1);
  await page.getByTestId("undo").click();
  await page.getByTestId("undo").click();
  await expect(page.getByTestId("optimizer")).toHaveValue("adam");
  await expect(page.getByTestId("lr")).toHaveValue("0.03");
  expect(await settled(page)).toBe(before + 1);
});
