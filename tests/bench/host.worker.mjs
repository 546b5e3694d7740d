// Hosts one engine's adapter in a worker and times it there, so that the page's own messages are not in the figures.
import { materialize } from "./workloads.mjs";

let adapter, session;
const commands = {
  async load({ url }) {
    adapter = (await import(url)).default;
    return { name: adapter.name, version: adapter.version };
  },
  init: ({ options }) => adapter.init(options || {}),
  async create({ id }) {
    const m = materialize(id), supported = adapter.supports ? adapter.supports(id, m.w) : true;
    if (supported !== true) return { na: supported };
    session = await adapter.create(m);
    return {};
  },
  // blocks × k steps, the loss read back once per k steps, as in the project's peer benchmark
  async run({ k, blocks = 1 }) {
    let loss;
    const began = performance.now();
    for (let b = 0; b < blocks; b++) loss = await session.run(k);
    return { ms: performance.now() - began, loss };
  },
  probe: ({ arg }) => adapter.probe(arg),
  info: () => session.info?.() ?? {},
};

self.onmessage = async ({ data: { seq, command, ...args } }) => {
  try {
    self.postMessage({ seq, ok: await commands[command](args) });
  } catch (e) {
    const problems = e?.problems ? " " + JSON.stringify(e.problems) : "";
    self.postMessage({ seq, error: (String(e?.message || e) + problems).slice(0, 600) });
  }
};
self.postMessage({ ready: true });
