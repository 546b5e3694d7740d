// The page's side: window.bench(id, engines) runs one workload over several engines, interleaved: in every round each is
// timed once, in turn, so that a machine that slows down slows them all.
class Engine {
  constructor(config) {
    this.config = config;
    this.sent = 0;
    this.waiting = new Map();
  }
  start() {
    this.worker = new Worker("/bench/host.worker.js", { type: "module" });
    return new Promise((resolve, reject) => {
      this.worker.onmessage = ({ data }) => {
        if (data.ready) return resolve();
        const promise = this.waiting.get(data.seq);
        this.waiting.delete(data.seq);
        if (data.error === undefined) promise.resolve(data.ok);
        else promise.reject(new Error(data.error));
      };
      this.worker.onerror = (e) => {
        const error = new Error("worker: " + e.message);
        reject(error);
        for (const promise of this.waiting.values()) promise.reject(error);
      };
    });
  }
  call(command, args = {}, timeoutMs = 120000) {
    const seq = ++this.sent;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => { this.waiting.delete(seq); this.stop(); reject(new Error(`no answer to ${command}`)); }, timeoutMs);
      this.waiting.set(seq, {
        resolve: (v) => { clearTimeout(timer); resolve(v); },
        reject: (e) => { clearTimeout(timer); reject(e); },
      });
      this.worker.postMessage({ seq, command, ...args });
    });
  }
  stop() {
    this.worker?.terminate();
    this.stopped = true;
  }
}

window.probe = async (config) => {
  const engine = new Engine(config);
  await engine.start();
  await engine.call("load", { url: config.url });
  const result = await engine.call("probe", {});
  engine.stop();
  return result;
};

/** Starts an engine on a workload, checks its losses, warms it up and decides how much work one sample is. */
async function prepare(engine, id, result, o) {
  await engine.start();
  Object.assign(result, await engine.call("load", { url: engine.config.url }));
  await engine.call("init", { options: engine.config.options });
  const created = await engine.call("create", { id });
  if (created.na) { result.na = created.na; return false; }
  const first = await engine.call("run", { k: 1 });
  result.losses = { 1: first.loss };
  await engine.call("run", { k: 1 });
  const rest = await engine.call("run", { k: 18 });
  result.losses[20] = rest.loss;
  let stepMs = rest.ms / 18;
  // engines compile hot code again while they run: measure what is left once they have
  for (let spent = 0, done = 20; spent < o.warmMs && done < o.maxSteps / 3; done += o.k) {
    const q = await engine.call("run", { k: o.k });
    stepMs = q.ms / o.k;
    spent += q.ms;
  }
  result.k = o.k;
  result.blocks = Math.max(1, Math.ceil(o.sampleMs / (stepMs * o.k)));
  result.samples = [];
  return true;
}

window.bench = async (id, configs, options = {}) => {
  const o = { rounds: 11, k: 20, sampleMs: 60, warmMs: 900, maxSteps: 20000, ...options };
  const results = {}, live = [];
  for (const config of configs) {
    const result = (results[config.id] = {}), engine = new Engine(config);
    try {
      if (await prepare(engine, id, result, o)) live.push([engine, result]);
      else engine.stop();
    } catch (e) {
      result.error = e.message;
      engine.stop();
    }
  }
  for (let round = 0; round < o.rounds; round++) for (const [engine, result] of live) {
    if (engine.stopped) continue;
    try {
      const q = await engine.call("run", { k: result.k, blocks: result.blocks });
      result.samples.push(q.ms / (result.k * result.blocks));
      result.lastLoss = q.loss;
    } catch (e) {
      result.error = e.message;
      engine.stop();
    }
  }
  for (const [engine, result] of live) {
    if (!engine.stopped) result.info = await engine.call("info");
    engine.stop();
  }
  return results;
};
window.ready = true;
