// The network as code for PyTorch or Keras: in step with every edit, lit together with the cards, copied, saved, and the way back.
import fs from "node:fs";
import { test, expect } from "./fixtures.mjs";
import { open, pause, write } from "./lab.mjs";

const code = (page) => page.getByTestId("model-code");

async function show(page) {
  await open(page);
  await pause(page);
  await page.getByTestId("net-code").check();
  await expect(code(page)).toContainText("model = nn.Sequential(");
}

async function save(page, info, id) {
  const [got] = await Promise.all([page.waitForEvent("download"), page.getByTestId(id).click()]);
  const path = info.outputPath(got.suggestedFilename());
  await got.saveAs(path);
  return { name: got.suggestedFilename(), path, bytes: fs.readFileSync(path) };
}

/** Names and shapes of a safetensors file. */
function header(bytes) {
  const { __metadata__, ...arrays } = JSON.parse(bytes.subarray(8, 8 + Number(bytes.readBigUInt64LE(0))).toString());
  return Object.fromEntries(Object.entries(arrays).map(([name, a]) => [name, a.shape]));
}

test("the code follows every edit, and what cannot train has none", async ({ page }) => {
  await show(page);
  await expect(code(page)).toContainText("nn.Linear(2, 8)");
  await write(page, "dense 5 relu | dense 3 | add from=layers.0,layers.0 | dense");
  await expect(code(page)).toContainText("class Net(nn.Module)");
  await expect(code(page)).toContainText("x = h0 + h0");
  await write(page, "conv 4 3x3 | dense");
  await expect(code(page)).toContainText("no code");
  await write(page, "dense 4 gelu | dense");
  await expect(code(page)).toContainText("nn.GELU()");
});

test("the layer under the pointer is lit in both", async ({ page }) => {
  await show(page);
  await code(page).locator("span", { hasText: "nn.Linear(8, 8)" }).hover();
  await expect(page.locator(".net-lit")).toHaveCount(1);
  const [lit, card] = await Promise.all([page.locator(".net-lit").boundingBox(), page.getByTestId("layer-card-1").boundingBox()]);
  expect(Math.abs(lit.x - card.x)).toBeLessThan(3);
  await page.getByTestId("layer-card-2").hover();
  await expect(code(page).locator(".lit")).toHaveText(/nn\.Linear\(8, 2\)/);
  await page.getByTestId("step-count").hover();
  await expect(code(page).locator(".lit")).toHaveCount(0);
});

test("the code is copied whole", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await show(page);
  await page.getByTestId("copy-code").click();
  await expect(page.getByTestId("copy-code")).toHaveText("Copied");
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toMatch(/^"""The experiment "spiral" in PyTorch/);
  expect(text).toContain('save_file(');
  expect(text).toBe(await code(page).evaluate((e) => e.textContent));
});

test("script, weights and rows are saved, and weights come back by name and shape", async ({ page }, info) => {
  await show(page);
  const script = await save(page, info, "export-pytorch");
  expect(script.name).toBe("spiral_pytorch.py");
  expect(script.bytes.toString()).toBe(await code(page).evaluate((e) => e.textContent));
  const rows = await save(page, info, "export-rows");
  expect(rows.name).toBe("spiral.rows.safetensors");
  expect(header(rows.bytes)).toEqual({ x_train: [250, 2], y_train: [250], x_test: [250, 2], y_test: [250] });
  const weights = await save(page, info, "export-weights");
  expect(header(weights.bytes)).toEqual({ "0.weight": [8, 2], "0.bias": [8], "2.weight": [8, 8], "2.bias": [8], "4.weight": [2, 8], "4.bias": [2] });
  const onnx = await save(page, info, "export-onnx");
  expect(onnx.name).toBe("spiral.onnx");
  expect(onnx.bytes.toString("latin1")).toContain("MatMul");
  const loss = await page.getByTestId("test-loss").textContent();
  await page.getByTestId("reset").click();
  await expect(page.getByTestId("test-loss")).not.toHaveText(loss);
  await page.getByTestId("open-file-input").setInputFiles(weights.path);
  await expect(page.getByTestId("file-note")).toContainText("Opened trained");
  await expect(page.getByTestId("test-loss")).toHaveText(loss);
  await write(page, "dense 5 tanh | dense 8 tanh | dense");
  await page.getByTestId("open-file-input").setInputFiles(weights.path);
  await expect(page.getByTestId("notice")).toContainText("do not fit this network");
});

test("in Keras: the same network as another script, its weights in Keras's order, and what it lacks in words", async ({ page }, info) => {
  await show(page);
  await page.getByTestId("code-keras").click();
  await expect(page.getByTestId("code-keras")).toHaveAttribute("aria-pressed", "true");
  await expect(code(page)).toContainText('x = layers.Dense(8, activation="tanh", name="fc1")(inputs)');
  await expect(page.getByTestId("go-on")).toContainText("Go on in Keras");
  await expect(page.getByTestId("export-pytorch")).toHaveCount(0);
  const script = await save(page, info, "export-keras");
  expect(script.name).toBe("spiral_keras.py");
  expect(script.bytes.toString()).toBe(await code(page).evaluate((e) => e.textContent));
  const weights = await save(page, info, "export-keras-weights");
  expect(weights.name).toBe("spiral.keras.safetensors");
  const shapes = { "fc1/kernel": [2, 8], "fc1/bias": [8], "fc2/kernel": [8, 8], "fc2/bias": [8], "fc3/kernel": [8, 2], "fc3/bias": [2] };
  expect(header(weights.bytes)).toEqual(shapes);
  const loss = await page.getByTestId("test-loss").textContent();
  await page.getByTestId("reset").click();
  await expect(page.getByTestId("test-loss")).not.toHaveText(loss);
  await page.getByTestId("open-file-input").setInputFiles(weights.path);
  await expect(page.getByTestId("file-note")).toContainText("Opened trained");
  await expect(page.getByTestId("test-loss")).toHaveText(loss);
  await write(page, "reshape 2x1 | lstm 4 tbptt=1 | dense");
  await expect(code(page)).toContainText("Keras");
  await expect(code(page)).toContainText("tbptt");
  await page.getByTestId("code-pytorch").click();
  await expect(code(page)).toContainText("truncated(");
});
