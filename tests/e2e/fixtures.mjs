// What every browser test starts from: a page whose errors fail the test that caused them.
import { test as base, expect } from "@playwright/test";

/**
 * What is folded away at first: a data set stands in the gallery unless it is a neighbour of the chosen one, a rare setting
 * in its fold. Whoever acts on such an element opens what it is in first, as a learner does.
 */
function unfolding(page) {
  const plain = page.getByTestId.bind(page);
  page.getByTestId = (id) => {
    const found = plain(id);
    if (typeof id !== "string") return found;
    const open = async () => {
      if (/^dataset-/.test(id) && !(await found.count())) await plain("gallery-open").click();
      // A panel that is still arriving has no fold yet.
      await found.first().waitFor({ state: "attached", timeout: 10_000 }).catch(() => {});
      for (const which of ["data-more", "setup-more"]) {
        const fold = page.locator(`details:not([open]):has(> summary[data-testid=${which}])`);
        if (await fold.locator(`[data-testid="${id}"]`).count() && id !== which) await plain(which).click();
      }
    };
    return opening(found, open);
  };
  return page;
}

const ACTS = ["click", "fill", "check", "uncheck", "selectOption", "press", "focus", "hover", "setChecked", "dblclick", "setInputFiles"];
const PARTS = ["locator", "first", "last", "nth", "filter", "getByText", "getByRole"];

/** The same element, and what is found in it, opened before it is acted on. */
function opening(found, open) {
  for (const act of ACTS) {
    const does = found[act].bind(found);
    found[act] = async (...args) => { await open(); return does(...args); };
  }
  for (const part of PARTS) {
    const of = found[part].bind(found);
    found[part] = (...args) => opening(of(...args), open);
  }
  return found;
}

export const test = base.extend({
  page: async ({ page }, use) => use(unfolding(page)),

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
