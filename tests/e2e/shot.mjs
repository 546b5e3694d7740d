// A picture of a page of the built site, and everything its console says.
//   node tests/e2e/shot.mjs --dist DIR --out DIR [--url '#/play'] [--lang en|zh] [--theme light|dark]
//        [--width 1440] [--height 900] [--wait ms] [--name NAME] [--click TESTID]… [--viewport-only]
// --lang and --theme become query fields of the hash route (#/play?lang=zh&theme=dark). Exit code 1 if the page threw.
import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { launchOptions } from "./browser.mjs";
import { serve, siteMounts } from "./server.mjs";

const { values: o } = parseArgs({
  options: {
    dist: { type: "string", default: "dist" }, out: { type: "string", default: "tests/e2e/shots" }, url: { type: "string", default: "#/play" },
    lang: { type: "string" }, theme: { type: "string" }, width: { type: "string", default: "1440" }, height: { type: "string", default: "900" },
    wait: { type: "string", default: "1500" }, name: { type: "string" }, click: { type: "string", multiple: true, default: [] },
    "viewport-only": { type: "boolean", default: false },
  },
});
const { chromium } = await import("@playwright/test").catch(() => {
  console.error("the Node modules are missing: run `npm ci` in tests/e2e once");
  process.exit(2);
});
if (!fs.existsSync(path.join(o.dist, "index.html"))) {
  console.error(`no site in ${o.dist}: run \`cargo xtask build --dev --dist ${o.dist}\` first`);
  process.exit(2);
}

const fields = ["lang", "theme"].filter((f) => o[f]).map((f) => `${f}=${o[f]}`).join("&");
const route = fields ? o.url + (o.url.includes("?") ? "&" : "?") + fields : o.url;
const name = o.name || [o.url.replace(/[^a-z0-9]+/gi, "-").replace(/^-|-$/g, "") || "root", o.lang, o.theme, o.width].filter(Boolean).join("-");
fs.mkdirSync(o.out, { recursive: true });

const site = await serve(siteMounts(o.dist));
const browser = await chromium.launch(launchOptions());
let threw = 0;
try {
  const page = await browser.newPage({ viewport: { width: Number(o.width), height: Number(o.height) } });
  page.on("console", (m) => console.log(`console.${m.type()}: ${m.text()}`));
  page.on("pageerror", (e) => { threw += 1; console.log(`page error: ${e.stack || e.message}`); });
  page.on("requestfailed", (r) => console.log(`request failed: ${r.url()} ${r.failure()?.errorText}`));
  page.on("response", (r) => { if (r.status() >= 400) console.log(`${r.status()}: ${r.url()}`); });
  await page.goto(site.url + "index.html" + route);
  await page.waitForTimeout(Number(o.wait));
  for (const id of o.click) {
    await page.getByTestId(id).first().click({ timeout: 5000 });
    await page.waitForTimeout(400);
  }
  const file = path.join(o.out, `${name}.png`);
  await page.screenshot({ path: file, fullPage: !o["viewport-only"] });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) console.log(`the page is ${wide} px wider than the window`);
  console.log(file);
} finally {
  await browser.close();
  site.close();
}
process.exitCode = threw ? 1 : 0;
