//! Every kind of problem there is, by name.
//!
//! Not responsible for words (`i18n::problems`).

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};

/// The enum, and the list of its names: what serde derives for so many is 30 KB of comparisons in each program.
macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// Every kind of problem that a spec, a link, a CSV, a model text or a command can have.
        ///
        /// Closed on purpose: `i18n` matches it exhaustively, so a new code cannot be forgotten in either language.
        /// The names in brackets are the arguments each one carries. In JSON it is its name in snake case.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Code {
            $($(#[$doc])* $name,)*
        }

        impl Code {
            /// All of them, in the order of the enum.
            pub const ALL: &[Code] = &[$(Code::$name),*];
            const NAMES: &[&str] = &[$(stringify!($name)),*];
        }
    };
}

codes! {
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
    /// An address that leads to no room of the page [name, allowed].
    LinkRoom,
    /// Model text that cannot be read at a place [word, column].
    TextUnreadable,
    /// A number of the model text with a fraction, where a whole one is wanted [word, column, nearest].
    TextWhole,
    /// A word of the model text that a later one makes void [word, column].
    TextDoubled,
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
    /// Bytes that are no ONNX file, or not all of one.
    OnnxBroken,
    /// An ONNX file whose numbers lie in another file [name].
    OnnxOutside,
    /// An ONNX file with more operations, names and settings than are read, or that asks for more memory [max].
    OnnxTooMuch,
    /// Operations that no network here is made of [names, count].
    OnnxOps,
    /// Known operations in a form that is no layer here [op, count].
    OnnxForm,
    /// A setting of an operation that the layer does not have here [op, setting].
    OnnxSetting,
    /// A network with another number of inputs than one [got].
    OnnxInputs,
    /// The file expects other data [got, expected, set].
    OnnxInput,
    /// The file answers something else than the task asks for [got, expected, set].
    OnnxOutput,
    /// A layer of the file takes another number of inputs than come in [op, got, expected].
    OnnxWidth,
    /// A table of another vocabulary than the data's [got, expected].
    OnnxVocabulary,
    /// A task whose network no ONNX file says [task].
    OnnxTask,
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
    /// Two views of a picture would be the same.
    NoViews,
    /// A layer through which no gradient penalty goes [layer].
    PenaltyLayer,
    /// Only hidden places are to count, and none is hidden.
    NothingHidden,
    /// A loss that what was seen would have a share in.
    HiddenLoss,
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
    /// A file without a letter, given as a table.
    CsvEmptyFile,
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
    /// JSON in place of a CSV.
    CsvJson,
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
    /// A formula of which nothing is written yet.
    FormulaEmpty,
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
    /// A part of the page that could not be fetched.
    PartFetch,
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
    /// A graphics card that does not run this, or nothing at all [why].
    NoCard,
}

impl Code {
    /// Its name in JSON, `not_json`.
    pub fn name(self) -> String {
        let mut out = String::new();
        for (i, c) in Code::NAMES[self as usize].char_indices() {
            if c.is_ascii_uppercase() && i > 0 {
                out.push('_');
            }
            out.push(c.to_ascii_lowercase());
        }
        out
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.name())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Code, D::Error> {
        let name = String::deserialize(from)?;
        let found = Code::ALL.iter().find(|code| code.name() == name);
        found.copied().ok_or_else(|| D::Error::custom("a code that is not known"))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_code_is_read_back_by_its_name() {
        for code in Code::ALL {
            let json = serde_json::to_string(code).unwrap();
            assert_eq!(serde_json::from_str::<Code>(&json).unwrap(), *code);
        }
        assert_eq!(Code::NotJson.name(), "not_json");
        assert!(serde_json::from_str::<Code>("\"NotJson\"").is_err());
    }
}
