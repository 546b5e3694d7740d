//! The same experiment with rnn, lstm and gru, trained beside the run by workers of their own; what comes back is the
//! gradient through time of each.
//!
//! Not responsible for drawing the curves (`gradient.rs`).

use crate::i18n::Lang;
use crate::protocol::{Command, Example, LookRequest, Objective, Reply};
use crate::spec::Experiment;
use crate::spec::pairs::Zero;
use crate::ui::inside::filling;
use crate::ui::inside::states::{Cell, RecurrentAt, norms, with_cell};
use crate::ui::link::side::{Side, SideError, SideWorker};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Steps between two words about how far a worker is.
const CHUNK: u32 = 10;

/// What is compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The learner's experiment.
    pub experiment: Rc<Experiment>,
    /// The layer whose states are looked at.
    pub at: RecurrentAt,
    /// The direction.
    pub reverse: bool,
    /// The example.
    pub example: Example,
    /// The loss.
    pub of: Objective,
}

/// How far one network is.
#[derive(Clone, Debug, PartialEq)]
pub enum Stand {
    /// Steps taken.
    Training(u32),
    /// Its gradient norms.
    Done(Vec<f64>),
    /// The reason, as a sentence.
    Failed(String),
}

/// All three.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Compared {
    /// Which press of the button; answers of earlier ones are ignored.
    id: u32,
    /// What was asked.
    pub question: Option<Question>,
    /// Steps each takes.
    pub steps: u32,
    /// In the order of [`Cell::ALL`].
    pub stands: Vec<Stand>,
}

impl Compared {
    /// Whether any worker is still busy.
    pub fn is_busy(&self) -> bool {
        self.stands.iter().any(|s| matches!(s, Stand::Training(_)))
    }

    /// The curves that are there.
    pub fn curves(&self) -> impl Iterator<Item = (Cell, &Vec<f64>)> {
        Cell::ALL.into_iter().zip(&self.stands).filter_map(|(cell, stand)| match stand {
            Stand::Done(norms) => Some((cell, norms)),
            Stand::Training(_) | Stand::Failed(_) => None,
        })
    }
}

/// What happens to it.
pub enum Act {
    /// The button.
    Start(Question, u32),
    /// News of one network of the press `.0`.
    News(u32, usize, Stand),
    /// Cancelled or cleared.
    Clear,
}

impl Reducible for Compared {
    type Action = Act;

    fn reduce(self: Rc<Self>, act: Act) -> Rc<Self> {
        let mut next = Compared::clone(&self);
        match act {
            Act::Start(question, steps) => {
                let stands = vec![Stand::Training(0); Cell::ALL.len()];
                next = Compared { id: self.id + 1, question: Some(question), steps, stands };
            }
            Act::News(id, i, stand) if id == self.id && i < self.stands.len() => next.stands[i] = stand,
            Act::News(..) => return self,
            Act::Clear => next = Compared { id: self.id + 1, ..Compared::default() },
        }
        Rc::new(next)
    }
}

/// The comparison and its workers.
#[derive(Clone)]
pub struct Compare {
    /// How far it is.
    pub now: UseReducerHandle<Compared>,
    workers: Rc<std::cell::RefCell<Vec<SideWorker>>>,
}

impl PartialEq for Compare {
    fn eq(&self, other: &Self) -> bool {
        self.now == other.now
    }
}

/// A comparison that ends with the panel.
#[hook]
pub fn use_compare() -> Compare {
    let now = use_reducer(Compared::default);
    let workers = use_mut_ref(Vec::new);
    if !now.is_busy() && !workers.borrow().is_empty() {
        // All answers are in: the workers go, and their memory with them.
        let workers = workers.clone();
        spawn_local(async move { workers.borrow_mut().clear() });
    }
    Compare { now, workers }
}

impl Compare {
    /// Starts it anew.
    pub fn start(&self, question: Question, steps: u32, lang: Lang) {
        let id = self.now.id + 1;
        let workers: Vec<SideWorker> = Cell::ALL.iter().map(|_| SideWorker::start()).collect();
        for (i, (cell, worker)) in Cell::ALL.into_iter().zip(&workers).enumerate() {
            let (side, question, dispatch) = (worker.handle(), question.clone(), self.now.dispatcher());
            spawn_local(async move {
                let tell = |stand| dispatch.dispatch(Act::News(id, i, stand));
                match train(&side, &question, cell, steps, &|n| tell(Stand::Training(n))).await {
                    Ok(norms) => tell(Stand::Done(norms)),
                    // The learner knows: it was she who stopped it.
                    Err(SideError::Stopped) => {}
                    Err(e) => tell(Stand::Failed(e.words(lang))),
                }
            });
        }
        *self.workers.borrow_mut() = workers;
        self.now.dispatch(Act::Start(question, steps));
    }

    /// Stops the workers and takes the curves away.
    pub fn clear(&self) {
        self.workers.borrow_mut().clear();
        self.now.dispatch(Act::Clear);
    }
}

async fn train(
    side: &Side,
    question: &Question,
    cell: Cell,
    steps: u32,
    progress: &dyn Fn(u32),
) -> Result<Vec<f64>, SideError> {
    side.run(&with_cell(&question.experiment, cell), false, &|_, _| ()).await?;
    let mut done = 0;
    while done < steps {
        let n = CHUNK.min(steps - done);
        side.ask(Command::Train { steps: n }, &[]).await?;
        done += n;
        progress(done);
    }
    let gradient = question.at.gradient(question.reverse);
    let want = LookRequest {
        example: question.example.clone(),
        values: vec![gradient.clone(), "input".into()],
        of: question.of.clone(),
        ..LookRequest::default()
    };
    let (reply, arrays) = side.ask(Command::Look { want }, &[]).await?;
    let Reply::Look(look) = reply else { return Err(SideError::Died(format!("{reply:?}"))) };
    let found = look.values.iter().find(|v| v.name == gradient);
    let d_states = found.and_then(|v| Some((&v.shape, arrays.get(v.buffer)?)));
    let input = look.values.iter().find(|v| v.name == "input").and_then(|v| arrays.get(v.buffer));
    let zero = question.experiment.data.task().map_or(Zero::Token, |t| Zero::of(&t.tokens()));
    Ok(d_states.map_or(Vec::new(), |(shape, d)| {
        let all = shape.first().copied().unwrap_or(0);
        let ids = input.zip(question.at.from).and_then(|(x, from)| x.get(from..from + all)).unwrap_or_default();
        match (filling::kept(ids, zero), shape.as_slice()) {
            (Some(kept), [_, width]) => norms(&[kept.len(), *width], &filling::rows(d, *width, &kept), 0),
            _ => norms(shape, d, look.len),
        }
    }))
}
