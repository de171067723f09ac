//! Days and EDTF dates: parsing, what they may mean, and how two of them compare for certain.
//!
//! EDTF is ISO 8601-2:2019, annex A; the dataset uses a profile of it that the claim schema spells
//! out. `edtf-core` parses it; the calendar arithmetic that rules need is here.

mod day;
mod edtf;
mod meant;
mod parts;
mod words;

pub use day::{Day, days_in, month_name};
pub use edtf::{Edtf, Span, edtf_error, turned};
pub use meant::meant;
pub use parts::{Part, Parts, parts};
pub use words::date_words;
