// TensorFlow.js through its core operators: fused products where they exist, optimizer.minimize inside tidy. The fastest
// training that its public interface offers. A backend is a file beside this one.
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import { oneHot } from "../workloads.mjs";

const FUSED = ["relu", "sigmoid"];

function dense(x, w, b, activation) {
  if (FUSED.includes(activation)) return tf.fused.matMul({ a: x, b: w, bias: b, activation });
  const z = tf.fused.matMul({ a: x, b: w, bias: b });
  return activation === "tanh" ? tf.tanh(z) : z;
}

/** The states of one recurrent layer, step by step: one product of input and state beside each other. */
function cellLayer(cell, steps, [wx, wh, b], batch) {
  const kernel = tf.concat([wx, wh], 0);
  let h = tf.zeros([batch, wh.shape[0]]), c = h;
  return steps.map((x) => {
    const z = tf.fused.matMul({ a: tf.concat([x, h], 1), b: kernel, bias: b });
    if (cell === "rnn") return (h = tf.tanh(z));
    const [i, f, g, o] = tf.split(z, 4, 1);
    c = tf.sigmoid(f).mul(c).add(tf.sigmoid(i).mul(tf.tanh(g)));
    return (h = tf.sigmoid(o).mul(tf.tanh(c)));
  });
}

function recurrent({ cell, layers, every }, x, vars, yshape) {
  let steps = tf.unstack(x, 1);
  layers.forEach((_, l) => { steps = cellLayer(cell, steps, vars.slice(3 * l, 3 * l + 3), x.shape[0]); });
  const [w, b] = vars.slice(-2);
  if (!every) return dense(steps.at(-1), w, b);
  return dense(tf.stack(steps, 1).reshape([-1, w.shape[0]]), w, b).reshape(yshape);
}

/** Convolutions, where `slices` as 3-D ones of one slice: of those alone its wasm backend has the gradients. */
function cnn(x, vars, pad, slices) {
  let h = x;
  for (let l = 0; l < 2; l++) {
    const [batch, high, wide, channels] = h.shape, k = vars[2 * l], bias = vars[2 * l + 1];
    if (slices) {
      const z = tf.conv3d(h.reshape([batch, 1, high, wide, channels]), k.reshape([1, ...k.shape]), 1, pad);
      h = tf.relu(z.reshape([batch, z.shape[2], z.shape[3], z.shape[4]]).add(bias));
    } else {
      h = tf.fused.conv2d({ x: h, filter: k, strides: 1, pad, bias, activation: "relu" });
    }
    h = tf.maxPool(h, 2, 2, "valid");
  }
  return dense(dense(h.reshape([x.shape[0], -1]), vars[4], vars[5], "relu"), vars[6], vars[7]);
}

/** As minGPT, GELU by tanh. Where its backend has no gradient of gather (wasm), rows are looked up by a product. */
function transformer({ d, heads, blocks, len }, batch, T, tokens, mask) {
  const flat = (x) => x.reshape([batch * len, d]);
  const norm = (x, n) => {
    const c = x.sub(x.mean(-1, true));
    return c.mul(c.square().mean(-1, true).add(1e-5).rsqrt()).mul(T[`${n}.g`]).add(T[`${n}.b`]);
  };
  const gelu = (x) => x.mul(0.5).mul(tf.tanh(x.add(x.mul(x).mul(x).mul(0.044715)).mul(Math.sqrt(2 / Math.PI))).add(1));
  const layer = (x, n) => dense(x, T[`${n}.w`], T[`${n}.b`]);
  let h = (tokens.dtype === "int32" ? tf.gather(T.tok, tokens) : tf.matMul(tokens, T.tok)).reshape([batch, len, d]).add(T.pos);
  for (let i = 0; i < blocks; i++) {
    const qkv = layer(flat(norm(h, `b${i}.ln1`)), `b${i}.qkv`).reshape([batch, len, 3, heads, d / heads]).transpose([2, 0, 3, 1, 4]);
    const [q, k, v] = tf.unstack(qkv, 0);
    const weights = tf.softmax(tf.matMul(q, k, false, true).mul(1 / Math.sqrt(d / heads)).add(mask));
    const seen = flat(tf.matMul(weights, v).transpose([0, 2, 1, 3]));
    h = h.add(layer(seen, `b${i}.proj`).reshape([batch, len, d]));
    h = h.add(layer(gelu(layer(flat(norm(h, `b${i}.ln2`)), `b${i}.fc`)), `b${i}.fc2`).reshape([batch, len, d]));
  }
  return layer(flat(norm(h, "lnf")), "head");
}

/** Of a transformer: variables by name, tokens (one-hot, unless rows can be looked up), and −10⁹ where a later place would be seen. */
function transformerParts(m, vars, lookUp) {
  const { len } = m.w.model;
  const hidden = Float32Array.from({ length: len * len }, (_, i) => (i % len > Math.floor(i / len) ? -1e9 : 0));
  return [
    Object.fromEntries(m.params.map((p, i) => [p.n, vars[i]])),
    lookUp ? tf.tensor(m.x, [m.x.length], "int32") : tf.tensor(oneHot(m.x, m.w.x.n), [m.x.length, m.w.x.n]), tf.tensor(hidden, [1, 1, len, len]),
  ];
}

function lossOf(kind, out, target) {
  switch (kind) {
    case "mse": return out.sub(target).square().mean();
    case "halfmse": return out.sub(target).square().mean().mul(0.5);
    case "bce": return tf.losses.sigmoidCrossEntropy(target, out);
    default: return tf.losses.softmaxCrossEntropy(target, out);
  }
}

function matmul(m) {
  const a = tf.tensor(m.x, m.w.x.s), b = tf.tensor(m.params[0].data, m.params[0].s);
  return {
    async run(k) {
      let last;
      for (let i = 0; i < k; i++) { last?.dispose(); last = tf.matMul(a, b); }
      const corner = tf.tidy(() => last.slice([0, 0], [1, 1]));
      const value = (await corner.data())[0];
      last.dispose();
      corner.dispose();
      return value;
    },
  };
}

/** A code drawn of a normal distribution, and the two terms of its bound (Kingma & Welling 2014), summed over a row. */
function vae(x, vars, { latent }) {
  const stats = dense(dense(x, vars[0], vars[1], "relu"), vars[2], vars[3]);
  const [mean, logVar] = tf.split(stats, 2, 1);
  const code = mean.add(tf.exp(logVar.mul(0.5)).mul(tf.randomNormal([x.shape[0], latent])));
  const answer = dense(dense(code, vars[4], vars[5], "relu"), vars[6], vars[7]);
  const rows = tf.losses.sigmoidCrossEntropy(x, answer, undefined, 0, tf.Reduction.NONE).sum(-1).mean();
  const kl = mean.square().add(tf.exp(logVar)).sub(1).sub(logVar).mul(0.5).sum(-1).mean();
  return rows.add(kl);
}

/** One step of each player a round: the discriminator on real and made rows, then the generator. */
function game(m, vars) {
  const { w } = m, { latent } = w.model, x = tf.tensor(m.x, w.x.s);
  const [of, against] = [vars.slice(0, 4), vars.slice(4)];
  const make = () => tf.sigmoid(dense(dense(tf.randomNormal([w.batch, latent]), of[0], of[1], "relu"), of[2], of[3]));
  const judge = (rows) => dense(tf.leakyRelu(dense(rows, against[0], against[1]), 0.01), against[2], against[3]);
  const bce = (scores, label) => tf.losses.sigmoidCrossEntropy(label ? tf.onesLike(scores) : tf.zerosLike(scores), scores);
  const [first, second] = [0, 1].map(() => tf.train.adam(w.opt.lr, 0.9, 0.999, 1e-8));
  return {
    async run(k) {
      let value = NaN;
      for (let i = 0; i < k; i++) {
        const cost = tf.tidy(() => {
          const made = make();
          return first.minimize(() => bce(judge(x), true).add(bce(judge(made), false)), i === k - 1, against);
        });
        tf.tidy(() => { second.minimize(() => bce(judge(make()), true), false, of); });
        if (cost) { value = (await cost.data())[0]; cost.dispose(); }
      }
      return value;
    },
    info: () => ({ differs: "noise of its own" }),
  };
}

/** An adapter of one of its backends: `setup` chooses it, `info` says how it runs. */
export const tensorflow = (name, setup, info, { slices = false, lookUp = false } = {}) => ({
  name, version: tf.version_core,
  async init() {
    await setup(tf);
    await tf.ready();
  },
  async create(m) {
    if (m.w.kernel) return matmul(m);
    const { w } = m, { dims, act, outAct, loss } = w.model;
    const vars = m.params.map((p) => tf.variable(tf.tensor(p.data, p.s)));
    if (w.model.kind === "gan") return game(m, vars);
    const x = tf.tensor(m.x, w.x.s);
    const y = loss === "ce" ? tf.tensor(oneHot(m.y, w.y.n), [m.y.length, w.y.n]) : tf.tensor(m.y, m.yshape);
    const optimizer = w.opt.kind === "sgd" ? tf.train.sgd(w.opt.lr) : tf.train.adam(w.opt.lr, 0.9, 0.999, 1e-8);
    const last = (dims?.length ?? 0) - 2;
    const parts = w.model.kind === "gpt" ? transformerParts(m, vars, lookUp) : [];
    const decay = () => { if (w.opt.wd) vars.forEach((v) => v.assign(v.mul(1 - w.opt.lr * w.opt.wd))); };
    const objective = () => {
      let h = x;
      if (w.model.kind === "gpt") return lossOf(loss, transformer(w.model, w.batch, ...parts), y);
      if (w.model.kind === "vae") return vae(x, vars, w.model);
      if (w.model.kind === "cnn") return lossOf(loss, cnn(x, vars, w.model.pad ?? "valid", slices), y);
      if (w.model.kind === "recurrent") return lossOf(loss, recurrent(w.model, x, vars, m.yshape), y);
      for (let l = 0; l <= last; l++) h = dense(h, vars[2 * l], vars[2 * l + 1], l < last ? act : outAct);
      return lossOf(loss, h, y);
    };
    return {
      async run(k) {
        let value = NaN;
        for (let i = 0; i < k; i++) {
          tf.tidy(decay);
          const cost = tf.tidy(() => optimizer.minimize(objective, i === k - 1, vars));
          if (cost) { value = (await cost.data())[0]; cost.dispose(); }
        }
        return value;
      },
      info: async () => ({ ...(await info(tf)), ...(w.model.kind === "vae" && { differs: "noise of its own" }) }),
    };
  },
});
