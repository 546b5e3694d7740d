// For everyone: what axe finds, the main job by keys alone, type twice as large, fingers, and little motion.
import fs from "node:fs";
import { createRequire } from "node:module";
import { test, expect } from "./fixtures.mjs";
import { accuracy, classes, dense, open, pause, spec } from "./lab.mjs";

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const ROOMS = {
  "the playground": "#/play",
  "pictures": spec(classes("digits8", [{ type: "conv2d", filters: 4, kernel: 3, activation: "relu" }, { type: "flatten" }, dense()])),
  "the laboratory": "#/lab",
};

async function ready(page, hash) {
  if (!hash.startsWith("#/lab")) {
    await open(page, hash);
    return pause(page);
  }
  await page.goto("index.html" + hash);
  await expect(page.locator(".laboratory")).toBeVisible({ timeout: 30_000 });
}

for (const [room, hash] of Object.entries(ROOMS)) {
  for (const lang of ["en", "zh"]) {
    for (const theme of ["light", "dark"]) {
      test(`axe finds nothing: ${room}, ${lang}, ${theme}`, async ({ page }) => {
        await ready(page, `${hash}${hash.includes("?") ? "&" : "?"}lang=${lang}&theme=${theme}`);
        // The policy of the page keeps scripts out; the driver's own way in does not ask it.
        await page.evaluate(AXE);
        for (const width of [1440, 360]) {
          await page.setViewportSize({ width, height: 900 });
          const found = await page.evaluate(async () => (await window.axe.run()).violations
            .flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 140)} ${n.any[0]?.message ?? ""}`)));
          expect(found, `${width} px`).toEqual([]);
        }
      });
    }
  }
}

test("the main job by keys alone: another set, a network for it, trained, in under 40 of them from the arrival", async ({ page }) => {
  await open(page, "#/play", { fast: false });
  await expect(page.getByTestId("panel-about")).toBeVisible();
  let keys = 0;
  const press = async (...all) => { for (const key of all) { keys += 1; await page.keyboard.press(key); } };
  // Past the header, into the gallery, which is asked for a set by its name.
  await press("Tab", "Enter", "Tab", "Enter");
  await expect(page.getByTestId("gallery-search")).toBeFocused();
  await press(..."iris", "Tab", "Tab");
  await expect(page.getByTestId("dataset-iris")).toBeFocused();
  await press("Enter");
  await expect(page.getByTestId("model-text")).toHaveValue("dense 16 relu | dense");
  await press("/", "ControlOrMeta+a", ..."dense 9 | dense", "Enter");
  await expect(page.getByTestId("layer-0-units")).toHaveValue("9");
  await expect.poll(() => accuracy(page), { timeout: 20_000 }).toBeGreaterThan(60);
  expect(keys).toBeLessThan(40);
});

test("at twice the size of type nothing is cut off sideways", async ({ page }) => {
  // What a browser makes of 1440 px at 200 %.
  await page.setViewportSize({ width: 720, height: 450 });
  await open(page);
  await pause(page);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over).toBeLessThanOrEqual(0);
});
