//! The parts of the JSON Schema that cannot be derived: layers, losses and initialisers have readers of their own.
//!
//! `tests/it/schema.rs` writes the whole to `www/experiment.schema.json` and holds it to the readers. Native only; not
//! responsible for reading anything.

use super::init::{Init, InitKind};
use super::model::{
    ActivationLayer, Attention, Conv, Dense, Dropout, Embedding, Empty, GroupNorm, LAYER_TYPES, Layer, Pool,
    Positional, Recurrent, Reshape, Residual, Slice, SqueezeExcite, TransformerBlock, Upsample,
};
use super::task::{LOSSES, Loss};
use super::window::{Padding, Pair};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};
use std::borrow::Cow;

/// `schema` is that of a layer's settings: adds what every layer may say.
fn layer(type_name: &str, mut schema: Schema, generator: &mut SchemaGenerator) -> Value {
    let text = generator.subschema_for::<Option<String>>();
    let names = generator.subschema_for::<Option<Vec<String>>>();
    let object = schema.ensure_object();
    let own = object.remove("properties").unwrap_or_else(|| json!({}));
    let mut fields = serde_json::Map::new();
    fields.insert("type".into(), json!({ "const": type_name }));
    fields.extend(own.as_object().into_iter().flatten().map(|(k, v)| (k.clone(), v.clone())));
    fields.insert("name".into(), described(text, "A name that later layers may use in `from`."));
    let from = "Names of the layers whose outputs this one reads; `\"input\"` is the data. Default: the layer before.";
    fields.insert("from".into(), described(names, from));
    let mut required = vec![json!("type")];
    required.extend(object.remove("required").and_then(|r| r.as_array().cloned()).unwrap_or_default());
    object.insert("properties".into(), Value::Object(fields));
    object.insert("required".into(), Value::Array(required));
    object.insert("additionalProperties".into(), json!(false));
    schema.to_value()
}

fn described(mut schema: Schema, text: &str) -> Value {
    schema.insert("description".into(), json!(text));
    schema.to_value()
}

impl JsonSchema for Layer {
    fn schema_name() -> Cow<'static, str> {
        "Layer".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let kinds = LAYER_TYPES.map(|name| {
            let settings = match name {
                "dense" => Dense::json_schema(generator),
                "activation" => ActivationLayer::json_schema(generator),
                "conv2d" | "conv_transpose2d" | "conv1d" => Conv::json_schema(generator),
                "max_pool2d" | "avg_pool2d" | "max_pool1d" => Pool::json_schema(generator),
                "upsample2d" => Upsample::json_schema(generator),
                "group_norm" => GroupNorm::json_schema(generator),
                "squeeze_excite" => SqueezeExcite::json_schema(generator),
                "dropout" | "dropout2d" => Dropout::json_schema(generator),
                "rnn" | "lstm" | "gru" => Recurrent::json_schema(generator),
                "reshape" => Reshape::json_schema(generator),
                "residual" => Residual::json_schema(generator),
                "slice" => Slice::json_schema(generator),
                "embedding" => Embedding::json_schema(generator),
                "positional" => Positional::json_schema(generator),
                "attention" => Attention::json_schema(generator),
                "transformer_block" => TransformerBlock::json_schema(generator),
                _ => Empty::json_schema(generator),
            };
            layer(name, settings, generator)
        });
        json_schema!({
            "description": "One layer: what it is, and optionally its name and where its input comes from.",
            "oneOf": kinds,
        })
    }
}

/// A bare name, or an object with the name as `type` and its own number, if it has one.
fn name_or_object(description: &str, all: Vec<(&str, Option<&str>)>) -> Schema {
    let object = |(name, number): &(&str, Option<&str>)| {
        let mut fields = serde_json::Map::from_iter([("type".to_string(), json!({ "const": name }))]);
        fields.extend(number.map(|n| (n.to_string(), json!({ "type": ["number", "null"] }))));
        json!({ "type": "object", "properties": fields, "required": ["type"], "additionalProperties": false })
    };
    let names: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
    let mut forms = vec![json!({ "type": "string", "enum": names })];
    forms.extend(all.iter().map(object));
    json_schema!({ "description": description, "oneOf": forms })
}

impl JsonSchema for Loss {
    fn schema_name() -> Cow<'static, str> {
        "Loss".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let number = |name: &str| match Loss::from_name(name) {
            Some(Loss::CrossEntropy { .. }) => Some("label_smoothing"),
            Some(Loss::Huber { .. }) => Some("delta"),
            Some(Loss::Hinge { .. }) => Some("margin"),
            Some(Loss::Bce | Loss::Mse | Loss::HalfMse | Loss::Mae) | None => None,
        };
        let text = "A loss, by PyTorch's names; every one is the mean over the batch.";
        name_or_object(text, LOSSES.iter().map(|name| (*name, number(name))).collect())
    }
}

impl JsonSchema for Pair {
    fn schema_name() -> Cow<'static, str> {
        "Pair".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let n = json!({ "type": "integer", "minimum": 0 });
        let both = json!({ "type": "array", "items": n, "minItems": 2, "maxItems": 2 });
        json_schema!({ "description": "One number for both axes, or `[height, width]`.", "oneOf": [n, both] })
    }
}

impl JsonSchema for Padding {
    fn schema_name() -> Cow<'static, str> {
        "Padding".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let text =
            "What is put around an image: nothing, what keeps its size (at stride 1), or rows and columns of zeros.";
        let n = json!({ "type": "integer", "minimum": 0 });
        json_schema!({ "description": text, "oneOf": [{ "type": "string", "enum": ["valid", "same"] }, n] })
    }
}

impl JsonSchema for Init {
    fn schema_name() -> Cow<'static, str> {
        "Init".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let text =
            "How weights start. Keras's and PyTorch's other names (`glorot_uniform`, `kaiming_normal`) are read too.";
        name_or_object(text, InitKind::ALL.map(|k| (k.name(), k.param().map(|p| p.name))).to_vec())
    }
}
