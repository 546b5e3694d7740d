// Keeps the site in the browser, so that it works without a network. files.js, written by the build, names every file with
// its SHA-256: what is kept is kept under that hash, so an old and a new version lie side by side and share what is the same.
//
// Everything but the data is kept when this is installed, data when they are used or asked for. A newer version waits until
// the page says {take: true}. The page may also say {keep: [addresses]} or {keep: "all"} and is told {kept, all, done, failed},
// in bytes. Not responsible for what the page says of it (src/ui/offline.rs).
importScripts("files.js");

const files = self.gradariumFiles;
const HOME = self.registration.scope;
const CACHE = `gradarium ${HOME}`;
const place = (path) => `${HOME}${path}?${files[path][0]}`;
// A host may send /index.html on to the folder; a page that was sent on cannot be shown from here.
const address = (path) => (path === "index.html" ? HOME : HOME + path);

/** The path below the site's folder that an address names, if it is a file of this version. */
function known(url) {
  const { origin, pathname } = new URL(url);
  if (!(origin + pathname).startsWith(HOME)) return undefined;
  const path = decodeURIComponent((origin + pathname).slice(HOME.length)) || "index.html";
  return Object.hasOwn(files, path) ? path : undefined;
}

async function kept(path) {
  return (await caches.open(CACHE)).match(place(path));
}

/** Fetches a file and keeps it. What is not the file of this version is given on, not kept: the host has a newer one by now. */
async function bring(path) {
  let answer;
  for (const cache of ["default", "reload"]) {
    answer = await fetch(address(path), { cache });
    if (!answer.ok) return answer;
    const digest = await crypto.subtle.digest("SHA-256", await answer.clone().arrayBuffer());
    const hash = Array.from(new Uint8Array(digest), (b) => b.toString(16).padStart(2, "0")).join("");
    if (hash === files[path][0]) {
      const whole = answer.redirected ? new Response(await answer.blob(), { headers: answer.headers }) : answer;
      await (await caches.open(CACHE)).put(place(path), whole.clone());
      return whole;
    }
  }
  return answer;
}

/** Keeps a file unless it is; false if it could not be had. */
async function keep(path) {
  return !!(await kept(path)) || (await bring(path).catch(() => undefined), !!(await kept(path)));
}

addEventListener("install", (event) => {
  const all = async () => {
    // One after the other: the page may be fetching data, and comes first.
    for (const path of Object.keys(files)) {
      if (!path.startsWith("data/") && !(await keep(path))) throw new Error(`${path} is not what files.js says`);
    }
  };
  event.waitUntil(all());
});

addEventListener("activate", (event) => {
  const tidy = async () => {
    const cache = await caches.open(CACHE);
    const mine = new Set(Object.keys(files).map(place));
    for (const { url } of await cache.keys()) if (!mine.has(url)) await cache.delete(url);
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const path = request.method === "GET" ? known(request.url) : undefined;
  if (path === undefined) return;
  const answer = async () => {
    const found = (await kept(path)) ?? (await bring(path));
    // Without an address of its own an answer takes the request's, with its search, which the training worker reads.
    const plain = request.url === address(path) && request.mode !== "navigate";
    return plain ? found : new Response(found.body, { status: found.status, statusText: found.statusText, headers: found.headers });
  };
  event.respondWith(answer());
});

addEventListener("message", (event) => {
  const { take, keep: wanted } = event.data ?? {};
  if (take) return void self.skipWaiting();
  const paths = wanted === "all" ? Object.keys(files) : Array.isArray(wanted) ? wanted.map(known).filter((p) => p) : [];
  event.waitUntil(fetchAll(paths, (how) => event.source?.postMessage(how)));
});

async function fetchAll(paths, tell) {
  const all = Object.values(files).reduce((sum, [, bytes]) => sum + bytes, 0);
  const has = new Set((await (await caches.open(CACHE)).keys()).map((r) => r.url));
  const got = new Set(Object.keys(files).filter((path) => has.has(new URL(place(path)).href)));
  let failed = false;
  const say = (done) => tell({ kept: [...got].reduce((sum, path) => sum + files[path][1], 0), all, done, failed });
  for (const path of paths.filter((p) => !got.has(p))) {
    if (await keep(path)) got.add(path);
    else failed = true;
    say(false);
  }
  say(true);
}
