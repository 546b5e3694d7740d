// What a language model writes while it learns, on the page.
import { test, expect } from "./fixtures.mjs";
import { open, spec } from "./lab.mjs";

const ROSES = {
  seed: 3, data: { set: "text", text: "rose tulip ".repeat(40), context: 8 }, task: { type: "language_model" },
  model: { layers: [{ type: "embedding", units: 16 }, { type: "positional" },
    { type: "transformer_block", heads: 2, mlp_ratio: 2 }, { type: "layer_norm" }, { type: "dense" }] },
  optimizer: { type: "adamw", lr: 0.01 }, training: { batch: 8 },
};

test("a network writes what it learns, goes on with a prompt, and says what it cannot read", async ({ page }) => {
  await open(page, spec(ROSES));
  const text = page.getByTestId("sample-text");
  await expect(text).toContainText("rose tulip rose tulip", { timeout: 30_000 });
  await expect(page.getByTestId("token-accuracy")).toHaveText(/\d\s%/);
  await expect(page.getByTestId("perplexity")).toHaveText(/^1\.\d\d$/);
  const temperature = page.getByTestId("sample-temperature");
  await temperature.fill("0");
  await temperature.press("Enter");
  // Typed while frames come: nothing of it may be lost.
  await page.getByTestId("sample-prompt").pressSequentially("rose tuX", { delay: 60 });
  await expect(page.getByTestId("sample-prompt")).toHaveValue("rose tuX");
  await expect(text).toHaveText(/^rose tuXlip rose tulip/);
  await expect(page.getByTestId("panel-samples").locator(".notice-line")).toContainText("X");
  await page.getByTestId("sample-length").fill("20");
  await page.getByTestId("sample-length").press("Enter");
  await expect(text).toHaveText("rose tuXlip rose tulip rose ");
});

test("there is nothing to write where classes are told apart", async ({ page }) => {
  await open(page);
  await expect(page.getByTestId("panel-output")).toBeVisible();
  await expect(page.getByTestId("panel-samples")).toHaveCount(0);
});
