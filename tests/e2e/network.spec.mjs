// Looking inside and changing weights by hand; gradarium's panels in step with it.
import { test, expect } from "./fixtures.mjs";
import { add, fill, open, pause, play, reset, settled, steps, write } from "./lab.mjs";

/** Clicks down the middle of a gap until a connection is picked. */
async function pickEdge(page, layer) {
  const gap = page.getByTestId(`edges-${layer}`);
  const { width, height } = await gap.boundingBox();
  for (let y = 4; y < height; y += 6) {
    await gap.click({ position: { x: width / 2, y } });
    if (await page.getByTestId("weight-input").count()) return;
  }
  throw new Error("no connection could be clicked");
}

test("a weight is changed by clicking its connection", async ({ page }) => {
  await open(page);
  await pause(page);
  // A network that has learned everything has no gradient left to move the weight with.
  await reset(page);
  await pickEdge(page, 1);
  await expect(page.getByTestId("inspector")).toContainText("Weight");
  const loss = await page.getByTestId("test-loss").textContent();
  await fill(page, "weight-input", 3.25);
  await expect(page.getByTestId("test-loss"), "the output follows").not.toHaveText(loss);
  await page.getByTestId("step-count").click();
  await expect(page.getByTestId("weight-input")).toHaveValue("3.25");
  await page.getByTestId("step").click();
  await expect(page.getByTestId("weight-input"), "training goes on from it").not.toHaveValue("3.25");
  const after = Number(await page.getByTestId("weight-input").inputValue());
  expect(Math.abs(after - 3.25)).toBeLessThan(0.5);
});

test("a unit opens large, with its bias and its weights", async ({ page }) => {
  await open(page);
  await pause(page);
  await page.getByTestId("units-0").click({ position: { x: 20, y: 14 } });
  await expect(page.getByTestId("inspector")).toBeVisible();
  await fill(page, "bias-input", -1.5);
  await page.getByTestId("step-count").click();
  await expect(page.getByTestId("bias-input")).toHaveValue("-1.5");
  await expect(page.getByTestId("weight-table").locator("tbody tr")).toHaveCount(2);
  await fill(page, "weight-0", 2);
  await page.getByTestId("step-count").click();
  await expect(page.getByTestId("weight-0")).toHaveValue("2");
});

test("nonsense in a weight is said there and changes nothing", async ({ page }) => {
  await open(page);
  await pause(page);
  await page.getByTestId("units-0").click({ position: { x: 20, y: 14 } });
  const loss = await page.getByTestId("test-loss").textContent();
  await page.getByTestId("bias-input").fill("");
  await page.getByTestId("bias-input").press("Enter");
  await expect(page.getByTestId("bias-input")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByTestId("inspector").getByRole("alert")).toContainText(/\S/);
  await page.getByTestId("bias-input").fill("1e99");
  await page.getByTestId("bias-input").press("Enter");
  await expect(page.getByTestId("bias-input")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByTestId("notice"), "it is said there and nowhere else").toHaveCount(0);
  await expect(page.getByTestId("test-loss")).toHaveText(loss);
});

test("every layer type can be added between the cards: it trains, or its card says why it cannot here", async ({ page }) => {
  test.setTimeout(180_000);
  await open(page);
  await page.getByTestId("add-layer-2").click();
  const types = await page.getByRole("menuitem").evaluateAll((all) => all.map((b) => b.dataset.testid));
  await page.keyboard.press("Escape");
  expect(types.length).toBeGreaterThanOrEqual(8);
  for (const type of types) {
    await add(page, 2, type.replace(/^add-/, ""));
    await expect(page.getByTestId("layer-card-3"), type).toBeVisible();
    if (await page.getByTestId("problem-list").count()) {
      await expect(page.getByTestId("layer-card-2").getByRole("alert"), type).toContainText(/\S/);
    } else {
      await expect.poll(() => steps(page), type).toBeGreaterThan(0);
    }
    await page.getByTestId("undo").click();
    await expect(page.getByTestId("layer-card-3"), type).toHaveCount(0);
  }
});

test("weights that still fit survive a change of the network", async ({ page }) => {
  await open(page);
  await pause(page);
  await page.getByTestId("units-0").click({ position: { x: 20, y: 14 } });
  await fill(page, "bias-input", 1.75);
  await expect(page.getByTestId("keep-weights")).toBeChecked();
  await fill(page, "layer-1-units", 5);
  await settled(page);
  await expect(page.getByTestId("bias-input")).toHaveValue("1.75");
  await page.getByTestId("keep-weights").uncheck();
  await fill(page, "layer-1-units", 6);
  await settled(page);
  await expect(page.getByTestId("bias-input")).not.toHaveValue("1.75");
});

test("curves: metric, log axis, kept runs, table", async ({ page }) => {
  await open(page);
  await expect.poll(() => steps(page)).toBeGreaterThan(300);
  await page.getByTestId("curves-log").click();
  await expect(page.getByTestId("curves-log")).toHaveAttribute("aria-pressed", "true");
  await page.getByTestId("curves-metric").click();
  await expect(page.getByTestId("curves-plot")).toHaveAttribute("aria-label", /\d/);
  await page.getByTestId("keep-run").click();
  await expect(page.getByTestId("kept-run-0")).toBeChecked();
  await page.getByTestId("forget-run-0").click();
  await expect(page.getByTestId("kept-run-0")).toHaveCount(0);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByTestId("curves-csv").click()]);
  expect(download.suggestedFilename()).toMatch(/\.csv$/);
});

test("gradient flow shows a row for every layer with weights", async ({ page }) => {
  await open(page);
  await expect.poll(() => steps(page)).toBeGreaterThan(100);
  await pause(page);
  await expect(page.getByTestId("gradient-table").locator("tbody tr")).toHaveCount(3);
  await write(page, "dense 8 tanh | dense 8 tanh | dense 8 tanh | dense 8 tanh | dense");
  await play(page);
  await expect(page.getByTestId("gradient-table").locator("tbody tr")).toHaveCount(5);
});

test("a cell of the confusion matrix shows the samples behind it", async ({ page }) => {
  await open(page);
  await page.getByTestId("dataset-digits8").click();
  await expect(page.getByTestId("confusion-matrix")).toBeVisible({ timeout: 20_000 });
  await expect.poll(() => steps(page)).toBeGreaterThan(300);
  await pause(page);
  await page.getByTestId("confusion-3-3").click();
  await expect(page.getByTestId("confusion-3-3")).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByTestId("mistakes")).toContainText(/3/);
  await page.getByTestId("mistakes-all").click();
  await expect(page.getByTestId("confusion-3-3")).toHaveAttribute("aria-pressed", "false");
});
