// What every panel owes a learner: values that can be pinned, an explanation, the large view, files, words for readers.
import { test, expect } from "./fixtures.mjs";
import { dense, open, pause, play, settled, spec, steps } from "./lab.mjs";

/** The layer above a picture that takes pointers and keys. */
const hands = (page, picture) => page.locator(`.plot-stack:has([data-testid=${picture}]) canvas[tabindex]`);

/** Pins the place at that share of the picture's width and height, and leaves the picture. */
async function pin(page, picture, x, y) {
  await page.getByTestId(picture).scrollIntoViewIfNeeded();
  const over = hands(page, picture), box = await over.boundingBox();
  await over.click({ position: { x: x * box.width, y: y * box.height } });
  await page.mouse.move(2, 2);
  await expect(page.getByTestId(`${picture}-unpin`)).toBeVisible();
}

test("a step of the curves is pinned: it stays when the pointer leaves, and is let go of in four ways", async ({ page }) => {
  await open(page);
  await expect.poll(() => steps(page)).toBeGreaterThan(60);
  await pause(page);
  const readout = page.getByTestId("curves-readout"), mark = page.getByTestId("curves-plot-unpin"), over = hands(page, "curves-plot");
  await expect(mark).toHaveCount(0);
  const rest = await readout.textContent();
  await pin(page, "curves-plot", 0.3, 0.5);
  await expect(mark).toHaveText(/pinned/);
  const kept = await readout.textContent();
  expect(kept.replace(/pinned.*/, "")).not.toBe(rest);
  // The run goes on, the step stays.
  await play(page);
  await expect.poll(() => steps(page)).toBeGreaterThan(120);
  await pause(page);
  const step = (said) => Number(said.match(/step ([\d,]+)/)[1].replace(",", ""));
  // Long curves are thinned: the nearest step that is left is shown.
  expect(Math.abs(step(await readout.textContent()) - step(kept))).toBeLessThan(0.02 * await steps(page));
  await page.keyboard.press("Escape");
  await expect(mark).toHaveCount(0);
  await pin(page, "curves-plot", 0.4, 0.5);
  await mark.click();
  await expect(mark).toHaveCount(0);
  await pin(page, "curves-plot", 0.5, 0.5);
  const box = await over.boundingBox();
  await over.click({ position: { x: 0.5 * box.width + 2, y: 0.4 * box.height } });
  await expect(mark, "the same place again").toHaveCount(0);
  await over.focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await expect(mark).toBeVisible();
  await page.keyboard.press(" ");
  await expect(mark).toHaveCount(0);
  await settled(page);
});

test("a pinned place of the plane and of the gradient flow follows the running network", async ({ page }) => {
  await open(page);
  await expect.poll(() => steps(page)).toBeGreaterThan(5);
  await pause(page);
  await pin(page, "output-plane", 0.3, 0.3);
  await pin(page, "gradient-plot", 0.97, 0.3);
  const said = () => Promise.all(["output-readout", "gradient-readout"].map((id) => page.getByTestId(id).textContent()));
  const before = await said();
  expect(before[0]).toMatch(/class .*%/);
  expect(before[1]).toMatch(/layer 1.*: [\d.]/);
  await play(page);
  for (const i of [0, 1]) await expect.poll(async () => (await said())[i], "it follows").not.toBe(before[i]);
});

test("a sample of a regression is pinned by its row", async ({ page }) => {
  await open(page, spec({ data: { set: "cars_mpg" }, model: { layers: [dense(8, "relu"), dense()] }, task: { type: "regression" } }));
  await pause(page);
  await page.getByTestId("scatter").scrollIntoViewIfNeeded();
  const over = hands(page, "scatter"), box = await over.boundingBox();
  const readout = page.getByTestId("scatter-readout");
  // Samples stand somewhere along the line.
  for (let share = 0.2; share < 0.8; share += 0.05) {
    await over.hover({ position: { x: share * box.width, y: (1 - share) * box.height } });
    if ((await readout.textContent()).startsWith("sample")) break;
  }
  await page.mouse.down();
  await page.mouse.up();
  await page.mouse.move(2, 2);
  await expect(readout).toHaveText(/^sample \d+: true [\d.]+, predicted [−\d.]+ pinned/);
  const said = (await readout.textContent()).split(", predicted ");
  await play(page);
  await expect.poll(async () => (await readout.textContent()).split(", predicted ")[1], "its prediction moves").not.toBe(said[1]);
  expect((await readout.textContent()).split(", predicted ")[0], "it is the same sample").toBe(said[0]);
});
