// Gradarium for other pages: assemble, train and look inside a neural network from plain JavaScript, no build step.
//
//     import { Gradarium } from "./gradarium.js";
//     const g = await Gradarium.start();
//     await g.load({ data: { set: "spiral" }, task: { type: "classification" },
//                    model: { layers: [{ type: "dense", units: 8, activation: "tanh" }, { type: "dense", units: 2 }] } });
//     const { loss } = await g.train({ steps: 500 });
//
// Training happens in a Web Worker, the same that the Gradarium page uses; this file sends it commands
// ({id, json, buffers}, see src/protocol). It works in a page and inside a worker. embed.html is a running example,
// experiment.schema.json describes what `load` takes. Not responsible for anything that is drawn.

/**
 * @typedef {{path: string, message: string, hint: string}} Finding  One thing that is wrong: where (a path such as
 *   `model.layers[1].units`), what, and what to do about it.
 * @typedef {{name: string, shape: number[], data: Float32Array}} NamedArray
 * @typedef {{shape: number[], data: Float32Array}} NdArray  Row-major; the batch axis first where it has one.
 * @typedef {{shape: number[], data: Float32Array, standardised: boolean, scale: ?{input: [number, number][],
 *   target: [number, number][]}}} Prediction  `(N, outputs)`. `scale` says how the data set is scaled for the network, as
 *   `[mean, deviation]` of each input and each target (empty where it is not), null where nothing is scaled.
 * @typedef {{after: number, len: number, choices: number, candidates: {token: number, logit: number, p: number,
 *   chance: number}[], values: Object<string, NdArray>}} Drawn  How a token was drawn: the likeliest tokens with their softmax
 *   `p` and their `chance` after temperature, top k and top p; of attention weights `(H, T, S)` the row `(H, S)` that led to it.
 * @typedef {{steps: number, step_ms: number, loss: number, samples_per_s: number, flops_per_step: number}} Trained
 *   `steps` since the start of the run, `step_ms` the mean of this call, `loss` of the last batch.
 * @typedef {{loss: number, accuracy?: number, r2?: number, energy_distance?: number, perplexity?: number, samples: number}} Metrics
 * @typedef {{name: string, shape: number[], role: "parameter"|"buffer"|"input"|"target"|"activation"|"saved"|"loss",
 *   batched: boolean, state?: string[]}} ValueInfo  `batched`: the first axis is the batch; `state` names what the optimizer
 *   keeps for a parameter.
 * @typedef {{n_params: number, n_train: number, n_test: number, flops_per_step: number, input: number[]}} Summary
 * @typedef {{output_px?: number, neurons?: {px: number, layers: number[], units_max: number}, gradient_flow?: boolean,
 *   updates?: boolean, spread?: number, weights?: string[], confusion?: boolean, mistakes?: number, scatter?: boolean, forecast?: boolean,
 *   sample?: {prompt?: string, length?: number, temperature?: number, top_k?: number, top_p?: number, seed?: number}}} Want
 *   What a frame shall hold.
 * @typedef {{run: number, step: number, epoch: number, step_max: number, running: boolean, train_loss: ?number,
 *   test_loss: ?number, test_metric: ?number, test_step: number, train_metric: ?number, lr: number, steps_per_s: number,
 *   diverged: ?object, carried?: {step: number, set?: string, numbers: number, of: number}, edited?: boolean}} Status
 *   `train_loss` and all others belong to `step` (the test figures to `test_step`); `carried` says where the first weights
 *   came from, if not from the seed, `edited` that some were written by hand.
 * @typedef {{status: Status, curves: {step: number, train_loss: number,
 *   train_min?: number, train_max?: number, test_loss: ?number}[], output: ?NamedArray,
 *   neurons: object[], gradient_flow: ?object, weights: NamedArray[], confusion: ?object, mistakes: ?object,
 *   scatter: ?NamedArray, forecast: ?{from: number, test_from: number, ahead: number, truth: Float32Array, forecast: Float32Array}, sample: ?{step: number, text: string, tokens: number[], left_out: string[]}, timeline: number[]}} Frame
 */

/** Below this many operations a step is over before a card has begun, and neither is timed: as on the page. */
const RACE_FLOPS_MIN = 2e7;
/** Each of the two is timed for about this long, after steps that make its programs. */
const RACE_MS = 700, RACE_WARM_UP = 4;
/** A card this much faster is worth the change: below that, timing alone may say one or the other. */
const RACE_WORTH = 1.1;

/** Raised in step with PROTOCOL_VERSION of src/protocol/mod.rs. */
const PROTOCOL = 2;

/** What this file says by itself; everything else comes from the worker, in the language asked for. */
const WORDS = {
  en: {
    disposed: "this engine has been disposed of", start_again: "Start another with Gradarium.start().",
    died: "the engine stopped unexpectedly: {why}", killed: "its worker was ended, perhaps for lack of memory",
    no_start: "the engine could not start: {why}",
    browser: "It needs a current browser with WebAssembly SIMD, and its files beside gradarium.js on the same site.",
    protocol: "gradarium.js and the worker are of different versions ({got}, {expected})", reload: "Reload the page without its cache.",
    fetch: "the file {path} of this data set could not be fetched: {why}", connection: "Check the connection and try again.",
    not_json: "this is not JSON: {why}", array: "expected {expected}",
    weights: "the trained weights are no base64: {why}", whole: "Copy the whole file again.", option: "there is no option “{name}” here", allowed: "Known: {allowed}.",
    page: "“this” trains in the thread that asks for it, and this one is a page’s, which would stand still", worker: "Leave it out, or start from a worker.",
  },
  zh: {
    disposed: "此引擎已被释放", start_again: "请用 Gradarium.start() 重新启动一个。",
    died: "引擎意外停止：{why}", killed: "其 worker 已被终止，可能是内存不足",
    no_start: "引擎无法启动：{why}",
    browser: "需要支持 WebAssembly SIMD 的新版浏览器，且其文件须与 gradarium.js 位于同一站点。",
    protocol: "gradarium.js 与 worker 的版本不一致（{got}，{expected}）", reload: "请清除缓存后重新加载页面。",
    fetch: "无法获取此数据集的文件 {path}：{why}", connection: "请检查网络连接后重试。",
    not_json: "这不是 JSON：{why}", array: "应为 {expected}",
    weights: "训练权重不是有效的 base64：{why}", whole: "请重新完整复制该文件。", option: "这里没有名为“{name}”的选项", allowed: "可用：{allowed}。",
    page: "“this”表示在发起请求的线程中训练，而这里是页面线程，页面会停住", worker: "请省略此选项，或在 worker 中启动。",
  },
};

/** Parts of a frame that are null until somebody wants them. */
const NOTHING = {
  output: null, gradient_flow: null, confusion: null, mistakes: null, scatter: null, forecast: null, neighbours: null, augmented: null,
  sample: null, answers: null,
};

/** What a listener wants as the worker takes it: a list, each thing with what belongs to it. */
function wanted(key, value, { mistakes_cell: cell }) {
  if (value === false || value === null || value === undefined) return [];
  switch (key) {
    case "output_px": return [{ output: { px: value } }];
    case "spread": return [{ spread: { bins: value } }];
    case "weights": return Array.from(value, (name) => ({ weight: String(name) }));
    case "looks": return Array.from(value, (look) => ({ look }));
    case "mistakes": return [{ mistakes: { max: value, ...(cell && { cell }) } }];
    case "mistakes_cell": return [];
    case "augmented": return [{ augmented: { rows: value } }];
    case "neurons": case "sample": case "answers": return [{ [key]: value }];
    default: return [key];
  }
}

/** Every rejection of this module. `problems` says where, what, and what to do; there is always at least one. */
export class GradariumError extends Error {
  /** @param {Finding[]} problems */
  constructor(problems) {
    super(problems.map((p) => (p.path ? `${p.path}: ${p.message}` : p.message)).join("; "));
    this.name = "GradariumError";
    /** @type {Finding[]} */
    this.problems = problems;
  }
}

/** One engine with (after `load`) one run. Start as many as you like; each has its own worker, unless it is told otherwise. */
export class Gradarium {
  #worker;
  #words;
  #lang;
  #asked;
  #sent = 0;
  /** Commands without an answer yet, by id. */
  #waiting = new Map();
  /** The end of the last command that changes the run, while one is under way: they take effect in the order of the calls. */
  #turn = null;
  /** Set once the engine cannot go on: what every later call rejects with. */
  #failed = null;
  #alarm = new AbortController();
  /** Name of the data set whose files the worker has. */
  #filesOf = null;
  #loaded = false;
  #listeners = new Map();
  #errorListeners = new Set();
  #pulling = false;
  /** Something may have changed since the latest frame. */
  #changed = false;
  #curves = [];

  /** The engine in which a copy is timed, while it is. @type {?Gradarium} */
  #side = null;

  /**
   * What runs and why. `asked`: by name. With `auto`: `faster`, both were timed on a copy before the first step (`steps_per_s`);
   * `small`, a step is over before a graphics card has begun; `software`, the only card is played by a program; `only_one`,
   * there is nothing to choose. `adapter` describes the card and is there with `webgpu` only.
   * @type {{name: string, reason: string, adapter?: string, steps_per_s?: {simd: number, webgpu: number}}}
   */
  backend;

  /** Use {@link Gradarium.start}. */
  constructor(options) {
    this.#lang = /^zh/i.test(options.lang ?? globalThis.navigator?.language ?? "") ? "zh" : "en";
    this.#words = WORDS[this.#lang];
    this.#asked = options.backend ?? "auto";
  }

  /**
   * Starts an engine. Rejects with a {@link GradariumError} that says why it cannot.
   * @param {{backend?: "auto"|"simd"|"webgpu", lang?: "en"|"zh", thread?: "own"|"this"}} [options] `backend` holds for
   *   every experiment that does not name one itself; `lang` is the language of problems (default: the browser's);
   *   `thread: "this"`, in a worker only, trains in that very worker: no message goes between threads, which is most of
   *   the time of a small network's few steps.
   * @returns {Promise<Gradarium>}
   */
  static async start(options = {}) {
    const g = new Gradarium(options);
    const strange = Object.keys(options).find((k) => !["backend", "lang", "thread"].includes(k));
    if (strange) throw g.#error(strange, "option", "allowed", { name: strange, allowed: "backend, lang, thread" });
    const { thread = "own" } = options;
    if (thread !== "own" && thread !== "this") throw g.#error("thread", "option", "allowed", { name: thread, allowed: "own, this" });
    if (thread === "this" && typeof document !== "undefined") throw g.#error("thread", "page", "worker");
    try {
      await g.#boot(thread === "this" ? Here : Worker);
      g.backend = strip(await g.#ask({ cmd: "backend", asked: g.#asked }));
      return g;
    } catch (e) {
      g.#stop(e);
      throw e;
    }
  }

  /**
   * Starts an experiment from its seed (see experiment.schema.json). What ran before is gone once this succeeds;
   * when it rejects, the old run is untouched. A file with `weights` opens trained, at its step, with fresh optimizer state.
   * @param {object|string} experiment The experiment, or its JSON text.
   * @returns {Promise<Summary>}
   */
  load(experiment) {
    return this.#inTurn(async () => {
      const read = this.#read(experiment);
      const begun = await this.#load(read);
      return read?.backend === "auto" ? this.#choose(read, begun) : begun;
    });
  }

  /**
   * Takes training steps at full speed.
   * @param {{steps: number}} options
   * @returns {Promise<Trained>} Rejects when a number left the finite range; the run is back at a good state then.
   */
  train({ steps } = {}) {
    return this.#inTurn(async () => strip(await this.#ask({ cmd: "train", steps: this.#count(steps, "steps") })));
  }

  /** Loss and metrics on the test part (on the training part when there is none). @returns {Promise<Metrics>} */
  async evaluate() {
    return strip(await this.#ask({ cmd: "evaluate" }));
  }

  /**
   * The network's outputs for any number of inputs: logits for classes, numbers otherwise. Both are in the units of the data
   * set, as its file has them (years, grams, dollars; words as 0 or 1): they are scaled for the network and back. Data that
   * came with {@link Gradarium#setData} are never scaled.
   * @param {Float32Array|number[]} x Inputs, sample by sample.
   * @param {{standardised?: boolean}} [options] `standardised: true` takes and gives the network's own numbers instead.
   * @returns {Promise<Prediction>}
   */
  async predict(x, options = {}) {
    const strange = Object.keys(options).find((k) => k !== "standardised");
    if (strange) throw this.#error(strange, "option", "allowed", { name: strange, allowed: "standardised" });
    const standardised = Boolean(options.standardised);
    const { shape, scale = null, buffers } = await this.#ask({ cmd: "predict", natural: !standardised }, [this.#floats(x, "x")]);
    return { shape, data: new Float32Array(buffers[0]), standardised, scale };
  }

  /**
   * What a language model writes after a text; the run goes on as if nothing had been asked. Temperature 0 always takes
   * the likeliest token; `top_k` and `top_p` keep only the likeliest ones. Same seed, same text from the same network.
   * @param {{prompt?: string, length?: number, temperature?: number, top_k?: number, top_p?: number, seed?: number,
   *   written?: number[], watch?: ?string[]}} [options] `written` are tokens drawn before: it goes on behind them. `watch`
   *   names values to be read from the very pass that each token is drawn from, such as `layers.2.attn.weights`.
   * @returns {Promise<{text: string, tokens: number[], left_out: string[], ended: boolean, drawn: Drawn[]}>} `left_out` is
   *   what of the prompt the vocabulary lacks, `ended` whether nothing can follow (the end mark of a pair).
   */
  async generate({ prompt = "", length = 100, temperature = 1, top_k = null, top_p = null, seed = 1, written = [], watch = null } = {}) {
    const whole = { length: this.#count(length, "length"), seed: this.#count(seed, "seed") };
    if (top_k !== null) whole.top_k = this.#count(top_k, "top_k");
    const want = { prompt: String(prompt), temperature: Number(temperature), top_p: top_p === null ? null : Number(top_p), ...whole };
    const command = { cmd: "generate", want, written: Array.from(written, Number), watch: watch && Array.from(watch, String) };
    const { text, tokens, left_out, ended, drawn = [], buffers } = await this.#ask(command);
    return { text, tokens, left_out, ended, drawn: drawn.map((d) => ({ ...d, values: named(d.values, buffers) })) };
  }

  /**
   * Examples that the network makes of noise, where its task makes some (`"vae"`, `"gan"`, `"diffusion"`): points, pictures, rows
   * of a table in the units of the data set. The run is left as it is. For texts: {@link Gradarium#generate}.
   * @param {{n?: number, seed?: number}} [options] The same seed gives the same noise.
   * @returns {Promise<NdArray>} `(n, …)`, the shape of an example behind it.
   */
  async sample({ n = 16, seed = 1 } = {}) {
    return this.#array({ cmd: "sample", n: this.#count(n, "n"), seed: this.#count(seed, "seed") });
  }

  /** Every named value of the network. @returns {Promise<ValueInfo[]>} */
  async values() {
    return (await this.#ask({ cmd: "values" })).values;
  }

  /**
   * One value, its gradient at the latest step, or what the optimizer keeps for it (`exp_avg`).
   * @param {string} name As in {@link Gradarium#values}.
   * @param {{grad?: boolean, state?: ?string}} [options] `state` is one of a parameter's `state` there.
   * @returns {Promise<NdArray>}
   */
  async probe(name, { grad = false, state = null } = {}) {
    return this.#array({ cmd: "probe", name: String(name), grad: Boolean(grad), state: state === null ? null : String(state) });
  }

  /**
   * One example on its way through the network as it stands (dropout off, running statistics): values by name, and with
   * `.grad` behind a name the gradient of `of` with respect to it, down to `input.grad`. The run is left as it is.
   * @param {{example?: {train: number}|{test: number}|{own: number[]}|{text: string}, values: string[],
   *   of?: "loss"|{loss_at: number}|{channel: {name: string, channel: number}}}} options `own` is in the network's units;
   *   `channel` is the mean of one channel (last axis) of a value, such as a class of `output`.
   * @returns {Promise<{step: number, row: ?number, target: number[], missing: string[], left_out: string[], values: Object<string, NdArray>}>}
   *   Shapes without the batch axis; `missing` are names that this network lacks, `left_out` those beyond a million numbers.
   */
  async look({ example = { train: 0 }, values = [], of = "loss" } = {}) {
    const own = example?.own && { own: Array.from(example.own) };
    const look = await this.#ask({ cmd: "look", want: { example: own || example, values: Array.from(values, String), of } });
    const { step, row = null, target, missing, left_out } = look;
    return { step, row, target, missing, left_out, values: named(look.values, look.buffers) };
  }

  /**
   * Changes an input step by step so that one channel (last axis) of a value answers more strongly: activation maximisation
   * (Simonyan et al. 2013). The run is left as it is.
   * @param {{x: Float32Array|number[], name: string, channel?: number, steps?: number, rate?: number, decay?: number}} options
   *   `x` is where to start; a step moves it by `rate` times its gradient over the gradient's root mean square, after
   *   taking away the share `decay` of it.
   * @returns {Promise<{value: number, data: Float32Array}>} The channel's mean at the input reached, and that input.
   */
  async climb({ x, name, channel = 0, steps = 10, rate = 0.1, decay = 0 } = {}) {
    const whole = { channel: this.#count(channel, "channel"), steps: this.#count(steps, "steps") };
    const command = { cmd: "climb", name: String(name), rate: Number(rate), decay: Number(decay), ...whole };
    const { value, buffers } = await this.#ask(command, [this.#floats(x, "x")]);
    return { value, data: new Float32Array(buffers[0]) };
  }

  /**
   * Sets a parameter (shape as in {@link Gradarium#values}, row-major; dense weights are `(out, in)`, as in PyTorch).
   * @param {string} name
   * @param {Float32Array|number[]} data
   * @returns {Promise<void>}
   */
  write(name, data) {
    return this.#inTurn(async () => {
      await this.#ask({ cmd: "write", name: String(name) }, [this.#floats(data, "data")]);
    });
  }

  /**
   * Trains on the page's own data from now on; the run starts again at step 0, with the first weights of its seed. Input and
   * target must have the shapes that the experiment's data set has (the set `random` takes any).
   * @param {{x: Float32Array, x_shape: number[], y: Float32Array|Int32Array, y_shape: number[], keep?: boolean}} data
   *   `keep: true` goes on with the present weights; `x_shape` is `[N, …]`; `y` are classes with `y_shape` `[N]` (`[N, T]` at each of T positions, -1: none), or numbers with `[N, …]`.
   * @returns {Promise<Summary>}
   */
  setData({ x, x_shape, y, y_shape, keep = false } = {}) {
    return this.#inTurn(async () => {
      const shapes = { x_shape: this.#shape(x_shape, "x_shape"), y_shape: this.#shape(y_shape, "y_shape"), keep: Boolean(keep) };
      return this.#began(await this.#ask({ cmd: "set_data", ...shapes }, [this.#floats(x, "x"), this.#floats(y, "y")]));
    });
  }

  /**
   * The run as a file. `"gradarium"`: the experiment with its trained weights, which {@link Gradarium#load} and the page open;
   * `"safetensors"`: the weights alone, every parameter and running statistic by name. `"pytorch"` is a script
   * that runs as it is beside two more files, `"weights"` under the names of the script's `state_dict` and the `"rows"` of data;
   * so is `"keras"`, with `"keras_weights"` under the paths of its variables and the same rows. `"onnx"` is the trained
   * network alone, as other programs run it. `"report"` is one HTML page for reading, without a script: network, settings,
   * curves, figures, seed and link.
   * @param {"gradarium"|"safetensors"|"pytorch"|"weights"|"keras"|"keras_weights"|"rows"|"onnx"|"report"} format
   * @returns {Promise<{name: string, mime: string, data: string|ArrayBuffer}>}
   */
  async export(format) {
    const known = ["gradarium", "safetensors", "pytorch", "weights", "keras", "keras_weights", "rows", "onnx", "report"];
    if (!known.includes(format)) throw this.#error("format", "option", "allowed", { name: String(format), allowed: known.join(", ") });
    if (format === "rows") {
      const { name, mime, buffers: [data] } = await this.#ask({ cmd: "rows" });
      return { name, mime, data };
    }
    const { experiment, buffers: [bytes] } = await this.#ask({ cmd: "weights" });
    if (format === "report") return this.#report(experiment);
    if (known.indexOf(format) > 1) return this.#written(format, experiment, bytes);
    const name = experiment.data.set;
    if (format === "safetensors") return { name: `${name}.safetensors`, mime: "application/octet-stream", data: bytes };
    const file = { ...experiment, weights: { format: "safetensors", base64: toBase64(new Uint8Array(bytes)) } };
    return { name: `${name}.gradarium.json`, mime: "application/json", data: JSON.stringify(file, null, 2) };
  }

  /** What the exporters, a program of their own, make of an experiment and its weights. */
  async #written(format, experiment, weights) {
    const exporter = await import(new URL("./exporter.js", import.meta.url));
    await exporter.default();
    return this.#offered(exporter.file(format, JSON.stringify(experiment), new Uint8Array(weights), this.#lang));
  }

  /** The run for reading. */
  async #report(experiment) {
    const exporter = await import(new URL("./exporter.js", import.meta.url));
    await exporter.default();
    const { status, curves } = await this.#ask({ cmd: "frame", want: { curves_since: 0 } });
    const page = new URL("./index.html", import.meta.url).href;
    return this.#offered(exporter.report(JSON.stringify(experiment), JSON.stringify({ status, curves, page }), this.#lang));
  }

  /** A file of the exporters, or why there is none. */
  #offered({ name, mime, bytes, refused }) {
    if (refused) throw new GradariumError(JSON.parse(refused));
    return { name, mime, data: mime.startsWith("text/") ? new TextDecoder().decode(bytes) : bytes.buffer };
  }

  /** The whole state of the run. @returns {Promise<ArrayBuffer>} */
  async checkpoint() {
    return (await this.#ask({ cmd: "checkpoint" })).buffers[0];
  }

  /**
   * Continues from a checkpoint of the same experiment with the same bits.
   * @param {ArrayBuffer} state
   * @returns {Promise<void>}
   */
  restore(state) {
    return this.#inTurn(async () => {
      if (!(state instanceof ArrayBuffer)) throw this.#error("state", "array", null, { expected: "ArrayBuffer" });
      await this.#ask({ cmd: "restore" }, [state.slice(0)]);
    });
  }

  /**
   * Trains on, until paused, while frames are sent (see {@link Gradarium#on}).
   * @param {{until?: {epochs: number}|{loss: number}|{accuracy: number}, steps_per_s?: number}} [options]
   * @returns {Promise<void>} Resolves when training has begun.
   */
  play({ until = null, steps_per_s = null } = {}) {
    return this.#inTurn(async () => { await this.#ask({ cmd: "play", until, steps_per_s }); });
  }

  /** Ends {@link Gradarium#play} after the step under way. @returns {Promise<void>} */
  pause() {
    return this.#inTurn(async () => { await this.#ask({ cmd: "pause" }); });
  }

  /** Takes `n` steps. @param {number} [n] @returns {Promise<Trained>} */
  step(n = 1) {
    return this.train({ steps: n });
  }

  /** Back to step 0 of the same data, with the first weights of the seed, whatever was written or restored. @returns {Promise<void>} */
  reset() {
    return this.#inTurn(async () => { await this.#ask({ cmd: "reset" }); });
  }

  /**
   * Listens. `"frame"`: called with what `want` names whenever the run has changed, at most once per paint and never at
   * more than an eighteenth of the training time; `status` and `curves` are always there. With several listeners each frame holds what
   * any of them wants. `"error"`: called once, with a {@link GradariumError}, when the engine cannot go on.
   * @param {"frame"|"error"} event
   * @param {(data: Frame|GradariumError) => void} listener
   * @param {Want} [want]
   * @returns {() => void} Ends the listening.
   */
  on(event, listener, want = {}) {
    if (event === "error") {
      this.#errorListeners.add(listener);
      return () => this.#errorListeners.delete(listener);
    }
    if (event !== "frame") throw this.#error(String(event), "option", "allowed", { name: event, allowed: "frame, error" });
    const key = {};
    this.#listeners.set(key, { listener, want });
    this.#changed = true;
    this.#pull();
    return () => this.#listeners.delete(key);
  }

  /** Ends the worker. Promises that still wait reject. */
  dispose() {
    this.#stop(this.#error("", "disposed", "start_again"));
  }

  // ---- below: how it is done ----

  async #boot(Kind) {
    const name = `gradarium-${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
    const url = new URL("./worker_loader.js", import.meta.url);
    url.searchParams.set("lock", name);
    // The program with a graphics card is larger: only who asks for one loads it.
    if (this.#asked === "webgpu") url.searchParams.set("card", "");
    const failed = (why) => this.#error("", "no_start", "browser", { why });
    try {
      this.#worker = started(Kind, url);
    } catch (e) {
      throw failed(e.message);
    }
    const protocol = await new Promise((resolve, reject) => {
      this.#worker.onerror = (e) => reject(failed(e.message || url.pathname));
      // The queue of a module worker opens before its code has run, so nothing is sent before it says that it listens.
      this.#worker.onmessage = ({ data }) => {
        const event = JSON.parse(data.json);
        if (event.event === "ready") resolve(event.protocol);
        else reject(failed(event.message));
      };
    });
    if (protocol !== PROTOCOL) throw this.#error("", "protocol", "reload", { got: PROTOCOL, expected: protocol });
    this.#listen();
    if (Kind === Worker) this.#watch(name).catch(noop);
    await this.#ask({ cmd: "hello", protocol: PROTOCOL, lang: this.#lang });
  }

  #listen() {
    this.#worker.onmessage = ({ data }) => this.#receive(data);
    this.#worker.onerror = (e) => { e.preventDefault(); this.#died(e.message); };
    this.#worker.onmessageerror = () => this.#died("messageerror");
  }

  /**
   * The worker holds a lock for as long as it lives: getting it means that the worker was ended from outside, of which the
   * browser says nothing. Its request may arrive after ours, so the lock is waited for only once somebody has it.
   */
  async #watch(name) {
    const locks = globalThis.navigator?.locks;
    if (!locks) return;
    for (let tries = 0; tries < 20 && !this.#failed; tries++) {
      if (await locks.request(name, { ifAvailable: true }, (lock) => lock === null)) {
        return locks.request(name, { signal: this.#alarm.signal }, () => this.#died(this.#words.killed));
      }
      await pause(50);
    }
    // Nobody ever held it: the worker died at once, or has no locks. A living one answers between slices of training.
    const dead = Symbol("dead");
    const answer = await Promise.race([this.#ask({ cmd: "hello", protocol: PROTOCOL, lang: this.#lang }), pause(10_000, dead)]);
    if (answer === dead) this.#died(this.#words.killed);
  }

  #receive({ id, json, buffers }) {
    const message = JSON.parse(json);
    if (id === 0) {
      if (message.event === "panic") this.#died(message.message);
      return;
    }
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    if (message.reply === "failed") return waiting.reject(new GradariumError(message.words));
    message.buffers = buffers;
    waiting.resolve(message);
  }

  /** Sends a command; the buffers are handed over. Resolves with its reply. */
  #ask(command, buffers = []) {
    if (this.#failed) return Promise.reject(this.#failed);
    const id = ++this.#sent;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, json: JSON.stringify(command), buffers }, buffers);
    });
  }

  async #array(command, buffers) {
    const reply = await this.#ask(command, buffers);
    return { shape: reply.shape, data: new Float32Array(reply.buffers[0]) };
  }

  /** Runs `job` once every earlier call that changes the run has ended, at once if none is under way. */
  #inTurn(job) {
    const result = this.#turn ? this.#turn.then(job) : job();
    const end = result.then(noop, noop).then(() => {
      if (this.#turn === end) this.#turn = null;
      this.#changed = true;
      this.#pull();
    });
    this.#turn = end;
    this.#pull();
    return result;
  }

  /** The buffers that `load` must bring: the files of the data set, unless the worker has them. */
  async #files(exp) {
    const set = exp?.data?.set;
    if (set !== undefined && set === this.#filesOf) return [];
    const { paths } = await this.#ask({ cmd: "files", experiment: exp });
    return Promise.all(paths.map(async (path) => {
      const failed = (why) => this.#error("data.set", "fetch", "connection", { path, why });
      const answer = await fetch(new URL(path, import.meta.url)).catch((e) => { throw failed(e.message); });
      if (!answer.ok) throw failed(`HTTP ${answer.status}`);
      return answer.arrayBuffer().catch((e) => { throw failed(e.message); });
    }));
  }

  #read(experiment) {
    let exp = experiment;
    if (typeof exp === "string") {
      try {
        exp = JSON.parse(exp);
      } catch (e) {
        throw this.#error("", "not_json", null, { why: e.message });
      }
    }
    const plain = exp !== null && typeof exp === "object" && !Array.isArray(exp);
    return plain && exp.backend === undefined ? { ...exp, backend: this.#asked } : exp ?? null;
  }

  /** The weights of a saved file, taken out of it. */
  #trained(file) {
    if (file?.weights === undefined) return { exp: file };
    const { weights, ...exp } = file;
    const strange = weights && Object.keys(weights).find((k) => !["format", "base64"].includes(k));
    if (strange) throw this.#error(`weights.${strange}`, "option", "allowed", { name: strange, allowed: "format, base64" });
    if (weights?.format !== "safetensors") throw this.#error("weights.format", "array", null, { expected: "safetensors" });
    try {
      return { exp, weights: Uint8Array.from(atob(weights.base64), (c) => c.charCodeAt(0)).buffer };
    } catch (e) {
      throw this.#error("weights.base64", "weights", "whole", { why: e.message });
    }
  }

  /** Begins what has been read. */
  async #load(read) {
    const { weights, exp } = this.#trained(read);
    const buffers = await this.#files(exp);
    const n = buffers.length;
    if (weights) buffers.push(weights);
    const l = await this.#ask({ cmd: weights ? "open" : "load", experiment: exp }, buffers);
    if (n) this.#filesOf = exp.data?.set;
    return this.#began(l);
  }

  /**
   * With `auto`, where a real card is: both are timed on a copy, and the faster one has the run. It is chosen before the first
   * step, so a run has one of them from its beginning. Whatever goes wrong with a card leaves the run to SIMD.
   */
  async #choose(read, begun) {
    if (!(this.#worker instanceof Worker) || !globalThis.navigator?.gpu) return begun;
    if (begun.flops_per_step < RACE_FLOPS_MIN) {
      this.backend.reason = "small";
      return begun;
    }
    let adopted = false;
    try {
      const side = this.#side = await Gradarium.start({ backend: "webgpu", lang: this.#lang });
      const { adapter, software } = side.backend;
      if (software) {
        this.backend.reason = "software";
        return begun;
      }
      const steps_per_s = { simd: await side.#rate(read, "simd"), webgpu: await side.#rate(read, "webgpu") };
      if (steps_per_s.webgpu > RACE_WORTH * steps_per_s.simd) {
        await this.#adopt(side);
        adopted = true;
        begun = await this.#load({ ...read, backend: "webgpu" });
        this.backend.adapter = adapter;
      }
      Object.assign(this.backend, { reason: "faster", steps_per_s });
    } catch {
      if (adopted && !this.#failed) begun = await this.#load({ ...read, backend: "auto" });
    } finally {
      this.#side?.dispose();
      this.#side = null;
    }
    if (this.#failed) throw this.#failed;
    return begun;
  }

  /** Steps a second of an experiment on one of the two. */
  async #rate(read, backend) {
    await this.#load({ ...read, backend });
    let { step_ms } = await this.train({ steps: RACE_WARM_UP });
    // The first steps of a card make its programs.
    if (backend === "webgpu") ({ step_ms } = await this.train({ steps: RACE_WARM_UP }));
    const steps = Math.round(Math.min(Math.max(RACE_MS / Math.max(step_ms, 1e-3), 4), 20_000));
    return 1000 / Math.max((await this.train({ steps })).step_ms, 1e-6);
  }

  /** Goes on in another engine's worker, once everything that this one was asked has been answered. */
  async #adopt(side) {
    while (this.#waiting.size || side.#waiting.size) await pause(5);
    if (this.#failed) throw this.#failed;
    this.#alarm.abort();
    this.#worker.terminate();
    [this.#worker, this.#alarm, this.#sent, this.#filesOf] = [side.#worker, side.#alarm, side.#sent, side.#filesOf];
    this.#listen();
    side.on("error", (e) => this.#end(e));
    this.#side = null;
  }

  #began(l) {
    this.#loaded = true;
    // A browser may keep the card's name to itself: then it is empty.
    const adapter = l.backend === "webgpu" ? this.backend?.adapter : undefined;
    this.backend = { name: l.backend, reason: l.reason, ...(adapter !== undefined && { adapter }) };
    return { n_params: l.n_params, n_train: l.n_train, n_test: l.n_test, flops_per_step: l.flops_per_step, input: l.input };
  }

  /** Asks for the next frame if somebody listens and something may have changed. */
  #pull() {
    if (this.#pulling || this.#failed || !this.#loaded || !this.#listeners.size || !(this.#changed || this.#turn)) return;
    this.#pulling = true;
    this.#changed = false;
    this.#ask({ cmd: "frame", want: this.#wanted() }).then((frame) => this.#deliver(frame), noop);
  }

  #deliver(frame) {
    const data = this.#frame(frame);
    for (const { listener } of [...this.#listeners.values()]) {
      try {
        listener(data);
      } catch (e) {
        reportError(e);
      }
    }
    if (data.status.running) this.#changed = true;
    const next = () => { this.#pulling = false; this.#pull(); };
    if (typeof document === "undefined") setTimeout(next, 16);
    else requestAnimationFrame(next);
  }

  /** The union of what the listeners want. */
  #wanted() {
    const wants = new Map();
    for (const { want } of this.#listeners.values()) {
      for (const one of Object.entries(want).flatMap(([key, value]) => wanted(key, value, want))) wants.set(JSON.stringify(one), one);
    }
    return { curves_since: this.#curves.length, wants: [...wants.values()] };
  }

  /** A reply as listeners get it: arrays in place of buffer numbers, the whole curve in place of its news. */
  #frame({ reply: _, buffers, curves, curves_from, shown, ...rest }) {
    const frame = { ...rest, neurons: [], spread: [], looks: [], weights: [], ...NOTHING };
    for (const [kind, found] of shown.flatMap((s) => Object.entries(s))) {
      if (kind === "weight" || kind === "look") frame[`${kind}s`].push(found);
      else if (kind === "neurons") frame.neurons.push(...found);
      else if (kind !== "checkpoint" && kind !== "query") frame[kind] = found;
    }
    const array = (named) => named && { name: named.name, shape: named.shape, data: new Float32Array(buffers[named.buffer]) };
    const inside = (o) => { const { buffer, ...rest } = o; return { ...rest, data: new Float32Array(buffers[buffer]) }; };
    this.#curves.splice(curves_from, Infinity, ...curves);
    return {
      ...frame, curves: this.#curves,
      output: array(frame.output), scatter: array(frame.scatter), weights: frame.weights.map(array),
      neurons: frame.neurons.map(inside), mistakes: frame.mistakes && inside(frame.mistakes),
      forecast: frame.forecast && { ...frame.forecast, truth: new Float32Array(buffers[frame.forecast.truth]),
        forecast: new Float32Array(buffers[frame.forecast.forecast]) },
    };
  }

  #floats(data, path) {
    const isArray = Array.isArray(data) || (ArrayBuffer.isView(data) && !(data instanceof DataView));
    if (!isArray) throw this.#error(path, "array", null, { expected: "Float32Array" });
    return Float32Array.from(data).buffer; // a copy: the caller keeps its own
  }

  #shape(shape, path) {
    const whole = (n) => Number.isSafeInteger(n) && n >= 0;
    if (!Array.isArray(shape) || !shape.every(whole)) throw this.#error(path, "array", null, { expected: "[N, …]" });
    return shape;
  }

  #count(n, path) {
    if (!Number.isInteger(n) || n < 0 || n > 0xffff_ffff) throw this.#error(path, "array", null, { expected: "0, 1, 2, …" });
    return n;
  }

  #error(path, message, hint, args = {}) {
    const fill = (key) => (key ? this.#words[key].replace(/\{(\w+)\}/g, (_, name) => String(args[name] ?? "")) : "");
    return new GradariumError([{ path, message: fill(message), hint: fill(hint) }]);
  }

  #died(why) {
    this.#end(this.#error("", "died", "start_again", { why: why || "" }));
  }

  #end(error) {
    if (this.#failed) return;
    this.#stop(error);
    for (const listener of this.#errorListeners) listener(error);
  }

  /** Ends the worker; everything that waits, and every later call, rejects with `error`. */
  #stop(error) {
    this.#failed ??= error;
    this.#alarm.abort();
    this.#worker?.terminate();
    this.#side?.dispose();
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
    this.#listeners.clear();
  }
}

/** A page of another origin, such as a sandboxed frame, starts a worker only from an address that holds its code. */
function started(Kind, url) {
  const module = { type: "module" };
  try {
    return new Kind(url, module);
  } catch (e) {
    if (e.name !== "SecurityError") throw e;
    return new Kind(`data:text/javascript,${encodeURIComponent(`import ${JSON.stringify(url.href)}`)}`, module);
  }
}

/** What a `Worker` is to this file, but in the thread that is running: the same engine, the same messages, no thread between. */
class Here {
  static #latest = Promise.resolve();
  #host;

  constructor(url) {
    const tell = (e) => this.onerror?.({ message: e.message, preventDefault: noop });
    this.#host = {
      postMessage: (data) => this.onmessage?.({ data }), performance, navigator: {}, location: { search: "" },
      setTimeout: (job, ms) => setTimeout(job, ms),
    };
    this.postMessage = (data) => {
      try {
        this.#host.onmessage?.({ data });
      } catch (e) {
        tell(e);
      }
    };
    // One after the other: the engine finds its host under one name, while it starts.
    Here.#latest = Here.#latest.then(() => this.#start(url)).catch(tell);
  }

  async #start({ search }) {
    // A module of its own for each, which the search makes it, or all would share one engine.
    const program = new URLSearchParams(search).has("card") ? "card" : "worker";
    const { default: init } = await import(new URL(`./${program}.js${search}`, import.meta.url));
    globalThis.gradariumHost = this.#host;
    try {
      await init();
    } finally {
      delete globalThis.gradariumHost;
    }
  }

  terminate() {
    Object.assign(this.#host, { closed: true, onmessage: null, postMessage: noop });
  }
}

/** Arrays of an answer by their names. */
function named(values, buffers) {
  return Object.fromEntries(values.map((v) => [v.name, { shape: v.shape, data: new Float32Array(buffers[v.buffer]) }]));
}

function strip({ reply: _, buffers: _b, ...rest }) {
  return rest;
}

/** In pieces: a call takes only so many arguments. */
function toBase64(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

function pause(ms, value) {
  return new Promise((resolve) => setTimeout(resolve, ms, value));
}

function noop() {}
