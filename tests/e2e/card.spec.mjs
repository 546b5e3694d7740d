// The graphics card in the browser: SwiftShader plays it, so speeds mean nothing and everything else does.
import { test, expect } from "./fixtures.mjs";
import { launchOptions } from "./browser.mjs";

test.use({
  launchOptions: launchOptions(["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader", "--enable-unsafe-swiftshader"]),
});

const dense = (units, activation) => ({ type: "dense", ...(units && { units }), ...(activation && { activation }) });
const SPIRAL = {
  gradarium: 1, seed: 7, data: { set: "spiral" }, task: { type: "classification" },
  model: { layers: [dense(8, "tanh"), dense(8, "tanh"), dense()] },
  optimizer: { type: "adam", lr: 0.03 }, training: { batch: 32 },
};
/** Sums come in another order, and roots and quotients are a card's own; fifty steps carry that on. */
const TOLERANCE = 2e-3;

const address = (experiment, more = "") => `#/play?spec=${encodeURIComponent(JSON.stringify(experiment))}${more}`;
const steps = async (page) => Number((await page.getByTestId("step-count").textContent()).replaceAll(/\D/g, ""));

/** The step that a pause comes to: what the card was at is finished first. */
async function rested(page) {
  let before = -1;
  await expect.poll(async () => {
    const now = await steps(page), same = now === before;
    before = now;
    return same;
  }, { intervals: [600] }).toBe(true);
  return before;
}

test("gradarium.js trains on the card as SIMD does", async ({ page }) => {
  await page.route("**/bare.html", (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html>" }));
  await page.goto("bare.html");
  const r = await page.evaluate(async ([experiment]) => {
    const { Gradarium } = await import("./gradarium.js");
    const run = async (backend) => {
      const g = await Gradarium.start({ backend });
      await g.load(experiment);
      const losses = [];
      for (let i = 0; i < 5; i++) losses.push((await g.train({ steps: 10 })).loss);
      const { data } = await g.predict(new Float32Array([0.5, 0.5, -0.5, -0.5, 0, 0]));
      const w = await g.probe("layers.0.weight", { grad: true });
      return { backend: g.backend, losses, data: [...data], grad: [...w.data] };
    };
    return { card: await run("webgpu"), again: await run("webgpu"), simd: await run("simd") };
  }, [SPIRAL]);
  expect(r.card.backend).toMatchObject({ name: "webgpu", reason: "asked" });
  expect(typeof r.card.backend.adapter).toBe("string");
  for (const key of ["losses", "data", "grad"]) {
    expect(r.again[key], "the same bits").toEqual(r.card[key]);
    r.card[key].forEach((v, i) => expect(Math.abs(v - r.simd[key][i]), `${key} ${i}`).toBeLessThan(TOLERANCE * (1 + Math.abs(r.simd[key][i]))));
  }
});

/** Large enough that a card might be worth it. */
const WIDE = { ...SPIRAL, model: { layers: [dense(192, "relu"), dense(192, "relu"), dense()] }, training: { batch: 128 } };

/** In the page: this machine's card passes for a real one, and the steps of one of the two for fifty times as long as they are. */
const pretend = (slow) => {
  const { get } = Object.getOwnPropertyDescriptor(MessageEvent.prototype, "data");
  let runs = "";
  Object.defineProperty(MessageEvent.prototype, "data", {
    get() {
      const data = get.call(this);
      if (typeof data?.json !== "string") return data;
      const { reply, backend, step_ms, ...rest } = JSON.parse(data.json);
      if (reply === "loaded") runs = backend;
      const shorter = reply === "trained" ? { step_ms: runs === slow ? 50 * step_ms : step_ms } : step_ms === undefined ? {} : { step_ms };
      return { ...data, json: JSON.stringify({ reply, ...(backend !== undefined && { backend }), ...shorter, ...rest, ...("software" in rest && { software: false }) }) };
    },
  });
};

test("gradarium.js: automatic times both on a copy before the first step, and the faster one has the run", async ({ page }) => {
  test.setTimeout(120_000);
  await page.route("**/bare.html", (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html>" }));
  const run = async (slow) => {
    await page.goto("bare.html");
    if (slow) await page.evaluate(pretend, slow);
    return page.evaluate(async ([wide, small]) => {
      const { Gradarium } = await import("./gradarium.js");
      const steps = async (g) => { const all = []; for (let i = 0; i < 4; i++) all.push((await g.train({ steps: 1 })).loss); return all; };
      const g = await Gradarium.start({ backend: "auto" });
      const frames = [];
      g.on("frame", ({ status, curves }) => frames.push([status.step, curves.length]));
      await g.load(wide);
      const { name, reason, steps_per_s, adapter } = g.backend;
      const losses = await steps(g);
      const by = await Gradarium.start({ backend: name });
      await by.load({ ...wide, backend: name });
      const alone = await steps(by);
      for (let i = 0; i < 100 && frames.at(-1)?.[0] !== 4; i++) await new Promise((r) => setTimeout(r, 50));
      await g.load(small);
      return { name, reason, steps_per_s, adapter, losses, alone, seen: frames.at(-1), small: g.backend };
    }, [WIDE, SPIRAL]);
  };
  const honest = await run();
  expect(honest, "a program that plays a card is not timed").toMatchObject({ name: "simd", reason: "software", small: { name: "simd", reason: "small" } });
  expect(honest.steps_per_s).toBeUndefined();
  for (const [slow, name] of [["webgpu", "simd"], ["simd", "webgpu"]]) {
    const r = await run(slow);
    expect(r).toMatchObject({ name, reason: "faster", small: { name: "simd", reason: "small" } });
    expect(r.steps_per_s.webgpu > r.steps_per_s.simd).toBe(name === "webgpu");
    expect(typeof r.adapter).toBe(name === "webgpu" ? "string" : "undefined");
    expect(r.losses, "from the first step, as if it had been asked for by name").toEqual(r.alone);
    expect(r.seen[0], "listeners went along").toBe(4);
  }
});

/** As a browser does with a page that nobody sees: what waits for a paint goes on waiting, and timers come once a second. */
const hide = () => {
  const { requestAnimationFrame: frame, setTimeout: timer } = window, waiting = [];
  const say = (state) => {
    for (const [name, value] of [["hidden", state === "hidden"], ["visibilityState", state]]) Object.defineProperty(document, name, { value, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  };
  window.requestAnimationFrame = (job) => waiting.push(job);
  window.setTimeout = (job, ms, ...rest) => timer(job, Math.max(ms ?? 0, 1000), ...rest);
  window.shownAgain = () => {
    Object.assign(window, { requestAnimationFrame: frame, setTimeout: timer });
    waiting.forEach((job) => frame(job));
    say("visible");
  };
  say("hidden");
};

for (const backend of ["webgpu", "simd"]) {
  test(`a page that nobody sees goes on training (${backend})`, async ({ page }) => {
    await page.goto(address({ ...SPIRAL, backend }));
    await expect.poll(() => steps(page)).toBeGreaterThan(20);
    await page.evaluate(hide);
    const at = await steps(page);
    await page.waitForTimeout(3000);
    await page.getByTestId("pause").evaluate((b) => b.click());
    await page.evaluate(() => window.shownAgain());
    expect(await rested(page), "steps taken unseen").toBeGreaterThan(at + 30);
  });
}

test("a run moves to the card and back where it stands", async ({ page }) => {
  await page.goto(address(SPIRAL));
  await expect.poll(() => steps(page)).toBeGreaterThan(50);
  await page.getByTestId("pause").click();
  const at = await rested(page);
  const loss = await page.getByTestId("train-loss").textContent();
  await page.getByTestId("runs-on").selectOption("webgpu");
  await expect(page.getByTestId("backend")).toContainText("WebGPU", { timeout: 30_000 });
  await expect.poll(() => steps(page)).toBe(at);
  await page.getByTestId("play").click();
  await expect.poll(() => steps(page), { timeout: 30_000 }).toBeGreaterThan(at + 50);
  await page.getByTestId("pause").click();
  const later = await rested(page);
  expect(Number(await page.getByTestId("train-loss").textContent())).toBeLessThan(2 * Number(loss));
  await page.getByTestId("runs-on").selectOption("simd");
  await expect(page.getByTestId("backend")).toContainText("SIMD");
  await expect.poll(() => steps(page)).toBe(later);
  // The timeline reaches back over both.
  await page.getByTestId("play").click();
  await expect.poll(() => steps(page)).toBeGreaterThan(later);
});

test("what is seen works the same on the card: frames, timeline, weights by hand, reset", async ({ page }) => {
  await page.goto(address({ ...SPIRAL, backend: "webgpu" }));
  await expect(page.getByTestId("backend")).toContainText("WebGPU", { timeout: 30_000 });
  await expect.poll(() => steps(page), { timeout: 30_000 }).toBeGreaterThan(100);
  await expect(page.getByTestId("test-accuracy")).toContainText("%");
  await page.getByTestId("pause").click();
  await page.getByTestId("timeline").fill("20");
  await expect.poll(() => steps(page)).toBe(20);
  await page.getByTestId("step").click();
  await expect.poll(() => steps(page)).toBe(21);
  await page.getByTestId("reset").click();
  await expect.poll(() => steps(page)).toBe(0);
});

test("both are timed, and automatic never takes a program for a card", async ({ page }) => {
  await page.goto(address(SPIRAL));
  await page.getByTestId("race").click();
  await expect(page.getByTestId("runs-on-says")).toContainText("steps/s", { timeout: 45_000 });
  await expect(page.getByTestId("runs-on-says")).toContainText("no real graphics card");
  await expect(page.getByTestId("runs-on")).toHaveValue("auto");
  await expect(page.getByTestId("backend")).toContainText("SIMD");
});

test("speed by size is measured, and the measuring can be stopped", async ({ page }) => {
  await page.goto(address(SPIRAL));
  await page.getByTestId("by-size").click();
  await expect(page.getByTestId("by-size-plot")).toBeVisible({ timeout: 60000 });
  await page.getByTestId("by-size").click();
  await expect(page.getByTestId("by-size")).toHaveText("Measure");
});

test("a card that goes away in mid-training leaves the run to SIMD, in words", async ({ page, browser }) => {
  await page.goto(address({ ...SPIRAL, backend: "webgpu" }));
  await expect.poll(() => steps(page), { timeout: 30_000 }).toBeGreaterThan(50);
  const before = await steps(page);
  const cdp = await browser.newBrowserCDPSession();
  await cdp.send("Browser.crashGpuProcess").catch(() => {});
  await expect(page.getByTestId("notice")).toContainText("SIMD goes on", { timeout: 30_000 });
  await expect(page.getByTestId("backend")).toContainText("SIMD");
  await expect.poll(() => steps(page)).toBeGreaterThan(before);
});

test("numbers beyond the finite range are found on the card too", async ({ page }) => {
  await page.goto(address({ ...SPIRAL, backend: "webgpu", optimizer: { type: "sgd", lr: 100 }, model: { layers: [dense(8), dense(8), dense()] } }));
  await expect(page.getByTestId("notice")).toContainText("step", { timeout: 30_000 });
  await expect(page.getByTestId("play")).toBeVisible();
});

test("the page answers while the card is at work", async ({ page }) => {
  await page.goto(address({
    ...SPIRAL, backend: "webgpu", training: { batch: 256 },
    model: { layers: [dense(256, "relu"), dense(256, "relu"), dense(256, "relu"), dense()] },
  }, "&speed=max"));
  await expect.poll(() => steps(page), { timeout: 45_000 }).toBeGreaterThan(5);
  const gap = await page.evaluate(() => new Promise((resolve) => {
    let last = performance.now(), worst = 0;
    const until = last + 3000;
    const look = (now) => {
      worst = Math.max(worst, now - last);
      last = now;
      if (now < until) requestAnimationFrame(look); else resolve(worst);
    };
    requestAnimationFrame(look);
  }));
  // Not a time limit on this machine's two busy cores: a page that waits for the card stands still for whole bursts.
  expect(gap).toBeLessThan(2000);
  await page.getByTestId("pause").click();
  await expect(page.getByTestId("play")).toBeVisible();
});
