//! The parts of the JSON Schema that cannot be derived: layers, losses and initialisers have readers of their own.
//!
//! `tests/it/schema.rs` writes the whole to `www/experiment.schema.json` and holds it to the readers. Native only; not
//! responsible for reading anything.

use super::class_weights::{CLASS_WEIGHT_MAX, ClassWeights};
use super::init::{Init, InitKind};
use super::model::{LAYER_TYPES, Layer, LayerKind};
use super::task::{LOSSES, Loss, TaskSpec};
use super::tasks::{Autoencoder, Contrastive, Diffusion, Gan, Several, TASKS, Vae};
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
    let frozen = "Whether its parameters, and those of all layers in it, stay as they are; default false.";
    fields.insert("frozen".into(), described(generator.subschema_for::<Option<bool>>(), frozen));
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
            // Every listed name has settings.
            let settings = LayerKind::schema(name, generator).unwrap_or_default();
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

impl JsonSchema for TaskSpec {
    fn schema_name() -> Cow<'static, str> {
        "TaskSpec".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let loss = described(generator.subschema_for::<Option<Loss>>(), "Overrides the task's default loss.");
        let tasks = TASKS.map(|name| {
            let mut schema = match name {
                "autoencoder" => Autoencoder::json_schema(generator),
                "vae" => Vae::json_schema(generator),
                "gan" => Gan::json_schema(generator),
                "diffusion" => Diffusion::json_schema(generator),
                "several" => Several::json_schema(generator),
                "contrastive" => Contrastive::json_schema(generator),
                _ => super::layers::Empty::json_schema(generator),
            };
            let object = schema.ensure_object();
            let own = object.remove("properties").unwrap_or_else(|| json!({}));
            let mut fields = serde_json::Map::from_iter([("type".to_string(), json!({ "const": name }))]);
            // Each head has a loss of its own, and views have one.
            if !matches!(name, "several" | "contrastive") {
                fields.insert("loss".into(), loss.clone());
            }
            fields.extend(own.as_object().into_iter().flatten().map(|(k, v)| (k.clone(), v.clone())));
            object.insert("properties".into(), Value::Object(fields));
            object.insert("required".into(), json!(["type"]));
            object.insert("additionalProperties".into(), json!(false));
            schema.to_value()
        });
        json_schema!({ "description": "What the network is trained to do.", "oneOf": tasks })
    }
}

impl JsonSchema for ClassWeights {
    fn schema_name() -> Cow<'static, str> {
        "ClassWeights".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let text = "`weight` of PyTorch's `CrossEntropyLoss`: `\"balanced\"` (rows over classes times rows of the class, of the \
                    training part), or one number for each class.";
        let n = json!({ "type": "number", "minimum": 0, "maximum": CLASS_WEIGHT_MAX });
        json_schema!({ "description": text, "oneOf": [{ "const": "balanced" }, { "type": "array", "items": n }] })
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
