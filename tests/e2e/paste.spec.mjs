// Code pasted in place of the model text: what becomes of it, what is said, and what cannot be read.
import { test, expect } from "./fixtures.mjs";
import { notice, open, pause } from "./lab.mjs";

const field = (page) => page.getByTestId("model-text");

/** Puts a text into the field as a paste does. */
async function paste(page, text) {
  await field(page).focus();
  await field(page).evaluate((area, text) => {
    area.value = text;
    area.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
  }, text);
}

const TORCH = `model = nn.Sequential(
    nn.Linear(2, 5),  # the plane
    nn.ReLU(),
    nn.Linear(5, 2),
    nn.Softmax(dim=1),
)`;

test("pasted PyTorch becomes the network, with what differs, and one step of undo takes it back", async ({ page }) => {
  await open(page);
  await pause(page);
  const before = await field(page).inputValue();
  await paste(page, TORCH);
  await expect(field(page)).toHaveValue("dense 5 relu | dense");
  await expect(page.getByTestId("layer-card-1")).toBeVisible();
  await expect(page.getByTestId("pasted")).toContainText("Read 2 layers from PyTorch code.");
  await expect(page.getByTestId("pasted")).toContainText("Line 5: softmax");
  await page.getByTestId("undo").click();
  await expect(field(page)).toHaveValue(before);
  await expect(notice(page)).toHaveCount(0);
});

test("what cannot be read is named with its place, and the code stays to be mended", async ({ page }) => {
  await open(page);
  await pause(page);
  const code = TORCH.replace("nn.ReLU()", "nn.PReLU()");
  await paste(page, code);
  await expect(page.getByTestId("code-problems")).toContainText("“PReLU” at line 3, column 5");
  await expect(field(page)).toHaveValue(code);
  await field(page).fill(TORCH.replace("nn.ReLU()", "nn.Tanh()"));
  await expect(page.getByTestId("code-problems")).toHaveCount(0);
  await field(page).press("Enter");
  await expect(field(page)).toHaveValue("dense 5 tanh | dense");
});

test("Keras's lines are read, and the loss that they need comes along", async ({ page }) => {
  await open(page);
  await pause(page);
  await paste(page, "model = Sequential()\nmodel.add(Dense(6, activation='elu', input_dim=2))\nmodel.add(Dense(1, activation='sigmoid'))");
  await expect(field(page)).toHaveValue("dense 6 elu | dense");
  await expect(page.getByTestId("pasted")).toContainText("from Keras code");
  await expect(page.getByTestId("pasted")).toContainText("The loss is now bce");
  await expect(page.getByTestId("problem-list")).toHaveCount(0);
});
