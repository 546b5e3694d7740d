//! What a layer's file says of it fits together: words, fields of the card, and settings a learner starts from.
//!
//! Not responsible for shapes (they are held to the engine's by the property tests).

use gradarium::i18n::{Lang, layer_fields, network};
use gradarium::spec::layers::{Control, Field, Head, Setting};
use gradarium::spec::model::{LAYER_TYPES, LayerKind, ModelSpec};
use gradarium::spec::shape::LayerInfo;
use gradarium::spec::{Activation, text};

fn info() -> LayerInfo {
    let (path, name) = ("model.layers[0]".into(), "layers.0".into());
    LayerInfo { path, name, input: vec![4, 4, 8], output: vec![4, 4, 8], params: vec![], children: vec![] }
}

/// Every field of a kind, that of the header too.
fn fields(kind: &LayerKind) -> Vec<Field> {
    let head = if let Head::Field(field) = kind.head(&info()) { Some(field) } else { None };
    head.into_iter().chain(kind.fields()).collect()
}

/// Another value than the one in force.
fn other(control: &Control) -> Setting {
    match control {
        Control::Whole { value, max, .. } => Setting::Whole(if value < max { value + 1 } else { value - 1 }),
        Control::Real { value, max, .. } => Setting::Real(if value < max { *max } else { max / 2.0 }),
        Control::Check(on) => Setting::On(!on),
        Control::Choice { names, chosen } => Setting::Name(names.iter().find(|n| *n != chosen).unwrap().to_string()),
        Control::Pair(_) => Setting::Pair(gradarium::spec::window::Pair([5, 5])),
        Control::Padding(_) => Setting::Padding(gradarium::spec::window::Padding::Of(1)),
        Control::Init(_) => Setting::Init(gradarium::spec::Init::new(gradarium::spec::InitKind::Zeros, None)),
        Control::Shape(_) => Setting::Shape(vec![2, 64]),
    }
}

#[test]
fn every_layer_is_said_read_and_set_by_its_own_rules() {
    for name in LAYER_TYPES {
        let kind = LayerKind::starter(name).unwrap();
        assert_eq!(kind.type_name(), name);
        let (_, about) = network::layer_type(name);
        assert_ne!(about.get(Lang::Zh), about.get(Lang::En), "{name} is not explained in Chinese");
        let as_text = |kind: &LayerKind| text::write(&ModelSpec::of(vec![kind.clone().into()]));
        let read = |line: &str| text::parse(line).unwrap().layers.remove(0).kind;
        assert_eq!(read(&as_text(&kind)), kind, "{name}");
        let bare = as_text(&kind);
        let words = bare.split_once([' ', '(']).map_or("", |(_, w)| w);
        assert_eq!(read(&format!("{name}{}{words}", if name == "residual" { "(" } else { " " })), kind, "{name}");
        for field in fields(&kind) {
            let said = format!("{name}.{}", field.key);
            assert!(layer_fields::field(field.label).is_some(), "{said} has no words");
            let same = kind.with(field.key, field.control.setting());
            assert_eq!(fields(&same), fields(&kind), "{said}: its own value changes it");
            let to = other(&field.control);
            let changed = kind.with(field.key, to.clone());
            let now = fields(&changed).into_iter().find(|f| f.key == field.key).unwrap();
            assert_eq!(now.control.setting(), to, "{said} is not put");
            assert_eq!(read(&as_text(&changed)), changed, "{said} is lost in the text");
            let json = serde_json::to_value(gradarium::spec::Layer::from(changed.clone())).unwrap();
            assert_eq!(serde_json::from_value::<gradarium::spec::Layer>(json).unwrap().kind, changed, "{said}");
        }
        if kind.activation().is_some() {
            let other = kind.with("activation", Setting::Activation(Activation::Gelu));
            assert_eq!(other.activation(), Some(Activation::Gelu), "{name}");
        }
        assert_eq!(kind.with("no such field", Setting::On(true)), kind);
    }
}
