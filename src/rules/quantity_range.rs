//! `quantity-range`

use super::{Case, Check, Context, Findings, Group, Rule};
use crate::finding::Severity;
use std::cmp::Ordering;

pub const RULE: Rule = Rule {
    id: "quantity-range",
    group: Group::Form,
    severity: Severity::Error,
    summary: "The amount of a quantity lies between its `lower` and `upper`.",
    explain: "\
`lower` and `upper` are the ends of the range a source gives, and `amount` is the value to show, such as
its middle. A range upside down, or an amount outside of it, is a slip of the pen.",
    bad: "{ \"amount\": \"30\", \"lower\": \"70\", \"upper\": \"50\" }",
    good: "{ \"amount\": \"60\", \"lower\": \"50\", \"upper\": \"70\" }",
    check: Check::Claim(check),
};

fn check(_: &Context, case: &Case, findings: &mut Findings) {
    let Some(quantity) = &case.entry.record.quantity else { return };
    let (Some(lower), Some(upper)) = (&quantity.lower, &quantity.upper) else { return };
    if case.entry.flawed("/quantity") {
        return;
    }
    let above = |a: &str, b: &str| compare(a, b) == Ordering::Greater;
    let amount = &quantity.amount;
    let (pointer, message, help) = if above(lower, upper) {
        (
            "/quantity/lower",
            format!("`lower`, {lower}, is above `upper`, {upper}"),
            format!(
                "write `\"lower\": \"{upper}\"` and `\"upper\": \"{lower}\"`, or correct the one that is wrong"
            ),
        )
    } else {
        let (side, key, end, bound) = if above(lower, amount) {
            ("below", "lower", lower, "at most")
        } else if above(amount, upper) {
            ("above", "upper", upper, "at least")
        } else {
            return;
        };
        let correct = format!("correct `{key}`, which can be {bound} {amount}");
        let write = format!("write an `amount` from {lower} to {upper}");
        let help = if says(&case.entry.record.statement, amount) {
            format!("{correct}: the statement has this amount, too; or {write}")
        } else {
            format!("{write}; or {correct}")
        };
        ("/quantity/amount", format!("the amount, {amount}, is {side} `{key}`, {end}"), help)
    };
    findings.push(case.id, RULE.finding(case.entry.at(pointer), message).help(help));
}

/// Whether a statement has an amount, whatever power of ten it gives in words: `40 million`.
fn says(statement: &str, amount: &str) -> bool {
    let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    let wanted = digits(amount);
    let mut numbers = statement.split(|c: char| !c.is_ascii_digit() && c != '.' && c != ',');
    let wanted = wanted.trim_matches('0');
    numbers.any(|number| digits(number).trim_matches('0') == wanted) && !wanted.is_empty()
}

/// Compares two decimals as the schema writes them: no exponent, no needless zeros in front.
fn compare(a: &str, b: &str) -> Ordering {
    let parts = |text: &str| -> (bool, String, String) {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let zero = digits.bytes().all(|b| b == b'0' || b == b'.');
        (negative && !zero, whole.to_owned(), fraction.trim_end_matches('0').to_owned())
    };
    let (a, b) = (parts(a), parts(b));
    let size = (a.1.len(), &a.1, &a.2).cmp(&(b.1.len(), &b.1, &b.2));
    match (a.0, b.0) {
        (true, true) => size.reverse(),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
        (false, false) => size,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_found_in_statements() {
        for (statement, amount, said) in [
            ("It cost 40 million crowns.", "40000000", true),
            ("It cost 1,250,000.50 crowns in 2023.", "1250000.50", true),
            ("It cost 40 million crowns.", "4100000", false),
            ("It cost nothing.", "0", false),
        ] {
            assert_eq!(says(statement, amount), said, "{statement} {amount}");
        }
    }

    #[test]
    fn decimals_compare_by_value() {
        for (a, b) in
            [("1", "2"), ("9", "10"), ("-10", "-9"), ("-1", "0"), ("0.09", "0.1"), ("1.4", "1.49")]
        {
            assert_eq!(compare(a, b), Ordering::Less, "{a} {b}");
            assert_eq!(compare(b, a), Ordering::Greater, "{a} {b}");
        }
        assert_eq!(compare("1.50", "1.5"), Ordering::Equal);
        assert_eq!(compare("-0", "0"), Ordering::Equal);
    }
}
