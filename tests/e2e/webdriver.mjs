// Firefox and WebKitGTK through what they understand themselves: WebKitWebDriver's HTTP, and Firefox's Marionette, which is
// what geckodriver speaks to it. Commands and answers are those of WebDriver; nothing of npm is needed.
import { spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** The first of these that is there: absolute paths, or names on PATH. */
export function found(...names) {
  const dirs = (process.env.PATH || "").split(path.delimiter);
  const all = names.filter(Boolean).flatMap((n) => (path.isAbsolute(n) ? [n] : dirs.map((d) => path.join(d, n))));
  return all.find((f) => fs.existsSync(f));
}

const freePort = () => new Promise((done, fail) => {
  const server = net.createServer().on("error", fail);
  server.listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

/** Does `attempt` until it gives something; at the end says what it waited for. */
export async function until(what, attempt, ms = 30_000) {
  const end = Date.now() + ms;
  let last;
  for (;;) {
    try {
      const got = await attempt();
      if (got) return got;
    } catch (e) {
      last = e;
    }
    if (Date.now() > end) throw new Error(`waited ${ms / 1000} s for ${what}${last ? `: ${last.message}` : ""}`);
    await pause(100);
  }
}

/** A program that ends with this one. */
function start(program, args, env = {}) {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ["ignore", "ignore", "pipe"] });
  child.said = "";
  child.stderr.on("data", (d) => { child.said = (child.said + d).slice(-4000); });
  child.on("error", (e) => { child.said += e.message; });
  return child;
}

async function stop(child) {
  if (child.exitCode !== null) return;
  const gone = new Promise((done) => child.once("exit", done));
  child.kill();
  if ((await Promise.race([gone, pause(5000).then(() => "late")])) === "late") child.kill("SIGKILL");
}

/** A screen for browsers that have no headless mode: the one that is there, or Xvfb's. */
async function screen() {
  if (process.env.DISPLAY) return { env: {}, close: async () => {} };
  const xvfb = found("Xvfb");
  if (!xvfb) throw new Error("WebKitGTK needs a screen: apt-get install xvfb, or set DISPLAY");
  const child = spawn(xvfb, ["-displayfd", "3", "-screen", "0", "1600x1000x24", "-nolisten", "tcp"], { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  let number = "";
  child.stdio[3].on("data", (d) => { number += d; });
  await until("Xvfb", () => number.endsWith("\n"));
  return { env: { DISPLAY: `:${number.trim()}` }, close: () => stop(child) };
}

/** What both browsers can do, over `command(name, http, parameters)`. */
class Session {
  /** @param about {name, version} */
  constructor(about, command, close) {
    Object.assign(this, { about, command, close });
  }

  goto(url) {
    return this.command("WebDriver:Navigate", ["POST", "url"], { url });
  }

  /** A function run in the page with these arguments; a promise is waited for. */
  async run(work, ...args) {
    const script = `const done = arguments[arguments.length - 1];
      Promise.resolve((${work})(...[...arguments].slice(0, -1))).then((v) => done([v ?? null]), (e) => done([null, String(e && e.stack || e)]));`;
    const [value, error] = await this.command("WebDriver:ExecuteAsyncScript", ["POST", "execute/async"], { script, args });
    if (error) throw new Error(`in the page: ${error}`);
    return value;
  }

  async element(css) {
    const got = await this.command("WebDriver:FindElement", ["POST", "element"], { using: "css selector", value: css });
    return got[ELEMENT];
  }

  async click(css) {
    const id = await this.element(css);
    await this.command("WebDriver:ElementClick", ["POST", `element/${id}/click`], { id });
  }

  /** Types into an element; into a chooser of files, a path. */
  async type(css, text) {
    const id = await this.element(css);
    await this.command("WebDriver:ElementSendKeys", ["POST", `element/${id}/value`], { id, text });
  }
}

/** WebKitGTK's own small browser. */
export async function webkit() {
  const driver = found(process.env.WEBKIT_DRIVER, "WebKitWebDriver");
  const browser = found(process.env.MINIBROWSER, "MiniBrowser", ...["4.1", "6.0", "4.0"].flatMap((v) =>
    ["x86_64-linux-gnu", "aarch64-linux-gnu"].map((a) => `/usr/lib/${a}/webkit2gtk-${v}/MiniBrowser`)));
  if (!driver || !browser) throw new Error("no WebKitGTK: apt-get install webkit2gtk-driver");
  const shown = await screen();
  const port = await freePort();
  // A home of its own, so that nothing that was kept before is met.
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "gradarium-webkit-"));
  const env = { ...shown.env, XDG_DATA_HOME: home, XDG_CACHE_HOME: home, XDG_CONFIG_HOME: home, LIBGL_ALWAYS_SOFTWARE: "1" };
  // As root WebKit cannot set up its sandbox in a container.
  const child = start(driver, [`--port=${port}`], { ...env, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" });
  const ask = async (method, at, body) => {
    const answer = await fetch(`http://127.0.0.1:${port}/session${at}`, { method, body: body && JSON.stringify(body) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  const close = async (id) => {
    if (id) await ask("DELETE", `/${id}`).catch(() => {});
    await stop(child);
    await shown.close();
    fs.rmSync(home, { recursive: true, force: true });
  };
  try {
    const args = ["--automation"];
    const always = { "webkitgtk:browserOptions": { binary: browser, args } };
    const made = await until("WebKitWebDriver", () => ask("POST", "", { capabilities: { alwaysMatch: always } }));
    const about = { name: "WebKitGTK", version: made.capabilities.browserVersion };
    const session = new Session(about, (_, [method, at], body) => ask(method, `/${made.sessionId}/${at}`, body), () => close(made.sessionId));
    await session.command("", ["POST", "timeouts"], { script: 60_000, pageLoad: 60_000 });
    return session;
  } catch (e) {
    await close();
    throw new Error(`${e.message}\n${child.said}`);
  }
}

/** Firefox without a window, spoken to in its own protocol: length, colon, [type, number, error or name, value]. */
export async function firefox() {
  const browser = found(process.env.FIREFOX, "firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox");
  if (!browser) throw new Error("no Firefox: apt-get install firefox-esr, or set FIREFOX to its path");
  const port = await freePort();
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), "gradarium-firefox-"));
  const wishes = {
    "marionette.port": port, "browser.shell.checkDefaultBrowser": false, "datareporting.policy.dataSubmissionEnabled": false,
    "app.normandy.enabled": false, "browser.aboutwelcome.enabled": false, "toolkit.telemetry.reportingpolicy.firstRun": false,
    "browser.startup.page": 0, "browser.safebrowsing.downloads.enabled": false, "extensions.update.enabled": false,
    // A page that trains may ask before it is left; nobody is there to answer.
    "dom.disable_beforeunload": true,
  };
  fs.writeFileSync(path.join(profile, "user.js"), Object.entries(wishes).map(([k, v]) => `user_pref("${k}", ${JSON.stringify(v)});\n`).join(""));
  const child = start(browser, ["--headless", "--no-remote", "--marionette", "--profile", profile], { MOZ_REMOTE_SETTINGS_DEVTOOLS: "0" });
  const close = async () => {
    await stop(child);
    fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const command = await marionette(port);
    const made = await command("WebDriver:NewSession", null, {});
    await command("WebDriver:SetTimeouts", null, { script: 60_000, pageLoad: 60_000 });
    // Some answers are wrapped, as geckodriver unwraps them.
    const plain = async (name, _, body) => {
      const got = await command(name, _, body);
      return got && typeof got === "object" && Object.keys(got).length === 1 && "value" in got ? got.value : got;
    };
    return new Session({ name: "Firefox", version: made.capabilities.browserVersion }, plain, close);
  } catch (e) {
    await close();
    throw new Error(`${e.message}\n${child.said}`);
  }
}

/** A connection to Firefox: sends a command and waits for its answer. */
async function marionette(port) {
  const socket = await until("Firefox", () => new Promise((done, fail) => {
    const s = net.connect(port, "127.0.0.1", () => done(s)).once("error", fail);
  }), 60_000);
  const waiting = new Map();
  let buffer = Buffer.alloc(0), number = 0, hello;
  const greeted = new Promise((done) => { hello = done; });
  const fail = (e) => { for (const [, no] of waiting.values()) no(e); waiting.clear(); };
  socket.on("error", fail).on("close", () => fail(new Error("Firefox is gone")));
  socket.on("data", (d) => {
    buffer = Buffer.concat([buffer, d]);
    for (;;) {
      const colon = buffer.indexOf(":");
      const size = Number(buffer.subarray(0, Math.max(colon, 0)));
      if (colon < 0 || buffer.length < colon + 1 + size) return;
      const message = JSON.parse(buffer.subarray(colon + 1, colon + 1 + size));
      buffer = buffer.subarray(colon + 1 + size);
      if (!Array.isArray(message)) { hello(); continue; }
      const [, id, error, value] = message;
      const [yes, no] = waiting.get(id) ?? [];
      waiting.delete(id);
      if (error) no?.(new Error(`${error.error}: ${error.message}`)); else yes?.(value);
    }
  });
  await greeted;
  return (name, _, body) => new Promise((yes, no) => {
    waiting.set(++number, [yes, no]);
    const text = JSON.stringify([0, number, name, body ?? {}]);
    socket.write(`${Buffer.byteLength(text)}:${text}`);
  });
}
