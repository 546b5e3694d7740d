//! What the browser keeps of the site for use without a network, and whether a newer version waits.
//!
//! Pure. Not responsible for talking to the service worker (`ui::offline`).

use super::{Effect, State};

/// What is known of it; nothing until the page has asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Offline {
    /// What is kept; `None` where the browser keeps nothing for this page.
    pub kept: Option<Kept>,
    /// All of it is on its way.
    pub keeping: bool,
    /// Not all of it arrived.
    pub failed: bool,
    /// A newer version is here and waits to be taken.
    pub update: bool,
}

/// How much of the site is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Bytes that are kept.
    pub bytes: u64,
    /// Bytes that there are.
    pub all_bytes: u64,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfflineMsg {
    /// The learner wants to know how it stands.
    Ask,
    /// The learner wants all of it.
    KeepAll,
    /// So much is kept.
    Kept {
        /// How much.
        kept: Kept,
        /// Whether nothing more comes of what was asked for.
        done: bool,
        /// Whether something could not be had.
        failed: bool,
    },
    /// A newer version waits.
    Update,
    /// The learner takes it.
    Take,
}

/// What the service worker is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfflineJob {
    /// How much is kept.
    Ask,
    /// Keep everything.
    KeepAll,
    /// The newer version takes over, and the page is loaded again.
    Take,
}

pub(super) fn apply(s: &mut State, msg: OfflineMsg) -> Vec<Effect> {
    let job = match msg {
        OfflineMsg::Ask => OfflineJob::Ask,
        OfflineMsg::KeepAll => {
            (s.page.offline.keeping, s.page.offline.failed) = (true, false);
            OfflineJob::KeepAll
        }
        OfflineMsg::Kept { kept, done, failed } => {
            s.page.offline.kept = Some(kept);
            s.page.offline.failed |= failed;
            s.page.offline.keeping &= !done;
            return Vec::new();
        }
        OfflineMsg::Update => {
            s.page.offline.update = true;
            return Vec::new();
        }
        // Loading the page ends a run, so a run that goes on comes first.
        OfflineMsg::Take if s.run.playing => return Vec::new(),
        OfflineMsg::Take => OfflineJob::Take,
    };
    vec![Effect::Offline(job)]
}

#[cfg(test)]
mod tests {
    use super::super::{Msg, PageMsg, Theme, update};
    use super::*;
    use crate::i18n::Lang;
    use crate::spec::preset;
    use std::rc::Rc;

    fn after(msgs: &[OfflineMsg]) -> (State, Vec<Effect>) {
        let state = {
            let mut s = State::new(preset::first(), Lang::En, Theme::Auto);
            s.run.playing = false;
            s
        };
        msgs.iter()
            .fold((state, Vec::new()), |(state, _), msg| update(&Rc::new(state), Msg::Page(PageMsg::Offline(*msg))))
    }

    #[test]
    fn keeping_ends_when_the_worker_says_so_and_a_failure_stays_until_the_next_try() {
        let kept = |bytes, done, failed| OfflineMsg::Kept { kept: Kept { bytes, all_bytes: 9 }, done, failed };
        let (s, effects) = after(&[OfflineMsg::KeepAll]);
        assert!(s.page.offline.keeping && effects == [Effect::Offline(OfflineJob::KeepAll)]);
        let (s, _) = after(&[OfflineMsg::KeepAll, kept(3, false, false)]);
        assert!(s.page.offline.keeping && s.page.offline.kept == Some(Kept { bytes: 3, all_bytes: 9 }));
        let (s, _) = after(&[OfflineMsg::KeepAll, kept(5, true, true)]);
        assert!(!s.page.offline.keeping && s.page.offline.failed);
        let (s, _) = after(&[OfflineMsg::KeepAll, kept(5, true, true), OfflineMsg::KeepAll]);
        assert!(s.page.offline.keeping && !s.page.offline.failed);
    }

    #[test]
    fn a_newer_version_is_not_taken_in_the_middle_of_a_run() {
        let (mut s, effects) = after(&[OfflineMsg::Update, OfflineMsg::Take]);
        assert!(s.page.offline.update && effects == [Effect::Offline(OfflineJob::Take)]);
        s.run.playing = true;
        assert_eq!(update(&Rc::new(s), Msg::Page(PageMsg::Offline(OfflineMsg::Take))).1, []);
    }
}
