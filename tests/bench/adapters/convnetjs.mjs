// ConvNetJS: plain JavaScript in float64, one example at a time. Its layers are assembled by hand, because its layer_defs
// would add a linear layer of its own. W5 minimises half the sum of squares, W6 is a two-way softmax, and its Adam multiplies
// by the bias correction instead of dividing: those losses differ from everyone else's.
import convnetjs from "convnetjs/build/convnet.js";

const DIFFERS = { W2: "its own Adam", W2b: "its own Adam", W5: "half the sum of squares, its own Adam", W6: "two-way softmax, its own Adam" };

function fullyConnected(shape, out, weights) {
  const layer = new convnetjs.FullyConnLayer({ num_neurons: out, bias_pref: 0, ...shape });
  if (weights) for (let o = 0; o < out; o++) for (let i = 0; i < shape.in_depth; i++) layer.filters[o].w[i] = weights[i * out + o];
  return layer;
}

function network(m) {
  const { dims, act, outAct, loss } = m.w.model;
  const two = loss === "bce"; // one sigmoid output becomes two softmax ones
  const layers = [new convnetjs.InputLayer({ out_sx: 1, out_sy: 1, out_depth: dims[0] })];
  const shape = () => ({ in_sx: 1, in_sy: 1, in_depth: layers.at(-1).out_depth });
  const activations = { relu: convnetjs.ReluLayer, tanh: convnetjs.TanhLayer, sigmoid: convnetjs.SigmoidLayer };
  for (let l = 0; l < dims.length - 1; l++) {
    const last = l === dims.length - 2, split = last && two;
    layers.push(fullyConnected(shape(), split ? 2 : dims[l + 1], split ? null : m.params[2 * l].data));
    const Activation = activations[last ? outAct : act];
    if (Activation) layers.push(new Activation(shape()));
  }
  const Loss = loss === "ce" || two ? convnetjs.SoftmaxLayer : convnetjs.RegressionLayer;
  layers.push(new Loss(shape()));
  const net = new convnetjs.Net();
  net.layers = layers;
  return net;
}

export default {
  name: "convnetjs", version: "0.3.0",
  async init() {},
  supports: (id, w) => (w.kernel ? "no matrix product of its own" : w.model.kind === "mlp" || "no such layers that train"),
  async create(m) {
    const { w } = m, n = w.batch, width = m.x.length / n, classes = ["ce", "bce"].includes(w.model.loss);
    const xs = [], ys = [];
    for (let i = 0; i < n; i++) {
      const v = new convnetjs.Vol(1, 1, width, 0);
      v.w.set(m.x.subarray(i * width, (i + 1) * width));
      xs.push(v);
      ys.push(classes ? Math.round(m.y[i]) : Array.from(m.y.subarray((i * m.y.length) / n, ((i + 1) * m.y.length) / n)));
    }
    const trainer = new convnetjs.Trainer(network(m), {
      method: w.opt.kind, learning_rate: w.opt.lr, batch_size: n, l1_decay: 0, l2_decay: 0, momentum: 0, beta1: 0.9, beta2: 0.999, eps: 1e-8,
    });
    // its regression layer reports four times the half-square whose gradient it takes
    const scale = classes ? n : 4 * n;
    return {
      async run(k) {
        let loss = 0;
        for (let s = 0; s < k; s++) {
          loss = 0;
          for (let i = 0; i < n; i++) loss += trainer.train(xs[i], ys[i]).cost_loss;
          loss /= scale;
        }
        return loss;
      },
      info: () => (DIFFERS[w.id] ? { differs: DIFFERS[w.id] } : {}),
    };
  },
};
