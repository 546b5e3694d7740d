// Sequences that can be read: source, wanted, answered; one's own source; no filling drawn; the probabilities of all
// classes; attention that opens trained.
import { test, expect } from "./fixtures.mjs";
import { open, pause, spec, steps } from "./lab.mjs";

const SMALL = [{ type: "embedding", units: 32 }, { type: "positional" }, { type: "transformer_block", heads: 2 },
  { type: "layer_norm" }, { type: "dense" }];
const GRU = [{ type: "embedding", units: 16 }, { type: "gru", units: 24, return_sequences: true }, { type: "dense" }];
const on = (data, layers = SMALL) => spec({
  seed: 7, data, task: { type: "language_model" }, model: { layers },
  optimizer: { type: "adam", lr: 0.005, clip_norm: 1 }, training: { batch: 64 },
});

/** The rows of a table of answers, as their tokens and their verdict. */
const rows = (page, id) => page.getByTestId(id).locator("tbody tr").evaluateAll((all) => all.map((tr) => {
  const said = (part) => tr.querySelector(`.${part} .visually-hidden`)?.textContent ?? "?";
  return {
    source: said("source"), wanted: said("wanted"), answered: said("answered"), verdict: tr.querySelector(".whole").textContent.trim(),
    signs: [...tr.querySelectorAll(".answered .tok i")].map((i) => i.textContent).join(""),
  };
}));
const whole = async (page) => parseFloat(await page.getByTestId("answers-whole").textContent());

const RULES = [
  ["reverse", { set: "reverse", context: 3, samples: 2000 }, (s) => [...s].reverse().join("") + "■"],
  ["sort", { set: "sort", context: 4, samples: 2000 }, (s) => [...s].sort().join("") + "■"],
  ["add", { set: "add", context: 1, samples: 2000 }, (s) => {
    const [a, b] = s.split("+").map(Number);
    return [...String(a + b)].reverse().join("") + "■";
  }],
];
for (const [name, data, rule] of RULES) {
  test(`${name}: each row is source, wanted and answered, each token right or wrong by a sign`, async ({ page }) => {
    await open(page, on(data));
    await expect.poll(() => rows(page, "answers-rows").then((r) => r.length)).toBeGreaterThan(3);
    for (const row of await rows(page, "answers-rows")) {
      expect(row.source + row.wanted + row.answered, "nothing that fills is drawn").not.toContain("·");
      expect(row.wanted).toBe(rule(row.source));
      const marks = [...row.wanted].map((t, i) => ([...row.answered][i] === t ? "✓" : "✗"));
      expect(row.signs.slice(0, marks.length)).toBe(marks.join(""));
      expect(row.verdict).toBe(row.answered === row.wanted ? "✓ right" : "✗ wrong");
    }
    await expect(page.getByTestId("answers-manner")).toContainText("greedy");
    await page.getByTestId("answers-more").click();
    await expect.poll(() => rows(page, "answers-rows").then((r) => r.length)).toBeGreaterThan(15);
  });
}

test("a network that has learned to reverse answers sources that the learner types", async ({ page }) => {
  await open(page, on({ set: "reverse", context: 3, samples: 2000 }));
  await expect.poll(() => whole(page), { message: "whole answers right", timeout: 90_000 }).toBeGreaterThan(98);
  await pause(page);
  for (const [typed, source, wanted] of [["314", "314", "413■"], ["9 0 2", "902", "209■"], ["１２３→", "123", "321■"], ["007=", "007", "700■"]]) {
    await page.getByTestId("answers-own").fill(typed);
    await expect.poll(() => rows(page, "answers-own-row").then((r) => r[0]?.source).catch(() => null), typed).toBe(source);
    const [row] = await rows(page, "answers-own-row");
    expect(row).toEqual({ source, wanted, answered: wanted, verdict: "✓ right", signs: "✓✓✓✓" });
    await expect(page.getByTestId("answers-own-note")).toHaveText("");
  }
  await page.getByTestId("answers-own").fill("3x1");
  await expect(page.getByTestId("answers-own-note")).toContainText("no such sign: x");
  await expect(page.getByTestId("answers-own-note")).toContainText("3 signs");
  await page.getByTestId("answers-own").fill("12345");
  await expect(page.getByTestId("answers-own-note")).toContainText("first 3");
  // The panels inside follow the same: source, arrow, the network's own answer.
  await page.getByTestId("example-own-text").click();
  await page.getByTestId("example-text").fill("271");
  await expect.poll(() => rows(page, "example-answer").then((r) => r[0]?.source).catch(() => null)).toBe("271");
  expect((await rows(page, "example-answer"))[0].answered).toBe("172■");
  await expect(page.getByTestId("example-answer-how")).toContainText("greedy");
  await page.getByTestId("example-train").click();
  await expect(page.getByTestId("example-answer-how")).toContainText("teacher forcing");
});

test("copy memory answers at once, and its silence is counted instead of drawn", async ({ page }) => {
  await open(page, on({ set: "copy_memory", context: 12, samples: 1000 }, GRU));
  await expect(page.getByTestId("answers-manner")).toContainText("all in one pass");
  for (const row of await rows(page, "answers-rows")) {
    expect(row.source).toMatch(/^[a-h]{5}$/);
    expect(row.wanted).toBe(row.source);
    expect(row.answered).not.toContain("■");
  }
  await page.getByTestId("answers-own").fill("abc");
  await expect(page.getByTestId("answers-own-note")).toContainText("2 more");
  await page.getByTestId("answers-own").fill("HEADE");
  await expect.poll(() => rows(page, "answers-own-row").then((r) => r[0]?.wanted).catch(() => null)).toBe("heade");
  await expect(page.locator(".token-rows p").first()).toContainText("␣×12");
  await expect(page.locator(".token-rows")).not.toContainText("·");
});

test("filling is drawn neither beside attention, nor under hidden states, nor as text", async ({ page }) => {
  // Dates differ in length; names too.
  await open(page, on({ set: "dates", samples: 400 }));
  await pause(page);
  await page.getByTestId("panel-attention").scrollIntoViewIfNeeded();
  const fold = page.getByTestId("attention-table");
  for (const row of ["1", "2", "3", "4"]) {
    await page.getByTestId("example-row").fill(row);
    await page.getByTestId("example-row").press("Enter");
    await expect.poll(() => rows(page, "example-answer").then((r) => r.length).catch(() => 0)).toBe(1);
    if (!(await fold.getAttribute("open")) && row === "1") await fold.locator("summary").click();
    const labels = await page.getByTestId("attention-rows").locator("tbody th").allTextContents();
    expect(labels.length).toBeGreaterThan(8);
    expect(labels).not.toContain("·");
  }
});

test("a name is as long as its letters, beside its hidden states and as text", async ({ page }) => {
  await open(page, spec({ seed: 7, data: { set: "names" }, task: { type: "classification" }, optimizer: { type: "adam", lr: 0.003 },
    model: { layers: [{ type: "embedding", units: 8 }, { type: "lstm", units: 8, bidirectional: true }, { type: "dense" }] } }));
  await pause(page);
  await page.getByTestId("panel-hidden-state").scrollIntoViewIfNeeded();
  const text = page.getByTestId("hidden-state-text");
  await expect(text).toBeVisible();
  expect(await text.textContent()).toMatch(/^[a-z]+$/);
  expect(await page.getByTestId("example-row-text").textContent()).toMatch(/^[a-z]+$/);
});

test("the probabilities of all classes stand as bars, the answer and the true class marked by signs", async ({ page }) => {
  await open(page, spec({ seed: 7, data: { set: "digits8" }, task: { type: "classification" }, optimizer: { type: "adam", lr: 0.003 },
    model: { layers: [{ type: "conv2d", filters: 4, kernel: 3, activation: "relu" }, { type: "flatten" }, { type: "dense" }] } }));
  await pause(page);
  const bars = page.getByTestId("example-odds");
  await bars.scrollIntoViewIfNeeded();
  const all = await bars.locator("li").evaluateAll((lis) => lis.map((li) => ({
    p: Number(li.dataset.value), name: li.querySelector(".bar-name").textContent, said: li.querySelector(".bar-share").textContent,
    answer: li.classList.contains("answer"), width: parseFloat(li.querySelector("i").style.width), signs: li.querySelector(".bar-signs").textContent,
  })));
  expect(all.map((b) => b.name)).toEqual([..."0123456789"]);
  expect(all.reduce((sum, b) => sum + b.p, 0)).toBeCloseTo(1, 4);
  const best = all.reduce((a, b) => (b.p > a.p ? b : a));
  expect(all.filter((b) => b.answer)).toEqual([best]);
  expect(best.signs).toContain("◂");
  expect(all.filter((b) => b.signs.includes("✓")).length).toBe(1);
  for (const b of all) expect(Math.abs(b.width - 100 * b.p)).toBeLessThan(0.1);
});

test("attention need not begin as noise: a trained transformer comes with the page, and it says so", async ({ page }) => {
  await open(page, on({ set: "sort", context: 4, samples: 500 }), { fast: false });
  await pause(page);
  await page.getByTestId("reset").click();
  await page.getByTestId("panel-attention").scrollIntoViewIfNeeded();
  await page.getByTestId("attention-trained").click();
  await expect(page.getByTestId("attention-shipped")).toContainText("come with the page");
  await expect.poll(() => steps(page)).toBeGreaterThanOrEqual(1500);
  await page.getByTestId("panel-output").scrollIntoViewIfNeeded();
  await expect.poll(() => whole(page), "it reverses at once").toBeGreaterThan(98);
  await expect(page.getByTestId("attention-trained")).toHaveCount(0);
});
