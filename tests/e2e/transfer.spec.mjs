// Transfer: digits first, then frozen, fine-tuned and from scratch side by side on few examples; and own drawn classes.
import { test, expect } from "./fixtures.mjs";

const RUNS = ["frozen", "fine-tuned", "scratch"];
const number = async (page, id) => Number((await page.getByTestId(id).textContent()).replace(/[^\d.]/g, "") || NaN);
const step = (page, run) => number(page, `transfer-step-${run}`);

/** A stroke on the pad, from one share of it to another. */
const stroke = async (page, from, to) => {
  const pad = page.getByTestId("example-pad");
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  await page.mouse.move(box.x + from[0] * box.width, box.y + from[1] * box.height);
  await page.mouse.down();
  await page.mouse.move(box.x + to[0] * box.width, box.y + to[1] * box.height, { steps: 3 });
  await page.mouse.up();
};

test("digits are learned first, then three runs go side by side, and the frozen layers stay", async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto("index.html#/transfer?target=digits&each=5&seed=3&lang=en");
  await expect.poll(() => number(page, "transfer-source-accuracy"), { timeout: 60_000 }).toBeGreaterThan(80);
  for (const run of RUNS) await expect.poll(() => step(page, run), { timeout: 60_000 }).toBeGreaterThan(9);
  await page.getByTestId("transfer-pause").or(page.getByTestId("transfer-play")).first().waitFor();
  const moved = (run, layer) => page.getByTestId(`transfer-moved-${run}-${layer}`).getAttribute("data-value").then(Number);
  expect(await moved("frozen", 0)).toBe(0);
  expect(await moved("fine-tuned", 0)).toBeGreaterThan(0);
  expect(await moved("frozen", 2)).toBeGreaterThan(0);
  await expect(page.getByTestId("transfer-finding")).toContainText("At step");
  // Back to the beginning, and one step of all three; the source stays learned.
  await page.getByTestId("transfer-reset").click();
  await page.getByTestId("transfer-step").click();
  for (const run of RUNS) await expect.poll(() => step(page, run), { timeout: 30_000 }).toBe(1);
  // What is chosen is in the address, and other examples do not train the source again.
  await page.getByTestId("transfer-each").fill("2");
  await page.getByTestId("transfer-each").press("Enter");
  await expect(page).toHaveURL(/target=digits&each=2&seed=3/);
  await expect.poll(() => step(page, "scratch"), { timeout: 30_000 }).toBeGreaterThan(9);
});

test("own drawings are learned, and what is drawn then is answered", async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto("index.html#/transfer?target=own&each=10&lang=en");
  await expect(page.getByTestId("transfer-own-trouble")).toContainText("At least two classes");
  await expect(page.getByTestId("transfer-learn")).toBeDisabled();
  await page.getByTestId("transfer-class-0-name").fill("upright");
  for (let i = 0; i < 5; i++) {
    const at = 0.35 + 0.07 * i;
    await stroke(page, [at, 0.2], [at, 0.8]);
    await page.getByTestId("transfer-class-0-take").click();
    await stroke(page, [0.2, at], [0.8, at]);
    await page.getByTestId("transfer-class-1-take").click();
  }
  await expect(page.getByTestId("transfer-class-1-count")).toContainText("5");
  await expect(page.getByTestId("transfer-own-trouble")).toBeEmpty();
  await expect.poll(() => number(page, "transfer-source-accuracy"), { timeout: 60_000 }).toBeGreaterThan(80);
  await page.getByTestId("transfer-learn").click();
  await expect.poll(() => step(page, "frozen"), { timeout: 60_000 }).toBeGreaterThan(29);
  await stroke(page, [0.5, 0.15], [0.5, 0.85]);
  await expect(page.getByTestId("transfer-answer-frozen-0")).toContainText("upright");
  await expect(page.getByTestId("transfer-answer-frozen-0")).toHaveClass(/answer/);
  for (const run of RUNS) await expect(page.getByTestId(`transfer-answer-${run}`)).toBeVisible();
});

test("an address that asks for what there is not is told, and the gallery leads here", async ({ page }) => {
  await page.goto("index.html#/transfer?target=cats&each=0&lang=en");
  await expect(page.getByTestId("transfer-refused")).toContainText("target=cats, each=0");
  await page.getByTestId("nav-play").click();
  await expect(page.getByTestId("panel-network")).toBeVisible();
  await page.getByTestId("gallery-open").click();
  await page.getByTestId("ready-transfer").click();
  await expect(page.getByTestId("transfer")).toBeVisible();
});
