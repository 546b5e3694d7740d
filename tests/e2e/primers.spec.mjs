// Primers, checked: a published program as written beside as meant, its address, and what is found between them.
import { test, expect } from "./fixtures.mjs";

const step = async (page, half) => Number((await page.getByTestId(`primer-${half}-step`).textContent()).replace(/[^\d]/g, "") || NaN);

test("a program stands as written beside as meant, and its address leads there", async ({ page }) => {
  await page.goto("index.html#/primer?program=b&lang=en");
  for (const half of ["a", "b"]) await expect.poll(() => step(page, half), { timeout: 60_000 }).toBeGreaterThan(200);
  await expect(page.getByTestId("primer-a-finding-target-beyond-loss")).toBeVisible();
  await expect(page.getByTestId("primer-finding")).toContainText("Targets beyond what the loss allows");
  // Both are always shown at the same step.
  await page.getByTestId("primer-pause").or(page.getByTestId("primer-play")).first().waitFor();
  await page.getByTestId("primer-reset").click();
  await page.getByTestId("primer-step").click();
  await expect.poll(() => step(page, "a"), { timeout: 60_000 }).toBe(1);
  expect(await step(page, "b")).toBe(1);
  await page.getByTestId("primer-e").click();
  await expect(page).toHaveURL(/program=e/);
  await expect(page.getByTestId("primer-wrong")).toContainText("sigmoid");
  await page.getByTestId("nav-play").click();
  await expect(page.getByTestId("panel-network")).toBeVisible();
});
