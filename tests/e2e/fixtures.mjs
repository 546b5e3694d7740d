// What every browser test starts from: a page whose errors fail the test that caused them.
import { test as base, expect } from "@playwright/test";

export const test = base.extend({
  /** Everything that went wrong on the page: exceptions, console errors, failed requests. A test that expects some empties it. */
  problems: [async ({ page }, use) => {
    const problems = [];
    page.on("pageerror", (e) => problems.push(`exception: ${e.message}`));
    page.on("console", (m) => { if (m.type() === "error") problems.push(`console: ${m.text()}`); });
    page.on("response", (r) => { if (r.status() >= 400) problems.push(`${r.status()}: ${r.url()}`); });
    await use(problems);
    expect(problems, "what went wrong on the page").toEqual([]);
  }, { auto: true }],
});
export { expect };
