// Tasks that make and tasks on one trunk: what is measured of them, terms of their loss as curves, what is said.
import { test, expect } from "./fixtures.mjs";
import { dense, open, pause, spec, steps } from "./lab.mjs";

const GAME = spec({
  seed: 7, data: { set: "ring", samples: 1000 }, task: { type: "gan", latent: 4 },
  optimizer: { type: "adam", lr: 0.001, betas: [0.5, 0.999] }, training: { batch: 256 },
  model: { parts: { generator: [dense(64, "tanh"), dense(64, "tanh"), dense()], discriminator: [dense(64, "leaky_relu"), dense(64, "leaky_relu"), dense()] } },
});
const figure = async (page, id) => Number((await page.getByTestId(id).textContent()).replace("−", "-").replace(",", ""));
const share = async (page, n) => parseFloat(((await page.getByTestId("made-said").textContent()).match(/[\d.]+\s?%/g) ?? [])[n] ?? "NaN");

test("a game comes near its data: distance, terms, what is covered", async ({ page }) => {
  test.setTimeout(120_000);
  await open(page, `${GAME}&lang=en`);
  await expect.poll(() => steps(page), { timeout: 90_000 }).toBeGreaterThan(800);
  await pause(page);
  await expect(page.locator(".figures")).toContainText("energy distance");
  await expect.poll(() => figure(page, "test-accuracy")).toBeLessThan(0.1);
  await expect.poll(() => share(page, 1), "share of real points with a made one near").toBeGreaterThan(30);
  await page.getByTestId("curves-terms").click();
  const readout = page.getByTestId("curves-readout");
  for (const word of ["discriminator on real", "discriminator on made", "generator"]) await expect(readout).toContainText(word);
  await page.getByTestId("curves-metric").click();
  await expect(page.getByTestId("curves-plot")).toHaveAttribute("aria-label", /^energy distance/);
  await expect(page.getByTestId("until-kind").locator("option")).toHaveCount(3);
});

test("three heads on one trunk show figures, angles and answers", async ({ page }) => {
  await open(page, `${spec({
    seed: 7, data: { set: "digits8" }, task: { type: "several" }, optimizer: { type: "adam", lr: 0.002 }, training: { batch: 32 },
    model: { parts: { trunk: [{ type: "flatten" }, dense(64, "relu")], digit: [dense()], parity: [dense()], thickness: [dense()] } },
  })}&lang=zh`);
  await expect.poll(() => steps(page), { timeout: 60_000 }).toBeGreaterThan(300);
  await pause(page);
  await expect(page.getByTestId("heads-table").locator("tbody tr")).toHaveCount(3);
  await page.getByTestId("curves-terms").click();
  await expect(page.getByTestId("curves-readout")).toContainText("笔画粗细");
});
