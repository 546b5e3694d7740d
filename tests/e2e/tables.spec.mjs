// People's own tables and series: files as they are, dropped through the page's file input.
import { test, expect } from "./fixtures.mjs";
import { open, pause, spec, steps } from "./lab.mjs";

const dialog = (page) => page.getByTestId("csv-dialog");
const file = (name, content) => ({
  name, mimeType: "text/csv", buffer: Buffer.isBuffer(content) ? content : Buffer.from(content),
});

/** Opens the dialog and chooses a file there. */
async function choose(page, name, content) {
  if (!(await dialog(page).count())) await page.getByTestId("dataset-csv").click();
  await page.getByTestId("csv-file").setInputFiles(file(name, content));
}

const rows = (n, row) => [...Array(n)].map((_, i) => row(i)).join("\n") + "\n";

test.beforeEach(async ({ page }) => {
  await page.goto("index.html#/play?lang=en");
  await expect(page.getByTestId("data-counts")).toBeVisible({ timeout: 30_000 });
});

test("a table that was pasted is still there after Escape", async ({ page }) => {
  await page.getByTestId("dataset-csv").click();
  const text = "a,b,y\n" + rows(30, (i) => `${i},${i % 7},${i % 2 ? "up" : "down"}`);
  await page.getByTestId("csv-text").fill(text);
  await expect(page.getByTestId("csv-use")).toBeEnabled();
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
  await page.getByTestId("dataset-csv").click();
  await expect(page.getByTestId("csv-text")).toHaveValue(text);
  await expect(page.getByTestId("csv-use")).toBeEnabled();
});

test("what is no row, and what could be read either way, is said beside the table", async ({ page }) => {
  const days = rows(30, (i) => `0${1 + (i % 9)}/0${1 + (i % 8)}/2021;1.5${30 + i};${i % 7};${["Yes", "yes", "No"][i % 3]}`);
  const sold = `day;preis;menge;ja\n${days}Total;3.000;90;\nSource: me\n`;
  const levels = "level\n" + rows(30, (i) => `203,${10 + i}`);
  await choose(page, "sold.csv", sold);
  for (const said of [
    "Rows of totals or means left out at the end: 1.", "Notes skipped below the table: 1.", "the day is taken to come first",
    "1.530 is read as 1.53", "Taken as one value: Yes = yes.", "30 rows, 2 inputs → 2 classes",
  ]) await expect(dialog(page)).toContainText(said);
  await choose(page, "levels.csv", levels);
  await expect(dialog(page)).toContainText("rows: 30, columns: 1");
  await choose(page, "empty.csv", "");
  await expect(dialog(page)).toContainText("The file is empty.");
  await page.goto("index.html?zh#/play?lang=zh");
  await expect(page.getByTestId("data-counts")).toBeVisible({ timeout: 30_000 });
  await choose(page, "levels.csv", levels);
  await expect(dialog(page)).toContainText("以逗号作小数点的列：level。");
  await choose(page, "sold.csv", sold);
  await expect(dialog(page)).toContainText("Yes = yes");
});

test("a column far from zero is learned, and one's own row is answered in its units", async ({ page }) => {
  test.setTimeout(90_000);
  await choose(page, "clock.csv", "a,ts\n" + rows(120, (i) => `${i},${1600000000 + 10 * i}`));
  await expect(page.getByTestId("csv-use")).toBeEnabled();
  await page.getByTestId("csv-use").click();
  const loss = async () => Number(await page.getByTestId("test-loss").textContent());
  await expect.poll(loss, { timeout: 60_000, message: "of scaled targets" }).toBeLessThan(0.2);
});

test("numbers are read as the column writes them", async ({ page }) => {
  const files = {
    german: "ware;preis;menge\n" + rows(30, (i) => `brot;${i + 1}.530,0${i % 10};${i % 7},5`),
    english: "item,price,share\n" + rows(30, (i) => `bread,"1,${100 + i}.00",${i % 9}%`),
    dollars: "a,b\n" + rows(30, (i) => `$${900 + i},−${i % 7}.5`),
    french: "a;b\n" + rows(30, (i) => `1\u202f${200 + i},5 €;${i % 5},25`),
    swiss: "a\tb\n" + rows(30, (i) => `CHF 12'${300 + i}\t${i % 5}.25`),
  };
  for (const [name, text] of Object.entries(files)) {
    await choose(page, `${name}.csv`, text);
    await expect(page.getByTestId("csv-result"), name).toContainText("30 rows");
    await expect(page.getByTestId("csv-inputs"), name).toContainText("numbers");
    await expect(page.getByTestId("csv-problems"), name).toHaveText("");
  }
});

test("separators, a line sep=, titles and comments are found and said", async ({ page }) => {
  await choose(page, "export.csv", "sep=;\r\nSales of the north;;\r\n# in thousand\r\nmonth;sold;left\r\n" + rows(20, (i) => `${i * 3 % 12};${i},5;${i % 4}`));
  await expect(page.getByTestId("csv-read")).toContainText("separated by semicolons");
  await expect(page.getByTestId("csv-read")).toContainText("Title lines skipped: 1");
  await expect(page.getByTestId("csv-read")).toContainText("Comment lines skipped: 1");
  await expect(page.getByTestId("csv-read")).toContainText("sep=");
  await choose(page, "bar.txt", "a|b\n" + rows(20, (i) => `${i % 6}|${i % 3}`));
  await expect(page.getByTestId("csv-read")).toContainText("vertical bars");
  await choose(page, "blanks.dat", rows(20, (i) => `  ${i % 6}.5    ${i % 3}   ${i * 7 % 11}`));
  await expect(page.getByTestId("csv-read")).toContainText("separated by blanks");
  await expect(page.getByTestId("csv-read")).toContainText("No header was found");
});

test("files in other encodings are read, with a choice where in doubt", async ({ page }) => {
  const table = "身高,体重,种类\n";
  const gbk = Buffer.concat([
    Buffer.from([0xc9, 0xed, 0xb8, 0xdf, 0x2c, 0xcc, 0xe5, 0xd6, 0xd8, 0x2c, 0xd6, 0xd6, 0xc0, 0xe0, 0x0a]),
    Buffer.from(rows(20, (i) => `${160 + i},${50 + i % 7},${i % 2}`)),
  ]);
  await choose(page, "excel.csv", gbk);
  await expect(page.getByTestId("csv-preview")).toContainText("身高");
  await expect(page.getByTestId("csv-encoding")).toHaveValue("gb18030");
  await page.getByTestId("csv-encoding").selectOption("windows-1252");
  await expect(page.getByTestId("csv-preview")).toContainText("Éí");
  const wide = Buffer.from("\ufeff" + table + rows(20, (i) => `${160 + i},${50 + i % 7},${i % 2}`), "utf16le");
  await choose(page, "unicode.txt", wide);
  await expect(page.getByTestId("csv-preview")).toContainText("身高");
  await expect(page.getByTestId("csv-encoding")).toHaveCount(0);
  await choose(page, "latin.csv", Buffer.from("größe,süß\n" + rows(20, (i) => `${i % 5},${i % 3}`), "latin1"));
  await expect(page.getByTestId("csv-preview")).toContainText("größe");
  await choose(page, "data.xlsx", Buffer.from("PK\u0003\u0004 [Content_Types].xml"));
  await expect(page.getByTestId("csv-problems")).toContainText(".xlsx");
  await expect(page.getByTestId("csv-problems")).toContainText("Save As");
});

test("missing cells are shown and treated as chosen", async ({ page }) => {
  const hole = (i) => ({ 3: "NA", 7: "?", 11: "n/a", 15: "" }[i] ?? 20 + i);
  await choose(page, "holes.csv", "age,sex,ill\n" + rows(40, (i) => `${hole(i)},${i === 5 ? "None" : ["f", "m"][i % 2]},${["no", "yes"][i % 2]}`));
  await expect(page.getByTestId("csv-problems")).toContainText("age");
  await expect(page.getByTestId("csv-inputs")).toContainText("4 missing");
  await page.getByTestId("csv-missing").selectOption("skip");
  await expect(page.getByTestId("csv-result")).toContainText("35 rows, 3 inputs");
  await page.getByTestId("csv-missing").selectOption("category");
  await expect(page.getByTestId("csv-result")).toContainText("40 rows, 5 inputs");
  await page.getByTestId("csv-missing").selectOption("median");
  await expect(page.getByTestId("csv-result")).toContainText("40 rows, 3 inputs");
  await page.getByTestId("csv-use").click();
  await expect(page.getByTestId("confusion-matrix")).toBeVisible({ timeout: 20_000 });
});

test("missing cells are treated by column, and a link carries it", async ({ page }) => {
  // As spreadsheets, typographers and a Chinese form write it.
  const hole = (i, at, v) => (i % 10 === at ? ["#N/A", "—", "缺失", "<NA>"][Math.floor(i / 10)] : v);
  await choose(page, "holes.csv", "age,town,pay,ill\n" + rows(40, (i) => `${hole(i, 3, 20 + i)},${hole(i, 4, ["Bonn", "Kiel"][i % 2])},${hole(i, 5, i % 7)},${["no", "yes"][i % 2]}`));
  await expect(page.getByTestId("csv-problems")).toContainText("age");
  await page.getByTestId("csv-missing-0").selectOption("median");
  await expect(page.getByTestId("csv-problems")).toContainText("town");
  await page.getByRole("combobox", { name: "Missing cells of “town”" }).selectOption("category");
  await page.getByTestId("csv-missing-2").selectOption("skip");
  // Four rows have no pay; two towns and “missing” are three inputs.
  await expect(page.getByTestId("csv-result")).toContainText("36 rows, 5 inputs");
  await page.getByTestId("csv-missing").selectOption("category");
  await page.getByTestId("csv-missing-2").selectOption("same");
  await expect(page.getByTestId("csv-result")).toContainText("40 rows, 6 inputs");
  await page.getByTestId("csv-use").click();
  await expect(page.getByTestId("confusion-matrix")).toBeVisible({ timeout: 20_000 });
  await expect.poll(() => page.url()).toMatch(/[?&](x|spec)=/);
  await page.reload();
  await expect(page.getByTestId("confusion-matrix")).toBeVisible({ timeout: 30_000 });
  await page.getByTestId("csv-edit").click();
  await expect(page.getByTestId("csv-missing-0")).toHaveValue("median");
  await expect(page.getByTestId("csv-missing-1")).toHaveValue("category");
  await expect(page.getByTestId("csv-missing-2")).toHaveValue("same");
});

test("names of rows are neither target nor input, and a grey column says why", async ({ page }) => {
  await choose(page, "shop.csv", "no,customer_id,day,note,age,spent,who\n" + rows(38, (i) =>
    `${i + 1},C${1000 + i},2021-03-${String(1 + i % 28).padStart(2, "0")},the customer number ${i} bought some bread today,${20 + i * 5 % 33},${i * 7 % 31},Name${i}`));
  await expect(page.getByTestId("csv-target")).toHaveValue("spent");
  await expect(page.getByTestId("csv-input-0")).not.toBeChecked();
  const why = page.getByTestId("csv-inputs");
  await expect(why).toContainText("names the rows");
  await expect(why).toContainText("38 different words; at most 20");
  await expect(why).toContainText("sentences");
  await expect(page.getByTestId("csv-input-2")).toBeDisabled();
  await page.getByTestId("csv-dates-2").check();
  await expect(page.getByTestId("csv-input-2")).toBeEnabled();
  await expect(page.getByTestId("csv-result")).toContainText("2 inputs");
  await expect(page.getByTestId("csv-hint")).toContainText("note");
});

test("a broken row is the one that differs from most", async ({ page }) => {
  await choose(page, "broken.csv", "a,b,c,d,e\n1,2\n" + rows(20, (i) => `${i},2,3,4,5`));
  await expect(page.getByTestId("csv-problems")).toContainText("Row 2 has 2 cells, the others have 5");
  await choose(page, "header.csv", "a,b,c\n" + rows(20, (i) => `${i},2`));
  await expect(page.getByTestId("csv-problems")).toContainText("Row 1 has 3 cells");
});

test("sentences in a table go on as a text", async ({ page }) => {
  await choose(page, "reviews.csv", "review,good\n" + rows(80, (i) => `the film number ${i} was rather long but I liked it,${i % 2}`));
  await expect(page.getByTestId("csv-hint")).toContainText("review");
  await page.getByTestId("csv-hint-go").click();
  await expect(page.getByTestId("dataset-text")).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByTestId("text-own")).toHaveValue(/the film number 0/);
});

const wave = (n) => rows(n, (i) => (200 + 50 * Math.sin(i / 3)).toFixed(2));

test("a lone column of numbers is forecast, in the file's units, over time", async ({ page }) => {
  await choose(page, "level.csv", "level\n" + wave(240));
  await expect(page.getByTestId("csv-hint")).toContainText("order of time");
  await page.getByTestId("csv-hint-go").click();
  await expect(page.getByTestId("csv-result")).toContainText("240 moments of “level”");
  await page.getByTestId("csv-use").click();
  await expect(page.getByTestId("dataset-series")).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByTestId("data-counts")).toHaveText(/180 train · 48 test/);
  const plot = page.getByTestId("forecast");
  await expect(plot).toBeVisible({ timeout: 20_000 });
  await expect(plot).toHaveAttribute("aria-label", /level.*test part begins at row 193/);
  await expect(page.getByTestId("scatter")).toBeVisible();
  await expect.poll(() => steps(page)).toBeGreaterThan(20);
  await pause(page);
  const box = await plot.boundingBox();
  await page.mouse.move(box.x + box.width * 0.95, box.y + box.height / 2);
  await expect(page.getByTestId("forecast-readout")).toHaveText(/\(test\): true (1[5-9]\d|2[0-5]\d)/);
  await page.getByTestId("data-horizon").fill("6");
  await page.getByTestId("data-horizon").press("Enter");
  await expect(page.getByTestId("panel-output")).toContainText("up to 6 rows ahead", { timeout: 20_000 });
});

test("a dated series is put in order, gaps are bridged, and a link carries it", async ({ page }) => {
  const day = (i) => `${String(1 + i % 28).padStart(2, "0")}.${String(1 + Math.floor(i / 28)).padStart(2, "0")}.2020`;
  await choose(page, "price.csv", "day;price\n" + rows(200, (k) => { const i = 199 - k; return `${day(i)};${i === 50 ? "" : `${100 + i},5`}`; }));
  await page.getByTestId("csv-purpose").selectOption("series");
  await expect(page.getByTestId("csv-time")).toHaveValue("day");
  await expect(page.getByTestId("csv-problems")).toContainText("price");
  await page.getByTestId("csv-missing").selectOption("interpolate");
  await expect(page.getByTestId("csv-result")).toContainText("200 moments");
  await page.getByTestId("csv-use").click();
  await expect(page.getByTestId("forecast")).toBeVisible({ timeout: 20_000 });
  // The address follows the experiment a moment later.
  await expect.poll(() => page.url()).toMatch(/[?&](x|spec)=/);
  await page.reload();
  await expect(page.getByTestId("dataset-series")).toHaveAttribute("aria-pressed", "true", { timeout: 30_000 });
});

test("the shipped series are drawn over time as well", async ({ page }) => {
  await page.getByTestId("dataset-airline").click();
  await expect(page.getByTestId("forecast")).toHaveAttribute("aria-label", /passengers/, { timeout: 20_000 });
});

/** The longest time the page did not answer, ms, while `act` ran. */
async function longestPause(page, act) {
  await page.evaluate(() => {
    window.longest = 0;
    let last = performance.now();
    const beat = () => { const now = performance.now(); window.longest = Math.max(window.longest, now - last); last = now; window.beat = setTimeout(beat, 5); };
    beat();
  });
  await act();
  return page.evaluate(() => { clearTimeout(window.beat); return window.longest; });
}

test("large and wide files are read without stopping the page, and reading can be stopped", async ({ page }, info) => {
  test.setTimeout(120_000);
  await page.getByTestId("dataset-csv").click();
  const long = "a,b,c\n" + rows(150_000, (i) => `${i % 97},${i % 5},${i % 2}`);
  const wide = rows(12, (r) => [...Array(20_000)].map((_, c) => (r ? (r * 7 + c) % 9 : `column${c}`)).join(","));
  const equal = Array(300_000).fill("x").join(",") + "\n" + Array(300_000).fill("1").join(",");
  for (const [name, text, says] of [
    ["long.csv", long, /150,000 rows/], ["wide.csv", wide, /4,096 inputs/], ["equal.csv", equal, null],
  ]) {
    const longest = await longestPause(page, async () => {
      await choose(page, name, text);
      if (says) await expect(page.getByTestId("csv-result")).toContainText(says, { timeout: 60_000 });
      else await expect(page.getByTestId("csv-problems")).toContainText("300,000 columns", { timeout: 60_000 });
    });
    // No limit: a noisy machine misses any by chance.
    info.annotations.push({ type: name, description: `longest pause ${Math.round(longest)} ms` });
  }
  // A wide table lists some columns and finds all.
  await choose(page, "wide.csv", wide);
  await expect(page.getByTestId("csv-more")).toContainText("19,970");
  await expect(page.locator(".csv-input")).toHaveCount(30);
  await page.getByTestId("csv-search").fill("column19999");
  await expect(page.getByTestId("csv-target")).toContainText("column19999");
  await page.getByTestId("csv-search").fill("column12345");
  await page.getByTestId("csv-input-12345").check();
  await expect(page.getByTestId("csv-input-12345")).toBeChecked();
  // Longer than a table may be: said before anything is drawn, and a part can be used.
  await choose(page, "huge.csv", "a,b,c\n" + rows(700_000, (i) => `${i % 97},${i % 5},${i % 2}`));
  await expect(page.getByTestId("csv-problems")).toContainText("too large");
  await page.getByTestId("csv-take-part").click();
  await expect(page.getByTestId("csv-progress").or(page.getByTestId("csv-result"))).toBeVisible();
  await expect(page.getByTestId("csv-result")).toContainText("2 classes", { timeout: 60_000 });
  await page.getByTestId("csv-use").click();
  await expect(dialog(page)).toHaveCount(0, { timeout: 20_000 });
  await expect(page.getByTestId("confusion-matrix")).toBeVisible({ timeout: 60_000 });
});

test("a layer's name has a length", async ({ page }) => {
  await open(page, "#/play", { fast: false });
  await page.goto("index.html" + spec({
    data: { set: "xor" }, task: { type: "classification" },
    model: { layers: [{ type: "dense", units: 4, name: "x".repeat(5000) }, { type: "dense" }] },
  }));
  await expect(page.locator("body")).toContainText("at most 60 can be shown", { timeout: 20_000 });
});
