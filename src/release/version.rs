//! Which version comes next. The only home of semver.

use crate::{
    diff::Bump,
    error::{Error, Result},
};
pub use semver::Version;

/// Reads a version.
///
/// # Errors
/// Where the text is none.
pub fn parse(text: &str) -> Result<Version> {
    Version::parse(text).ok().filter(|version| version.build.is_empty()).ok_or_else(|| {
        Error::new(format!("`{text}` is no version")).hint("a version is such as 1.2.0")
    })
}

/// The last release to build on: the highest version that is finished, and so no preview.
#[must_use]
pub fn last<T>(tags: impl IntoIterator<Item = (Version, T)>) -> Option<(Version, T)> {
    tags.into_iter().filter(|(v, _)| v.pre.is_empty()).max_by(|(a, _), (b, _)| a.cmp(b))
}

/// The version of the next release: the one that is asked for, or the one that the changes since
/// the last ask for; the first is 1.0.0.
///
/// # Errors
/// Where the version asked for says less than what changed, or nothing did.
pub fn next(last: Option<&Version>, bump: Bump, asked: Option<Version>) -> Result<Version> {
    let Some(last) = last else { return Ok(asked.unwrap_or(Version::new(1, 0, 0))) };
    let least = match bump {
        Bump::Major => Version::new(last.major + 1, 0, 0),
        Bump::Minor => Version::new(last.major, last.minor + 1, 0),
        Bump::Patch => Version::new(last.major, last.minor, last.patch + 1),
        Bump::None if asked.is_none() => {
            return Err(Error::new(format!("nothing changed since {last}"))
                .hint("to release it all the same, name a version"));
        }
        Bump::None => Version::new(last.major, last.minor, last.patch + 1),
    };
    let Some(asked) = asked else { return Ok(least) };
    let core = Version::new(asked.major, asked.minor, asked.patch);
    if core < least {
        return Err(Error::new(format!("{asked} is too low: it must be {least} or higher")).hint(
            match bump {
                Bump::None => format!("the last release is {last}"),
                _ => format!("what changed since {last} asks for a {} version", bump.as_str()),
            },
        ));
    }
    Ok(asked)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn v(text: &str) -> Version {
        parse(text).expect("a version")
    }

    fn after(last: &str, bump: Bump, asked: Option<&str>) -> Option<String> {
        next(Some(&v(last)), bump, asked.map(v)).ok().map(|version| version.to_string())
    }

    #[test]
    fn the_bump_is_the_least() {
        assert_eq!(next(None, Bump::None, None).expect("a version"), v("1.0.0"));
        assert_eq!(next(None, Bump::None, Some(v("0.1.0"))).expect("a version"), v("0.1.0"));
        let next = |bump| after("1.2.3", bump, None);
        assert_eq!(next(Bump::Major).as_deref(), Some("2.0.0"));
        assert_eq!(next(Bump::Minor).as_deref(), Some("1.3.0"));
        assert_eq!(next(Bump::Patch).as_deref(), Some("1.2.4"));
        assert_eq!(next(Bump::None), None);
        assert_eq!(after("1.2.3", Bump::Minor, Some("1.2.4")), None);
        assert_eq!(after("1.2.3", Bump::Minor, Some("2.0.0")).as_deref(), Some("2.0.0"));
        assert_eq!(after("1.2.3", Bump::Minor, Some("1.3.0-rc.1")).as_deref(), Some("1.3.0-rc.1"));
        assert_eq!(after("1.2.3", Bump::None, Some("1.2.3")), None);
    }

    #[test]
    fn previews_are_nothing_to_build_on() {
        let tags = ["1.0.0", "1.9.0", "1.10.0", "2.0.0-rc.1"].map(|text| (v(text), ()));
        assert_eq!(last(tags).map(|(version, ())| version), Some(v("1.10.0")));
    }
}
