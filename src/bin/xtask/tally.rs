//! Reading totals out of what test runners print, so that the last line of a run can state them. Not responsible for
//! running anything.

use std::fmt;
use std::ops::AddAssign;

/// Tests counted by outcome. Shown as the closing line `N passed, N failed`.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Tests that passed, at the latest when tried again.
    pub passed: u64,
    /// Tests that failed, ran out of time, or could not be started.
    pub failed: u64,
    /// Tests that were not run.
    pub skipped: u64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(f, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

impl Tally {
    fn count(&mut self, number: u64, outcome: &str) {
        match outcome {
            "passed" | "flaky" => self.passed += number,
            "failed" | "timed out" | "exec failed" | "interrupted" => self.failed += number,
            "skipped" | "ignored" | "did not run" => self.skipped += number,
            _ => {}
        }
    }

    /// Adds `12 passed`; anything that is not a number and words is left alone.
    fn count_text(&mut self, text: &str) {
        let text = text.trim();
        let Some((number, outcome)) = text.split_once(' ') else { return };
        if let Ok(number) = number.parse() {
            self.count(number, outcome.split(" (").next().unwrap_or_default().trim());
        }
    }

    /// cargo-nextest: `Summary [ 1.2s] 9 tests run: 7 passed (1 slow), 1 failed, 1 timed out, 3 skipped`.
    pub fn of_nextest(output: &str) -> Self {
        let mut tally = Self::default();
        let summary = output.lines().rfind(|l| l.trim_start().starts_with("Summary ["));
        for part in summary.and_then(|l| l.split_once(" run: ")).map_or("", |(_, t)| t).split(',') {
            tally.count_text(part);
        }
        tally
    }

    /// `cargo test`: `test result: ok. 3 passed; 0 failed; 1 ignored; …`, once for each binary.
    pub fn of_cargo_test(output: &str) -> Self {
        let mut tally = Self::default();
        for line in output.lines().filter_map(|l| l.trim_start().strip_prefix("test result: ")) {
            for part in line.split_once(". ").map_or("", |(_, t)| t).split(';') {
                tally.count_text(part);
            }
        }
        tally
    }

    /// Playwright: `  3 passed (4.2s)`, `  1 failed`, each on a line of its own.
    pub fn of_playwright(output: &str) -> Self {
        let mut tally = Self::default();
        for line in output.lines() {
            tally.count_text(line);
        }
        tally
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn totals_are_read_from_each_runner() {
        let nextest =
            "    PASS a\n     Summary [   0.2s] 9 tests run: 7 passed (1 slow), 1 failed, 1 timed out, 3 skipped\n";
        assert_eq!(Tally::of_nextest(nextest), Tally { passed: 7, failed: 2, skipped: 3 });
        let cargo = "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s\n\
                     test result: FAILED. 2 passed; 4 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0s\n";
        assert_eq!(Tally::of_cargo_test(cargo), Tally { passed: 5, failed: 4, skipped: 1 });
        let playwright = "Running 4 tests using 1 worker\n  ✓  1 a.spec.mjs:3:1 › 2 passed things (1s)\n  1 failed\n    \
                          a.spec.mjs\n  2 skipped\n  1 did not run\n  12 passed (4.2s)\n";
        assert_eq!(Tally::of_playwright(playwright), Tally { passed: 12, failed: 1, skipped: 3 });
    }

    #[test]
    fn the_closing_line() {
        let all = Tally { passed: 3, failed: 0, skipped: 0 };
        assert_eq!(all.to_string(), "3 passed, 0 failed");
        assert_eq!(Tally { skipped: 2, ..all }.to_string(), "3 passed, 0 failed, 2 skipped");
    }
}
