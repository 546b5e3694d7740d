// Going back in time: scrubbing, forking, undo and redo.
import { test, expect } from "./fixtures.mjs";
import { fill, open, pause, play, settled, steps, write } from "./lab.mjs";

test("the timeline goes back to an earlier step, and training on from there forks", async ({ page }) => {
  await open(page);
  await expect.poll(() => steps(page)).toBeGreaterThan(500);
  await pause(page);
  const end = await settled(page);
  const timeline = page.getByTestId("timeline");
  await expect(timeline).toHaveAttribute("max", String(end));
  const earlier = Math.floor(end / 2);
  await timeline.fill(String(earlier));
  await expect.poll(() => steps(page)).toBe(earlier);
  await expect(page.getByText(/rain(ing)? from here/).filter({ visible: true })).toBeVisible();
  await timeline.fill(String(end));
  await expect.poll(() => steps(page), "the future is still there").toBe(end);
  await timeline.fill(String(earlier));
  await expect.poll(() => steps(page)).toBe(earlier);
  await expect(page.getByTestId("kept-run-0")).toHaveCount(0);
  await page.getByTestId("step").click();
  await expect.poll(() => steps(page)).toBe(earlier + 1);
  await expect(timeline).toHaveAttribute("max", String(earlier + 1));
  await expect(page.getByTestId("kept-run-0"), "the abandoned curve stays for comparison").toBeVisible();
});

test("a replayed step is the step itself", async ({ page }) => {
  await open(page);
  await expect.poll(() => steps(page)).toBeGreaterThan(300);
  await pause(page);
  const timeline = page.getByTestId("timeline");
  await timeline.fill("101");
  await expect.poll(() => steps(page)).toBe(101);
  const loss = await page.getByTestId("test-loss").textContent();
  await timeline.fill("0");
  await expect.poll(() => steps(page)).toBe(0);
  await expect(page.getByTestId("test-loss")).not.toHaveText(loss);
  await timeline.fill("101");
  await expect.poll(() => steps(page)).toBe(101);
  await expect(page.getByTestId("test-loss")).toHaveText(loss);
});

test("edits of the network are undone and redone, by button and by key", async ({ page }) => {
  await open(page);
  const text = page.getByTestId("model-text");
  const first = await text.inputValue();
  await expect(page.getByTestId("undo")).toBeDisabled();
  await fill(page, "layer-0-units", 5);
  await expect(text).toHaveValue(/^dense 5 tanh/);
  await page.getByTestId("layer-1-remove").click();
  await expect(text).toHaveValue("dense 5 tanh | dense");
  await page.getByTestId("undo").click();
  await expect(text).toHaveValue("dense 5 tanh | dense 8 tanh | dense");
  await page.getByTestId("undo").click();
  await expect(text).toHaveValue(first);
  await page.locator("h1").click();
  await page.keyboard.press("Control+Shift+Z");
  await expect(text).toHaveValue("dense 5 tanh | dense 8 tanh | dense");
  await page.keyboard.press("Control+z");
  await expect(text).toHaveValue(first);
  await page.getByTestId("redo").click();
  await page.getByTestId("redo").click();
  await expect(text).toHaveValue("dense 5 tanh | dense");
  await expect(page.getByTestId("redo")).toBeDisabled();
  await pause(page);
  await play(page);
});

test("layers move to another place and back", async ({ page }) => {
  await open(page);
  await write(page, "dense 6 tanh | dense 4 relu | dense 2");
  await page.getByTestId("layer-0-right").click();
  await expect(page.getByTestId("model-text")).toHaveValue("dense 4 relu | dense 6 tanh | dense 2");
  await page.getByTestId("layer-1-left").click();
  await expect(page.getByTestId("model-text")).toHaveValue("dense 6 tanh | dense 4 relu | dense 2");
});
