// Data and training panels: every set can be chosen, the learner's own data are taken or refused with the reason, and
// what is typed wrongly stays where it was typed while the run goes on.
import { test, expect } from "./fixtures.mjs";

const table = (rows) => "height,weight,kind\n" + Array.from({ length: rows }, (_, i) => `${150 + i},${50 + i / 2},${i % 3 ? "cat" : "dog"}`).join("\n");
const steps = async (page) => Number((await page.getByTestId("step-count").textContent()).replace(/\D/g, ""));

test.beforeEach(async ({ page }) => {
  await page.goto("index.html#/play?lang=en");
  await expect(page.getByTestId("data-counts")).toBeVisible();
});

test("every data set can be chosen and arrives", async ({ page }) => {
  test.setTimeout(240_000);
  await page.getByTestId("gallery-open").click();
  const all = await page.locator("[data-testid^=dataset-]").evaluateAll((thumbs) => thumbs.map((t) => t.dataset.testid));
  expect(all.length).toBeGreaterThan(20);
  for (const id of all.filter((id) => !["points", "csv", "series", "text", "pictures"].includes(id.slice(8)))) {
    const thumb = page.getByTestId(id);
    await thumb.click();
    await expect(thumb, id).toHaveAttribute("aria-pressed", "true");
    await expect(page.getByTestId("data-name").locator("b"), id).toHaveText(await thumb.getAttribute("aria-label"));
    await expect(page.getByTestId("data-counts"), id).toHaveText(/[1-9][\d,]* train/, { timeout: 40_000 });
  }
});

test("a number typed out of range is said at its field, and the value in force stays", async ({ page }) => {
  const before = await page.evaluate(() => location.hash);
  await page.getByTestId("lr").fill("1000");
  await page.getByTestId("lr").press("Tab");
  await expect(page.locator("#lr-problem")).toContainText("0 and 100");
  await expect(page.getByTestId("lr")).toHaveValue("0.03");
  await page.getByTestId("batch").fill("many");
  await page.getByTestId("batch").press("Enter");
  await expect(page.locator("#batch-problem")).toContainText("many");
  expect(await page.evaluate(() => location.hash)).toBe(before);
  await page.getByTestId("lr").fill("0.02");
  await page.getByTestId("lr").press("Enter");
  await expect(page.locator("#lr-problem")).toBeEmpty();
});

test("a learning rate changes without starting over, and its slider has keys", async ({ page }) => {
  await expect.poll(() => steps(page)).toBeGreaterThan(100);
  const before = await steps(page);
  await page.getByTestId("lr").fill("0.01");
  await page.getByTestId("lr").press("Tab");
  await page.getByTestId("lr-slider").press("ArrowRight");
  await expect(page.getByTestId("lr")).toHaveValue("0.02");
  await expect.poll(() => steps(page)).toBeGreaterThan(before);
});

test("an optimizer brings its own numbers", async ({ page }) => {
  await page.getByTestId("optimizer").selectOption("momentum");
  await expect(page.getByTestId("momentum")).toHaveValue("0.9");
  await page.getByTestId("optimizer").selectOption("lion");
  await expect(page.getByTestId("momentum")).toHaveCount(0);
  await expect(page.getByTestId("optimizer-formula")).toContainText("sign");
});

test("a formula that cannot be read is said at once, and the last good one goes on", async ({ page }) => {
  await page.getByTestId("dataset-formula").click();
  await page.getByTestId("data-formula").fill("sin(3x");
  await expect(page.locator("#data-formula-problem")).toContainText("character 7");
  await expect(page.getByTestId("data-formula")).toHaveValue("sin(3x");
  await page.getByTestId("data-formula").fill("x^2 - 0.5");
  await expect(page.locator("#data-formula-problem")).toBeEmpty();
});

test("points are drawn with the mouse and with keys", async ({ page }) => {
  await page.getByTestId("dataset-points").click();
  const plane = page.getByTestId("points-plane");
  await plane.click({ position: { x: 40, y: 40 } });
  await plane.click({ position: { x: 60, y: 60 } });
  await expect(page.getByTestId("dataset-points")).toHaveAttribute("aria-pressed", "false");
  await page.getByTestId("points-class-1").click();
  await plane.focus();
  for (const key of ["ArrowRight", "Enter", "ArrowDown", "ArrowDown", "Enter"]) await page.keyboard.press(key);
  await expect(page.getByTestId("points-count")).toHaveText("4 points");
  await expect(page.getByTestId("dataset-points")).toHaveAttribute("aria-pressed", "true");
  await page.getByTestId("points-undo").click();
  await expect(page.getByTestId("points-count")).toHaveText("3 points");
});

test("a table is refused with row and reason, then used", async ({ page }) => {
  await page.getByTestId("dataset-csv").click();
  await page.getByTestId("csv-text").fill("a,b\n1,2\n3\n");
  await expect(page.getByTestId("csv-problems")).toContainText("Row 3");
  await expect(page.getByTestId("csv-use")).toBeDisabled();
  await page.getByTestId("csv-text").fill(table(40).replace("155,", '"155,'));
  await expect(page.getByTestId("csv-problems")).toContainText("row 7 is never closed");
  await page.getByTestId("csv-text").fill(table(40).replaceAll(",", "，"));
  await expect(page.getByTestId("csv-problems")).toContainText("no column to predict from");
  await page.getByTestId("csv-text").fill(table(40).replace("155,", "tall,"));
  await expect(page.getByTestId("csv-problems")).toContainText("height");
  await page.getByTestId("csv-text").fill(table(40));
  await expect(page.getByTestId("csv-preview")).toContainText("150");
  await page.getByTestId("csv-target").selectOption("weight");
  // Heights that count up by one look like running numbers, so they are not ticked.
  await page.getByTestId("csv-input-0").check();
  await page.getByTestId("csv-input-2").uncheck();
  await page.getByTestId("csv-use").click();
  await expect(page.getByTestId("dataset-csv")).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByTestId("data-counts")).toHaveText("30 train · 10 test");
  await expect(page.getByTestId("data-preview")).toContainText("weight");
});

test("a file that is no text is named, and one with semicolons is read", async ({ page }) => {
  await page.getByTestId("dataset-csv").click();
  const file = (buffer) => ({ name: "table.csv", mimeType: "text/csv", buffer });
  await page.getByTestId("csv-file").setInputFiles(file(Buffer.from([0x50, 0x4b, 3, 4, 0x0a, 0xff, 0xfa, 0x2c, 0x31])));
  await expect(page.getByTestId("csv-problems")).toContainText("CSV UTF-8");
  await page.getByTestId("csv-file").setInputFiles(file(Buffer.from(table(20).replaceAll(",", ";"))));
  await expect(page.getByTestId("csv-use")).toBeEnabled();
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("csv-dialog")).toHaveCount(0);
  await expect(page.getByTestId("dataset-spiral")).toHaveAttribute("aria-pressed", "true");
});

test("own text is refused with the reason, then trained on, and its vocabulary is shown", async ({ page }) => {
  await page.getByTestId("dataset-text").click();
  await page.getByTestId("text-own").fill("too short");
  await expect(page.locator("#text-own-problem")).toContainText("Your text has 9 characters; with a context of 32 it needs at least 145.");
  await expect(page.getByTestId("dataset-text")).toHaveAttribute("aria-pressed", "false");
  await page.getByTestId("text-own").fill("so much depends upon a red wheel barrow glazed with rain water. ".repeat(12));
  await expect(page.getByTestId("dataset-text")).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByTestId("data-counts")).toHaveText(/[1-9]\d* train/);
  await expect(page.getByTestId("data-vocabulary")).toContainText("Vocabulary (21)");
});

test("a folder of pictures is read, and what cannot be used is named", async ({ page }) => {
  // Eight by eight pixels of one grey, as PNG.
  const png = (level) => page.evaluate(async (level) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 8, height: 8 });
    const ctx = canvas.getContext("2d");
    ctx.fillStyle = `rgb(${level},${level},${level})`;
    ctx.fillRect(0, 0, 8, 8);
    return canvas.toDataURL("image/png").split(",")[1];
  }, level);
  const fs = await import("node:fs/promises");
  const root = test.info().outputPath("pets");
  for (const [name, level] of [["dark", 20], ["light", 220]]) {
    await fs.mkdir(`${root}/${name}`, { recursive: true });
    for (let i = 0; i < 8; i++) await fs.writeFile(`${root}/${name}/${i}.png`, Buffer.from(await png(level + i), "base64"));
  }
  await fs.writeFile(`${root}/dark/photo.jpg`, "not a picture");
  await page.getByTestId("dataset-pictures").click();
  await page.getByTestId("folder-files").setInputFiles(root);
  await expect(page.getByTestId("folder-result")).toHaveText("16 pictures in 2 classes.");
  await expect(page.locator("#folder-files-problem")).toContainText("photo.jpg");
  await expect(page.getByTestId("dataset-pictures")).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByTestId("data-counts")).toHaveText("12 train · 4 test");
});

test("augmentation is switched on while training goes on, and shown", async ({ page }) => {
  await page.getByTestId("dataset-digits8").click();
  await expect(page.getByTestId("data-counts")).toHaveText(/1,348 train/, { timeout: 40_000 });
  await expect.poll(() => steps(page)).toBeGreaterThan(20);
  const before = await steps(page);
  await page.getByTestId("data-augment").locator("summary").click();
  await page.getByTestId("augment-shift").check();
  await expect(page.getByTestId("data-augmented")).toBeVisible();
  await page.getByTestId("augment-shift-strength").fill("0.9");
  await page.getByTestId("augment-shift-strength").press("Tab");
  await expect(page.locator("#augment-shift-strength-problem")).toContainText("0.5");
  await expect.poll(() => steps(page)).toBeGreaterThan(before);
});

test("a ready experiment brings data, network and training at once", async ({ page }) => {
  await page.getByTestId("ready").selectOption("airline_cnn");
  await expect(page.getByTestId("dataset-airline")).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByTestId("data-baselines")).toContainText("last season again", { timeout: 20_000 });
  await expect(page.getByTestId("ready")).toHaveValue("airline_cnn");
  await expect.poll(() => steps(page)).toBeGreaterThan(10);
});
