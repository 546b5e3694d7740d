//! The fast executors, and the choice between them.
//!
//! Deleting this layer leaves a program that still trains, slowly and correctly. Not responsible for what is computed:
//! every kernel is held to the reference kernel of its op.

pub mod simd;
#[cfg(any(not(target_arch = "wasm32"), feature = "webgpu"))]
pub mod webgpu;

use crate::engine::exec::{Executor, Fault};
use crate::spec::{Backend, Code, Problem};

/// What there is to choose from.
#[derive(Clone, Debug, Default)]
pub struct Backends {
    #[cfg(feature = "webgpu")]
    card: Option<Result<std::rc::Rc<webgpu::device::Device>, Fault>>,
}

/// A graphics card.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Adapter {
    /// As it names itself; empty where the browser keeps that to itself.
    pub name: String,
    /// Whether a program plays it: never faster than SIMD.
    pub software: bool,
}

impl Backends {
    /// With the card, if there is one.
    #[cfg(feature = "webgpu")]
    pub async fn request() -> Backends {
        Backends { card: Some(webgpu::device::Device::request().await.map(std::rc::Rc::new)) }
    }

    /// The executor for what the experiment asks.
    ///
    /// # Errors
    /// [`Code::NoBackend`] for a backend that this program does not have, [`Code::NoCard`] for a card that is not there.
    pub fn choose(&self, asked: Backend) -> Result<Box<dyn Executor<f32>>, Problem> {
        match asked {
            Backend::Auto | Backend::Simd => Ok(Box::new(simd::Simd::new())),
            // The reference kernels would be a tenth of what the browser has to load; natively they judge the others.
            #[cfg(not(target_arch = "wasm32"))]
            Backend::Reference => Ok(Box::new(crate::engine::reference::Reference::<f32>::default())),
            #[cfg(target_arch = "wasm32")]
            Backend::Reference => Err(Problem::new("backend", Code::NoBackend).arg("backend", "reference")),
            Backend::Webgpu => self.pair(),
        }
    }

    #[cfg(feature = "webgpu")]
    fn pair(&self) -> Result<Box<dyn Executor<f32>>, Problem> {
        match &self.card {
            Some(Ok(card)) => match card.fault() {
                None => Ok(Box::new(webgpu::executor::Pair::new(card.clone()))),
                Some(fault) => Err(no_card(&fault)),
            },
            Some(Err(fault)) => Err(no_card(fault)),
            None => Err(no_card(&Fault::NoAdapter)),
        }
    }

    #[cfg(not(feature = "webgpu"))]
    fn pair(&self) -> Result<Box<dyn Executor<f32>>, Problem> {
        Err(Problem::new("backend", Code::NoBackend).arg("backend", "webgpu"))
    }

    /// The card sums products so from now on: for tests of both ways.
    #[cfg(feature = "gpu-native")]
    pub fn sum_by(&self, sums: webgpu::kernels::gemm::Sums) {
        if let Some(Ok(card)) = &self.card {
            card.sums.set(sums);
        }
    }

    /// Gives the card back, as a browser may at any time: for tests.
    #[cfg(feature = "gpu-native")]
    pub fn destroy_card(&self) {
        if let Some(Ok(card)) = &self.card {
            card.destroy();
        }
    }

    /// Bytes on the card, and what was done there so far.
    #[cfg(feature = "gpu-native")]
    pub fn card_counts(&self) -> (u64, webgpu::device::Counts) {
        match &self.card {
            Some(Ok(card)) => (card.bytes(), card.counts.get()),
            Some(Err(_)) | None => Default::default(),
        }
    }

    /// The card that [`Backends::choose`] would give.
    pub fn adapter(&self) -> Option<Adapter> {
        #[cfg(feature = "webgpu")]
        if let Some(Ok(card)) = &self.card {
            return Some(Adapter { name: card.info.name.clone(), software: card.is_software() });
        }
        None
    }
}

/// The executor for what an experiment asks, without a card.
///
/// # Errors
/// As [`Backends::choose`].
pub fn choose(asked: Backend) -> Result<Box<dyn Executor<f32>>, Problem> {
    Backends::default().choose(asked)
}

/// A fault as a problem: its kind, a blank, and what is known beyond it.
pub fn no_card(fault: &Fault) -> Problem {
    let words = match fault {
        Fault::NoDevice(words) | Fault::Lost(words) | Fault::OutOfMemory(words) | Fault::Refused(words) => {
            words.clone()
        }
        Fault::Unsupported(op) => op.clone(),
        Fault::Limit(name, there, needed) => format!("{name}: {there} < {needed}"),
        Fault::TooLarge(needed, most) => format!("{} MB > {} MB", needed >> 20, most >> 20),
        Fault::NoAdapter | Fault::Silent => String::new(),
    };
    Problem::new("backend", Code::NoCard).arg("why", format!("{} {}", word(fault), words.trim()).trim_end())
}

/// The kind of a fault, as the protocol says it.
pub fn word(fault: &Fault) -> &'static str {
    match fault {
        Fault::NoAdapter => "no_adapter",
        Fault::NoDevice(_) => "no_device",
        Fault::Limit(..) => "limit",
        Fault::TooLarge(..) => "too_large",
        Fault::Unsupported(_) => "unsupported",
        Fault::Lost(_) => "lost",
        Fault::OutOfMemory(_) => "out_of_memory",
        Fault::Refused(_) => "refused",
        Fault::Silent => "silent",
    }
}

/// Why [`Backends::choose`] chose: `asked`, or `only_one` where there was nothing to race.
pub fn reason(asked: Backend) -> &'static str {
    match asked {
        Backend::Auto => "only_one",
        Backend::Simd | Backend::Webgpu | Backend::Reference => "asked",
    }
}
