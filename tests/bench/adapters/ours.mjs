// The built site's own gradarium.js, as an embedder would use it, in its own nested worker.
// Weights here are [in, out]; ours are PyTorch's (out, in).

/** The site beside which the benchmark is served, or the build before (`--before`). */
const SITE = new URL(new URL(import.meta.url).searchParams.get("site") === "before" ? "/before/" : "/", self.location.origin);
const OURS = new URL("gradarium.js", SITE).href;
const LOSSES = {
  halfmse: { task: { type: "regression", loss: "half_mse" } },
  mse: { task: { type: "regression" } },
  ce: { task: { type: "classification" } },
  bce: { task: { type: "classification", loss: "bce" } },
};

function perceptron({ dims, act, outAct }) {
  return dims.slice(1).map((units, l) => {
    const activation = l < dims.length - 2 ? act : outAct;
    return activation === "none" ? { type: "dense", units } : { type: "dense", units, activation };
  });
}

/** Recurrent layers by the shapes of their weights, then a dense one, on every state or on the last. */
function recurrent({ kind, cell = kind, every = kind === "lstm" }, params) {
  const inner = params.filter((p) => p.n.endsWith(".wh"));
  const one = (p, l) => ({ type: cell, units: p.s[0], return_sequences: every || l + 1 < inner.length });
  return [...inner.map(one), { type: "dense", units: params.at(-1).s[0] }];
}

/** Convolutions, each with ReLU and pooling, then dense layers; by the shapes of their weights. */
function cnn(w) {
  const weights = w.params.filter((p) => p.n.endsWith(".w")), image = weights.filter((p) => p.s.length === 4);
  const dense = weights.slice(image.length).map((p, i, all) => ({ type: "dense", units: p.s[1], ...(i + 1 < all.length && { activation: "relu" }) }));
  const padding = w.model.pad ?? "valid";
  const pairs = image.flatMap((p) => [{ type: "conv2d", filters: p.s[3], kernel: p.s[0], padding, activation: "relu" }, { type: "max_pool2d" }]);
  return [...pairs, { type: "flatten" }, ...dense];
}

/** Weights [kh, kw, in, out] as PyTorch has them: [out, in, kh, kw]. */
function outputFirst(data, [kh, kw, inputs, outputs]) {
  const out = new Float32Array(data.length);
  for (let t = 0; t < kh * kw; t++)
    for (let i = 0; i < inputs; i++)
      for (let o = 0; o < outputs; o++) out[(o * inputs + i) * kh * kw + t] = data[(t * inputs + i) * outputs + o];
  return out;
}

/** GELU by tanh, as the other engines compute it. */
function transformer({ d, heads, layers, blocks = layers }) {
  const block = { type: "transformer_block", heads, activation: "gelu_tanh" };
  return [{ type: "embedding", units: d }, { type: "positional" }, ...Array(blocks).fill(block), { type: "layer_norm" }, { type: "dense" }];
}

/** Our name of each parameter of a transformer: blocks are layers 2, 3, …. */
function transformerName(name, { layers, blocks = layers }) {
  const fixed = { tok: "layers.0.weight", pos: "layers.1.weight" };
  if (fixed[name]) return fixed[name];
  const parts = { qkv: "attn.in_proj_", proj: "attn.out_proj.", fc: "mlp.0.", fc2: "mlp.1.", ln1: "ln1.", ln2: "ln2.", lnf: "", head: "" };
  const path = name.split("."), last = path.at(-1) === "b" ? "bias" : "weight", part = path.at(-2);
  const layer = { lnf: 2 + blocks, head: 3 + blocks }[part] ?? 2 + Number(path[0].slice(1));
  return `layers.${layer}.${parts[part]}${last}`;
}

/** The experiment file of a workload: all the data in every batch, in order. */
export function experiment(m, backend) {
  const { w } = m, { loss, kind } = w.model, gpt = kind === "gpt";
  const kinds = { gpt: () => transformer(w.model), cnn: () => cnn(w), mlp: () => perceptron(w.model) };
  const layers = (kinds[kind] ?? (() => recurrent(w.model, w.params)))();
  const classes = gpt ? { steps: { classes: w.y.n, len: w.x.s[1] } } : { classes: w.y.n };
  const target = loss === "ce" ? classes : { shape: m.yshape.slice(1) };
  const tokens = gpt ? { tokens: w.x.n } : { standardize: false };
  return {
    gradarium: 1, seed: 1, backend,
    data: { set: "random", samples: w.batch, input: w.x.s.slice(1), target, test_fraction: 0, ...tokens },
    model: { layers }, ...(gpt ? { task: { type: "language_model" } } : LOSSES[loss]),
    optimizer: { type: w.opt.kind, lr: w.opt.lr, ...(w.opt.wd && { weight_decay: w.opt.wd }) },
    training: { batch: w.batch, shuffle: false },
  };
}

function transposed(data, [rows, columns]) {
  const out = new Float32Array(data.length);
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) out[c * rows + r] = data[r * columns + c];
  return out;
}

/** A task of several networks on digits; its own first weights and noise. */
async function task(m, backend) {
  const { Gradarium } = await import(/* @vite-ignore */ OURS);
  const g = await Gradarium.start({ backend, thread: "this" });
  const dense = (units, activation) => ({ type: "dense", units, ...(activation && { activation }) });
  const flat = { type: "flatten" };
  const experiment = m.w.model.kind === "vae" ? {
    task: { type: "vae", latent: 20 },
    model: { parts: { encoder: [flat, dense(400, "relu"), dense(40)], decoder: [dense(400, "relu"), dense(784)] } },
  } : {
    task: { type: "gan", latent: 64 },
    model: { parts: {
      generator: [dense(256, "relu"), dense(784, "sigmoid")],
      discriminator: [flat, dense(256, "leaky_relu"), dense(1)],
    } },
  };
  await g.load({ gradarium: 2, seed: 1, data: { set: "mnist" }, optimizer: { type: "adam", lr: m.w.opt.lr }, training: { batch: m.w.batch }, ...experiment });
  const { run, dispose, info } = runner(g);
  return { run, dispose, info: () => ({ ...info(), differs: "its own noise and real digits" }) };
}

async function training(m, backend) {
  const { Gradarium } = await import(/* @vite-ignore */ OURS);
  // The harness has given this adapter a worker of its own, as it has every engine: training stays in it.
  const g = await Gradarium.start({ backend, thread: "this" });
  await g.load(experiment(m, backend));
  await g.setData({ x: Float32Array.from(m.x), x_shape: m.w.x.s, y: Float32Array.from(m.y), y_shape: m.yshape });
  const names = { w: ["weight"], b: ["bias"] };
  const cell = { wx: ["weight_ih"], wh: ["weight_hh"], b: ["bias_ih", "bias_hh"] };
  const cells = new Set(m.params.filter((p) => p.n.endsWith(".wh")).map((p) => p.n.split(".")[0]));
  if (m.w.model.kind === "gpt") {
    for (const p of m.params) {
      // Tables of rows have the same layout everywhere.
      const matrix = p.s.length > 1 && p.n.endsWith(".w");
      await g.write(transformerName(p.n, m.w.model), matrix ? transposed(p.data, p.s) : Float32Array.from(p.data));
    }
    return runner(g);
  }
  const prefixes = [...new Set(m.params.map((p) => p.n.split(".")[0]))];
  for (const p of m.params) {
    const [prefix, part] = p.n.split(".");
    const at = `layers.${m.w.model.kind === "cnn" ? [0, 2, 5, 6][prefixes.indexOf(prefix)] : prefixes.indexOf(prefix)}`;
    // PyTorch's cells have two biases where the others have one: the second starts at zero.
    const [first, second] = (cells.has(prefix) ? cell : names)[part];
    await g.write(`${at}.${first}`, p.s.length === 4 ? outputFirst(p.data, p.s) : p.s.length > 1 ? transposed(p.data, p.s) : Float32Array.from(p.data));
    if (second) await g.write(`${at}.${second}`, new Float32Array(p.data.length));
  }
  return runner(g);
}

function runner(g) {
  let last;
  return { run: async (steps) => (last = await g.train({ steps })).loss, dispose: () => g.dispose(), info: () => ({ backend: g.backend, step_ms: last?.step_ms, flops_per_step: last?.flops_per_step }) };
}

/** The matrix product alone is no part of the embedding interface: asked of the worker in its own protocol. */
async function matmul(m) {
  const worker = new Worker(new URL("worker_loader.js", SITE), { type: "module" });
  const waiting = new Map();
  let sent = 0;
  const failed = new Promise((_, reject) => { worker.onerror = (e) => reject(new Error(e.message)); });
  const ready = new Promise((resolve) => {
    worker.onmessage = ({ data: { id, json } }) => {
      const message = JSON.parse(json);
      if (message.event === "ready") resolve(message.protocol);
      waiting.get(id)?.(message);
    };
  });
  const ask = (command) => {
    const id = ++sent;
    const answer = new Promise((resolve) => waiting.set(id, resolve));
    worker.postMessage({ id, json: JSON.stringify(command), buffers: [] });
    return Promise.race([answer, failed]);
  };
  await ask({ cmd: "hello", protocol: await Promise.race([ready, failed]), lang: "en" });
  let last;
  const run = async (reps) => {
    last = await ask({ cmd: "matmul", size: m.x.length ** 0.5, reps });
    if (last.reply !== "matmul") throw new Error(JSON.stringify(last));
    return NaN; // no loss here
  };
  return { run, dispose: () => worker.terminate(), info: () => ({ ms: last?.ms }) };
}

const backend = new URL(import.meta.url).searchParams.get("backend") || "simd";
export default {
  name: "ours", version: "this build",
  async init() {},
  supports: (id, w) => w.norms ? "no gradient norms after every step" : w.kernel === "conv" ? "no convolution alone" : true,
  create: (m) => (m.w.kernel ? matmul(m) : ["vae", "gan"].includes(m.w.model.kind) ? task(m, backend) : training(m, backend)),
};
