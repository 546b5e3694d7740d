//! Words for a second worker that does not answer.
//!
//! Not responsible for what a worker refuses (`problems.rs`).

use super::{Text, text};

/// The browser started none.
pub const NOT_STARTED: Text = text(
    "The browser could not start another worker for this. Reload the page, or close other tabs and try again.",
    "浏览器未能为此启动另一个工作线程。请重新加载页面，或关闭其他标签页后重试。",
);
/// It is gone; `{why}` is what it said last.
pub const DIED: Text = text(
    "The worker that computed this ended unexpectedly (out of memory?). The run of the page is not touched. {why}",
    "负责此计算的工作线程意外终止（可能内存不足）。页面本身的训练不受影响。{why}",
);
/// The learner stopped it.
pub const STOPPED: Text = text("Stopped.", "已停止。");
