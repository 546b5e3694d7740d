// What looking costs: training speed with every panel on the screen against all hidden, the longest task of the page's main
// thread meanwhile, and how soon Pause is answered. The whole page, its default experiment.
import { launchOptions } from "../e2e/browser.mjs";
import { serve } from "../e2e/server.mjs";

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const HIDE = '[data-testid^="panel-"] { display: none !important; }';
const byId = (id) => `[data-testid="${id}"]`;

/** Steps a second over `seconds`, read off the page's own counter. */
async function rate(page, seconds) {
  const read = () => page.evaluate((selector) => ({
    steps: Number(document.querySelector(selector).textContent.replace(/\D/g, "")), at: performance.now(),
  }), byId("step-count"));
  await page.waitForTimeout(700); // until the change has reached the worker
  const before = await read();
  await page.waitForTimeout(seconds * 1000);
  const after = await read();
  return (1000 * (after.steps - before.steps)) / (after.at - before.at);
}

/** From the click on Pause to the button that says Play, in ms. */
async function pauseLatency(page) {
  const ms = await page.evaluate(({ pause, play }) => new Promise((resolve, reject) => {
    const began = performance.now();
    const timer = setTimeout(() => reject(new Error("Pause was not answered in 5 s")), 5000);
    const look = () => {
      if (!document.querySelector(play)) return requestAnimationFrame(look);
      clearTimeout(timer);
      resolve(performance.now() - began);
    };
    document.querySelector(pause).click();
    look();
  }), { pause: byId("pause"), play: byId("play") });
  await page.click(byId("play"));
  await page.waitForSelector(byId("pause"));
  return ms;
}

/** { shown, hidden, share, longestTaskMs, longTasks, pauseMs } or { error }. */
export async function measurePanels(chromium, mounts, rounds) {
  const site = await serve(mounts);
  const browser = await chromium.launch(launchOptions());
  try {
    // tall enough for every panel to be on the screen at once
    const page = await browser.newPage({ viewport: { width: 1440, height: 3000 } });
    await page.addInitScript(() => {
      window.longTasks = [];
      new PerformanceObserver((list) => { for (const e of list.getEntries()) window.longTasks.push(e.duration); }).observe({ type: "longtask" });
    });
    await page.goto(site.url);
    await page.waitForSelector(`${byId("play")}, ${byId("pause")}`);
    if (await page.isVisible(byId("play"))) await page.click(byId("play"));
    await page.waitForSelector(byId("pause"));
    await page.selectOption(byId("speed"), "max");
    await page.waitForTimeout(3000); // the first seconds compile
    await page.evaluate(() => { window.longTasks.length = 0; });
    const shown = [], hidden = [];
    for (let r = 0; r < rounds; r++) {
      shown.push(await rate(page, 2));
      const style = await page.addStyleTag({ content: HIDE });
      hidden.push(await rate(page, 2));
      await style.evaluate((node) => node.remove());
    }
    const tasks = await page.evaluate(() => window.longTasks);
    const pause = [];
    for (let i = 0; i < 5; i++) {
      pause.push(await pauseLatency(page));
      await page.waitForTimeout(300);
    }
    return {
      shown: median(shown), hidden: median(hidden), share: median(shown) / median(hidden),
      longTasks: tasks.length, longestTaskMs: Math.max(0, ...tasks), pauseMs: Math.max(...pause),
    };
  } catch (e) {
    return { error: e.message.split("\n")[0] };
  } finally {
    await browser.close();
    site.close();
  }
}

export function panelLines(r) {
  if (r.error) return [`  FAILED: ${r.error}`];
  return [
    `  ${r.shown.toFixed(0)} steps/s with every panel on the screen, ${r.hidden.toFixed(0)} with all hidden: ${(100 * r.share).toFixed(0)} %`,
    `  main thread: ${r.longTasks} tasks over 50 ms${r.longTasks ? `, the longest ${r.longestTaskMs.toFixed(0)} ms` : ""}; Pause answered within ${r.pauseMs.toFixed(0)} ms`,
  ];
}
