// Autoencoders: what comes of rows, the map of codes that answers, and what a variational code holds.
import { test, expect } from "./fixtures.mjs";
import { dense, open, pause, play, reset, spec, steps } from "./lab.mjs";

const coder = (set, task, code) => spec({
  seed: 3, data: { set }, task, optimizer: { type: "adam", lr: 0.003 }, training: { batch: 32 },
  model: { parts: {
    encoder: [...(set === "digits8" ? [{ type: "flatten" }] : []), dense(32, "tanh"), dense(code)],
    decoder: [dense(32, "tanh"), dense(set === "digits8" ? 64 : 2)],
  } },
});
const error = async (page) => Number((await page.getByTestId("reconstructions-error").textContent()).replace("−", "-"));
const label = (page, id) => page.getByTestId(id).getAttribute("aria-label");

/** Points at that share of the map's width and height. */
async function point(page, x, y) {
  const over = page.locator(".latent-plane canvas[tabindex]");
  await over.scrollIntoViewIfNeeded();
  const box = await over.boundingBox();
  await page.mouse.move(box.x + x * box.width, box.y + y * box.height);
}

for (const [what, hash] of [
  ["digits", coder("digits8", { type: "autoencoder", noise: 0.2 }, 2)],
  ["the plane", coder("ring", { type: "vae", loss: "mse", beta: 0.01 }, 4)],
]) {
  test(`${what}: reconstructions become better, and the map of codes answers where one points`, async ({ page }) => {
    await open(page, hash, { fast: false });
    await pause(page);
    await reset(page);
    await expect(page.getByTestId("reconstructions-error")).toBeVisible();
    const before = await error(page);
    await play(page);
    await page.getByTestId("flat-out").click();
    await expect.poll(() => steps(page), { timeout: 60_000 }).toBeGreaterThan(500);
    await pause(page);
    await expect.poll(() => error(page), "error after some hundred steps").toBeLessThan(0.8 * before);
    const first = await error(page);
    await page.getByTestId("reconstructions-worst").click();
    await expect.poll(() => error(page), "the worst are worse").toBeGreaterThan(first);
    await page.getByTestId("panel-latent").scrollIntoViewIfNeeded();
    await expect(page.getByTestId("latent-answer")).toBeVisible();
    await expect.poll(() => label(page, "latent-map")).toMatch(/^Codes of \d+ test rows/);
    await point(page, 0.3, 0.3);
    await expect.poll(() => label(page, "latent-answer")).toMatch(/code \(−/);
    const here = await label(page, "latent-answer");
    await point(page, 0.8, 0.7);
    await expect.poll(() => label(page, "latent-answer"), "another place, another answer").not.toBe(here);
    expect(await label(page, "latent-answer")).not.toMatch(/code \(−/);
    // By keys as well; Enter pins, and the way leads there.
    await page.locator(".latent-plane canvas[tabindex]").focus();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("latent-map-unpin")).toBeVisible();
    await play(page);
    await pause(page);
  });
}

test("a VAE says what each number holds, and draws from its prior", async ({ page }) => {
  await open(page, coder("digits8", { type: "vae", latent: 6, beta: 4 }, 12));
  await expect.poll(() => steps(page), { timeout: 60_000 }).toBeGreaterThan(300);
  await pause(page);
  await page.getByTestId("panel-latent").scrollIntoViewIfNeeded();
  await expect(page.getByTestId("latent-kl").locator("li")).toHaveCount(6);
  await expect(page.getByTestId("latent-collapsed")).toHaveText(/^\d of 6 collapsed/);
  const said = Number((await page.getByTestId("latent-collapsed").textContent())[0]);
  await expect(page.getByTestId("latent-kl").locator("li").filter({ hasText: "collapsed" })).toHaveCount(said);
  await expect(page.getByTestId("latent-samples").locator("li")).toHaveCount(16);
  await expect(page.getByTestId("latent-film").locator("li")).toHaveCount(8);
  const one = await label(page, "latent-samples");
  await page.getByTestId("latent-again").click();
  await expect.poll(() => label(page, "latent-samples")).not.toBe(one);
});
