// Learning from data: the learner's own tables, points and formulas, and the sets that the site ships.
import fs from "node:fs";
import { test, expect } from "./fixtures.mjs";
import { accuracy, fill, open, pause, settled, steps, trainTo } from "./lab.mjs";

/** Two separable classes with three columns, the third being words. */
const table = "length;width;kind\n" + [...Array(60)].map((_, i) => {
  const far = i % 2 === 1;
  return `${(far ? 5 : 1) + (i % 7) / 10};${(far ? 2 : 6) + (i % 5) / 10};${far ? "oak" : "ash"}`;
}).join("\n");

test("a pasted table is read, trained on, and learned", async ({ page }) => {
  await open(page);
  await page.getByTestId("dataset-csv").click();
  await expect(page.getByTestId("csv-dialog")).toBeVisible();
  await expect(page.getByTestId("csv-use")).toBeDisabled();
  await page.getByTestId("csv-text").fill(table);
  await expect(page.getByTestId("csv-dialog")).toContainText("60");
  await expect(page.getByTestId("csv-target")).toHaveValue("kind");
  await expect(page.getByTestId("csv-preview")).toContainText("length");
  await page.getByTestId("csv-use").click();
  await expect(page.getByTestId("csv-dialog")).toHaveCount(0);
  await trainTo(page, 95);
});

test("a table comes from a file, with rows of missing cells left out on request, as a regression", async ({ page }, info) => {
  await open(page);
  await page.getByTestId("dataset-csv").click();
  const file = info.outputPath("line.csv");
  const rows = [...Array(50)].map((_, i) => `${i / 10},${i % 3},${(i / 5).toFixed(2)}`);
  rows[7] = ",1,2";
  fs.writeFileSync(file, "x,z,y\n" + rows.join("\n"));
  await page.getByTestId("csv-file").setInputFiles(file);
  await expect(page.getByTestId("csv-preview")).toContainText("0.1");
  await page.getByTestId("csv-target").selectOption("y");
  await page.getByTestId("csv-task").selectOption("regression");
  await expect(page.getByTestId("csv-problems")).toContainText(/x/);
  await page.getByTestId("csv-missing").selectOption("skip");
  await expect(page.getByTestId("csv-problems")).toHaveText("");
  await page.getByTestId("csv-input-1").uncheck();
  await page.getByTestId("csv-use").click();
  await expect(page.getByTestId("panel-output").getByTestId("scatter")).toBeVisible();
  await expect.poll(() => steps(page)).toBeGreaterThan(100);
});

test("points drawn by mouse are learned", async ({ page }) => {
  await open(page);
  await page.getByTestId("dataset-points").click();
  const plane = page.getByTestId("points-plane");
  await plane.scrollIntoViewIfNeeded();
  const box = await plane.boundingBox();
  const stroke = async (from, to) => {
    await page.mouse.move(box.x + from * box.width, box.y + 0.5 * box.height);
    await page.mouse.down();
    await page.mouse.move(box.x + to * box.width, box.y + 0.5 * box.height, { steps: 20 });
    await page.mouse.up();
  };
  await page.getByTestId("points-class-0").click();
  await stroke(0.1, 0.3);
  await page.getByTestId("points-class-1").click();
  await stroke(0.7, 0.9);
  await expect(page.getByTestId("points-count")).toContainText(/\d/);
  await expect(page.getByTestId("dataset-points")).toHaveAttribute("aria-pressed", "true");
  await expect.poll(() => accuracy(page), { timeout: 20_000 }).toBeGreaterThan(95);
});

test("a formula makes the classes", async ({ page }) => {
  await open(page);
  await page.getByTestId("dataset-formula").click();
  await fill(page, "data-formula", "0.5 * sin(3 * x)");
  await expect(page.getByTestId("dataset-formula")).toHaveAttribute("aria-pressed", "true");
  await expect.poll(() => accuracy(page), { timeout: 20_000 }).toBeGreaterThan(85);
});

for (const set of ["iris", "penguins", "wine", "breast-cancer", "digits8"]) {
  test(`${set} loads and is learned`, async ({ page }) => {
    await open(page);
    await page.getByTestId(`dataset-${set}`).click();
    await expect(page.getByTestId("confusion-matrix")).toBeVisible({ timeout: 20_000 });
    await fill(page, "lr", 0.01);
    await trainTo(page, 88);
    await expect(page.getByTestId("data-source")).toContainText(/\S/);
  });
}

test("choosing a set keeps the learner's network when it is of the same kind", async ({ page }) => {
  await open(page);
  await pause(page);
  await fill(page, "layer-0-units", 6);
  await page.getByTestId("dataset-circle").click();
  await expect(page.getByTestId("model-text")).toHaveValue("dense 6 tanh | dense 8 tanh | dense");
  await settled(page);
});

/** Drops a file on an element, as from the desktop. */
const drop = (page, selector, name, text) => page.evaluate(([selector, name, text]) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([text], name));
  document.querySelector(selector).dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer }));
}, [selector, name, text]);

test("a table dropped anywhere opens as a table, an experiment as an experiment, whatever they are called", async ({ page }) => {
  await open(page);
  await drop(page, "[data-testid=panel-network]", "rows.data", "\uFEFF" + table);
  await expect(page.getByTestId("csv-dialog")).toContainText("60");
  await page.getByTestId("csv-cancel").click();
  await expect(page.getByTestId("csv-dialog")).toHaveCount(0);
  const experiment = { gradarium: 1, data: { set: "xor" }, model: { layers: [{ type: "dense" }] }, task: { type: "classification" } };
  await drop(page, "[data-testid=panel-network]", "xor.txt", JSON.stringify(experiment));
  await expect(page.getByTestId("model-text")).toHaveValue("dense");
  await drop(page, "[data-testid=panel-network]", "poem.txt", "no table at all");
  await expect(page.getByTestId("notice")).toContainText("could not be opened");
});

test("more classes than a matrix can show: the pairs that are mixed up most", async ({ page }) => {
  const rows = [...Array(300)].map((_, i) => `${Math.sin(i * 7)};${Math.cos(i * 3)};kind${i % 25}`);
  await open(page, `#/play?spec=${encodeURIComponent(JSON.stringify({
    data: { set: "csv", csv: { text: "a;b;kind\n" + rows.join("\n"), target: "kind" } },
    model: { layers: [{ type: "dense", units: 8, activation: "relu" }, { type: "dense" }] }, task: { type: "classification" },
  }))}`);
  const first = page.getByTestId("confused-pairs").locator("tbody tr").first();
  await expect(first).toContainText(/kind\d+.*kind\d+/);
  await expect(page.getByTestId("confused-pairs").locator("tbody tr")).toHaveCount(12);
  await pause(page);
  await first.getByRole("button").click();
  await expect(page.getByTestId("mistakes")).toContainText("kind");
});
