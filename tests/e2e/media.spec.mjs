// One's own pictures, texts and formulas as people have them, and a digit drawn by hand.
import fs from "node:fs/promises";
import zlib from "node:zlib";
import { test, expect } from "./fixtures.mjs";
import { fill, open, pause, spec, steps } from "./lab.mjs";

// Pictures made on the fly.

const chunk = (type, data) => {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const out = Buffer.alloc(12 + data.length);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(zlib.crc32(body), 8 + data.length);
  return out;
};

/** A PNG of any kind; `pixel(x, y)` gives the bytes of one pixel (for less than 8 bits, of a whole line: use `line`). */
const png = (width, height, { depth = 8, color = 2, pixel, line, palette, alpha }) => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, color, 0, 0, 0], 8);
  const rows = [...Array(height)].map((_, y) => Buffer.from([0, ...(line ? line(y) : [...Array(width)].flatMap((_, x) => pixel(x, y)))]));
  const parts = [chunk("IHDR", header)];
  if (palette) parts.push(chunk("PLTE", Buffer.from(palette)));
  if (alpha) parts.push(chunk("tRNS", Buffer.from(alpha)));
  parts.push(chunk("IDAT", zlib.deflateSync(Buffer.concat(rows))), chunk("IEND", Buffer.alloc(0)));
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), ...parts]);
};

/** A picture of one colour, encoded by the browser. */
const encoded = (page, type, color, width = 24, height = 24) => page.evaluate(async ([type, color, width, height]) => {
  const canvas = new OffscreenCanvas(width, height);
  const ctx = canvas.getContext("2d");
  ctx.fillStyle = color;
  ctx.fillRect(0, 0, width, height);
  const blob = await canvas.convertToBlob({ type });
  if (blob.type !== type) throw new Error(`no encoder for ${type}`);
  return [...new Uint8Array(await blob.arrayBuffer())];
}, [type, color, width, height]).then((bytes) => Buffer.from(bytes));

/** A GIF of one pixel, red (the smallest there is, with its colour set). */
const gif = Buffer.from("47494638396101000100800000ff000000000021f90400000000002c00000000010001000002024401003b", "hex");
/** AVIF pictures of one colour as libavif writes them (Pillow 11.3), 24×24 red and 31×17 grey: no browser can encode it. */
const avif = {
  red: Buffer.from("AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAADrbWV0YQAAAAAAAAAhaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAAAAAAAOcGl0bQAAAAAAAQAAAB5pbG9jAAAAAEQAAAEAAQAAAAEAAAETAAAAKQAAAChpaW5mAAAAAAABAAAAGmluZmUCAAAAAAEAAGF2MDFDb2xvcgAAAABqaXBycAAAAEtpcGNvAAAAFGlzcGUAAAAAAAAAGAAAABgAAAAQcGl4aQAAAAADCAgIAAAADGF2MUOBAAwAAAAAE2NvbHJuY2x4AAEADQAGgAAAABdpcG1hAAAAAAAAAAEAAQQBAoMEAAAAMW1kYXQSAAoJGBEvdogIaDQgMhoSB/f2qQCCCD5AAACLO5ilSDWSlvm7sXMbBg==", "base64"),
  grey: Buffer.from("AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAADrbWV0YQAAAAAAAAAhaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAAAAAAAOcGl0bQAAAAAAAQAAAB5pbG9jAAAAAEQAAAEAAQAAAAEAAAETAAAAIQAAAChpaW5mAAAAAAABAAAAGmluZmUCAAAAAAEAAGF2MDFDb2xvcgAAAABqaXBycAAAAEtpcGNvAAAAFGlzcGUAAAAAAAAAHwAAABEAAAAQcGl4aQAAAAADCAgIAAAADGF2MUOBAAwAAAAAE2NvbHJuY2x4AAEADQAGgAAAABdpcG1hAAAAAAAAAAEAAQQBAoMEAAAAKW1kYXQSAAoJGBE9BogIaDQgMhISB/f2qQCCCD5AAACLO5ilTSg=", "base64"),
};
const red = (w = 12, h = 12) => png(w, h, { pixel: () => [230, 20, 20] });
const blue = (w = 12, h = 12) => png(w, h, { pixel: () => [20, 20, 230] });

const folder = async (info, files) => {
  const root = info.outputPath("pets");
  for (const [path, bytes] of Object.entries(files)) {
    await fs.mkdir(`${root}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
    await fs.writeFile(`${root}/${path}`, bytes);
  }
  return root;
};

const many = (path, n, bytes, end = "png") => Object.fromEntries([...Array(n)].map((_, i) => [`${path}/${i}.${end}`, bytes]));

/** Opens the editor of pictures on a page that trains nothing large. */
const pictures = async (page) => {
  await open(page, spec({ data: { set: "xor" }, model: { layers: [{ type: "dense" }] }, task: { type: "classification" } }));
  await pause(page);
  await page.getByTestId("dataset-pictures").click();
  await expect(page.getByTestId("folder-side")).toBeVisible();
};

const used = (page) => expect(page.getByTestId("dataset-pictures")).toHaveAttribute("aria-pressed", "true", { timeout: 20_000 });

/** The pixels that are kept: [r, g, b] in the middle and in the corner of each picture, by class. */
const kept = (page) => page.evaluate(async () => {
  /** The pictures of the address, which follows an edit after a moment. */
  const pictures = async () => {
    const x = location.hash.match(/[?&]x=([^&]*)/)?.[1] ?? "";
    const bytes = Uint8Array.from(atob(x.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
    const inflated = (kind) => new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream(kind))).text();
    const text = await inflated("deflate-raw").catch(() => inflated("deflate")).catch(() => "{}");
    return JSON.parse(text).data?.pictures;
  };
  let found = await pictures();
  for (let turn = 0; !found && turn < 50; turn++) {
    await new Promise((wake) => setTimeout(wake, 100));
    found = await pictures();
  }
  const { side, classes, labels, pixels, test } = found;
  const of = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const rgb = of(pixels), n = side * side * 3;
  const at = (i, x, y) => [...rgb.slice(i * n + 3 * (y * side + x), i * n + 3 * (y * side + x) + 3)];
  return { test: test ?? 0, all: [...of(labels)].map((label, i) => ({ name: classes[label], middle: at(i, side / 2, side / 2), corner: at(i, 0, 0) })) };
});

const near = (got, wanted, by = 6) => got.every((v, i) => Math.abs(v - wanted[i]) <= by);

test("pictures of every format are read, with their true colours", async ({ page }, info) => {
  await pictures(page);
  const line16 = (r, g, b) => [r, r, g, g, b, b];
  const files = {
    "red/a.jpg": await encoded(page, "image/jpeg", "rgb(230,20,20)"),
    "red/b.webp": await encoded(page, "image/webp", "rgb(230,20,20)"),
    "red/c.png": png(9, 9, { depth: 16, pixel: () => line16(230, 20, 20) }),
    "red/d.png": png(8, 8, { depth: 1, color: 3, line: () => [0xff], palette: [0, 0, 0, 230, 20, 20] }),
    "red/e.gif": gif,
    "red/f.png": png(8, 8, { color: 6, pixel: () => [230, 20, 20, 255] }),
    "red/g.avif": avif.red,
    "grey/a.png": png(8, 8, { color: 0, pixel: () => [120] }),
    "grey/b.png": png(8, 8, { color: 4, pixel: () => [120, 255] }),
    "grey/c.png": png(8, 8, { depth: 16, color: 0, pixel: () => [120, 120] }),
    "grey/d.png": png(8, 8, { depth: 4, color: 0, line: () => [0x77, 0x77, 0x77, 0x77] }),
    "grey/e.JPG": await encoded(page, "image/jpeg", "rgb(120,120,120)", 300, 300),
    "grey/f.jpeg": await encoded(page, "image/jpeg", "rgb(120,120,120)", 2000, 2000),
    "grey/g.AVIF": avif.grey,
  };
  await page.getByTestId("folder-files").setInputFiles(await folder(info, files));
  await expect(page.getByTestId("folder-result")).toContainText("14 pictures in 2 classes.", { timeout: 30_000 });
  await expect(page.locator("#folder-files-problem")).toBeEmpty();
  await used(page);
  const { all } = await kept(page);
  for (const { name, middle } of all) expect(near(middle, name === "red" ? [235, 16, 16] : [120, 120, 120], 26), `${name}: ${middle}`).toBe(true);
});

test("what is no picture is named with the way on, hidden and system files are no classes", async ({ page }, info) => {
  await pictures(page);
  const root = await folder(info, {
    ...many("cat", 6, red()), ...many("dog", 6, blue()),
    "cat/labels.csv": "a,b\n", "dog/photo.heic": Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1"),
    "dog/plan.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>", "dog/text.pdf": "%PDF-1.7", "cat/cut.png": red().subarray(0, 50),
    ".git/objects/1.png": red(), "__MACOSX/cat/._1.png": red(), "cat/Thumbs.db": "x", "dog/.DS_Store": "x",
  });
  await page.getByTestId("folder-files").setInputFiles(root);
  await expect(page.getByTestId("folder-result")).toContainText("12 pictures in 2 classes.");
  await expect(page.getByTestId("folder-result")).toContainText("hidden or system files were skipped");
  const said = page.locator("#folder-files-problem");
  await expect(said).toContainText("labels.csv” is no picture");
  await expect(said).toContainText("photo.heic”: it is HEIC. Save it as JPEG or PNG");
  await expect(said).toContainText("plan.svg”: it is SVG");
  await expect(said).toContainText("text.pdf”: it is PDF");
  await expect(said).toContainText("cut.png” is damaged");
  await used(page);
  await expect(page.getByTestId("picture-classes").locator("li")).toHaveCount(2);
});

test("a drawing on a transparent ground shows, whatever its colour", async ({ page }, info) => {
  await pictures(page);
  /** A disc of ink in the middle of nothing. */
  const disc = (ink) => png(20, 20, { color: 6, pixel: (x, y) => Math.hypot(x - 9.5, y - 9.5) < 6 ? [...ink, 255] : [0, 0, 0, 0] });
  for (const [inks, said, ground] of [
    [[[0, 0, 0], [40, 0, 60]], "Transparent parts lie on white.", 255],
    [[[255, 255, 255], [250, 240, 160]], "Transparent parts lie on black", 0],
  ]) {
    await page.getByTestId("folder-files").setInputFiles(await folder(info, { ...many("a", 6, disc(inks[0])), ...many("b", 6, disc(inks[1])) }));
    await expect(page.getByTestId("folder-result")).toContainText(said);
    await used(page);
    await expect.poll(async () => (await kept(page)).all.every(({ corner, middle }) => near(corner, [ground, ground, ground]) && !near(middle, corner, 60))).toBe(true);
  }
  await page.getByTestId("picture-ground").selectOption("white");
  await expect(page.getByTestId("folder-result")).toContainText("Transparent parts lie on white.");
});

test("what is not square is fitted whole, or cropped on request, and either is said", async ({ page }, info) => {
  await pictures(page);
  // Green on the left and right, the class in the middle.
  const wide = (ink) => png(30, 10, { pixel: (x) => x < 8 || x >= 22 ? [20, 200, 20] : ink });
  const tall = (ink) => png(10, 30, { pixel: () => ink });
  await page.getByTestId("folder-files").setInputFiles(await folder(info, { ...many("red", 6, wide([230, 20, 20])), ...many("blue", 6, tall([20, 20, 230])) }));
  await expect(page.getByTestId("folder-result")).toContainText("Each was fitted whole into 32×32");
  await used(page);
  await page.getByTestId("picture-fit").selectOption("middle");
  await expect(page.getByTestId("folder-result")).toContainText("The middle square of each was made 32×32.");
  await expect.poll(async () => (await kept(page)).all.filter((p) => p.name === "red").every((p) => near(p.corner, [230, 20, 20]))).toBe(true);
  await page.getByTestId("picture-fit").selectOption("whole");
  await expect(page.getByTestId("folder-result")).toContainText("Each was fitted whole");
  await page.getByTestId("folder-side").selectOption("16");
  await expect(page.getByTestId("folder-result")).toContainText("16×16");
});

test("train and test folders are the split", async ({ page }, info) => {
  await pictures(page);
  const root = await folder(info, {
    ...many("train/cat", 8, red()), ...many("train/dog", 7, blue()), ...many("validation/cat", 3, red()), ...many("validation/dog", 2, blue()),
  });
  await page.getByTestId("folder-files").setInputFiles(root);
  await expect(page.getByTestId("folder-result")).toContainText("20 pictures in 2 classes. The folders say which 5 of them are the test part.");
  await used(page);
  await expect(page.getByTestId("data-counts")).toHaveText("15 train · 5 test");
  await expect(page.getByTestId("data-test-fraction")).toHaveCount(0);
  expect((await kept(page)).test).toBe(5);
});

const drop = (page, files) => page.evaluate((files) => {
  const dataTransfer = new DataTransfer();
  for (const [name, bytes] of files) dataTransfer.items.add(new File([new Uint8Array(bytes)], name));
  document.querySelector("[data-testid=panel-network]").dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer }));
}, files.map(([name, bytes]) => [name, [...bytes]]));

test("single pictures get the class that is typed, picked from their names, or dropped anywhere", async ({ page }) => {
  await pictures(page);
  const files = (bytes, n, name) => [...Array(n)].map((_, i) => ({ name: `${name}${i}.png`, mimeType: "image/png", buffer: bytes }));
  await page.getByTestId("picture-files").setInputFiles(files(red(), 6, "IMG_"));
  await expect(page.locator("#folder-files-problem")).toContainText("Pictures without a class: 6.");
  await page.getByTestId("picture-class").fill("cat");
  await page.getByTestId("picture-add").click();
  await expect(page.locator("#folder-files-problem")).toContainText("All pictures belong to one class, “cat”");
  await drop(page, files(blue(), 6, "IMG_").map(({ name, buffer }) => [name, buffer]));
  await page.getByTestId("picture-class").fill("dog");
  await page.getByTestId("picture-class").press("Enter");
  await used(page);
  await expect(page.getByTestId("data-counts")).toHaveText("9 train · 3 test");
  await page.getByTestId("pictures-clear").click();
  await page.getByTestId("picture-files").setInputFiles([...files(red(), 6, "oak."), ...files(blue(), 6, "ash.")]);
  await page.getByTestId("picture-by-name").click();
  await expect(page.getByTestId("picture-classes")).toContainText("ash 6");
  await expect(page.getByTestId("folder-result")).toContainText("12 pictures in 2 classes.");
});

test("what is no picture is refused before anybody asks for its class, and what waits for one can be taken away", async ({ page }) => {
  await pictures(page);
  await page.getByTestId("picture-files").setInputFiles([{ name: "pets.zip", mimeType: "application/zip", buffer: Buffer.from("PK\x03\x04") }]);
  await expect(page.locator("#folder-files-problem")).toContainText("“pets.zip” is no picture.");
  await expect(page.getByTestId("picture-class")).toHaveCount(0);
  await page.getByTestId("picture-files").setInputFiles([{ name: "IMG_1.png", mimeType: "image/png", buffer: red() }]);
  await page.getByTestId("picture-discard").click();
  await expect(page.getByTestId("picture-class")).toHaveCount(0);
});

test("large pictures are read with progress and can be stopped, and the page answers meanwhile", async ({ page }, info) => {
  await pictures(page);
  const large = await encoded(page, "image/jpeg", "rgb(230,20,20)", 5000, 3500);
  await page.getByTestId("folder-files").setInputFiles(await folder(info, { ...many("a", 12, large, "jpg"), ...many("b", 12, large, "jpg") }));
  await expect(page.getByTestId("pictures-progress")).toContainText(/Reading picture [1-9]\d* of 24/, { timeout: 30_000 });
  await page.evaluate(() => {
    window.longest = 0;
    let last = performance.now();
    const tick = () => { const now = performance.now(); window.longest = Math.max(window.longest, now - last); last = now; window.timer = setTimeout(tick, 5); };
    tick();
  });
  await page.getByTestId("pictures-stop").click({ timeout: 20_000 });
  await expect(page.getByTestId("pictures-progress")).toHaveCount(0);
  // Decoding one of them takes the thread half a second or more; what is asked is that it is not the page's.
  expect(await page.evaluate(() => window.longest)).toBeLessThan(2000);
  await page.getByTestId("pictures-clear").click();
  await expect(page.getByTestId("picture-classes")).toHaveCount(0);
});

// Text.

test("a short text says what it needs; its context can be set before it is used", async ({ page }) => {
  await open(page);
  await pause(page);
  await page.getByTestId("dataset-text").click();
  const rhyme = "one, two, buckle my shoe; three, four, knock at the door; ".repeat(3).slice(0, 120);
  await page.getByTestId("text-own").fill(rhyme);
  const said = page.locator("#text-own-problem");
  await expect(said).toContainText("Your text has 120 characters; with a context of 32 it needs at least 145.");
  await fill(page, "text-context", 64);
  await expect(said).toContainText("with a context of 64 it needs at least 287");
  await fill(page, "text-context", 16);
  await expect(page.getByTestId("dataset-text")).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByTestId("data-context")).toHaveValue("16");
  await expect(page.getByTestId("text-context")).toHaveCount(0);
});

test("the context that a short text allows is offered, in Chinese too", async ({ page }) => {
  await open(page, "#/play?lang=zh");
  await pause(page);
  await page.getByTestId("dataset-text").click();
  await page.getByTestId("text-own").fill("床前明月光，疑是地上霜。举头望明月，低头思故乡。".repeat(3));
  await expect(page.locator("#text-own-problem")).toContainText("至少需要 145 个字符");
  await page.getByTestId("text-context-fix").click();
  await expect(page.getByTestId("dataset-text")).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByTestId("data-context")).toHaveValue("16");
});

// Formulas.

test("a text file is read in its own encoding, and another can be chosen", async ({ page }) => {
  await open(page, "#/play?lang=en");
  await page.getByTestId("dataset-text").click();
  const file = (name, bytes) => page.getByTestId("text-file").setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(bytes) });
  const own = page.getByTestId("text-own");
  // 床前明月光。 in GBK, then a Western text, then UTF-16 with its mark.
  const gbk = [0xb4, 0xb2, 0xc7, 0xb0, 0xc3, 0xf7, 0xd4, 0xc2, 0xb9, 0xe2, 0xa1, 0xa3];
  await file("poem.txt", Array(40).fill(gbk).flat());
  await expect(own).toHaveValue(/^床前明月光。床前/);
  await expect(page.getByTestId("text-encoding")).toHaveValue("gb18030");
  await page.getByTestId("text-encoding").selectOption("windows-1252");
  await expect(own).toHaveValue(/^´²Ç°/);
  await file("caf.txt", Buffer.from("un café à Gênes. ".repeat(20), "latin1"));
  await expect(own).toHaveValue(/^un café à Gênes\. /);
  await file("wide.txt", Buffer.from("\ufeff" + "wide letters. ".repeat(20), "utf16le"));
  await expect(own).toHaveValue(/^wide letters\. /);
  await expect(page.getByTestId("text-encoding")).toHaveCount(0);
  await file("letter.docx", Buffer.from("PK\x03\x04word/document.xml"));
  await expect(page.locator("#text-own-problem")).toContainText("A .docx file is not plain text.");
  await expect(own).toHaveValue(/^wide letters\. /);
});

test("formulas are read as people write them, and how is said", async ({ page }) => {
  await open(page);
  await pause(page);
  await page.getByTestId("dataset-formula").click();
  const field = page.getByTestId("data-formula"), shown = page.getByTestId("formula-shown");
  for (const [typed, read] of [
    ["sin(2πx)", "sin(2·π·x)"], ["|x|", "abs(x)"], ["√x", "sqrt(x)"], ["sin x", "sin(x)"], ["y = x^2", "x^2"], ["0,5*x", "0.5·x"],
    ["2sin(x)cos(x)", "2·sin(x)·cos(x)"], ["max(0,x)", "max(0; x)"], ["e^-x²", "e^−x^2"], ["ｓｉｎ（２ｘ）", "sin(2·x)"], ["f(x) = ln x", "ln(x)"],
    ["np.maximum(0, x) − 0,3", "max(0; x) − 0.3"],
  ]) {
    await field.fill(typed);
    await expect(shown, typed).toHaveText(`Read as: y > ${read}`);
    await expect(page.locator("#data-formula-problem"), typed).toBeEmpty();
  }
  await field.fill("sin(x) + foo");
  await expect(page.locator("#data-formula-problem")).toContainText("“foo” at character 10 cannot be read.");
  await page.getByTestId("lang-zh").click();
  await expect(page.locator("#data-formula-problem")).toContainText("第 10 个字符处的“foo”无法识别");
  await field.fill("0.5 x");
  await expect(page.locator("#data-formula-problem")).toBeEmpty();
});

// Drawing.

const DIGITS = { data: { set: "mnist", samples: 1000 }, model: { layers: [{ type: "conv2d", filters: 4, kernel: 5, activation: "relu" }, { type: "max_pool2d", size: 4 }, { type: "flatten" }, { type: "dense" }] }, task: { type: "classification" }, optimizer: { type: "adam", lr: 0.01 } };

test("the pad starts empty, a digit drawn in a corner is centred, and the answer stands beside it", async ({ page }) => {
  await open(page, spec(DIGITS));
  await expect.poll(() => steps(page), { timeout: 30_000 }).toBeGreaterThan(60);
  await pause(page);
  await page.getByTestId("inside").scrollIntoViewIfNeeded();
  await page.getByTestId("example-draw").click();
  const pad = page.getByTestId("example-pad");
  await expect(page.getByTestId("example-empty")).toBeVisible();
  await pad.evaluate((pad) => pad.scrollIntoView({ block: "center" }));
  let before = "";
  await expect.poll(async () => before === (before = JSON.stringify(await pad.boundingBox()))).toBe(true);
  const box = await pad.boundingBox();
  const at = (x, y) => [box.x + x * box.width, box.y + y * box.height];
  await page.mouse.move(...at(0.15, 0.1));
  await page.mouse.down();
  await page.mouse.move(...at(0.15, 0.35), { steps: 8 });
  await page.mouse.up();
  await expect(page.getByTestId("example-empty")).toHaveCount(0);
  await expect(page.getByTestId("example-centred")).toContainText("moved to the middle and scaled");
  const odds = page.getByTestId("example-odds");
  await expect(odds).toContainText("%");
  // Seen together: both are in the window at once.
  const place = await odds.boundingBox();
  expect(place.y).toBeLessThan(box.y + box.height + 40);
  await page.getByTestId("example-centre").uncheck();
  await expect(page.getByTestId("example-centred")).toHaveCount(0);
  await page.getByTestId("example-clear").click();
  await expect(page.getByTestId("example-empty")).toBeVisible();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  test("points and digits are drawn with a finger", async ({ page }) => {
    await open(page, spec(DIGITS));
    await pause(page);
    const stroke = async (locator, from, to) => {
      await locator.evaluate((e) => e.scrollIntoView({ block: "center" }));
      let before = "";
      await expect.poll(async () => before === (before = JSON.stringify(await locator.boundingBox()))).toBe(true);
      const box = await locator.boundingBox();
      const session = await page.context().newCDPSession(page);
      const at = (p) => [{ x: box.x + p[0] * box.width, y: box.y + p[1] * box.height }];
      await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: at(from) });
      for (let i = 1; i <= 6; i++) {
        await session.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: at([0, 1].map((k) => from[k] + (to[k] - from[k]) * i / 6)) });
      }
      await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
      return box;
    };
    await page.getByTestId("inside").scrollIntoViewIfNeeded();
    await page.getByTestId("example-draw").click();
    const box = await stroke(page.getByTestId("example-pad"), [0.5, 0.15], [0.5, 0.85]);
    expect(box.x + box.width).toBeLessThanOrEqual(360);
    await expect(page.getByTestId("example-empty")).toHaveCount(0);
    const scrolled = await page.evaluate(() => scrollY);
    await stroke(page.getByTestId("example-pad"), [0.3, 0.5], [0.7, 0.5]);
    expect(Math.abs(await page.evaluate(() => scrollY) - scrolled), "a stroke does not scroll the page").toBeLessThan(60);
    await page.getByTestId("dataset-points").click();
    await stroke(page.getByTestId("points-plane"), [0.1, 0.5], [0.4, 0.5]);
    await page.getByTestId("points-class-1").click();
    await stroke(page.getByTestId("points-plane"), [0.6, 0.5], [0.9, 0.5]);
    await expect(page.getByTestId("dataset-points")).toHaveAttribute("aria-pressed", "true");
    const plane = await page.getByTestId("points-plane").boundingBox();
    expect(plane.x + plane.width).toBeLessThanOrEqual(360);
  });
});
