// The machine's own Chromium, and how to start it. Used by the tests, the screenshots and the benchmarks.
import fs from "node:fs";
import path from "node:path";

// No sandbox: as root in a container Chromium has none to offer. The rest keeps it off the network it does not need.
export const FLAGS = [
  "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

/** $CHROMIUM, else the usual names on PATH. */
export function chromiumPath() {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
  const dirs = (process.env.PATH || "").split(path.delimiter);
  const found = [process.env.CHROMIUM, ...names.flatMap((n) => dirs.map((d) => path.join(d, n))), "/usr/bin/chromium"]
    .find((f) => f && fs.existsSync(f));
  if (!found) throw new Error("no Chromium: install it (apt-get install chromium) or set CHROMIUM to its path");
  return found;
}

export const launchOptions = (more = []) => ({ executablePath: chromiumPath(), args: [...FLAGS, ...more] });
