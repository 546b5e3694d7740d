//! What is wrong with something the learner gave us: where, why, and a fix when there is one.
//!
//! Not responsible for wording: `i18n::problems` turns a [`Code`] and its arguments into a sentence in the learner's
//! language. A problem therefore carries facts only (`"got" → "-3"`), never prose.

use super::model::ModelSpec;
use serde::{Deserialize, Serialize};

/// Every kind of problem that a spec, a link, a CSV, a model text or a command can have.
///
/// Closed on purpose: `i18n` matches it exhaustively, so a new code cannot be forgotten in either language.
/// The names in brackets are the arguments each one carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// Not JSON at all [line, column].
    NotJson,
    /// A file that is neither an experiment nor a table [file].
    NotExperiment,
    /// A field that does not exist here [field, allowed].
    UnknownField,
    /// A field that must be there and is not [field].
    MissingField,
    /// A value of the wrong type [got, expected].
    WrongType,
    /// A name that is not one of the known ones [got, allowed].
    UnknownName,
    /// A number outside its range [got, min, max].
    OutOfRange,
    /// A field that has no meaning for this choice [field, choice].
    FieldNotUsed,
    /// A file written by a newer version [got, known].
    NewerVersion,
    /// A share link whose packed part cannot be unpacked.
    BrokenLink,
    /// A share link or file above the size limit [size_kb, limit_kb].
    TooLong,
    /// Model text that cannot be read at a place [word, column].
    TextUnreadable,
    /// Code with more bytes than the limit [got, max].
    CodeTooLong,
    /// Code that cannot be read at a place [word, line, column].
    CodeUnreadable,
    /// Code in which no network stands.
    CodeNoNetwork,
    /// A layer or a function of the code that there is none of here [word, line, column].
    CodeLayer,
    /// An argument of a layer of the code that is missing or means nothing here [word, line, column, layer, argument].
    CodeArgument,
    /// The network, or one of its parts, has no layers [part].
    NoLayers,
    /// A task on data that it cannot take [task, got].
    TaskData,
    /// Rows are wanted of a task that makes none [task].
    MakesNothing,
    /// Several tasks on data that are no pictures of numbers.
    NoDigits,
    /// No head has a weight: nothing would be trained.
    NoWeight,
    /// Other parts than those that the task is made of [task, expected].
    WrongParts,
    /// Every layer with parameters is frozen.
    NothingLearns,
    /// More layers than the limit [got, max].
    TooManyLayers,
    /// Layers inside layers, deeper than the limit [got, max].
    TooDeep,
    /// Two layers of one name [name].
    DuplicateName,
    /// An entry that a list may hold only once [name].
    ListedTwice,
    /// `from` names a layer that does not come before this one [name].
    UnknownFrom,
    /// `from` lists the wrong number of inputs [got, expected].
    WrongInputs,
    /// Shapes that must be equal are not [left, right].
    ShapesDiffer,
    /// A residual branch changes the shape [inside, outside].
    ResidualShape,
    /// A branch whose windows shrink the picture because nothing is put around it [inside, outside].
    ResidualPadding,
    /// A branch with another number of channels or units than what came in [inside, outside].
    ResidualUnits,
    /// A branch whose windows move by more than one place [inside, outside].
    ResidualStride,
    /// A reshape that does not keep the number of values [from, to].
    ReshapeSize,
    /// The last layer does not give what the task needs [got, expected].
    OutputShape,
    /// The last layer gives an image or a sequence where the task needs a flat vector [got, expected].
    NeedsFlatten,
    /// A layer that cannot follow data of this shape [layer, got, expected].
    LayerInput,
    /// A kernel or pooling window larger than the (padded) image it slides over [got, max].
    WindowTooLarge,
    /// Groups that do not divide the channels and the filters [got, channels, filters].
    GroupsDivide,
    /// An embedding that does not read the data's tokens [got].
    NeedsTokens,
    /// A padding mask over places that do not stand for tokens, or of rows that are never filled up.
    NothingPadded,
    /// Heads that cannot share the units equally [heads, units].
    HeadsDivide,
    /// Rotary positions turn pairs, and a head has an odd number of units [heads, units].
    RotaryOdd,
    /// The loss does not fit the target [loss, target].
    LossTarget,
    /// The experiment needs more memory than the budget [need_mb, budget_mb].
    TooMuchMemory,
    /// A CSV without rows or columns.
    CsvEmpty,
    /// A quote in a CSV that is never closed, so that it swallows the rows below it [row].
    CsvOpenQuote,
    /// No CSV column is left to predict from.
    CsvNoInputs,
    /// A CSV row with another number of cells [row, got, expected].
    CsvRagged,
    /// A CSV cell that should be a number [row, column, got].
    CsvNotNumber,
    /// A missing CSV cell [row, column].
    CsvMissing,
    /// A CSV column that does not exist [column].
    CsvNoColumn,
    /// A CSV target with too many classes [column, got, max].
    CsvTooManyClasses,
    /// A CSV with fewer usable rows than needed [got, min].
    CsvTooFewRows,
    /// A CSV column with one value only, useless as target [column].
    CsvConstantTarget,
    /// A CSV above the size limit [size_kb, limit_kb].
    CsvTooLarge,
    /// A CSV that is not text (wrong encoding) [row].
    CsvEncoding,
    /// A CSV with more columns than the limit [got, max].
    CsvTooManyColumns,
    /// A CSV cell that should be a date [row, column, got].
    CsvNotDate,
    /// A workbook or another file that is no text, given as a table [kind].
    CsvNoTable,
    /// A name of a layer with too many characters [got, max].
    NameTooLong,
    /// A formula that cannot be read [word, column].
    FormulaUnreadable,
    /// A formula that gives no finite value on most of the plane.
    FormulaNotFinite,
    /// A text with fewer characters than its windows need [got, min, context].
    TextTooShort,
    /// A series with fewer rows than its windows need [got, min, context].
    SeriesTooShort,
    /// A text above the limit [got, max].
    TextTooLong,
    /// A file with bytes that are no text in the chosen encoding [row].
    TextEncoding,
    /// A file of another kind, such as a document of a word processor [kind].
    TextNoText,
    /// A text of one character only: there is nothing to predict.
    TextTooPlain,
    /// A text with too many different characters [got, max].
    VocabularyTooLarge,
    /// A file that is no picture [file].
    PictureUnknown,
    /// A file of a kind that the browser does not open as a picture [file, kind].
    PictureKind,
    /// A picture that cannot be read [file].
    PictureUnreadable,
    /// A picture with too many pixels [file, got, max].
    PictureTooLarge,
    /// More files that could not be used or have no room [got].
    PicturesLeftOut,
    /// Fewer pictures than needed [got, min].
    TooFewPictures,
    /// All pictures belong to one class [name].
    OneFolder,
    /// Pictures of which no folder tells the class [got].
    PicturesNoClass,
    /// More folders than classes are allowed [got, max].
    TooManyFolders,
    /// Too few points drawn or given [got, min].
    TooFewPoints,
    /// A data file that could not be fetched [set, reason].
    DataFetch,
    /// A data file that could not be decoded [set, reason].
    DataDecode,
    /// A value name that does not exist [name].
    NoSuchValue,
    /// An array of the wrong length [got, expected].
    WrongLength,
    /// An array with values that are not finite, or classes out of range [index].
    BadValue,
    /// A text is asked of a network that predicts no next token.
    NoLanguageModel,
    /// A command that needs a loaded experiment first.
    NothingLoaded,
    /// A checkpoint that belongs to another network.
    WrongCheckpoint,
    /// A checkpoint that another version wrote, whose layout this one does not read [got, known].
    OldCheckpoint,
    /// Trained weights that are damaged or cut off.
    BrokenWeights,
    /// Trained weights of another kind of number than f32 [name, got].
    WeightsKind,
    /// A trained weight that is infinite or no number [name].
    WeightsNotFinite,
    /// Arrays of the network that the file lacks [name, count].
    WeightsMissing,
    /// Arrays of the file that the network lacks [name, count].
    WeightsUnknown,
    /// Arrays of another shape than the network's [name, got, expected].
    WeightsShape,
    /// A field of a link that cannot be read and is left out [name, allowed].
    LinkField,
    /// A field that links do not have [name, allowed].
    LinkUnknown,
    /// A kept run whose curves are none [row].
    BrokenRun,
    /// Training left the finite range and was taken back [value, step, back_to].
    Diverged,
    /// A part of the experiment that another program has no words for [format, name].
    NotExported,
    /// A backend that this build or browser does not have [backend].
    NoBackend,
}

/// A change that removes the problem when the learner accepts it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fix {
    /// Insert a `flatten` before layer `at` of the top-level list.
    InsertFlatten {
        /// Index in `model.layers`.
        at: usize,
    },
    /// Insert a `reshape` to this shape before layer `at`.
    InsertReshape {
        /// Index in `model.layers`.
        at: usize,
        /// Shape of one sample.
        shape: Vec<usize>,
    },
    /// Insert an `embedding` before layer `at`.
    InsertEmbedding {
        /// Index in `model.layers`.
        at: usize,
    },
    /// Let the recurrent layer `at` give the state of every step.
    ReturnSequences {
        /// Index in `model.layers`.
        at: usize,
    },
    /// Set the number of units of layer `at` (or leave it to the task with `None`).
    SetUnits {
        /// Index in `model.layers`.
        at: usize,
        /// New number of units.
        units: Option<usize>,
    },
    /// Set the number of heads of layer `at`.
    SetHeads {
        /// Index in `model.layers`.
        at: usize,
        /// New number of heads.
        heads: usize,
    },
    /// Remove layer `at`.
    RemoveLayer {
        /// Index in `model.layers`.
        at: usize,
    },
    /// Use this loss (its JSON name).
    SetLoss {
        /// JSON name of the loss.
        loss: String,
    },
    /// Append a layer to the branch of the residual layer `at` that gives `units` channels (a 1×1 convolution) or units.
    Project {
        /// Index in `model.layers`.
        at: usize,
        /// What the branch must give.
        units: usize,
    },
    /// Set the padding of layer `at`, and of all layers in it, to `same`.
    PadSame {
        /// Index in `model.layers`.
        at: usize,
    },
    /// Set the groups of layer `at`.
    SetGroups {
        /// Index in `model.layers`.
        at: usize,
        /// New number of groups.
        groups: usize,
    },
    /// Let layer `at` learn, and all layers in it.
    Unfreeze {
        /// Index in `model.layers`.
        at: usize,
    },
    /// Append a `dense` layer whose size comes from the task.
    AppendDense,
}

/// One problem at one place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// JSON path of the place, such as `model.layers[3].units`.
    pub path: String,
    /// What is wrong.
    pub code: Code,
    /// The facts, by the names listed at each [`Code`].
    pub args: Vec<(String, String)>,
    /// A one-click remedy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
}

impl Problem {
    /// A problem without arguments.
    pub fn new(path: impl Into<String>, code: Code) -> Self {
        Problem { path: path.into(), code, args: Vec::new(), fix: None }
    }

    /// Adds one fact.
    pub fn arg(mut self, name: &str, value: impl ToString) -> Self {
        self.args.push((name.to_string(), value.to_string()));
        self
    }

    /// Adds the remedy.
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// The code's name as JSON writes it, `out_of_range`: what `i18n` knows it by.
    pub fn code_name(&self) -> String {
        // A bare enum variant always serialises to its name.
        serde_json::to_value(self.code).ok().and_then(|v| v.as_str().map(str::to_string)).unwrap_or_default()
    }

    /// The number, among all layers of `model`, of the top-level layer this problem sits on, if it sits on one.
    pub fn layer(&self, model: &ModelSpec) -> Option<usize> {
        model.layer_at(&self.path)
    }
}

/// Checks a number against an inclusive range and files [`Code::OutOfRange`] when it is outside or not finite.
pub fn check_range(problems: &mut Vec<Problem>, path: &str, got: f64, min: f64, max: f64) {
    if !(got >= min && got <= max) {
        problems.push(Problem::new(path, Code::OutOfRange).arg("got", got).arg("min", min).arg("max", max));
    }
}
