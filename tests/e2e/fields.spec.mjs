// Numbers as people type them, in every field; rates over a change of optimizer; counts; what belongs to a run.
import { expect, test } from "./fixtures.mjs";
import { classes, dense, fill, open, pause, reset, settled, spec, steps, write } from "./lab.mjs";

/** The experiment as the address has it, once it has caught up. */
const field = (page, id) => page.getByTestId(id);
/** What a field complains of: under a labelled one, or right behind a bare one. */
const complaint = (page, id) => page.locator(`.field:has([data-testid="${id}"]) .field-problem, [data-testid="${id}"] ~ .net-wrong`);

/** Types and leaves. */
async function leave(page, id, value) {
  await field(page, id).fill(String(value));
  await field(page, id).blur();
}

test("settings read decimal comma and point, grouping, powers and fractions", async ({ page }) => {
  await open(page);
  await pause(page);
  for (const [id, typed, shown] of [
    ["batch", "1,000", "1000"], ["batch", "1,0", "1"], ["batch", "２５６", "256"], ["batch", "1 024", "1024"], ["batch", "6/2", "3"],
    ["data-samples", "1,000", "1000"], ["data-samples", "1e3", "1000"], ["data-samples", "2'000", "2000"],
    ["lr", "0,05", "0.05"], ["lr", "1e-2", "0.01"], ["lr", "1/8", "0.125"], ["lr", "２，５", "2.5"], ["lr", "1.2e−3", "0.0012"],
    ["data-noise", "0,25", "0.25"], ["data-noise", ",5", "0.5"], ["data-test-fraction", "33,5 %", "33.5"],
    ["seed", "4,294,967,295", "4294967295"], ["seed", "1.234.567", "1234567"], ["l2", "0,001", "0.001"],
  ]) {
    await field(page, id).evaluate((e) => e.closest("details")?.setAttribute("open", ""));
    await leave(page, id, typed);
    await expect(field(page, id), `${id} ← ${typed}`).toHaveValue(shown);
    await expect(complaint(page, id)).toHaveCount(0);
  }
});

test("what is no number, or two numbers, is refused at the field and the old value stays", async ({ page }) => {
  test.setTimeout(120_000);
  await open(page);
  await pause(page);
  for (const [id, typed, said] of [
    ["lr", "1,000", "can mean 1000 or 1.0"], ["lr", "fast", "cannot be read as a number"], ["lr", "1/0", "divides by 0"], ["lr", "1e-99", "so close to 0"],
    ["lr", "−0,5", "between 0 and 100"], ["lr", "1.2.3", "cannot be read"], ["lr", "", "missing"],
    ["batch", "1.000", "can mean 1000 or 1.0"], ["batch", "2,5", "whole number"], ["batch", "1/3", "whole number"], ["batch", "12 34", "cannot be read as a whole number"],
    ["data-samples", "1.5e0", "whole number"], ["seed", "-3", "between 0 and 4,294,967,295"], ["data-noise", "50%", "cannot be read"],
    ["layer-0-units", "2.5", "whole number"], ["layer-0-units", "0", "between 1 and 65,536"], ["layer-0-units", "8 units", "cannot be read"],
  ]) {
    const before = await field(page, id).inputValue();
    await fill(page, id, typed);
    await expect(complaint(page, id), `${id} ← ${typed}`).toContainText(said);
    await expect(complaint(page, id)).toContainText(`${before} stays in force`);
    await expect(field(page, id)).toHaveAttribute("aria-invalid", "true");
    await field(page, id).blur();
    await expect(field(page, id), "and comes back when the field is left").toHaveValue(before);
    await expect(complaint(page, id), "with the reason still there").toContainText(said);
    await field(page, id).focus();
    await field(page, id).press("Escape");
    await expect(complaint(page, id)).toHaveCount(0);
  }
  await page.getByTestId("lang-zh").click();
  await fill(page, "lr", "1,250");
  await expect(complaint(page, "lr")).toContainText("既可表示 1250，也可表示 1.25");
  await fill(page, "layer-0-units", "很多");
  await expect(complaint(page, "layer-0-units")).toContainText("无法把“很多”识别为整数");
});

test("cards, weights and goals read the same", async ({ page }) => {
  await open(page);
  await pause(page);
  for (const [typed, model] of [["1,0", "dense 1 tanh"], ["1,2e1", "dense 12 tanh"], ["１０", "dense 10 tanh"], ["9/3", "dense 3 tanh"]]) {
    await fill(page, "layer-0-units", typed);
    await expect(field(page, "model-text")).toHaveValue(new RegExp(`^${model} `));
  }
  await field(page, "layer-0-units").focus();
  await page.keyboard.press("ArrowUp");
  await expect(field(page, "model-text")).toHaveValue(/^dense 4 tanh /);
  await settled(page);
  await field(page, "units-0").click({ position: { x: 20, y: 14 } });
  for (const [typed, shown] of [["0,5", "0.5"], ["-0,75", "-0.75"], ["1/3", "0.33333"], ["−1.25", "-1.25"], ["1e-2", "0.01"], ["－２，５", "-2.5"], ["2/8", "0.25"]]) {
    await leave(page, "bias-input", typed);
    await expect(field(page, "bias-input"), typed).toHaveValue(shown);
  }
  await leave(page, "weight-0", "0,125");
  await expect(field(page, "weight-0")).toHaveValue("0.125");
  for (const typed of ["1,250", "--1", "0,5,5", "abc"]) {
    await leave(page, "bias-input", typed);
    await expect(complaint(page, "bias-input")).toContainText(`“${typed}”`);
    await expect(field(page, "bias-input")).toHaveValue("0.25");
  }
  await field(page, "until-kind").selectOption("loss");
  for (const [typed, shown] of [["0,05", "0.05"], ["1e-3", "0.001"], ["1/4", "0.25"]]) {
    await leave(page, "until-value", typed);
    await expect(field(page, "until-value")).toHaveValue(shown);
  }
  await leave(page, "until-value", "soon");
  await expect(page.locator(".wishes").getByRole("alert")).toContainText("0.25 stays in force");
  await field(page, "until-kind").selectOption("epochs");
  await expect(page.locator(".wishes").getByRole("alert"), "a goal of another kind").toHaveCount(0);
  for (const [typed, shown] of [["1,000", "1000"], ["2,0", "2"], ["1 500", "1500"]]) {
    await leave(page, "until-value", typed);
    await expect(field(page, "until-value")).toHaveValue(shown);
  }
  await field(page, "until-kind").selectOption("accuracy");
  await leave(page, "until-value", "99,5 %");
  await expect(field(page, "until-value")).toHaveValue("99.5");
});

test("kernel, padding, rate and the window to play with read numbers and no others", async ({ page }) => {
  await open(page, spec(classes("mnist", [{ type: "conv2d", filters: 2, kernel: 3 }, { type: "dropout", rate: 0.2 }, { type: "flatten" }, dense()], { training: { batch: 8 } })));
  await pause(page);
  const model = field(page, "model-text");
  await field(page, "layer-0-settings").click();
  await fill(page, "layer-0-kernel", "5,0");
  await expect(model).toHaveValue(/conv 2 5x5/);
  await fill(page, "layer-0-kernel", "3x5");
  await expect(model).toHaveValue(/conv 2 3x5/);
  for (const typed of ["3,5", "1,0x", "three"]) {
    await fill(page, "layer-0-kernel", typed);
    await expect(complaint(page, "layer-0-kernel")).toContainText(`“${typed}”`);
    await expect(model).toHaveValue(/conv 2 3x5/);
  }
  await fill(page, "layer-0-padding", "1,0");
  await expect(model).toHaveValue(/conv 2 3x5 (pad|padding=)?1/);
  await field(page, "layer-1-settings").click();
  await fill(page, "layer-1-rate", "0,125");
  await expect(model).toHaveValue(/dropout 0.125/);
  await fill(page, "layer-1-rate", "2");
  await expect(complaint(page, "layer-1-rate")).toContainText("between 0 and 0.99");
  await field(page, "panel-sandbox").scrollIntoViewIfNeeded();
  await fill(page, "sandbox-input", "1,0e1");
  await expect(field(page, "sandbox-formula")).toContainText("(10 +");
  await fill(page, "sandbox-kernel", "2.5");
  await expect(complaint(page, "sandbox-kernel")).toContainText("whole number");
});

test("a typed learning rate stays with another optimizer, and the usual one is offered", async ({ page }) => {
  await open(page);
  await pause(page);
  const note = field(page, "lr-note"), lr = field(page, "lr");
  await field(page, "optimizer").selectOption("sgd");
  await expect(note, "nobody chose 0.03: the usual rate comes, said").toContainText("0.03 → 0.01");
  await field(page, "lr-other").click();
  await expect(lr).toHaveValue("0.03");
  await fill(page, "lr", "0,07");
  await expect(note).toHaveCount(0);
  for (const [kind, usual] of [["lion", "0.0001"], ["adadelta", "1"], ["adam", "0.03"]]) {
    await field(page, "optimizer").selectOption(kind);
    await expect(lr, kind).toHaveValue("0.07");
    await expect(note).toContainText("0.07 was kept");
    await expect(field(page, "lr-other")).toContainText(usual);
  }
  await page.getByTestId("lang-zh").click();
  await expect(note).toContainText("已保留你设定的学习率 0.07");
  await field(page, "lr-other").click();
  await expect(lr).toHaveValue("0.03");
  await expect(note).toHaveCount(0);
});

test("an absurd network's parameters are counted, in the browser's 32 bits too", async ({ page }) => {
  await open(page);
  await write(page, "dense 65536 | dense 65536 | dense");
  await expect(field(page, "model-total")).toContainText("4,295,360,514");
  await expect(field(page, "layer-card-1").locator(".net-sum")).toHaveAttribute("title", "65,536×65,536 + 65,536 = 4,295,032,832");
  await expect(field(page, "problem-list")).toContainText("65,621 MB");
  await write(page, Array(12).fill("dense 65536").join(" | "));
  await expect(field(page, "model-total")).toContainText(/11×4,295,032,832.*47,24\d,\d{3},\d{3}/);
});

test("while an edited network cannot train, nothing of the old one stands under its names", async ({ page }) => {
  await open(page);
  await expect.poll(() => steps(page)).toBeGreaterThan(50);
  await pause(page);
  const rows = field(page, "gradient-table").locator("tbody th");
  await expect(rows).toHaveText([/^1 dense/i, /^2 dense/i, /^3 dense/i]);
  await expect(field(page, "units-1")).toHaveAttribute("aria-label", /values from/);
  await write(page, "dense 8 tanh | dropout 0.2 | batch_norm | dense 8 tanh | dense 5");
  await expect(field(page, "problem-list")).toBeVisible();
  await expect(rows, "the rows are of what runs, by its names").toHaveText([/^1 dense/i, /^2 dense/i, /^3 dense/i]);
  await expect(field(page, "panel-gradient-flow-behind")).toContainText("dense 8 tanh | dense 8 tanh | dense");
  await expect(field(page, "panel-output-behind")).toBeVisible();
  await expect(field(page, "network-rests")).toBeVisible();
  await expect(field(page, "units-0"), "what was not edited keeps its pictures").toHaveAttribute("aria-label", /values from/);
  for (const i of [1, 2, 3, 4]) await expect(field(page, `units-${i}`)).not.toHaveAttribute("aria-label", /values from/);
  await page.getByTestId("undo").click();
  await expect(field(page, "network-rests")).toHaveCount(0);
  await expect(field(page, "panel-gradient-flow-behind")).toHaveCount(0);
});

test("a notice about a run goes with it", async ({ page }) => {
  test.setTimeout(180_000);
  const explosive = spec({ data: { set: "waves" }, model: { layers: [dense(8, "relu"), dense()] }, task: { type: "regression" }, optimizer: { type: "sgd", lr: 60 } });
  for (const end of [
    () => page.getByTestId("dataset-xor").click(),
    () => page.getByTestId("reset").click(),
    () => fill(page, "seed", 11),
    () => page.evaluate((hash) => { location.hash = hash; }, spec(classes("moons", [dense(4, "tanh"), dense()]))),
  ]) {
    await page.goto("about:blank");
    await page.goto("index.html" + explosive);
    await expect(field(page, "notice")).toContainText("blew up");
    await expect(field(page, "seed"), "the page is whole").toBeAttached();
    await end();
    await expect(field(page, "notice")).toHaveCount(0);
  }
});

test("a plain white picture is white, a black one black, a red one red", async ({ page }) => {
  const side = 8, n = 12;
  const shown = async (rgb) => {
    const pixels = Buffer.from(Array.from({ length: n * side * side }, () => rgb).flat()).toString("base64");
    const labels = Buffer.from(Array.from({ length: n }, (_, i) => i % 2)).toString("base64");
    const data = { set: "pictures", pictures: { side, classes: ["a", "b"], labels, pixels } };
    await page.goto("about:blank");
    await open(page, spec({ data, model: { layers: [{ type: "flatten" }, dense()] }, task: { type: "classification" } }));
    await pause(page);
    // Examples of the data are folded away at first.
    await page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
    const at = (selector) => page.locator(selector).evaluate((c) => [...c.getContext("2d").getImageData(12, 12, 1, 1).data].slice(0, 3));
    for (const canvas of ["canvas.pictures", '[data-testid="units-input"]']) {
      await page.locator(canvas).scrollIntoViewIfNeeded();
      await expect.poll(() => at(canvas), `${canvas} of ${rgb}`).toEqual(rgb);
    }
  };
  for (const rgb of [[255, 255, 255], [0, 0, 0], [255, 0, 0], [64, 128, 192]]) await shown(rgb);
});

test("the seed says what it decides, and its own number comes back", async ({ page }) => {
  await open(page);
  await fill(page, "seed", "1,234");
  await expect(field(page, "seed")).toHaveValue("1234");
  await expect(page.locator("#seed-help")).toContainText("The same seed with the same settings gives the same run");
  await page.getByTestId("lang-zh").click();
  await expect(page.locator("#seed-help")).toContainText("种子和设置都相同，训练过程就相同");
});
