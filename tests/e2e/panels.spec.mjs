// What every panel owes a learner: values that can be pinned, an explanation, the large view, files, words for readers.
import { test, expect } from "./fixtures.mjs";
import { classes, dense, open, pause, play, settled, spec, steps } from "./lab.mjs";

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

/** Clicks one place of a picture after the other until something is pinned: not everywhere is something to be read. */
async function pinOneOf(over, mark, places) {
  for (const position of places) {
    await over.click({ position });
    // A busy page answers late, and the next click would take the pin away again.
    const pinned = await mark.waitFor({ timeout: 1000 }).then(() => true, () => false);
    if (pinned) return;
  }
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
  // Space is play everywhere; Enter at the same place lets go.
  await page.keyboard.press("Enter");
  await expect(mark).toHaveCount(0);
  await settled(page);
});

test("a pinned place of the plane and of the gradient flow follows the running network", async ({ page }) => {
  // Slowly: a network that has learned is as sure a thousand steps later.
  await open(page, spec(classes("spiral", [dense(8, "tanh"), dense(8, "tanh"), dense()], { optimizer: { type: "sgd", lr: 0.01 } })));
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
  await pinOneOf(over, page.getByTestId("scatter-unpin"), Array.from({ length: 12 }, (_, i) => 0.2 + 0.05 * i)
    .map((share) => ({ x: share * box.width, y: (1 - share) * box.height })));
  await page.mouse.move(2, 2);
  await expect(readout).toHaveText(/^sample \d+: true [\d.]+, predicted [−\d.]+ pinned/);
  const said = (await readout.textContent()).split(", predicted ");
  await play(page);
  await expect.poll(async () => (await readout.textContent()).split(", predicted ")[1], "its prediction moves").not.toBe(said[1]);
  expect((await readout.textContent()).split(", predicted ")[0], "it is the same sample").toBe(said[0]);
});

/** Every picture of a panel that is read by pointing: a click somewhere on it stays, Esc lets go of it. */
async function pinsAndReleases(page, panel, id) {
  const all = panel.locator("canvas[tabindex]:visible"), mark = panel.locator("[data-testid$=-unpin]");
  for (let i = 0; i < (await all.count()); i++) {
    const canvas = all.nth(i);
    await canvas.scrollIntoViewIfNeeded();
    const box = await canvas.boundingBox();
    await pinOneOf(canvas, mark, Array.from({ length: 14 }, (_, k) => 0.5 * 0.8 ** k)
      .map((share) => ({ x: share * box.width, y: (id === "panel-output" ? 1 - share : share) * box.height })));
    await expect(mark, `picture ${i} of ${id} is pinned`).toHaveText(/pinned/);
    await page.keyboard.press("Escape");
    await expect(mark, `picture ${i} of ${id} is let go of`).toHaveCount(0);
  }
}

/** Networks that bring every panel of the playground between them. */
const NETWORKS = {
  "the plane": "#/play",
  "the plane with queries": `${spec(classes("spiral", [dense(8, "tanh"), dense()]))}&query=layers.0.weight&query=layers.0+grad`,
  "pictures": spec({
    gradarium: 1, seed: 2, data: { set: "digits8" }, task: { type: "classification" },
    model: { layers: [{ type: "conv2d", filters: 4, kernel: 3, activation: "relu" }, { type: "flatten" }, { type: "dense" }] },
  }),
  "a language": spec({
    data: { set: "text", text: "rose tulip ".repeat(40), context: 8 }, task: { type: "language_model" },
    model: { layers: [{ type: "embedding", units: 8 }, { type: "lstm", units: 8, return_sequences: true }, { type: "attention", heads: 2 }, { type: "dense" }] },
  }),
  "an autoencoder": spec({
    data: { set: "ring" }, task: { type: "vae", loss: "mse", beta: 0.01 },
    model: { parts: { encoder: [dense(16, "tanh"), dense()], decoder: [dense(16, "tanh"), dense()] } },
  }),
  "a regression": spec({ data: { set: "cars_mpg" }, model: { layers: [dense(8, "relu"), dense()] }, task: { type: "regression" } }),
};
/** Every panel of src/ui/panels/registry.rs (a native test holds the two together): everywhere, and with what brings it. */
const EVERYWHERE = ["panel-data", "panel-setup", "panel-network", "panel-output", "mini-loss", "doctor", "panel-loss", "panel-gradient-flow", "query", "panel-processor", "panel-about"];
const BROUGHT = {
  "the plane with queries": ["panel-query-0", "panel-query-1"],
  "pictures": ["inside", "panel-filters", "panel-feature-maps", "panel-climb", "panel-sandbox"],
  "an autoencoder": ["inside", "panel-latent"],
  "a language": ["inside", "panel-attention", "panel-hidden-state"],
};
/** These are settings and sources, not pictures of a network. */
const PLAIN = ["panel-data", "panel-setup", "panel-processor", "panel-about"];
/** Panels in which a colour stands for a number in everything they show. */
const SCALED = ["panel-network", "panel-gradient-flow", "panel-filters", "panel-feature-maps", "panel-attention", "panel-hidden-state"];

/** What the file of a panel holds. */
async function file(page, id, kind) {
  const [got] = await Promise.all([page.waitForEvent("download"), page.getByTestId(`${id}-${kind}`).click()]);
  expect(got.suggestedFilename()).toMatch(new RegExp(`^gradarium-[a-z0-9-]+\\.${kind}$`));
  return (await import("node:fs/promises")).readFile(await got.path());
}

/** Holds a panel to all of it. */
async function holds(page, id) {
  const panel = page.getByTestId(id);
  await panel.scrollIntoViewIfNeeded();
  await expect(panel.locator(".plot-empty").filter({ hasText: /Waiting/ }), `${id} has its numbers`).toHaveCount(0);
  await page.getByTestId(`${id}-what`).click();
  const said = await panel.locator(".panel-what").textContent();
  expect(said.match(/[.?](\s|$)/g)?.length, `${id} says in two sentences what it is: ${said}`).toBeGreaterThanOrEqual(2);
  await page.getByTestId(`${id}-what`).click();
  await page.getByTestId(`${id}-enlarge`).click();
  expect(await panel.evaluate((e) => e.getBoundingClientRect().width / innerWidth), `${id} large`).toBeGreaterThan(0.98);
  await page.keyboard.press("Escape");
  expect(await panel.evaluate((e) => e.classList.contains("enlarged")), `${id} back in its place`).toBe(false);
  const title = await panel.locator("h2").first().textContent();
  const svg = (await file(page, id, "svg")).toString();
  expect(svg, `${id} as SVG has its title`).toContain(`>${title}</text>`);
  const canvases = await panel.locator("canvas:visible").count();
  expect(svg.match(/<image /g)?.length ?? 0, `${id} as SVG has its ${canvases} canvases`).toBeGreaterThanOrEqual(Math.min(1, canvases));
  const whole = await page.evaluate((text) => new DOMParser().parseFromString(text, "image/svg+xml").querySelector("parsererror") === null, svg);
  expect(whole, `${id}'s SVG can be read`).toBe(true);
  const png = await file(page, id, "png");
  expect(png.subarray(1, 4).toString(), `${id} as PNG`).toBe("PNG");
  const bare = await panel.evaluate((e) => {
    const silent = [...e.querySelectorAll("canvas")].filter((c) => !c.closest("[aria-hidden=true], button, li") && !c.getAttribute("aria-label"));
    const numbers = [...e.querySelectorAll("[aria-label], table, dl")].some((a) => /\d/.test(a.getAttribute("aria-label") ?? a.textContent));
    return { silent: silent.map((c) => c.outerHTML.slice(0, 120)), numbers: numbers || !e.querySelector("canvas") };
  });
  expect(bare, `${id} in words`).toEqual({ silent: [], numbers: true });
  // A unit or weight of the network is kept in view by its inspector (network.spec.mjs).
  if (id !== "panel-network") await pinsAndReleases(page, panel, id);
  if (SCALED.includes(id)) expect(await panel.locator(".ramp, .net-legend i, .net-scale i").count(), `${id}'s colour scale`).toBeGreaterThan(0);
}

for (const [what, hash] of Object.entries(NETWORKS)) {
  test(`every panel explains itself, grows, is saved and speaks in words: ${what}`, async ({ page }) => {
    await open(page, hash);
    await expect.poll(() => steps(page)).toBeGreaterThan(5);
    await pause(page);
    const ids = (await page.locator("section.panel").evaluateAll((all) => all.map((e) => e.dataset.testid))).filter((id) => !PLAIN.includes(id));
    for (const id of [...EVERYWHERE, ...(BROUGHT[what] ?? [])]) await expect(page.getByTestId(id), `${id} is there`).toHaveCount(1);
    for (const id of ids) await holds(page, id);
  });
}

test("what the doctor says of a run that blew up is not covered by the message", async ({ page }) => {
  await page.goto("index.html" + spec({
    data: { set: "plane" }, model: { layers: [dense(8, "relu"), dense()] }, task: { type: "regression" }, optimizer: { type: "sgd", lr: 50 },
  }));
  const notice = page.getByTestId("notice");
  await expect(notice).toContainText("blew up");
  await expect(page.getByTestId("doctor-finding-diverged")).toBeVisible();
  await page.getByTestId("doctor-finding-diverged").scrollIntoViewIfNeeded();
  const [a, b] = [await notice.boundingBox(), await page.getByTestId("doctor").boundingBox()];
  expect(a.x + a.width <= b.x || a.y >= b.y + b.height || a.y + a.height <= b.y, "they stand beside each other").toBe(true);
});

test("a card that has no room for its parameters' arithmetic says the sum; its settings say all of it", async ({ page }) => {
  await open(page, spec({
    data: { set: "text", text: "rose tulip ".repeat(40), context: 8 }, task: { type: "language_model" },
    model: { layers: [{ type: "embedding", units: 8 }, { type: "transformer_block", heads: 2 }, { type: "dense" }] },
  }));
  await expect(page.getByTestId("layer-card-1").locator(".net-sum")).toHaveText(/^… = [\d,]+$/);
  const sum = (await page.getByTestId("layer-card-1").locator(".net-sum").textContent()).slice(2);
  await page.getByTestId("layer-1-settings").click();
  await expect(page.getByTestId("layer-1-parameters")).toHaveText(new RegExp(`^Parameters: .*8×.*${sum}$`));
});

test("so does every panel of the laboratory", async ({ page }) => {
  await page.goto("index.html#/lab");
  // A heat-map of a step or two is too narrow to be pointed at.
  await expect(page.getByTestId("lab-a-step")).toHaveText(/^[2-9]\d$|^\d{3,}$/, { timeout: 20_000 });
  await page.getByTestId("lab-pause").click();
  await expect(page.getByTestId("lab-play")).toBeVisible();
  const ids = await page.locator("section.panel:has(.panel-tools)").evaluateAll((all) => all.map((e) => e.dataset.testid));
  expect(ids).toEqual(expect.arrayContaining(["lab-profile", "lab-heat", "lab-ridges", "lab-units", "lab-loss", "lab-sweep"]));
  for (const id of ids.filter((id) => !id.startsWith("lab-side"))) await holds(page, id);
});
