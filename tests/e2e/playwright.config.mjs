// Browser tests against a built site: $E2E_DIST, or dist/ of the repository. `cargo xtask test` builds it first.
import path from "node:path";
import { defineConfig } from "@playwright/test";
import { launchOptions } from "./browser.mjs";

/** The built site under test. */
export const DIST = path.resolve(process.env.E2E_DIST || path.join(import.meta.dirname, "..", "..", "dist"));
// Chosen once, in the process that reads this first; the workers inherit it. Several checkouts may test at once.
process.env.E2E_PORT ||= String(20000 + Math.floor(Math.random() * 20000));
const baseURL = `http://127.0.0.1:${process.env.E2E_PORT}/`;

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.mjs",
  outputDir: "test-results",
  // A page that trains keeps two cores busy by itself: two at once would measure each other.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: !!process.env.CI,
  // Two noisy cores paint, train and test at once: what fails is asked once more, and the report names it as flaky.
  retries: 1,
  reporter: "list",
  use: {
    baseURL,
    launchOptions: launchOptions(),
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    // A kept file would answer where a test stands in for the host; offline.spec.mjs allows them.
    serviceWorkers: "block",
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
  },
  webServer: {
    command: `"${process.execPath}" server.mjs "${DIST}" ${process.env.E2E_PORT}`,
    url: baseURL,
    reuseExistingServer: false,
  },
});
