//! Code that learners paste: networks of PyTorch and Keras become ours, what differs is said, what is not understood is
//! named with its place.

mod corpus;

use gradarium::export::pytorch;
use gradarium::i18n::Lang;
use gradarium::spec::code::{self, Note, Pasted};
use gradarium::spec::{Code, DataSpec, Experiment, LayerKind, Loss, Problem, preset, text};
use gradarium::ui::pasted;
use gradarium::ui::state::brought::Brought;
use gradarium::ui::state::{EditMsg, Effect, Msg, Notice, State, Theme, update};

fn on(data: &str) -> Experiment {
    let data: DataSpec = serde_json::from_str(data).unwrap();
    preset::for_data(data, 7)
}

fn set(name: &str) -> Experiment {
    on(&format!(r#"{{"set":"{name}"}}"#))
}

fn read(code: &str, data: &str) -> Pasted {
    code::read(code, &on(data)).unwrap_or_else(|p| panic!("{code}\n{p:?}"))
}

fn wrong(code: &str) -> Vec<Problem> {
    code::read(code, &set("spiral")).expect_err(code)
}

fn arg<'p>(p: &'p Problem, name: &str) -> &'p str {
    p.args.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v)
}

#[test]
fn networks_of_books_and_tutorials_are_read() {
    assert!(corpus::CASES.len() >= 12);
    for case in corpus::CASES {
        assert!(code::is_code(case.code), "{}", case.name);
        let pasted = read(case.code, case.data);
        assert_eq!(text::write(&pasted.model), text::write(&text::parse(case.model).unwrap()), "{}", case.name);
        let loss = pasted.loss;
        let mut e = Experiment { model: pasted.model, ..on(case.data) };
        e.task.loss = loss.or(e.task.loss);
        // What was read trains, but for a last layer that the exercise has for other data.
        assert_eq!(e.problems(), [], "{}", case.name);
        for lang in [Lang::En, Lang::Zh] {
            let said: Vec<String> = pasted.notes.iter().map(|n| pasted::say(n, lang)).collect();
            assert!(said.iter().all(|s| !s.contains('{')), "{said:?}");
        }
    }
}

#[test]
fn what_the_exporter_writes_in_a_row_reads_back() {
    let (mut rows, mut findings) = (0, Vec::new());
    for ready in preset::ready::all() {
        let mut e = ready.experiment().unwrap();
        let Ok(script) = pytorch::script(&e) else { continue };
        let code = script.text();
        if !code.contains("model = nn.Sequential(") {
            continue;
        }
        rows += 1;
        let mut read = code::read(&code, &e);
        // It says how to train too, which is not read back.
        if let Ok(read) = &mut read {
            read.notes.retain(|n| !matches!(n, Note::Training { .. }));
        }
        // Its last size is written down in a few; what is read leaves it to the task.
        if let Some(LayerKind::Dense(last)) = e.model.layers.last_mut().map(|l| &mut l.kind) {
            last.units = None;
        }
        let same = Pasted { model: e.model, loss: None, torch: true, notes: Vec::new() };
        if read.as_ref() != Ok(&same) {
            let got = read.map(|r| (text::write(&r.model), r.notes));
            findings.push(format!("{}: {got:?}, not {}", ready.name, text::write(&same.model)));
        }
    }
    assert!(findings.is_empty(), "{}", findings.join("\n"));
    assert!(rows >= 12, "{rows} ready experiments are one row of layers");
}

#[test]
fn what_differs_is_said() {
    let notes = |code: &str, data: &str| read(code, data).notes;
    let mnist = r#"{"set":"mnist"}"#;
    let loss = |word: &str, line| Note::InLoss { word: word.into(), line };
    assert_eq!(
        notes("m = nn.Sequential(nn.Flatten(), nn.Linear(784, 10),\n nn.Softmax(dim=1))", mnist),
        [loss("softmax", 2)]
    );
    let keras = notes("keras.Sequential([layers.Dense(10, activation='log_softmax', input_shape=(784,))])", mnist);
    assert_eq!(keras, [loss("log_softmax", 1), Note::Flattened { line: 1 }, Note::FirstWeights]);
    // Two classes, told by one number.
    let one = read("Sequential([Dense(1, activation='sigmoid')])", r#"{"set":"spiral"}"#);
    assert_eq!((one.loss, text::write(&one.model)), (Some(Loss::Bce), "dense".into()));
    assert_eq!(one.notes, [Note::Loss { loss: "bce" }, loss("sigmoid", 1), Note::FirstWeights]);
    // Sizes that this network or these data do not have.
    let sizes = notes("nn.Sequential(nn.Flatten(), nn.Linear(100, 8), nn.ReLU(), nn.Linear(9, 10))", mnist);
    let inputs = |stated, given| Note::Inputs { layer: "Linear".into(), line: 1, stated, given };
    assert_eq!(sizes, [inputs(100, 784), inputs(9, 8)]);
    let shape = notes("Sequential([Input((64, 64, 3)), Flatten(), Dense(10)])", mnist);
    assert!(shape.contains(&Note::Shape { stated: "64×64×3".into(), given: "28×28×1".into() }), "{shape:?}");
    assert!(
        !notes("Sequential([Input((28, 28)), Flatten(), Dense(10)])", mnist)
            .iter()
            .any(|n| matches!(n, Note::Shape { .. }))
    );
    // Arguments and layers without a counterpart.
    let code = "model = Sequential([Rescaling(1./255), Flatten(),\n Dense(10, kernel_regularizer=l2(0.01))])";
    let argument = Note::Argument { layer: "Dense".into(), argument: "kernel_regularizer".into(), line: 2 };
    assert_eq!(notes(code, mnist)[..2], [argument, Note::OfData { layer: "Rescaling".into(), line: 1 }]);
    let two = "G = nn.Sequential(nn.Linear(2, 4))\nD = nn.Sequential(nn.Linear(2, 2))";
    assert_eq!(notes(two, r#"{"set":"spiral"}"#), [Note::Others { count: 1 }]);
    let words = "m = nn.Sequential(nn.Embedding(9999, 8), nn.LSTM(8, 16), nn.Linear(16, 2))";
    let said = notes(words, r#"{"set":"names"}"#);
    assert!(
        matches!(said[..], [Note::LastState { line: 1 }, Note::Vocabulary { line: 1, stated: 9999, .. }]),
        "{said:?}"
    );
}

#[test]
fn how_to_train_is_not_dropped_without_a_word() {
    let training = |code: &str, data: &str| {
        let notes = read(code, data).notes.into_iter();
        notes
            .filter_map(|n| if let Note::Training { word, line } = n { Some((word, line)) } else { None })
            .collect::<Vec<_>>()
    };
    let said = |word: &str, line| (word.to_string(), line);
    let mnist = r#"{"set":"mnist"}"#;
    let torch = "import torch.optim as optim
learning_rate = 1e-3
model = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))
criterion = nn.CrossEntropyLoss()
other = nn.MSELoss()
optimizer = torch.optim.SGD(
    [p for p in model.parameters()], lr=learning_rate)
for x, y in loader:
    optimizer.step()";
    assert_eq!(training(torch, mnist), [said("learning_rate", 2), said("MSELoss", 5), said("SGD", 6)]);
    let keras = "model = keras.Sequential([layers.Flatten(), layers.Dense(10)])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss='mse')
model.summary()
model.fit(x, y, epochs=5, batch_size=64)
loader = DataLoader(data, batch_size=32)
scaler.fit(x)";
    assert_eq!(training(keras, mnist), [said("compile", 2), said("epochs", 4), said("batch_size", 5)]);
    assert_eq!(training("nn.Sequential(nn.Flatten(), nn.Linear(784, 10))", mnist), []);
    let note = Note::Training { word: "SGD".into(), line: 6 };
    assert!(pasted::say(&note, Lang::En).starts_with("Line 6: SGD was not read"));
}

#[test]
fn parts_go_by_their_names() {
    let data: DataSpec = serde_json::from_str(r#"{"set":"mnist"}"#).unwrap();
    let e = preset::for_task(data, 7, "autoencoder").unwrap();
    let code = "
class AE(nn.Module):
    def __init__(self):
        self.encoder = nn.Sequential(nn.Flatten(), nn.Linear(784, 32), nn.ReLU(), nn.Linear(32, 2))
        self.decoder = nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 784), nn.Sigmoid())
";
    let pasted = code::read(code, &e).unwrap();
    let expected = "encoder: flatten | dense 32 relu | dense 2; decoder: dense 32 relu | dense 784 sigmoid";
    assert_eq!(text::write(&pasted.model), expected);
    assert_eq!(Experiment { model: pasted.model, ..e }.problems(), []);
}

#[test]
fn what_is_not_understood_is_named_with_its_place() {
    let found =
        wrong("m = nn.Sequential(\n    nn.Linear(2, 8),\n    nn.FancyNorm(8),\n    nn.Softmax(), nn.PReLU(),\n)");
    let places: Vec<_> = found.iter().map(|p| (p.code, arg(p, "word"), arg(p, "line"), arg(p, "column"))).collect();
    assert_eq!(places, [(Code::CodeLayer, "FancyNorm", "3", "5"), (Code::CodeLayer, "PReLU", "4", "19")]);
    // A softmax between layers is none of ours.
    let inside = wrong("nn.Sequential(nn.Linear(2, 8), nn.Softmax(), nn.Linear(8, 2))");
    assert_eq!((inside[0].code, arg(&inside[0], "word")), (Code::CodeLayer, "Softmax"));
    let hidden = wrong("nn.Sequential(nn.Linear(2, hidden), nn.Linear(hidden, 2))");
    assert_eq!(
        (hidden[0].code, arg(&hidden[0], "word"), arg(&hidden[0], "argument")),
        (Code::CodeArgument, "hidden", "out_features")
    );
    let missing = wrong("Sequential([Dense()])");
    assert_eq!((missing[0].code, arg(&missing[0], "argument")), (Code::CodeArgument, "units"));
    for (code, what) in [
        ("m = nn.Sequential(nn.Linear(2, 8), nn.Linear(8, 2)", Code::CodeUnreadable),
        ("m = nn.Sequential(*[nn.Linear(2, 2) for _ in range(3)])", Code::CodeUnreadable),
        ("m = Sequential()\nfor i in range(3):\n    m.add(Dense(8))", Code::CodeUnreadable),
        ("m = Sequential()\nm.add(Dense(8,, activation='relu'))", Code::CodeUnreadable),
        ("m = nn.Sequential(block(2))", Code::CodeLayer),
        ("m = nn.Sequential(blocks)", Code::CodeUnreadable),
        ("m = nn.Sequential()", Code::NoLayers),
        ("class Net(nn.Module):\n  def forward(self, x):\n    return self.fc(x)", Code::CodeNoNetwork),
        ("m = nn.Sequential(nn.Conv2d(1, 8, 3, padding='causal'))", Code::CodeArgument),
        ("m = Sequential([Dense(8, activation='plop')])", Code::CodeLayer),
    ] {
        assert_eq!(wrong(code)[0].code, what, "{code}");
    }
}

#[test]
fn what_would_be_too_much_is_refused() {
    let long = format!("nn.Sequential({})", "nn.Linear(2, 2), ".repeat(10_000));
    assert_eq!(wrong(&long)[0].code, Code::CodeTooLong);
    let many = format!("nn.Sequential({})", "nn.Linear(2, 2), ".repeat(1_000));
    assert_eq!(wrong(&many)[0].code, Code::TooManyLayers);
    // Names that stand for themselves twice over, and chains of names.
    let doubled = |line: &str| {
        (0..60).map(|i| line.replace('J', &(i + 1).to_string()).replace('I', &i.to_string())).collect::<String>()
    };
    let layers =
        format!("b0 = nn.Sequential(nn.ReLU())\n{}m = nn.Sequential(b60)", doubled("bJ = nn.Sequential(bI, bI)\n"));
    assert!(matches!(wrong(&layers)[0].code, Code::TooManyLayers | Code::TooDeep));
    let sizes = format!("n0 = 1\n{}m = nn.Sequential(nn.Linear(2, n60))", doubled("nJ = nI + nI\n"));
    assert_eq!(wrong(&sizes)[0].code, Code::CodeArgument);
    let chain = format!("a = nn.Linear(2, 2)\n{}m = nn.Sequential(a)", "a = nn.Sequential(a)\n".repeat(3_000));
    assert_eq!(wrong(&chain)[0].code, Code::TooDeep);
    for open in ["(", "[", "{", "-", "nn.Sequential(", "nn.Linear(2,", "f(", "*"] {
        let _ = code::read(&format!("m = nn.Sequential({}", open.repeat(90_000 / open.len())), &set("spiral"));
    }
    let _ = code::read(&format!("m = nn.Sequential(nn.Linear(2, {}))", "1+".repeat(40_000)), &set("spiral"));
}

#[test]
fn model_text_is_no_code() {
    for ready in preset::ready::all() {
        let text = text::write(&ready.experiment().unwrap().model);
        assert!(!code::is_code(&text), "{text}");
    }
    assert!(!code::is_code("dense 8 tanh name=layers.0 | dense") && !code::is_code(""));
    assert!(code::is_code("layers.Dense(2)") && code::is_code("Sequential()"));
}

#[test]
fn the_page_takes_code_in_place_of_model_text() {
    let s = State::new(set("spiral"), Lang::En, Theme::Auto);
    let (read, effects) = update(
        &s,
        Msg::Edit(EditMsg::Paste(
            "nn.Sequential(nn.Linear(2, 5), nn.ReLU(), nn.Linear(5, 2), nn.Softmax())".into(),
            Brought(code::read),
        )),
    );
    assert_eq!(text::write(&read.edit.experiment.model), "dense 5 relu | dense");
    assert_eq!(effects, [Effect::Run { update: true }, Effect::Hash]);
    let Some(Notice::Pasted(said)) = &read.page.notice else { panic!("{:?}", read.page.notice) };
    assert_eq!(pasted::read(said, Lang::En), "Read 2 layers from PyTorch code. What differs from the code:");
    assert!(pasted::say(&said.notes[0], Lang::Zh).contains("softmax"));
    // One step of undo, and an edit ends the notice.
    let (undone, _) = update(&read, Msg::Edit(EditMsg::Undo));
    assert_eq!((&undone.edit.experiment, &undone.page.notice), (&s.edit.experiment, &None));
    // A loss that the code asks for comes with it.
    let (one, _) = update(
        &s,
        Msg::Edit(EditMsg::Paste("Sequential([Dense(1, activation='sigmoid')])".into(), Brought(code::read))),
    );
    assert_eq!((one.edit.experiment.task.loss(), one.edit.problems.len()), (Loss::Bce, 0));
    // What cannot be read changes nothing.
    let (refused, effects) =
        update(&s, Msg::Edit(EditMsg::Paste("nn.Sequential(nn.Nothing())".into(), Brought(code::read))));
    assert!(matches!(&refused.page.notice, Some(Notice::Refused(p)) if p[0].code == Code::CodeLayer));
    assert!(effects.is_empty() && refused.edit.experiment == s.edit.experiment);
}
