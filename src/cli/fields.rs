//! The page of `claimbook explain --manual=fields`: every field of every file and output.

use crate::{
    error::Result,
    schema::{
        EMBEDDED, OUTPUTS, Schema, embedded,
        manual::{Manual, Object, Word},
    },
    templates::Templates,
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Serialize)]
struct Page {
    chapters: Vec<Chapter>,
    words: Vec<Word>,
}

#[derive(Serialize)]
struct Chapter {
    title: &'static str,
    schemas: Vec<SchemaView>,
}

#[derive(Serialize)]
struct SchemaView {
    name: &'static str,
    about: String,
    objects: Vec<Object>,
    /// Definitions that an earlier schema has in the same words.
    earlier: Vec<String>,
}

/// The page, with the schemas in `own`, by path, in the place of the built-in ones.
pub fn page(templates: &Templates, own: &BTreeMap<String, String>) -> Result<String> {
    let mut known = BTreeSet::new();
    let mut words = BTreeMap::new();
    let mut chapters = Vec::new();
    for (title, schemas) in [("Records", EMBEDDED), ("What is published and printed", OUTPUTS)] {
        let mut views = Vec::new();
        for (name, _) in schemas {
            let root = match EMBEDDED.iter().any(|(other, _)| other == name) {
                true => Schema::named(name, own)?.root().clone(),
                false => embedded(name),
            };
            let schema = Manual(&root);
            let objects = schema.objects(&known);
            let all = schema.objects(&BTreeSet::new());
            let earlier = all.into_iter().map(|o| o.name).filter(|n| known.contains(n)).collect();
            known
                .extend(objects.iter().map(|object| object.name.clone()).filter(|n| !n.is_empty()));
            for word in schema.words() {
                words.entry(word.name.clone()).or_insert(word);
            }
            views.push(SchemaView {
                name,
                about: schema.about(&root).to_owned(),
                objects,
                earlier,
            });
        }
        chapters.push(Chapter { title, schemas: views });
    }
    templates.render("fields.md", &Page { chapters, words: words.into_values().collect() })
}
