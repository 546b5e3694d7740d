// The workloads, in one place: seeded data and initial weights, so that every engine trains the same model from the same
// point and their losses can be compared; and the floating-point operations of one step. From the project's peer
// benchmark (same ids, same numbers), reduced to what is measured here.
//
// Layouts: dense W [in, out], b [out]; convolution W [kh, kw, in, out], images with channels last; recurrent Wx [in, g·h], Wh [h, g·h], b [g·h], LSTM's gates in the order i, f, g, o. Half-MSE is half the mean over every element.

/** mulberry32: a 32-bit generator that is easy to repeat anywhere. */
function prng(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = a;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const product = (shape) => shape.reduce((a, b) => a * b, 1);

const mlpParams = (dims) => dims.slice(1).flatMap((out, l) => [
  { n: `d${l}.w`, s: [dims[l], out], lim: Math.sqrt(6 / (dims[l] + out)) },
  { n: `d${l}.b`, s: [out], lim: 0 },
]);
/** Multiply-adds of forward, weight gradient and (but for the first layer) input gradient. */
const mlpMac = (dims, batch) => dims.slice(1).reduce((sum, out, l) => sum + dims[l] * out * batch * (l > 0 ? 3 : 2), 0);

const mlp = (title, batch, dims, x, y, opt, model) => ({
  title, batch, params: mlpParams(dims), x, y, opt, model: { kind: "mlp", dims, ...model }, mac: mlpMac(dims, batch),
});
const dense = (n, inputs, out) => [{ n: `${n}.w`, s: [inputs, out], lim: Math.sqrt(6 / (inputs + out)) }, { n: `${n}.b`, s: [out], lim: 0 }];
const conv = (n, k, inputs, out) => [
  { n: `${n}.w`, s: [k, k, inputs, out], lim: Math.sqrt(6 / (k * k * (inputs + out))) }, { n: `${n}.b`, s: [out], lim: 0 },
];
const cell = (n, gates, inputs, h) => [
  { n: `${n}.wx`, s: [inputs, gates * h], lim: Math.sqrt(6 / (inputs + gates * h)) },
  { n: `${n}.wh`, s: [h, gates * h], lim: Math.sqrt(6 / (h + gates * h)) },
  { n: `${n}.b`, s: [gates * h], lim: 0 },
];
const norm = (n, width) => [{ n: `${n}.g`, s: [width], one: true }, { n: `${n}.b`, s: [width], lim: 0 }];
/** A pre-norm transformer block; the joint projection gives queries, keys and values side by side. */
const block = (n, d) => [
  ...norm(`${n}.ln1`, d), ...dense(`${n}.qkv`, d, 3 * d), ...dense(`${n}.proj`, d, d),
  ...norm(`${n}.ln2`, d), ...dense(`${n}.fc`, d, 4 * d), ...dense(`${n}.fc2`, 4 * d, d),
];
const adam = { kind: "adam", lr: 1e-3 };
const relu = { act: "relu", outAct: "none" };

export const WORKLOADS = {
  W1: mlp("2-8-8-1 tanh, half-MSE, SGD, batch 10", 10, [2, 8, 8, 1], { s: [10, 2], kind: "u" }, { s: [10, 1], kind: "sign" },
    { kind: "sgd", lr: 0.03 }, { act: "tanh", outAct: "tanh", loss: "halfmse" }),
  W2: mlp("784-64-10, cross-entropy, Adam, batch 32", 32, [784, 64, 10], { s: [32, 784], kind: "u01" }, { s: [32], kind: "class", n: 10 },
    adam, { ...relu, loss: "ce" }),
  W2b: mlp("784-64-10, cross-entropy, Adam, batch 128", 128, [784, 64, 10], { s: [128, 784], kind: "u01" }, { s: [128], kind: "class", n: 10 },
    adam, { ...relu, loss: "ce" }),
  W3: { title: "CNN 32×32×3: conv 3×3×32, pool, conv 3×3×64, pool, 64, 10, Adam, batch 32", batch: 32, opt: adam,
    params: [...conv("c0", 3, 3, 32), ...conv("c1", 3, 32, 64), ...dense("d0", 2304, 64), ...dense("d1", 64, 10)],
    x: { s: [32, 32, 32, 3], kind: "u01" }, y: { s: [32], kind: "class", n: 10 },
    model: { kind: "cnn", loss: "ce" },
    mac: 32 * (2 * 30 * 30 * 32 * 27 + 3 * (13 * 13 * 64 * 288 + 2304 * 64 + 640)) },
  W4: { title: "LSTM 2×128, 10 steps, MSE, Adam, batch 32", batch: 32, opt: adam,
    params: [...cell("l0", 4, 100, 128), ...cell("l1", 4, 128, 128), ...dense("d0", 128, 50)],
    x: { s: [32, 10, 100], kind: "u" }, y: { s: [32, 10, 50], kind: "u" },
    model: { kind: "recurrent", cell: "lstm", layers: [128, 128], every: true, loss: "mse" },
    mac: 320 * (2 * 100 * 512 + 3 * (3 * 128 * 512 + 128 * 50)) },
  W4b: { title: "RNN 64, 50 steps, cross-entropy at the end, Adam, batch 32", batch: 32, opt: adam,
    params: [...cell("l0", 1, 16, 64), ...dense("d0", 64, 10)],
    x: { s: [32, 50, 16], kind: "u" }, y: { s: [32], kind: "class", n: 10 },
    model: { kind: "recurrent", cell: "rnn", layers: [64], every: false, loss: "ce" },
    mac: 32 * (50 * (2 * 16 * 64 + 3 * 64 * 64) + 3 * 640) },
  W5: mlp("100-25-100, MSE, Adam, batch 32", 32, [100, 25, 100], { s: [32, 100], kind: "u01" }, { kind: "x" },
    adam, { act: "relu", outAct: "sigmoid", loss: "mse" }),
  W6: mlp("10-64-1, BCE, Adam, batch 1000", 1000, [10, 64, 1], { s: [1000, 10], kind: "u" }, { s: [1000, 1], kind: "bit" },
    adam, { ...relu, loss: "bce" }),
  // Attention is counted in full, not halved for the places that causality hides; looking up rows is not counted.
  W7: { title: "char transformer d 64, 4 heads, 2 blocks, context 64, AdamW, batch 16", batch: 16, opt: { kind: "adamw", lr: 1e-3, wd: 0.01 },
    params: [{ n: "tok", s: [65, 64], lim: 0.05 }, { n: "pos", s: [64, 64], lim: 0.05 },
      ...block("b0", 64), ...block("b1", 64), ...norm("lnf", 64), ...dense("head", 64, 65)],
    x: { s: [16, 64], kind: "class", n: 65 }, y: { s: [16, 64], kind: "class", n: 65 },
    model: { kind: "gpt", d: 64, heads: 4, blocks: 2, len: 64, vocab: 65, loss: "ce" },
    mac: 1024 * 3 * (2 * (12 * 64 * 64 + 2 * 64 * 64) + 64 * 65) },
  W9: { title: "CNN 28×28×1: conv 5×5×16, pool, conv 5×5×32, pool, 128, 10, Adam, batch 128", batch: 128, opt: adam,
    params: [...conv("c0", 5, 1, 16), ...conv("c1", 5, 16, 32), ...dense("d0", 1568, 128), ...dense("d1", 128, 10)],
    x: { s: [128, 28, 28, 1], kind: "u01" }, y: { s: [128], kind: "class", n: 10 },
    model: { kind: "cnn", pad: "same", loss: "ce" },
    mac: 128 * (2 * 784 * 16 * 25 + 3 * (196 * 32 * 400 + 1568 * 128 + 1280)) },
  // Tasks of several networks: first weights and noise are each engine's own, so losses are alike and not the same.
  vae: { title: "VAE 784-400-20-400-784, Adam, batch 128", batch: 128, opt: adam,
    params: [...dense("e0", 784, 400), ...dense("e1", 400, 40), ...dense("d0", 20, 400), ...dense("d1", 400, 784)],
    x: { s: [128, 784], kind: "u01" }, y: { kind: "x" }, model: { kind: "vae", latent: 20 },
    mac: 128 * (2 * 784 * 400 + 3 * (400 * 40 + 20 * 400 + 400 * 784)) },
  // Of a round: generator forward twice and backward once; discriminator forward three times, backward for its own weights
  // twice, for the generator's rows once.
  gan: { title: "GAN: generator 64-256-784, discriminator 784-256-1, Adam, batch 64, a step of each", batch: 64, opt: adam,
    params: [...dense("g0", 64, 256), ...dense("g1", 256, 784), ...dense("d0", 784, 256), ...dense("d1", 256, 1)],
    x: { s: [64, 784], kind: "u01" }, y: { kind: "x" }, model: { kind: "gan", latent: 64 },
    mac: 64 * (2 * (64 * 256 + 256 * 784) + 64 * 256 + 2 * 256 * 784 + 5 * (784 * 256 + 256) + 784 * 256 + 3 * 256) },
  matmul: { title: "matrix product 512³ alone", batch: 1, kernel: "matmul", size: 512, params: [{ n: "b", s: [512, 512], lim: 1 }],
    x: { s: [512, 512], kind: "u" }, y: { kind: "x" }, mac: 512 ** 3 },
};
for (const [id, w] of Object.entries(WORKLOADS)) {
  w.id = id;
  w.flops = 2 * w.mac;
}

function fill(spec, random) {
  const n = product(spec.s);
  const values = spec.kind === "class" ? new Int32Array(n) : new Float32Array(n);
  for (let i = 0; i < n; i++) {
    const u = random();
    switch (spec.kind) {
      case "u": values[i] = 2 * u - 1; break;
      case "u01": values[i] = u; break;
      case "sign": values[i] = u < 0.5 ? -1 : 1; break;
      case "bit": values[i] = u < 0.5 ? 0 : 1; break;
      default: values[i] = Math.min(spec.n - 1, Math.floor(u * spec.n));
    }
  }
  return values;
}

/** { w, params: [{ n, s, data }], x, y, yshape }; seeds: 1 for weights, 2 for x, 3 for y. */
export function materialize(id) {
  const w = WORKLOADS[id], random = prng(1);
  const params = w.params.map((p) => {
    const data = new Float32Array(product(p.s));
    if (p.one) data.fill(1);
    if (p.lim) for (let i = 0; i < data.length; i++) data[i] = (2 * random() - 1) * p.lim;
    return { n: p.n, s: p.s, data };
  });
  const x = fill(w.x, prng(2)), y = w.y.kind === "x" ? x : fill(w.y, prng(3));
  return { w, params, x, y, yshape: w.y.s || w.x.s };
}

export const oneHot = (classes, n) => {
  const rows = new Float32Array(classes.length * n);
  classes.forEach((c, i) => { rows[i * n + c] = 1; });
  return rows;
};
