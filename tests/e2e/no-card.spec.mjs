// Where the browser has no WebGPU, asking for it is answered in words before anything is stopped.
import { test, expect } from "./fixtures.mjs";

const steps = async (page) => Number((await page.getByTestId("step-count").textContent()).replaceAll(/\D/g, ""));

test("the page says that there is none, and the run goes on", async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, "gpu", { value: undefined }));
  await page.goto("");
  await expect.poll(() => steps(page)).toBeGreaterThan(20);
  await expect(page.getByTestId("runs-on-says")).toContainText("no WebGPU");
  const before = await steps(page);
  await page.getByTestId("runs-on").selectOption("webgpu");
  await expect(page.getByTestId("notice")).toContainText("graphics card");
  await expect(page.getByTestId("runs-on")).toHaveValue("auto");
  await expect.poll(() => steps(page)).toBeGreaterThan(before);
});

test("gradarium.js rejects with a finding", async ({ page }) => {
  await page.route("**/bare.html", (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html>" }));
  await page.goto("bare.html");
  const problems = await page.evaluate(async () => {
    const { Gradarium } = await import("./gradarium.js");
    return Gradarium.start({ backend: "webgpu" }).then(() => null, (e) => e.problems);
  });
  expect(problems).toHaveLength(1);
  expect(problems[0].path).toBe("backend");
  expect(problems[0].message).toContain("graphics card");
  expect(problems[0].hint).not.toBe("");
});
