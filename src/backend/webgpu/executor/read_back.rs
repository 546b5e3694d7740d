//! Numbers back from the card: copies into a buffer that the processor may read, and a mirror of everything for looks.
//!
//! Not responsible for what runs before (`super`).

use super::WebGpu;
use crate::backend::webgpu::device::Memory;
use crate::backend::webgpu::kernel::Arena;
use crate::engine::exec::{At, PlanId, Ticket};
use crate::engine::graph::{Loc, Space};
use crate::engine::host::Host;
use std::sync::{Arc, Mutex};
#[cfg(not(target_arch = "wasm32"))]
use std::time::Duration;

/// How long the card may take for an answer.
#[cfg(not(target_arch = "wasm32"))]
const PATIENCE: Duration = Duration::from_secs(60);

/// Numbers on their way back.
#[derive(Debug)]
pub(super) struct Answer {
    memory: Memory,
    /// How many; the buffer has room for some more.
    len: usize,
    mapped: Arc<Mutex<Option<bool>>>,
}

impl WebGpu {
    /// Sends for blocks of buffers.
    pub(super) fn send_for(&self, wanted: &[(&wgpu::Buffer, u64, u64)]) -> Option<Answer> {
        let memory = self.submit(wanted)?;
        let mapped: Arc<Mutex<Option<bool>>> = Arc::default();
        let done = mapped.clone();
        memory.buffer.slice(..).map_async(wgpu::MapMode::Read, move |result| {
            if let Ok(mut done) = done.lock() {
                *done = Some(result.is_ok());
            }
        });
        let len = wanted.iter().map(|w| w.2 as usize / 4).sum();
        Some(Answer { memory, len, mapped })
    }

    /// Whether the card has answered, well or not; where one can wait for it, it has. After a fault it has not.
    pub(super) fn is_there(&self, answer: &Answer) -> bool {
        #[cfg(not(target_arch = "wasm32"))]
        self.gpu.wait(PATIENCE);
        answer.mapped.lock().is_ok_and(|m| m.is_some())
    }

    pub(super) fn numbers(&self, answer: &Answer) -> Option<Vec<f32>> {
        if !self.is_there(answer) || !answer.mapped.lock().is_ok_and(|m| *m == Some(true)) {
            return None;
        }
        let view = answer.memory.buffer.slice(..).get_mapped_range().ok()?;
        let words = view.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]));
        Some(words.take(answer.len).collect())
    }

    pub(super) fn block(&self, at: &At) -> (&wgpu::Buffer, u64, u64) {
        let buffer = self.arenas.buffer(Arena::of(at.loc.space), at.plan.0);
        (buffer, at.loc.off as u64 * 4, at.loc.len(at.rows) as u64 * 4)
    }

    pub(super) fn ticket(&mut self, answer: Option<Answer>) -> Ticket {
        self.asked += 1;
        let ticket = Ticket(self.asked);
        if let Some(answer) = answer {
            self.answers.insert(ticket, answer);
        }
        ticket
    }

    /// Everything, as it is now.
    pub(super) fn copy(&self) -> Host<f32> {
        let mut host = Host::default();
        host.prepare(self.layout.clone(), self.plans.clone());
        let shared =
            [Space::Params, Space::Grads, Space::State, Space::Buffers].map(|space| (0, self.layout.whole(space)));
        let own = self
            .plans
            .iter()
            .enumerate()
            .map(|(plan, p)| (plan, Loc { space: Space::Values, off: 0, size: p.values_len, batched: false }));
        let all: Vec<At> =
            shared.into_iter().chain(own).map(|(plan, loc)| At { plan: PlanId(plan), loc, rows: 0 }).collect();
        let wanted: Vec<_> = all.iter().map(|at| self.block(at)).collect();
        let Some(numbers) = self.send_for(&wanted).and_then(|answer| self.numbers(&answer)) else { return host };
        let mut from = 0;
        for at in &all {
            host.write(*at, &numbers[from..from + at.loc.size]);
            from += at.loc.size;
        }
        host
    }
}
