// gradarium.js as another page uses it: plain JavaScript against the built site.
import { test, expect } from "./fixtures.mjs";

const SPIRAL = {
  gradarium: 1, seed: 7, data: { set: "spiral" }, task: { type: "classification" },
  model: { layers: [{ type: "dense", units: 8, activation: "tanh" }, { type: "dense", units: 8, activation: "tanh" }, { type: "dense", units: 2 }] },
  optimizer: { type: "adam", lr: 0.03 }, training: { batch: 32 },
};

// A page of another author: nothing but the module. `refused` says what a promise was rejected with.
test.beforeEach(async ({ page }) => {
  await page.route("**/bare.html", (route) => route.fulfill({ contentType: "text/html", body: '<!doctype html><link rel="icon" href="data:,">' }));
  await page.goto("some/sub-folder/bare.html");
  await page.evaluate(async () => {
    const { Gradarium } = await import("./gradarium.js");
    Object.assign(window, {
      Gradarium,
      refused: (promise) => promise.then(() => null, (e) => ({ isError: e instanceof Error, message: e.message, problems: e.problems })),
    });
  });
});

const start = (page, experiment, options) => page.evaluate(async ([exp, o]) => {
  window.g = await Gradarium.start(o);
  return exp && g.load(exp);
}, [experiment, options]);

test("an engine starts, trains, measures and answers", async ({ page }) => {
  const summary = await start(page, SPIRAL);
  expect(summary).toMatchObject({ n_params: 24 + 72 + 18, n_train: 250, n_test: 250, input: [2] });
  const r = await page.evaluate(async () => {
    const first = await g.train({ steps: 1 });
    const last = await g.train({ steps: 1500 });
    const metrics = await g.evaluate();
    const { shape, data } = await g.predict(new Float32Array([0.5, 0.5, -0.5, -0.5, 0, 0]));
    return { backend: g.backend, first, last, metrics, shape, float32: data instanceof Float32Array, finite: data.every(Number.isFinite) };
  });
  // Where the browser knows of graphics cards at all, this network is too small to ask for one.
  expect(r.backend.name).toBe("simd");
  expect(["only_one", "small"]).toContain(r.backend.reason);
  expect(r.last.steps).toBe(1501);
  expect(r.last.loss).toBeLessThan(r.first.loss / 2);
  expect(r.last.step_ms).toBeGreaterThan(0);
  expect(r.last.samples_per_s).toBeGreaterThan(0);
  // forward 2·32·(2·8 + 8·8 + 8·2); backward twice that, without the gradient of the input
  expect(r.last.flops_per_step).toBe(2 * 32 * (3 * (16 + 64 + 16) - 16));
  expect(r.metrics.accuracy).toBeGreaterThan(0.9);
  expect(r.metrics.samples).toBe(250);
  expect(r).toMatchObject({ shape: [3, 2], float32: true, finite: true });
});

test("a table is asked and answers in its own units, and says how it is scaled", async ({ page }) => {
  await start(page, {
    gradarium: 1, seed: 7, data: { set: "cars_mpg" }, task: { type: "regression" },
    model: { layers: [{ type: "dense", units: 16, activation: "relu" }, { type: "dense" }] }, optimizer: { type: "adam", lr: 0.01 },
  });
  const r = await page.evaluate(async () => {
    await g.train({ steps: 1500 });
    const scale = (await g.predict(new Float32Array((await g.values()).find((v) => v.role === "input").shape.at(-1)))).scale;
    // A car that is the mean of all cars.
    const mean = scale.input.map(([m]) => m);
    const [natural, own] = [await g.predict(mean), await g.predict(mean.map(() => 0), { standardised: true })];
    return { scale, natural: natural.data[0], own: own.data[0], flags: [natural.standardised, own.standardised], strange: await refused(g.predict(mean, { standardized: true })) };
  });
  const [mean, deviation] = r.scale.target[0];
  expect(r.natural).toBeGreaterThan(10);
  expect(r.natural).toBeLessThan(45);
  expect(Math.abs(r.own)).toBeLessThan(3);
  expect(r.natural).toBeCloseTo(r.own * deviation + mean, 2);
  expect(r.flags).toEqual([false, true]);
  expect(r.strange.problems[0].path).toBe("standardized");
});

test("other data and Reset begin with the first weights of the seed", async ({ page }) => {
  await start(page, SPIRAL);
  const r = await page.evaluate(async () => {
    const weights = async () => [...new Uint32Array((await g.probe("layers.0.weight")).data.buffer)];
    const first = await weights();
    await g.train({ steps: 40 });
    const trained = await weights();
    const x = new Float32Array(40).map((_, i) => Math.sin(i)), y = new Int32Array(20).map((_, i) => i % 2);
    const own = { x, x_shape: [20, 2], y, y_shape: [20] };
    await g.setData({ ...own, keep: true });
    const carried = await weights();
    await g.setData(own);
    const afresh = await weights();
    await g.train({ steps: 3 });
    await g.write("layers.0.weight", new Float32Array(16));
    await g.reset();
    return { first, trained, carried, afresh, reset: await weights() };
  });
  expect(r.trained).not.toEqual(r.first);
  expect(r.carried).toEqual(r.trained);
  expect(r.afresh).toEqual(r.first);
  expect(r.reset).toEqual(r.first);
});

test("a language model writes what it has learned, the same for the same seed", async ({ page }) => {
  await start(page, {
    gradarium: 1, seed: 3, data: { set: "text", text: "rose tulip ".repeat(40), context: 8 }, task: { type: "language_model" },
    model: { layers: [{ type: "embedding", units: 16 }, { type: "positional" },
      { type: "transformer_block", heads: 2, mlp_ratio: 2 }, { type: "layer_norm" }, { type: "dense" }] },
    optimizer: { type: "adamw", lr: 0.01 }, training: { batch: 8 },
  });
  const r = await page.evaluate(async () => {
    await g.train({ steps: 400 });
    const daring = { prompt: "rX", length: 30, temperature: 2, top_k: 5, top_p: 0.9, seed: 7 };
    return {
      greedy: await g.generate({ prompt: "rose tu", length: 20, temperature: 0 }),
      twice: [await g.generate(daring), await g.generate(daring)],
      refused: await refused(g.generate({ temperature: -1 })),
    };
  });
  expect(r.greedy.text).toBe("lip rose tulip rose ");
  expect(r.twice[0]).toEqual(r.twice[1]);
  expect(r.twice[0]).toMatchObject({ left_out: ["X"] });
  expect(r.twice[0].tokens).toHaveLength(30);
  expect(r.refused.problems[0].path).toBe("temperature");
});

test("every value can be read, every parameter written", async ({ page }) => {
  await start(page, SPIRAL);
  const r = await page.evaluate(async () => {
    await g.train({ steps: 1 });
    const values = await g.values();
    const parameters = values.filter((v) => v.role === "parameter").map((v) => [v.name, v.shape]);
    const new_weight = Float32Array.from({ length: 16 }, (_, i) => i / 16);
    await g.write("layers.0.weight", new_weight);
    const weight = await g.probe("layers.0.weight");
    const grad = await g.probe("layers.0.weight", { grad: true });
    const activation = await g.probe("layers.1");
    return {
      parameters, same: weight.data.every((x, i) => x === new_weight[i]), untouched: new_weight.length,
      shapes: [weight.shape, grad.shape, activation.shape], moved: grad.data.some((x) => x !== 0),
      no_such: await refused(g.probe("layers.9.weight")), wrong_length: await refused(g.write("layers.0.bias", [1, 2])),
      not_finite: await refused(g.write("layers.0.bias", Array(8).fill(NaN))), not_numbers: await refused(g.write("layers.0.bias", "eight")),
    };
  });
  expect(r.parameters).toEqual([
    ["layers.0.weight", [8, 2]], ["layers.0.bias", [8]], ["layers.1.weight", [8, 8]], ["layers.1.bias", [8]],
    ["layers.2.weight", [2, 8]], ["layers.2.bias", [2]],
  ]);
  expect(r).toMatchObject({ same: true, untouched: 16, moved: true, shapes: [[8, 2], [8, 2], [32, 8]] });
  expect(r.no_such.message).toContain("layers.9.weight");
  for (const refusal of [r.wrong_length, r.not_finite, r.not_numbers]) {
    expect(refusal.isError).toBe(true);
    expect(refusal.problems[0].message).not.toBe("");
  }
});

test("one example can be followed through the network, and its gradients back to the input", async ({ page }) => {
  await start(page, SPIRAL);
  const r = await page.evaluate(async () => {
    await g.train({ steps: 5 });
    const own = [0.3, -0.5];
    const of = { channel: { name: "layers.0", channel: 2 } };
    const seen = await g.look({ example: { own }, values: ["layers.0", "input.grad", "layers.0.weight", "layers.0.bias", "layers.7"], of });
    const row = await g.look({ example: { test: 1 }, values: ["input", "output"] });
    const climbed = await g.climb({ x: own, name: "layers.0", channel: 2, steps: 20, rate: 0.05 });
    const plain = (v) => Array.from(v.data);
    return {
      own, missing: seen.missing, step: seen.step, row: row.row, target: row.target, shape: row.values.output.shape,
      h: plain(seen.values["layers.0"]), d_x: plain(seen.values["input.grad"]), w: plain(seen.values["layers.0.weight"]), b: plain(seen.values["layers.0.bias"]),
      climbed: climbed.value, there: plain(climbed).length,
      no_such: await refused(g.climb({ x: own, name: "layers.9" })), too_short: await refused(g.climb({ x: [1], name: "layers.0" })),
    };
  });
  // Unit 2 by hand: tanh(w·x + b), and its gradient (1 − tanh²)·w.
  const h = Math.tanh(r.w[4] * r.own[0] + r.w[5] * r.own[1] + r.b[2]);
  expect(r.h[2]).toBeCloseTo(h, 5);
  expect(r.d_x[0]).toBeCloseTo((1 - h * h) * r.w[4], 5);
  expect(r.d_x[1]).toBeCloseTo((1 - h * h) * r.w[5], 5);
  expect(r.climbed).toBeGreaterThan(h);
  expect(r).toMatchObject({ missing: ["layers.7"], step: 5, row: 251, shape: [2], there: 2 });
  expect(r.target).toHaveLength(1);
  for (const refusal of [r.no_such, r.too_short]) expect(refusal.isError).toBe(true);
});

test("a checkpoint continues with the same bits, in another engine too", async ({ page }) => {
  const exp = { ...SPIRAL, model: { layers: [{ type: "dense", units: 8, activation: "relu" }, { type: "dropout", rate: 0.3 }, { type: "dense" }] } };
  await start(page, exp);
  const r = await page.evaluate(async (experiment) => {
    const bits = async (engine) => {
      await engine.train({ steps: 37 });
      return [...new Uint32Array((await engine.probe("layers.0.weight")).data.buffer)];
    };
    await g.train({ steps: 50 });
    const c = await g.checkpoint();
    const first = await bits(g);
    await g.restore(c);
    const again = await bits(g);
    const other = await Gradarium.start();
    await other.load(experiment);
    await other.restore(c);
    const elsewhere = await bits(other);
    const broken = await refused(g.restore(new ArrayBuffer(40)));
    other.dispose();
    return { isBuffer: c instanceof ArrayBuffer, bytes: c.byteLength, first, again, elsewhere, broken };
  }, exp);
  expect(r.isBuffer && r.bytes > 0).toBe(true);
  expect(r.again).toEqual(r.first);
  expect(r.elsewhere).toEqual(r.first);
  expect(r.broken.problems).toHaveLength(1);
});

test("examples are made of noise where the task makes some", async ({ page }) => {
  const part = (...layers) => layers.map(([units, activation]) => ({ type: "dense", ...(units && { units }), ...(activation && { activation }) }));
  await start(page, {
    ...SPIRAL, data: { set: "ring", samples: 200 }, task: { type: "gan", latent: 2 },
    model: { parts: { generator: part([8, "relu"], []), discriminator: part([8, "relu"], []) } },
  });
  const r = await page.evaluate(async (spiral) => {
    await g.train({ steps: 50 });
    const take = async (options) => { const { shape, data } = await g.sample(options); return { shape, data: [...data] }; };
    const [one, again, other] = [await take({ n: 5, seed: 3 }), await take({ n: 5, seed: 3 }), await take({ n: 5, seed: 4 })];
    const many = await refused(g.sample({ n: 1e6 }));
    await g.load(spiral);
    return { one, again, other, many, none: await refused(g.sample()) };
  }, SPIRAL);
  expect(r.one.shape).toEqual([5, 2]);
  expect(r.one.data.every(Number.isFinite)).toBe(true);
  expect(r.again).toEqual(r.one);
  expect(r.other).not.toEqual(r.one);
  expect(r.many.problems[0]).toMatchObject({ path: "n", message: expect.stringContaining("10,000") });
  expect(r.none.problems[0].message).toContain("makes no examples");
});

test("the run goes out as files for other programs", async ({ page }) => {
  await start(page, SPIRAL);
  const r = await page.evaluate(async () => {
    const files = {};
    for (const format of ["pytorch", "weights", "keras", "keras_weights", "rows", "onnx", "safetensors", "gradarium", "report"]) {
      const { name, mime, data } = await g.export(format);
      files[format] = { name, mime, text: typeof data === "string" ? data : null, bytes: data.byteLength };
    }
    return { files, wrong: await refused(g.export("matlab")) };
  });
  expect(r.files.pytorch).toMatchObject({ name: "spiral_pytorch.py", mime: "text/x-python" });
  expect(r.files.pytorch.text).toContain("nn.Linear(8, 2)");
  expect(r.files.weights).toMatchObject({ name: "spiral.weights.safetensors", text: null });
  expect(r.files.keras).toMatchObject({ name: "spiral_keras.py", mime: "text/x-python" });
  expect(r.files.keras.text).toContain('layers.Dense(2, name="fc3")');
  expect(r.files.keras_weights).toMatchObject({ name: "spiral.keras.safetensors", text: null });
  expect(r.files.rows.bytes).toBeGreaterThan(500 * 3 * 4);
  expect(r.files.onnx).toMatchObject({ name: "spiral.onnx", text: null });
  expect(r.files.safetensors.bytes).toBeGreaterThan(114 * 4);
  expect(JSON.parse(r.files.gradarium.text).weights.format).toBe("safetensors");
  expect(r.files.report).toMatchObject({ name: "spiral.report.html", mime: "text/html" });
  expect(r.files.report.text).toContain("index.html#/play?x=");
  expect(r.files.report.text).not.toContain("<script");
  expect(r.wrong.problems[0]).toMatchObject({ path: "format", message: expect.stringContaining("matlab") });
});

test("the page's own data: classes and numbers", async ({ page }) => {
  const net = (units) => ({ layers: [{ type: "dense", units: 16, activation: "tanh" }, { type: "dense", units }] });
  const random = (target) => ({ set: "random", input: [3], target, samples: 10, standardize: false, test_fraction: 0 });
  await start(page, { ...SPIRAL, data: random({ classes: 3 }), model: net(3) });
  const r = await page.evaluate(async (regression) => {
    const N = 90, x = Float32Array.from({ length: N * 3 }, (_, i) => Math.sin(i * 12.9898)), y = new Int32Array(N);
    for (let i = 0; i < N; i++) y[i] = [0, 1, 2].reduce((best, k) => (x[3 * i + k] > x[3 * i + best] ? k : best), 0);
    const summary = await g.setData({ x, x_shape: [N, 3], y, y_shape: [N] });
    await g.train({ steps: 1500 });
    const classes = await g.evaluate();
    const wrong = await refused(g.setData({ x, x_shape: [N, 4], y, y_shape: [N] }));
    const missing = await refused(g.setData({ x, y, y_shape: [N] }));
    const kept = x.length; // the caller keeps its arrays
    await g.load(regression);
    const sums = Float32Array.from({ length: N }, (_, i) => x[3 * i] + x[3 * i + 1] - x[3 * i + 2]);
    await g.setData({ x, x_shape: [N, 3], y: sums, y_shape: [N, 1] });
    await g.train({ steps: 1500 });
    return { summary, classes, wrong, missing, kept, numbers: await g.evaluate() };
  }, { ...SPIRAL, data: random({ shape: [1] }), model: net(1), task: { type: "regression" } });
  expect(r.summary).toMatchObject({ n_train: 90, n_test: 0, input: [3] });
  expect(r.classes.accuracy).toBeGreaterThan(0.95);
  expect(r.wrong.problems[0].path).toBe("x_shape");
  expect(r.missing.problems[0].path).toBe("x_shape");
  expect(r.kept).toBe(270);
  expect(r.numbers.r2).toBeGreaterThan(0.95);
});

test("a bad experiment is refused by path, in the language asked for, and the old run goes on", async ({ page }) => {
  await start(page, SPIRAL);
  const r = await page.evaluate(async (exp) => {
    await g.train({ steps: 3 });
    const bad = structuredClone(exp);
    bad.model.layers[1].unitz = 3;
    bad.optimizer.lr = -1;
    const unknown = await refused(g.load(bad));
    delete bad.model.layers[1].unitz;
    const range = await refused(g.load(bad));
    const shape = await refused(g.load({ ...exp, model: { layers: [{ type: "dense", units: 5 }] } }));
    const nowhere = await refused(g.load({ ...exp, backend: "webgpu" }));
    const numbers = [await refused(g.load({ ...exp, seed: 2 ** 40 })), await refused(g.load({ ...exp, gradarium: 0 }))];
    const nothing = await refused(g.load(null));
    const not_json = await refused(g.load('{"data": '));
    const zh = await Gradarium.start({ lang: "zh" });
    const chinese = await refused(zh.load(bad));
    const unloaded = await refused(zh.train({ steps: 1 }));
    zh.dispose();
    return { unknown, range, shape, nowhere, numbers, nothing, not_json, chinese, unloaded, steps: (await g.train({ steps: 1 })).steps };
  }, SPIRAL);
  const paths = (x) => x.problems.map((p) => p.path);
  expect(r.unknown.isError).toBe(true);
  expect(paths(r.unknown)).toContain("model.layers[1].unitz");
  expect(r.unknown.problems[0].message).toContain("unitz");
  expect(r.unknown.problems[0].hint).not.toBe("");
  expect(paths(r.range)).toEqual(["optimizer.lr"]);
  expect(paths(r.shape)).toEqual(["model.layers[0]"]);
  expect(paths(r.nowhere)).toEqual(["backend"]);
  expect(r.numbers.map((x) => x.message)).toEqual([
    "seed: Seed must be between 0 and 4,294,967,295, got 1,099,511,627,776.", "gradarium: “gradarium” must be between 1 and 2, got 0."]);
  expect(r.nothing.problems).toHaveLength(1);
  expect(r.not_json.message).toContain("JSON");
  expect(r.chinese.problems[0].message).toMatch(/\p{Script=Han}/u);
  expect(r.unloaded.problems).toHaveLength(1);
  expect(r.steps).toBe(4);
});

test("a backend that is not there is refused with a reason, and so is an option that means nothing", async ({ page }) => {
  const r = await page.evaluate(async (exp) => {
    const simd = await Gradarium.start({ backend: "simd" });
    const out = {
      webgpu: await refused(Gradarium.start({ backend: "webgpu" })), made_up: await refused(Gradarium.start({ backend: "abacus" })),
      option: await refused(Gradarium.start({ threads: 4 })), simd: simd.backend, experiment: await refused(simd.load({ ...exp, backend: "webgpu" })),
    };
    return { ...out, reference: await refused(simd.load({ ...exp, backend: "reference" })) };
  }, SPIRAL);
  expect(r.webgpu.problems[0].path).toBe("backend");
  expect(r.webgpu.message.toLowerCase()).toContain("webgpu");
  expect(r.made_up.message).toContain("abacus");
  expect(r.option.message).toContain("threads");
  expect(r.simd).toEqual({ name: "simd", reason: "asked" });
  expect(r.experiment.problems[0].path).toBe("backend");
  expect(r.reference.problems[0].path).toBe("backend");
});

test("in a worker an engine can train in that very thread, with the same bits, several beside each other, and end", async ({ page }) => {
  await start(page, SPIRAL);
  const r = await page.evaluate(async (exp) => {
    const code = `
      import { Gradarium } from "${new URL("./gradarium.js", location.href)}";
      onmessage = async ({ data: exp }) => {
        const [g, h] = await Promise.all([1, 2].map(() => Gradarium.start({ thread: "this", lang: "en" })));
        await g.load(exp);
        const unloaded = await h.train({ steps: 1 }).catch((e) => e.message);
        await h.load({ ...exp, seed: 8 });
        const [a, b] = await Promise.all([g.train({ steps: 600 }), h.train({ steps: 600 })]);
        const bad = await g.load({ ...exp, seed: -1 }).catch((e) => e.problems[0].path);
        const weights = Array.from((await g.probe("layers.1.weight")).data);
        const long = g.train({ steps: 4e9 }).catch((e) => e.message);
        setTimeout(() => g.dispose(), 50);
        const ended = await long;
        postMessage({ unloaded, bad, a, b, weights, ended, after: await h.train({ steps: 1 }) });
      };`;
    const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    const worker = new Worker(url, { type: "module" });
    const here = await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (e) => reject(new Error(e.message));
      worker.postMessage(exp);
    });
    const own = await g.train({ steps: 600 });
    const weights = Array.from((await g.probe("layers.1.weight")).data);
    return { here, own, weights, page: await refused(Gradarium.start({ thread: "this" })), strange: await refused(Gradarium.start({ thread: "other" })) };
  }, SPIRAL);
  expect(r.here.a).toMatchObject({ steps: 600, loss: r.own.loss });
  expect(r.here.weights).toEqual(r.weights);
  expect(r.here.b.loss).not.toBe(r.own.loss);
  expect(r.here.unloaded).not.toBe("");
  expect(r.here.bad).toBe("seed");
  expect(r.here.ended).toContain("disposed");
  expect(r.here.after.steps).toBe(601);
  expect(r.page.problems[0].path).toBe("thread");
  expect(r.strange.message).toContain("other");
});

test("shipped data is fetched from beside the module, and a file that is missing is named", async ({ page, problems }) => {
  const summary = await start(page, {
    ...SPIRAL, data: { set: "digits8" }, model: { layers: [{ type: "flatten" }, { type: "dense", units: 32, activation: "relu" }, { type: "dense" }] },
  });
  expect(summary).toMatchObject({ input: [8, 8, 1], n_params: 64 * 32 + 32 + 330 });
  expect(await page.evaluate(async () => { await g.train({ steps: 400 }); return (await g.evaluate()).accuracy; })).toBeGreaterThan(0.85);
  await page.route("**/data/tabular/iris.csv", (route) => route.fulfill({ status: 404, body: "" }));
  const missing = await page.evaluate((exp) => refused(g.load({ ...exp, data: { set: "iris" } })), SPIRAL);
  expect(missing.problems[0]).toMatchObject({ path: "data.set" });
  expect(missing.message).toContain("iris.csv");
  problems.length = 0; // the browser reports the 404 that was made here
});

test("frames come while something changes, hold what was asked for, and stop", async ({ page }) => {
  await start(page, SPIRAL);
  const r = await page.evaluate(async () => {
    const frames = [];
    const off = g.on("frame", (f) => frames.push({ ...f, curves: f.curves.length }), { output_px: 12, weights: ["layers.0.weight"], gradient_flow: true });
    const wait = (ms) => new Promise((r) => setTimeout(r, ms));
    const until = async (ok) => { for (let i = 0; i < 200 && !ok(frames.at(-1)); i++) await wait(25); return frames.at(-1); };
    await g.play();
    await until((f) => f?.status.step > 50);
    const while_playing = frames.length;
    await g.pause();
    const paused = await until((f) => f && !f.status.running);
    await wait(300);
    const at_rest = frames.length;
    await wait(300);
    const idle = frames.length - at_rest;
    await g.reset();
    const reset = await until((f) => f.status.step === 0);
    const played = g.play({ until: { epochs: 2 } });
    await played;
    const done = await until((f) => f.status.epoch >= 2 && !f.status.running);
    off();
    const before = frames.length;
    await g.train({ steps: 100 });
    await wait(200);
    return { while_playing, paused, idle, reset: reset.status, done: done.status, after_off: frames.length - before, unknown: (() => { try { g.on("paint", () => {}); } catch (e) { return e.message; } })() };
  });
  expect(r.while_playing).toBeGreaterThan(1);
  expect(r.paused.output.shape).toEqual([12, 12, 2]);
  expect(r.paused.weights.map((w) => [w.name, w.shape])).toEqual([["layers.0.weight", [8, 2]]]);
  expect(r.paused.gradient_flow.layers).toHaveLength(3);
  expect(r.paused.curves).toBeGreaterThan(0);
  expect(r.idle, "frames of a run at rest").toBe(0);
  expect(r.reset).toMatchObject({ step: 0, running: false });
  expect(r.done).toMatchObject({ step: 16, epoch: 2 });
  expect(r.after_off).toBe(0);
  expect(r.unknown).toContain("paint");
});

test("calls that are not waited for take effect in their order", async ({ page }) => {
  await start(page, SPIRAL);
  const steps = await page.evaluate(async (exp) => {
    const all = [g.train({ steps: 5000 }), g.train({ steps: 7 }), g.load(exp), g.train({ steps: 3 }), g.step(), g.reset(), g.step(2)];
    return (await Promise.all(all)).map((r) => r?.steps);
  }, SPIRAL);
  expect(steps).toEqual([5000, 5007, undefined, 3, 4, undefined, 2]);
});

test("after dispose, and after its worker has died, every promise rejects with the reason", async ({ page }) => {
  await start(page, SPIRAL);
  const r = await page.evaluate(async (exp) => {
    const under_way = refused(g.train({ steps: 1e9 }));
    g.dispose();
    const disposed = [await under_way, await refused(g.evaluate()), await refused(g.load(exp))].map((x) => x?.message);
    // What the browser does to a worker that has no memory left: it ends without a word.
    const real = window.Worker;
    let worker;
    window.Worker = class extends real { constructor(...a) { super(...a); worker = this; } };
    const h = await Gradarium.start();
    window.Worker = real;
    await h.load(exp);
    const heard = new Promise((resolve) => h.on("error", (e) => resolve(e.message)));
    const waiting = refused(h.train({ steps: 1e9 }));
    await new Promise((r) => setTimeout(r, 300)); // the lock that shows it is alive is taken in the first moments
    worker.terminate();
    return { disposed, killed: (await waiting)?.message, heard: await heard, later: (await refused(h.evaluate()))?.message };
  }, SPIRAL);
  expect(new Set(r.disposed).size).toBe(1);
  expect(r.disposed[0]).toContain("disposed");
  expect(r.killed).toContain("stopped unexpectedly");
  expect([r.heard, r.later]).toEqual([r.killed, r.killed]);
});

test("it works inside a worker", async ({ page }) => {
  const loss = await page.evaluate(async (exp) => {
    const url = new URL("./gradarium.js", location.href).href;
    const code = `import { Gradarium } from ${JSON.stringify(url)};
      const g = await Gradarium.start(); await g.load(${JSON.stringify(exp)});
      const frame = new Promise((r) => g.on("frame", r));
      const { loss } = await g.train({ steps: 20 }); postMessage({ loss, run: (await frame).status.run });`;
    const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })), { type: "module" });
    return new Promise((resolve, reject) => { worker.onmessage = (e) => resolve(e.data); worker.onerror = (e) => reject(new Error(e.message)); });
  }, SPIRAL);
  expect(loss).toMatchObject({ run: 1 });
  expect(loss.loss).toBeGreaterThan(0);
});

test("embed.html runs, shows its own script, and its controls work", async ({ page }) => {
  await page.goto("embed.html");
  await expect(page.getByTestId("embed-play")).toHaveText("Train", { timeout: 30_000 });
  await expect(page.getByTestId("embed-accuracy")).toHaveText(/^(9[7-9]|100)\.\d %$/);
  await expect(page.getByTestId("embed-backend")).toHaveText("simd");
  await expect(page.getByTestId("embed-answer")).toHaveText(/ %$/);
  await expect(page.locator("#source")).toContainText("Gradarium.start()");
  await page.getByTestId("embed-reset").click();
  await expect(page.getByTestId("embed-step")).toHaveText("0");
  await page.getByTestId("embed-play").click();
  await expect(page.getByTestId("embed-step")).not.toHaveText("0");
  await page.setViewportSize({ width: 360, height: 700 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});
