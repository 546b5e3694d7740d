// A plain static server for the tests, the screenshots and the benchmarks. The site is at the root and again below
// /some/sub-folder/, since it must work from any folder of any host.
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import zlib from "node:zlib";
import { pathToFileURL } from "node:url";

const TYPES = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8", ".json": "application/json", ".wasm": "application/wasm", ".svg": "image/svg+xml",
  ".png": "image/png", ".csv": "text/plain; charset=utf-8", ".txt": "text/plain; charset=utf-8", ".md": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
};
export const SUB_FOLDER = "/some/sub-folder/";

/**
 * Serves folders: `mounts` is [[prefix, folder], …], the first that holds the file answers.
 * isolated: send the headers that make a page cross-origin isolated (precise clocks, threads).
 * gzip: compress what compresses, as a real host does.
 * line: { bits_per_s, delay_ms }: answers come that much later, and all of them share that many bits a second.
 * Resolves to { port, url, log, server, close }; log holds { path, status, bytes } of every answer.
 */
export function serve(mounts, { port = 0, isolated = false, gzip = false, line } = {}) {
  const log = [];
  const send = line ? paced(line) : (response, body) => response.end(body);
  // Compressed once, as a real host does: the time it takes here would be measured as the page's.
  const zipped = new Map();
  const server = http.createServer((request, response) => {
    const name = decodeURIComponent(request.url.split("?")[0]);
    const file = find(mounts, name);
    response.setHeader("cache-control", "no-store");
    if (isolated) {
      response.setHeader("cross-origin-opener-policy", "same-origin");
      response.setHeader("cross-origin-embedder-policy", "require-corp");
      response.setHeader("cross-origin-resource-policy", "same-origin");
    }
    if (!file) {
      log.push({ path: name, status: 404, bytes: 0 });
      response.writeHead(404, { "content-type": "text/plain" }).end("not here\n");
      return;
    }
    let body = fs.readFileSync(file);
    if (gzip) {
      if (!zipped.has(file)) zipped.set(file, zlib.gzipSync(body, { level: 9 }));
      body = zipped.get(file);
      response.setHeader("content-encoding", "gzip");
    }
    log.push({ path: name, status: 200, bytes: body.length });
    response.writeHead(200, { "content-type": TYPES[path.extname(file)] || "application/octet-stream", "content-length": body.length });
    send(response, request.method === "HEAD" ? undefined : body);
  });
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const real = server.address().port;
      resolve({ port: real, url: `http://127.0.0.1:${real}/`, log, server, close: () => server.close() });
    });
  });
}

/** What one frame of such a line carries, in bytes. */
const CHUNK = 1400;

/** Sends bodies over a line of that speed: each waits for its delay, then all take turns, a chunk each. */
function paced({ bits_per_s, delay_ms }) {
  const sending = [];
  let since = 0, due = 0, timer;
  const tick = () => {
    const may = ((performance.now() - since) / 1000) * bits_per_s / 8;
    while (sending.length && due < may) {
      const turn = sending.shift();
      // Whoever has gone away takes nothing of the line.
      if (turn.response.destroyed) continue;
      const chunk = turn.body.subarray(turn.at, turn.at + CHUNK);
      turn.at += CHUNK;
      due += chunk.length;
      if (turn.at < turn.body.length) {
        turn.response.write(chunk);
        sending.push(turn);
      } else {
        turn.response.end(chunk);
      }
    }
    if (!sending.length) timer = clearInterval(timer);
  };
  return (response, body = Buffer.alloc(0)) => setTimeout(() => {
    if (!timer) [since, due, timer] = [performance.now(), 0, setInterval(tick, 2)];
    sending.push({ response, body, at: 0 });
  }, delay_ms);
}

function find(mounts, name) {
  for (const [prefix, folder] of mounts) {
    if (!name.startsWith(prefix)) continue;
    const root = path.resolve(folder);
    let file = path.join(root, name.slice(prefix.length));
    if (file !== root && !file.startsWith(root + path.sep)) continue;
    if (fs.existsSync(file) && fs.statSync(file).isDirectory()) file = path.join(file, "index.html");
    if (fs.existsSync(file)) return file;
  }
  return null;
}

/** The site at the root and in a sub-folder. */
export const siteMounts = (dist) => [[SUB_FOLDER, dist], ["/", dist]];

// node server.mjs DIST PORT: what the Playwright configuration starts
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [dist, port] = process.argv.slice(2);
  const { url } = await serve(siteMounts(dist), { port: Number(port) });
  console.log(`serving ${dist} at ${url}`);
}
