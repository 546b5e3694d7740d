// The tables of a benchmark run. Not responsible for measuring.

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const digits = (x, n = 3) => (Number.isFinite(x) ? String(Number(x.toPrecision(n))) : "–");

export const heading = (w, { peak }) =>
  `${w.id}: ${w.title}; ${digits(w.flops / 1e6, 4)} MFLOP a step; this core's wasm peak in this run ${digits(peak.gflops)} GFLOP/s`;

/** One row an engine: { id, ms, min, max, gflops, share (of the peak), ratio (times tf.js's speed), loss20, text }. */
export function table(w, { peak, engines }, configs) {
  const reference = (engines["tfjs-wasm"] ?? engines["tfjs-webgpu"])?.samples?.length ? median((engines["tfjs-wasm"] ?? engines["tfjs-webgpu"]).samples) : NaN;
  return configs.filter((c) => engines[c.id]).map(({ id, label }) => {
    const r = engines[id], name = label.padEnd(20);
    if (r.na) return { id, label, na: r.na, text: `  ${name} not measured: ${r.na}` };
    if (r.error || !r.samples?.length) return { id, label, error: r.error || "no samples", text: `  ${name} FAILED: ${r.error}` };
    const ms = median(r.samples), min = Math.min(...r.samples), max = Math.max(...r.samples);
    const gflops = w.flops / ms / 1e6, share = gflops / peak.gflops, ratio = reference / ms, loss20 = r.losses?.[20];
    const cells = [
      `${digits(ms)} ms [${digits(min)}–${digits(max)}]`.padEnd(28), `${digits(gflops)} GFLOP/s`.padEnd(15),
      `${digits(100 * share)} % of peak`.padEnd(17), `${digits(ratio)}× tf.js`.padEnd(13),
      loss20 == null || Number.isNaN(loss20) || w.kernel ? "" : `loss after 20 steps ${loss20.toFixed(5)}`,
      r.info?.differs ? `(${r.info.differs})` : "",
    ];
    return { id, label, ms, min, max, gflops, share, ratio, loss20, text: `  ${name} ${cells.join(" ").trimEnd()}` };
  });
}

/** Ours beside the fastest other engine of the run, or nothing where one of the two is missing. */
export function verdict(rows) {
  const ours = rows.find((r) => r.id === "ours" && r.ms);
  const before = rows.find((r) => r.id === "before" && r.ms);
  const others = rows.filter((r) => r !== ours && r !== before && r.ms).sort((a, b) => a.ms - b.ms);
  const since = ours && before ? `  → ${digits(before.ms / ours.ms)}× the build before` : "";
  if (!ours || !others.length) return since;
  return `${since ? `${since}\n` : ""}  → ${digits(others[0].ms / ours.ms)}× the fastest other engine here (${others[0].label})`;
}
