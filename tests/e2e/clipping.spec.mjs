// Nothing that is to be read or pressed in the network, the doctor and the curves is cut or covered: measured on eight ready
// experiments, three widths, both languages.
import { test, expect } from "./fixtures.mjs";
import { open, pause } from "./lab.mjs";

const READY = ["spiral_mlp", "digits_mlp", "lenet_digits", "resnet_clothes", "names_gender", "g2p_attention", "reverse", "weather_transformer"];
const PANELS = ["panel-network", "doctor", "panel-loss"];

/** What is cut, and what lies over something else, in words. */
function findings(panels) {
  const pen = document.createElement("canvas").getContext("2d");
  const name = (e) => `${e.tagName.toLowerCase()}${e.dataset.testid ? "#" + e.dataset.testid : "." + e.className} “${(e.textContent || e.value || "").trim().slice(0, 30)}”`;
  /** The part of an element that its scrolling ancestors leave to be seen. */
  const seen = (e) => {
    let { left, top, right, bottom } = e.getBoundingClientRect();
    for (let p = e.parentElement; p; p = p.parentElement) {
      const s = getComputedStyle(p);
      if (s.overflowX === "visible" && s.overflowY === "visible") continue;
      const b = p.getBoundingClientRect();
      [left, top, right, bottom] = [Math.max(left, b.left), Math.max(top, b.top), Math.min(right, b.right), Math.min(bottom, b.bottom)];
    }
    return { left, top, right, bottom, width: right - left, height: bottom - top };
  };
  /** Where the text of a control stands; the whole of a field. */
  const ink = (e) => {
    // The arrows of a number field are drawn only when the pointer is on it.
    const arrows = e.type === "number" ? 12 : 0;
    if (/INPUT|SELECT/.test(e.tagName)) return { ...seen(e), right: seen(e).right - arrows };
    const range = document.createRange();
    range.selectNodeContents(e);
    const [t, s] = [range.getBoundingClientRect(), seen(e)];
    return { left: Math.max(t.left, s.left), right: Math.min(t.right, s.right), top: Math.max(t.top, s.top), bottom: Math.min(t.bottom, s.bottom) };
  };
  const shown = (e) => e.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && !e.closest(".visually-hidden, .heard") && seen(e).width > 3 && seen(e).height > 3;
  const found = [];
  for (const id of panels) {
    const panel = document.querySelector(`[data-testid="${id}"]`);
    if (!panel) continue;
    for (const e of panel.querySelectorAll("button, summary, h2, h3, label, .net-trouble, select")) {
      if (!shown(e) || e.closest("svg")) continue;
      const style = getComputedStyle(e);
      if (e.tagName === "SELECT") {
        pen.font = style.font;
        const text = e.selectedOptions[0]?.textContent.trim() ?? "";
        // The browser's own arrow takes about twenty pixels.
        const room = e.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - (style.appearance === "none" ? 0 : 18);
        if (pen.measureText(text).width > room + 1) found.push(`${id}: cut ${name(e)}: ${text}`);
      } else if (style.display !== "inline" && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && e.textContent.trim()) {
        found.push(`${id}: cut ${name(e)} ${e.scrollWidth} > ${e.clientWidth}`);
      }
    }
    const controls = [...panel.querySelectorAll("button, select, input, summary, a")].filter((e) => shown(e) && !e.closest("svg, dialog"));
    controls.forEach((a, i) => controls.slice(i + 1).forEach((b) => {
      if (a.contains(b) || b.contains(a)) return;
      const over = (p, q) => {
        const wide = Math.min(p.right, q.right) - Math.max(p.left, q.left), high = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
        return wide > 2 && high > 2 ? `${Math.round(wide)}×${Math.round(high)}` : null;
      };
      // What is read of one must not lie under the other.
      const how = over(ink(a), b.type === "number" ? ink(b) : seen(b)) || over(a.type === "number" ? ink(a) : seen(a), ink(b));
      if (how) found.push(`${id}: ${name(a)} lies over ${name(b)} (${how})`);
    }));
  }
  return found;
}

for (const [width, height] of [[1440, 900], [1366, 768], [360, 740]]) {
  test(`at ${width} px nothing is cut or covered in the network, the doctor and the curves`, async ({ page }) => {
    test.setTimeout(240_000);
    await page.setViewportSize({ width, height });
    await open(page, "#/play", { fast: false });
    const all = [];
    for (const ready of READY) {
      await page.getByTestId("gallery-open").click();
      await page.getByTestId(`ready-${ready}`).click();
      await expect(page.getByTestId("panel-network")).toBeVisible();
      await pause(page);
      for (const lang of ["en", "zh"]) {
        await page.getByTestId(`lang-${lang}`).evaluate((b) => b.click());
        await expect(page.locator(`[data-testid="panel-loss"][lang^="${lang}"]`)).toHaveCount(1);
        await expect(page.locator(`[data-testid="panel-network"][lang^="${lang}"]`)).toHaveCount(1);
        all.push(...(await page.evaluate(findings, PANELS)).map((f) => `${ready} ${lang}: ${f}`));
      }
    }
    expect(all.join("\n")).toBe("");
  });
}
