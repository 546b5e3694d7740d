// Cards of the network panel: cards and text stay in step, shape problems sit on their card with a remedy, weights are changed
// by hand, and sixty layers stay usable.
import { test, expect } from "./fixtures.mjs";

const open = (page, model, more = "") => {
  const spec = { gradarium: 1, seed: 7, data: { set: "spiral" }, model: { layers: model }, task: { type: "classification" }, optimizer: { type: "adam", lr: 0.001 } };
  return page.goto(`index.html#/play?spec=${encodeURIComponent(JSON.stringify(spec))}${more}`);
};
const dense = (units, activation = "tanh") => ({ type: "dense", units, activation });
const small = [dense(4), dense(8), { type: "dense" }];
const text = (page) => page.getByTestId("model-text");

test("cards and text are one network", async ({ page }) => {
  await open(page, small);
  await expect(text(page)).toHaveValue("dense 4 tanh | dense 8 tanh | dense");
  await page.getByTestId("layer-0-units").fill("6");
  await page.getByTestId("layer-0-units").press("Enter");
  await expect(text(page)).toHaveValue("dense 6 tanh | dense 8 tanh | dense");
  await expect(page.getByTestId("layer-card-0")).toContainText("2×6 + 6 = 18");
  await expect(page.getByTestId("model-total")).toHaveText("18 + 56 + 18 = 92 parameters");
  await page.getByTestId("layer-1-activation").selectOption("relu");
  await page.getByTestId("layer-0-right").click();
  await expect(text(page)).toHaveValue("dense 8 relu | dense 6 tanh | dense");
  await page.getByTestId("add-layer-1").click();
  await page.getByTestId("add-dropout").click();
  await page.getByTestId("layer-2-remove").click();
  await expect(text(page)).toHaveValue("dense 8 relu | dropout 0.2 | dense");
  await text(page).fill("dense 5 elu | dense 3 sin | dense");
  await text(page).press("Enter");
  await expect(page.getByTestId("layer-1-activation")).toHaveValue("sin");
  await expect(page.getByTestId("layer-1-units")).toHaveValue("3");
  await page.getByTestId("undo").click();
  await expect(text(page)).toHaveValue("dense 8 relu | dropout 0.2 | dense");
});

test("a card is dragged to another place", async ({ page }) => {
  await open(page, small);
  const grip = page.getByTestId("layer-0-grip");
  await grip.hover();
  const from = await grip.boundingBox();
  const to = await page.getByTestId("layer-card-1").boundingBox();
  await page.mouse.down();
  await page.mouse.move(from.x + 20, from.y + 4, { steps: 3 });
  await page.mouse.move(to.x + to.width * 0.8, from.y + 4, { steps: 5 });
  await page.mouse.up();
  await expect(text(page)).toHaveValue("dense 8 tanh | dense 4 tanh | dense");
});

test("text that cannot be read stays a draft and the network stays", async ({ page }) => {
  await open(page, small);
  await expect(page.getByTestId("layer-card-2")).toBeVisible();
  await text(page).fill("dense 4 tanh | dnse 3");
  await expect(page.getByTestId("model-text-problem")).toContainText("character 16");
  await text(page).press("Tab");
  await expect(text(page)).toHaveValue("dense 4 tanh | dnse 3");
  await expect(page.getByTestId("layer-card-2")).toBeVisible();
  await text(page).press("Escape");
  await expect(text(page)).toHaveValue("dense 4 tanh | dense 8 tanh | dense");
});

test("a shape that does not fit is said on its card, with the remedy", async ({ page }) => {
  await open(page, small);
  await page.getByTestId("layer-2-units").fill("5");
  await page.getByTestId("layer-2-units").press("Enter");
  await expect(page.getByTestId("layer-card-2")).toContainText("The task needs 2");
  await page.getByTestId("problem-fix").click();
  await expect(page.getByTestId("problem-fix")).toHaveCount(0);
  await expect(page.getByTestId("layer-2-units")).toHaveValue("2");
  await page.getByTestId("layer-0-units").fill("0");
  await page.getByTestId("layer-0-units").press("Enter");
  await expect(page.getByTestId("layer-card-0")).toContainText("1");
  await expect(page.getByTestId("layer-card-0").getByRole("alert")).toBeVisible();
});

test("a residual's layers are edited inside its card, and a sum reads earlier layers", async ({ page }) => {
  await open(page, small);
  await page.getByTestId("add-layer-2").click();
  await page.getByTestId("add-residual").click();
  await page.getByTestId("layer-2-settings").click();
  await page.getByTestId("layer-2-layers").fill("dense 3 relu | dense 8");
  await page.getByTestId("layer-2-layers").press("Enter");
  await expect(text(page)).toHaveValue("dense 4 tanh | dense 8 tanh | residual(dense 3 relu | dense 8) | dense");
  await page.getByTestId("add-layer-3").click();
  await page.getByTestId("add-add").click();
  await page.getByTestId("layer-3-settings").click();
  await page.getByTestId("layer-3-from-1").check();
  await expect(page.getByTestId("layer-card-3").getByRole("alert")).toBeVisible();
  await page.getByTestId("layer-3-from-1").uncheck();
  await expect(page.getByTestId("layer-card-3").getByRole("alert")).toHaveCount(0);
});

test("a residual's layers are cards of their own: added, set, moved, removed", async ({ page }) => {
  await open(page, [dense(8), { type: "residual", layers: [dense(8)] }, { type: "dense" }]);
  await page.getByTestId("layer-1-settings").click();
  const inner = page.locator(".net-inner");
  await expect(inner.getByTestId("layer-card-2000")).toContainText("8×8 + 8 = 72");
  await inner.getByTestId("layer-2000-activation").selectOption("relu");
  await expect(text(page)).toHaveValue("dense 8 tanh | residual(dense 8 relu) | dense");
  await inner.getByTestId("add-layer-2001").click();
  await page.getByTestId("add-dropout").click();
  await expect(text(page)).toHaveValue("dense 8 tanh | residual(dense 8 relu | dropout 0.2) | dense");
  await inner.getByTestId("layer-2001-settings").click();
  await inner.getByTestId("layer-2001-rate").fill("0.5");
  await inner.getByTestId("layer-2001-rate").press("Enter");
  await expect(text(page)).toHaveValue("dense 8 tanh | residual(dense 8 relu | dropout 0.5) | dense");
  await expect(inner.getByTestId("layer-2000-left")).toBeDisabled();
  await inner.getByTestId("layer-2001-left").click();
  await expect(text(page)).toHaveValue("dense 8 tanh | residual(dropout 0.5 | dense 8 relu) | dense");
  await inner.getByTestId("layer-2000-remove").click();
  await expect(text(page)).toHaveValue("dense 8 tanh | residual(dense 8 relu) | dense");
  await expect(page.getByTestId("problem-list")).toHaveCount(0);
});

test("a skip connection is drawn with the pointer, or chosen from a list", async ({ page }) => {
  await open(page, [dense(8), dense(8), dense(8), { type: "dense" }]);
  await page.getByTestId("layer-card-0").hover();
  const handle = await page.getByTestId("layer-0-skip").boundingBox();
  const to = await page.getByTestId("layer-card-2").boundingBox();
  await page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x + to.width / 2, handle.y, { steps: 6 });
  await expect(page.locator(".net-arcs path").first(), "it is seen while it is drawn").toBeAttached();
  await page.mouse.up();
  await expect(page.getByTestId("layer-card-2")).toContainText("Add");
  await expect(text(page)).toHaveValue(/add/);
  await expect(page.getByTestId("problem-list")).toHaveCount(0);
  await expect(page.locator(".net-arcs path[marker-end]")).toHaveCount(1);
  await page.getByTestId("undo").click();
  await expect(text(page)).toHaveValue("dense 8 tanh | dense 8 tanh | dense 8 tanh | dense");
  await page.getByTestId("layer-0-settings").click();
  await page.getByTestId("layer-0-skip-to").selectOption("2");
  await expect(text(page)).toHaveValue(/add/);
  await expect(page.getByTestId("problem-list")).toHaveCount(0);
});

test("a weight is picked by its curve and changed, a bias through its unit", async ({ page }) => {
  await open(page, small);
  await page.getByTestId("pause").click();
  await expect(page.getByTestId("edges-1")).toHaveAttribute("aria-label", /32 weights into layer 2/);
  const box = await page.getByTestId("edges-0").boundingBox();
  await page.getByTestId("edges-0").click({ position: { x: box.width - 12, y: 20 } });
  await expect(page.getByTestId("inspector")).toContainText("Weight from input");
  await page.getByTestId("weight-input").fill("25");
  await page.getByTestId("weight-input").press("Enter");
  await page.getByTestId("weight-slider").focus();
  await expect.poll(async () => Number(await page.getByTestId("weight-slider").inputValue())).toBeCloseTo(25, 0);
  await expect(page.getByTestId("edges-0")).toHaveAttribute("aria-label", /strongest is 25/);
  // The keyboard's way to a unit.
  await page.getByTestId("layer-1-settings").click();
  await page.getByTestId("layer-1-unit").selectOption({ value: "2" });
  await expect(page.getByTestId("inspector")).toContainText("Unit 3 of layer 2");
  await page.getByTestId("bias-input").fill("-1.5");
  await page.getByTestId("bias-input").press("Enter");
  await page.getByTestId("layer-0-settings").click();
  await page.getByTestId("layer-0-settings").press("Escape");
  await page.getByTestId("units-1").click({ position: { x: 15, y: 95 } });
  await expect(page.getByTestId("bias-input")).toHaveValue("-1.5");
  await expect(page.getByTestId("weight-table").getByRole("row")).toHaveCount(4);
});

test("a unit under the pointer is shown large with its numbers", async ({ page }) => {
  await open(page, small);
  await expect(page.getByTestId("units-1")).toHaveAttribute("aria-label", /values from/);
  await page.getByTestId("units-1").hover({ position: { x: 15, y: 60 } });
  await expect(page.getByTestId("unit-hover")).toContainText("Unit 2 of layer 2");
  await expect(page.getByTestId("unit-hover")).toContainText("over the plane");
});

test("sixty layers: all cards are there, only those in view are drawn", async ({ page }) => {
  await open(page, [...Array(60).fill(dense(8)), { type: "dense" }]);
  await expect(page.locator("[data-testid^=layer-card-]")).toHaveCount(61);
  await expect(page.getByTestId("model-total")).toContainText("24 + 59×72 + 18 = 4,290");
  await expect(page.getByTestId("units-0")).toBeVisible();
  // As wide as it likes, most of it is out of view.
  await page.getByTestId("net-whole").uncheck();
  await expect(page.getByTestId("units-40")).toHaveCount(0);
  await page.getByTestId("layer-card-40").scrollIntoViewIfNeeded();
  await expect(page.getByTestId("units-40")).toBeVisible();
  expect(await page.locator(".panel-network canvas").count()).toBeLessThan(30);
});

test("both languages and a phone", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page, small, "&lang=zh");
  await expect(page.getByTestId("layer-card-0")).toContainText("全连接");
  await expect(page.getByTestId("layer-card-2")).toContainText("输出");
  await page.getByTestId("layer-0-settings").click();
  await expect(page.getByTestId("layer-settings")).toContainText("初始权重");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});
