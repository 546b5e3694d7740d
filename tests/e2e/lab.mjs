// What the tests do on the page, in one place: opening it with an experiment, reading its figures, working its controls.
import { expect } from "./fixtures.mjs";

/** The address of an experiment written by hand; every field left out takes its default. */
export const spec = (experiment) => `#/play?spec=${encodeURIComponent(JSON.stringify(experiment))}`;

/** A classification on `set` with these layers, seeded. */
export const classes = (set, layers, more = {}) => ({
  data: { set }, model: { layers }, task: { type: "classification" }, ...more,
});

export const dense = (units, activation) => ({ type: "dense", ...(units && { units }), ...(activation && { activation }) });

/** Opens the page and lets it train flat out; resolves when the first network has trained a step. */
export async function open(page, hash = "#/play", { fast = true } = {}) {
  await page.goto("index.html" + hash);
  // The first figures come from index.html alone, before the page's own code has arrived.
  await expect(page.getByTestId("reset")).toBeVisible({ timeout: 30_000 });
  await expect.poll(() => steps(page), "steps after opening").toBeGreaterThan(0);
  if (fast) await flatOut(page);
}

/** As fast as the machine can. On a phone the button is folded away, so it is pressed without a pointer. */
export const flatOut = (page) => page.getByTestId("flat-out").evaluateAll((all) => all
  .filter((b) => b.getAttribute("aria-pressed") === "false").forEach((b) => b.click()));

const text = async (page, id) => (await page.getByTestId(id).textContent()) ?? "";
const number = async (page, id) => Number((await text(page, id)).replace(/[^0-9.e−-]/g, "").replaceAll("−", "-") || NaN);

export const steps = (page) => number(page, "step-count");
/** Test accuracy in per cent; NaN before the first measurement. */
export const accuracy = (page) => number(page, "test-accuracy");

/** Pauses, and waits until the figures stand still. */
export async function pause(page) {
  if (await page.getByTestId("pause").count()) await page.getByTestId("pause").click();
  await expect(page.getByTestId("play")).toBeVisible();
  await settled(page);
}

/** The step at which the run rests; frames on their way have arrived. */
export async function settled(page) {
  let last = -1;
  await expect.poll(async () => {
    const now = await steps(page);
    // The figures of a busy page may be old: only what says that nothing trains any more is the last.
    const same = now === last && /^0 /.test(await text(page, "steps-per-s"));
    last = now;
    return same;
  }, { message: "the step count comes to rest", intervals: [200] }).toBe(true);
  return last;
}

export async function play(page) {
  const before = await steps(page);
  await page.getByTestId("play").click();
  await expect.poll(() => steps(page), "steps after play").not.toBe(before);
}

/** Back to step 0, resting. */
export async function reset(page) {
  await page.getByTestId("reset").click();
  await expect(page.getByTestId("step-count")).toHaveText("0");
}

/** Trains until the test accuracy is at least `percent`; the page pauses by itself. */
export async function trainTo(page, percent, timeout = 60_000) {
  await pause(page);
  await page.getByTestId("until-kind").selectOption("accuracy");
  await page.getByTestId("until-value").fill(String(percent));
  await page.getByTestId("until-value").press("Enter");
  if ((await accuracy(page)) >= percent) return;
  await page.getByTestId("play").click();
  await expect(page.getByTestId("play"), `reaches ${percent} %`).toBeVisible({ timeout });
  await expect.poll(() => accuracy(page), `accuracy after pausing at ${percent} %`).toBeGreaterThanOrEqual(percent);
}

/** Types a number into a field and leaves it. */
export async function fill(page, id, value) {
  await page.getByTestId(id).fill(String(value));
  await page.getByTestId(id).press("Enter");
}

/** Replaces the network by its text form. */
export async function write(page, model) {
  const field = page.getByTestId("model-text");
  await field.fill(model);
  await field.press("Enter");
  await expect(field).toHaveValue(model);
}

/** Adds a layer of that type before layer `at`. */
export async function add(page, at, type) {
  await page.getByTestId(`add-layer-${at}`).click();
  await page.getByTestId(`add-${type}`).click();
}

export const notice = (page) => page.getByTestId("notice");
