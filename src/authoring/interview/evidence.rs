//! Asking for the evidence of a claim, and for the confidence that it can carry.

use super::{super::weigh, Choice, Interview, Offer, words::explained};
use crate::{authoring::Draft, error::Result, model::Confidence, schema::Takes};
use serde_json::Value;

impl Interview<'_> {
    /// Asks for citations, one after the other.
    pub(super) fn citations(&mut self, draft: &mut Draft) -> Result<()> {
        loop {
            let at =
                draft.value.pointer("/citations").and_then(Value::as_array).map_or(0, Vec::len);
            for key in ["source", "stance", "directness", "shows"] {
                self.ask(draft, &format!("/citations/{at}/{key}"))?;
            }
            if let Some(ceiling) = weigh::ceiling(&self.desk.loaded.dataset, &self.made, draft) {
                self.asker.tell(&ceiling.to_string());
            }
            if !self.asker.yes("Another citation?", false)? {
                return Ok(());
            }
        }
    }

    /// Asks whether these sources, cited by flags that leave it open, are first-hand.
    ///
    /// # Errors
    /// Where the person stops.
    pub fn directness(&mut self, draft: &mut Draft, citations: &[usize]) -> Result<()> {
        for at in citations {
            let source = draft.text(&format!("/citations/{at}/source"));
            self.asker.tell(&format!("about {source}:"));
            self.ask(draft, &format!("/citations/{at}/directness"))?;
        }
        Ok(())
    }

    /// Asks for the confidence, of what the citations can carry.
    pub(super) fn confidence(&mut self, draft: &mut Draft, about: &str) -> Result<()> {
        let schema = self.desk.schema(draft.kind);
        let members = schema.members("");
        let takes = members.iter().find(|m| m.key == "confidence").map(|m| m.takes.clone());
        let Some(Takes::Word(mut words)) = takes else { return Ok(()) };
        let ceiling = weigh::ceiling(&self.desk.loaded.dataset, &self.made, draft);
        if let Some(ceiling) = &ceiling {
            self.asker.tell(&ceiling.to_string());
        }
        if let Some(most) = ceiling.and_then(|ceiling| ceiling.confidence) {
            words.retain(|word| Confidence::lenient(word) >= most);
        }
        // Who only presses Enter claims the least.
        words.reverse();
        let options: Vec<Offer> =
            words.iter().map(|word| Offer::of(explained(word, about))).collect();
        let question = "Confidence: how good is the evidence?";
        let at = self.asker.one(&Choice { question, help: "", options: &options })?.at;
        draft.set("/confidence", words[at].as_str().into());
        Ok(())
    }
}
