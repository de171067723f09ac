//! Short names: those that a name or an id shows, and those that its initials would make.

use super::ids::slug;

/// The other names that a record shows itself: what its name has in brackets, the name without that,
/// and the abbreviation in its id (`mcti-brazil`).
pub fn shown(id: &str, name: &str) -> Vec<String> {
    let mut shown = Vec::new();
    let bracketed =
        name.split_once('(').and_then(|(before, rest)| Some((before, rest.split_once(')')?)));
    if let Some((before, (inside, after))) = bracketed {
        shown.push(slug(inside));
        shown.push(slug(&format!("{before}{after}")));
    }
    let initials = initials(name);
    let abbreviates = |part: &&str| part.len() >= SHORT && initials.starts_with(*part);
    shown.extend(id.split('-').filter(abbreviates).map(str::to_owned));
    shown
}

/// How many letters an abbreviation has at least.
pub const SHORT: usize = 3;

/// The first letters of the words of a name that have a capital: `mcti`.
pub fn initials(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric());
    let first = words.filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase());
    slug(&first.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_shows_its_short_names() {
        let name = "Ministério da Ciência, Tecnologia e Inovação";
        assert_eq!(shown("mcti-brazil", name), ["mcti"]);
        assert_eq!(shown("mfa-russia", "Ministry of Foreign Affairs of Russia"), ["mfa"]);
        assert_eq!(shown("sdaia", "Data Authority (SDAIA)"), ["sdaia", "data-authority"]);
        assert_eq!(shown("reuters-india", "Reuters India"), [""; 0]);
        assert_eq!(initials("Reserve Bank of India"), "rbi");
    }
}
