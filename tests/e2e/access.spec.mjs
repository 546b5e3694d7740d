// For everyone: keyboard, readers, narrow screens, both languages.
import { test, expect } from "./fixtures.mjs";
import { classes, dense, open, pause, reset, settled, spec, steps } from "./lab.mjs";

const PAGES = {
  "the plane": "#/play",
  "a table": spec(classes("iris", [dense(16, "relu"), dense()])),
  "a sequence": spec({
    data: { set: "text", text: "rose tulip ".repeat(40), context: 8 }, task: { type: "language_model" },
    model: { layers: [{ type: "embedding", units: 8 }, { type: "lstm", units: 8, return_sequences: true }, { type: "attention", heads: 2 }, dense()] },
  }),
  "pictures": spec(classes("digits8", [{ type: "conv2d", filters: 4, kernel: 3, activation: "relu" }, { type: "conv2d", filters: 3, kernel: 3 }, { type: "flatten" }, dense()])),
  "a regression": spec({ data: { set: "plane" }, model: { layers: [dense(4, "tanh"), dense()] }, task: { type: "regression" } }),
};

for (const lang of ["en", "zh"]) {
  for (const [what, hash] of Object.entries(PAGES)) {
    test(`every control has a test id and a name: ${what}, ${lang}`, async ({ page }) => {
      await open(page, `${hash}${hash.includes("?") ? "&" : "?"}lang=${lang}`);
      await pause(page);
      await page.locator("details").evaluateAll((all) => all.forEach((d) => { d.open = true; }));
      const bad = await page.evaluate(() => {
        const named = (e) => {
          const by = e.getAttribute("aria-labelledby");
          const labels = e.labels ? [...e.labels].map((l) => l.textContent).join("") : "";
          const referred = by ? by.split(" ").map((id) => document.getElementById(id)?.textContent ?? "").join("") : "";
          return [e.getAttribute("aria-label"), referred, labels, e.tagName === "BUTTON" || e.tagName === "A" ? e.textContent : "", e.title]
            .some((s) => s && s.trim());
        };
        const all = document.querySelectorAll("button, input, select, textarea, a[href], [role=button], [role=slider], [role=img], canvas");
        const bad = [];
        for (const e of all) {
          if (e.closest("[aria-hidden=true]") || e.hidden) continue;
          const where = e.outerHTML.slice(0, 120);
          if (!e.matches("canvas, [role=img]") && !e.dataset.testid) bad.push(`no test id: ${where}`);
          if (!named(e) && !e.closest("[role=img][aria-label]")) bad.push(`no name: ${where}`);
        }
        const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
        for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) bad.push(`id twice: ${id}`);
        for (const e of document.querySelectorAll("[aria-describedby]")) {
          const found = e.getAttribute("aria-describedby").split(" ").some((id) => document.getElementById(id));
          if (!found) bad.push(`described by nothing: ${e.outerHTML.slice(0, 120)}`);
        }
        return bad;
      });
      expect(bad).toEqual([]);
    });
  }
}

test("test ids are not used twice", async ({ page }) => {
  await open(page);
  const twice = await page.evaluate(() => {
    const ids = [...document.querySelectorAll("[data-testid]")].map((e) => e.dataset.testid);
    return [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))];
  });
  expect(twice).toEqual([]);
});

test("the whole run is worked by keyboard", async ({ page }) => {
  await open(page);
  await page.keyboard.press("Space");
  await expect(page.getByTestId("play")).toBeVisible();
  const at = await settled(page);
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => steps(page)).toBe(at + 1);
  await page.keyboard.press("r");
  await expect(page.getByTestId("step-count")).toHaveText("0");
  await page.keyboard.press("Space");
  await expect.poll(() => steps(page)).toBeGreaterThan(0);
});

test("keys typed into a field stay there", async ({ page }) => {
  await open(page);
  await page.getByTestId("model-text").focus();
  await page.keyboard.press("End");
  await page.keyboard.type(" r");
  await expect(page.getByTestId("pause"), "a space in a text is a space").toBeVisible();
  await page.keyboard.press("Escape");
});

test("tab reaches header, transport, data, network in order, and the focus can be seen", async ({ page }) => {
  await open(page);
  await pause(page);
  const order = [];
  await page.locator("h1").click();
  for (let i = 0; i < 90; i++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const e = document.activeElement;
      const style = getComputedStyle(e);
      const seen = style.outlineStyle !== "none" || style.boxShadow !== "none" || e.matches("[type=range], [type=checkbox]");
      return { id: e.dataset?.testid ?? "", seen };
    });
    if (at.id) {
      expect(at.seen, `focus on ${at.id} is visible`).toBe(true);
      order.push(at.id);
    }
  }
  const place = (id) => order.indexOf(id);
  for (const id of ["share-link", "step", "dataset-spiral", "lr"]) expect(place(id), id).toBeGreaterThanOrEqual(0);
  expect(place("share-link")).toBeLessThan(place("step"));
  expect(place("step")).toBeLessThan(place("dataset-spiral"));
});

for (const width of [360, 768, 1024, 1181, 1366, 1440, 1920]) {
  test(`nothing scrolls sideways at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    for (const hash of [...Object.values(PAGES), "#/play?lang=zh"]) {
      await page.goto("about:blank");
      await open(page, hash);
      await pause(page);
      const wide = await page.evaluate(() => {
        const root = document.documentElement;
        const over = root.scrollWidth - root.clientWidth;
        const who = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1).slice(0, 5);
        return { over, who: over > 0 ? who.map((e) => e.outerHTML.slice(0, 100)) : [] };
      });
      expect(wide, hash).toEqual({ over: 0, who: [] });
    }
  });
}

test("canvases say their numbers in words", async ({ page }) => {
  await open(page);
  await pause(page);
  for (const id of ["output-plane", "curves-plot", "gradient-plot"]) {
    await expect(page.getByTestId(id).or(page.locator(`[data-testid=${id}] [aria-label]`)).first()).toHaveAttribute("aria-label", /\d/);
  }
});

test("reset brings the first picture back", async ({ page }) => {
  await open(page);
  await pause(page);
  await reset(page);
  await expect(page.getByTestId("timeline")).toHaveAttribute("max", "1");
  await expect(page.getByTestId("epoch-count")).toHaveText("0");
});
