//! Every problem a learner can meet has its words in both languages.

use gradarium::i18n::{Lang, problems::problem_text};
use gradarium::spec::Code;

/// All codes with the facts each one carries, as listed at [`Code`]. [`listed`] keeps it complete.
const ALL: &[(Code, &str)] = &[
    (Code::NotJson, "line column"),
    (Code::UnknownField, "field allowed"),
    (Code::MissingField, "field"),
    (Code::WrongType, "got expected"),
    (Code::UnknownName, "got allowed"),
    (Code::OutOfRange, "got min max"),
    (Code::FieldNotUsed, "field choice"),
    (Code::NewerVersion, "got known"),
    (Code::LinkField, "name allowed"),
    (Code::LinkUnknown, "name allowed"),
    (Code::BrokenRun, "row"),
    (Code::BrokenWeights, ""),
    (Code::WeightsKind, "name got"),
    (Code::WeightsNotFinite, "name"),
    (Code::WeightsMissing, "name count"),
    (Code::WeightsUnknown, "name count"),
    (Code::WeightsShape, "name got expected"),
    (Code::BrokenLink, ""),
    (Code::TooLong, "size_kb limit_kb"),
    (Code::LinkRoom, "name allowed"),
    (Code::TextUnreadable, "word column"),
    (Code::TextWhole, "word column nearest"),
    (Code::TextDoubled, "word column"),
    (Code::CodeTooLong, "got max"),
    (Code::CodeUnreadable, "word line column"),
    (Code::CodeNoNetwork, ""),
    (Code::CodeLayer, "word line column"),
    (Code::CodeArgument, "word line column layer argument"),
    (Code::OnnxBroken, ""),
    (Code::OnnxOutside, "name"),
    (Code::OnnxTooMuch, "max"),
    (Code::OnnxOps, "names count"),
    (Code::OnnxForm, "op count"),
    (Code::OnnxSetting, "op setting"),
    (Code::OnnxInputs, "got"),
    (Code::OnnxInput, "got expected set"),
    (Code::OnnxOutput, "got expected set"),
    (Code::OnnxWidth, "op got expected"),
    (Code::OnnxVocabulary, "got expected"),
    (Code::OnnxTask, "task"),
    (Code::NoLayers, ""),
    (Code::TaskData, "got"),
    (Code::MakesNothing, "task"),
    (Code::NoDigits, "got"),
    (Code::NoWeight, ""),
    (Code::NoViews, ""),
    (Code::PenaltyLayer, "layer"),
    (Code::NothingHidden, ""),
    (Code::HiddenLoss, ""),
    (Code::WrongParts, "expected"),
    (Code::NothingLearns, ""),
    (Code::TooManyLayers, "got max"),
    (Code::TooDeep, "got max"),
    (Code::DuplicateName, "name"),
    (Code::ListedTwice, "name"),
    (Code::UnknownFrom, "name"),
    (Code::WrongInputs, "got expected"),
    (Code::ShapesDiffer, "left right"),
    (Code::ResidualShape, "inside outside"),
    (Code::ResidualPadding, "inside outside"),
    (Code::ResidualUnits, "inside outside"),
    (Code::ResidualStride, "inside outside"),
    (Code::ReshapeSize, "from to"),
    (Code::OutputShape, "got expected"),
    (Code::NeedsFlatten, "got expected"),
    (Code::LayerInput, "layer got expected"),
    (Code::WindowTooLarge, "got max"),
    (Code::GroupsDivide, "got channels filters"),
    (Code::NeedsTokens, "got"),
    (Code::NothingPadded, ""),
    (Code::HeadsDivide, "heads units"),
    (Code::RotaryOdd, "heads units"),
    (Code::LossTarget, "loss target"),
    (Code::TooMuchMemory, "need_mb budget_mb"),
    (Code::CsvEmpty, ""),
    (Code::CsvEmptyFile, ""),
    (Code::CsvJson, ""),
    (Code::CsvOpenQuote, "row"),
    (Code::CsvNoInputs, ""),
    (Code::NotExperiment, "file way"),
    (Code::CsvRagged, "row got expected"),
    (Code::CsvNotNumber, "row column got"),
    (Code::CsvMissing, "row column"),
    (Code::CsvNoColumn, "column"),
    (Code::CsvTooManyClasses, "column got max"),
    (Code::CsvTooFewRows, "got min"),
    (Code::CsvConstantTarget, "column"),
    (Code::CsvTooLarge, "size_kb limit_kb"),
    (Code::CsvEncoding, "row"),
    (Code::CsvTooManyColumns, "got max"),
    (Code::CsvNotDate, "row column got"),
    (Code::CsvNoTable, "kind"),
    (Code::NameTooLong, "got max"),
    (Code::FormulaUnreadable, "word column"),
    (Code::FormulaEmpty, ""),
    (Code::FormulaNotFinite, ""),
    (Code::TooFewPoints, "got min"),
    (Code::PictureUnknown, "file"),
    (Code::PictureKind, "file kind"),
    (Code::PictureUnreadable, "file"),
    (Code::PicturesNoClass, "got"),
    (Code::PictureTooLarge, "file got max"),
    (Code::PicturesLeftOut, "got"),
    (Code::TooFewPictures, "got min"),
    (Code::OneFolder, "name"),
    (Code::TooManyFolders, "got max"),
    (Code::TextTooShort, "got min context"),
    (Code::SeriesTooShort, "got min context"),
    (Code::TextTooLong, "got max"),
    (Code::TextTooPlain, ""),
    (Code::TextEncoding, "row"),
    (Code::TextNoText, "kind"),
    (Code::VocabularyTooLarge, "got max"),
    (Code::DataFetch, "set reason"),
    (Code::PartFetch, ""),
    (Code::DataDecode, "set reason"),
    (Code::NoSuchValue, "name"),
    (Code::WrongLength, "got expected"),
    (Code::BadValue, "index"),
    (Code::NoLanguageModel, ""),
    (Code::NothingLoaded, ""),
    (Code::WrongCheckpoint, ""),
    (Code::OldCheckpoint, "got known"),
    (Code::NoBackend, "backend"),
    (Code::NoCard, "why"),
    (Code::NotExported, "format name"),
    (Code::Diverged, "value step back_to"),
];

#[test]
fn every_problem_has_words_in_both_languages() {
    let (nothing, _) = problem_text(Lang::En, "no such code", &[]);
    for (code, facts) in ALL.iter().copied() {
        let args: Vec<(String, String)> = facts.split_whitespace().map(|f| (f.to_string(), format!("<{f}>"))).collect();
        let name = code.name();
        for lang in [Lang::En, Lang::Zh] {
            let (what, hint) = problem_text(lang, &name, &args);
            assert!(what != nothing && !what.is_empty() && !hint.is_empty(), "{name}");
            assert!(!what.contains('{') && !hint.contains('{') || facts.contains("expected"), "{name}: {what} {hint}");
            let said = format!("{what} {hint}");
            let vocabulary = ["wrong_inputs", "not_experiment"].contains(&name.as_str());
            for fact in facts.split_whitespace().filter(|_| !vocabulary) {
                assert!(
                    said.contains(&format!("<{fact}>")) || fact == "field" || fact == "allowed",
                    "{name} hides {fact}: {said}"
                );
            }
        }
        let english = problem_text(Lang::En, &name, &args);
        let chinese = problem_text(Lang::Zh, &name, &args);
        assert!(english.0 != chinese.0 && english.1 != chinese.1, "{name} has one language only");
        assert!(chinese.0.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{name}");
    }
}

#[test]
fn every_code_is_listed_once() {
    for code in Code::ALL {
        assert_eq!(ALL.iter().filter(|(c, _)| c == code).count(), 1, "{}", code.name());
    }
}
