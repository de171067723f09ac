//! Where the bars and words of a chart stand, in whole units of its drawing. Words and colours are
//! the templates'.

use serde::Serialize;

/// The width of every drawing.
const WIDTH: usize = 800;

/// Room above the bars for a legend.
pub const LEGEND: usize = 44;

/// Room above the bars where there is no legend.
pub const NO_LEGEND: usize = 8;

/// What a bar shows.
pub trait Bars {
    /// Its name, where that is text of the dataset.
    fn title(&self) -> Option<&str>;
    /// What it counts, part by part from the base on.
    fn parts(&self) -> Vec<(&'static str, usize)>;
}

/// A drawing of bars. Those of [`columns`] stand up, those of [`lines`] lie.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Chart<R> {
    pub width: usize,
    pub height: usize,
    /// Where the bars begin: the line they stand on, or lie against.
    pub base: usize,
    pub bars: Vec<Bar<R>>,
}

/// A bar with its parts.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Bar<R> {
    pub row: R,
    /// Its name, as much as there is room for.
    pub label: Option<String>,
    /// Where the name stands.
    pub x: usize,
    pub y: usize,
    pub parts: Vec<Part>,
    /// What all parts come to, and where that stands.
    pub total: usize,
    pub total_x: usize,
    pub total_y: usize,
}

/// A part of a bar.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// What it counts.
    pub of: &'static str,
    pub x: usize,
    pub y: usize,
    pub width: usize,
    pub height: usize,
}

/// Bars that stand side by side.
pub fn columns<R: Bars>(rows: Vec<R>) -> Chart<R> {
    const TALL: usize = 200;
    let base = LEGEND + 28 + TALL;
    let slot = ((WIDTH - 32) / rows.len().max(1)).min(96);
    let width = (slot * 3 / 5).min(44);
    let left = (WIDTH - slot * rows.len()) / 2;
    let most = most(&rows);
    let bars = rows.into_iter().enumerate().map(|(i, row)| {
        let middle = left + slot * i + slot / 2;
        let part = |(of, from, to)| Part {
            of,
            x: middle - width / 2,
            y: base - to,
            width,
            height: to - from,
        };
        let (parts, total) = stack(&row, TALL, most);
        let parts: Vec<Part> = parts.into_iter().map(part).collect();
        let total_y = parts.last().map_or(base, |part| part.y) - 7;
        Bar { row, label: None, x: middle, y: base + 20, parts, total, total_x: middle, total_y }
    });
    Chart { width: WIDTH, height: base + 46, base, bars: bars.collect() }
}

/// Bars that lie one below the other, below `room` for a legend.
pub fn lines<R: Bars>(rows: Vec<R>, room: usize) -> Chart<R> {
    const LINE: usize = 28;
    const THICK: usize = 16;
    const BASE: usize = 240;
    const LONG: usize = 490;
    let most = most(&rows);
    let height = room + LINE * rows.len() + 12;
    let bars = rows.into_iter().enumerate().map(|(i, row)| {
        let top = room + LINE * i + (LINE - THICK) / 2;
        let part =
            |(of, from, to)| Part { of, x: BASE + from, y: top, width: to - from, height: THICK };
        let (parts, total) = stack(&row, LONG, most);
        let parts: Vec<Part> = parts.into_iter().map(part).collect();
        let end = parts.last().map_or(BASE, |part| part.x + part.width);
        let label = row.title().map(|title| fit(title, BASE - 24));
        let y = top + 12;
        Bar { row, label, x: BASE - 12, y, parts, total, total_x: end + 8, total_y: y }
    });
    Chart { width: WIDTH, height, base: BASE, bars: bars.collect() }
}

fn sum(row: &impl Bars) -> usize {
    row.parts().iter().map(|(_, n)| n).sum()
}

fn most<R: Bars>(rows: &[R]) -> usize {
    rows.iter().map(sum).max().unwrap_or(0).max(1)
}

/// The parts of a bar, each with where it begins and ends, and what they count together. The
/// longest bar is `length` long, and none that counts anything is invisible.
fn stack(
    row: &impl Bars,
    length: usize,
    most: usize,
) -> (Vec<(&'static str, usize, usize)>, usize) {
    let end = |sum: usize| (sum * length).div_ceil(most);
    let mut total = 0;
    let mut parts = Vec::new();
    for (of, n) in row.parts() {
        if n > 0 {
            parts.push((of, end(total), end(total + n)));
        }
        total += n;
    }
    (parts, total)
}

/// As much of a text as is sure to fit into a width, in the fonts of the templates.
fn fit(text: &str, room: usize) -> String {
    let width = |c: char| match c {
        'i' | 'j' | 'l' | 'I' | 't' | 'f' | 'r' | ' ' | '.' | ',' | ':' | '\'' | '(' | ')' => 5,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 12,
        c if c.is_uppercase() || c.is_ascii_digit() => 9,
        c if c.is_ascii() || ('\u{a0}'..'\u{2000}').contains(&c) => 8,
        // Wide scripts, and whatever is not known.
        _ => 14,
    };
    let whole: usize = text.chars().map(width).sum();
    if whole <= room {
        return text.to_owned();
    }
    let mut left = room.saturating_sub(width('…'));
    let fits = text.chars().take_while(|c| match left.checked_sub(width(*c)) {
        Some(rest) => {
            left = rest;
            true
        }
        None => false,
    });
    let short: String = fits.collect();
    format!("{}…", short.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Bars for (&'static str, usize, usize) {
        fn title(&self) -> Option<&str> {
            Some(self.0)
        }
        fn parts(&self) -> Vec<(&'static str, usize)> {
            vec![("high", self.1), ("low", self.2)]
        }
    }

    #[test]
    fn bars_keep_to_their_drawing() {
        for n in [1, 2, 16] {
            for counts in [(0, 1), (1, 0), (99_999, 1), (0, 0)] {
                let rows = vec![("a", counts.0, counts.1); n];
                let up = columns(rows.clone());
                for bar in &up.bars {
                    assert!(bar.parts.iter().all(|p| p.x + p.width <= up.width && p.y >= LEGEND));
                    assert!(bar.total_y >= LEGEND);
                }
                let down = lines(rows, LEGEND);
                let last = down.bars.last().expect("a bar");
                assert!(last.total_x + 60 < down.width && last.y < down.height);
            }
        }
    }

    #[test]
    fn the_smallest_count_can_be_seen() {
        let chart = lines(vec![("a", 0, 1), ("b", 100_000, 0)], NO_LEGEND);
        assert_eq!(chart.bars[0].parts[0].width, 1);
        assert_eq!(chart.bars[0].total, 1);
    }

    #[test]
    fn long_names_are_cut_where_the_room_ends() {
        assert_eq!(fit("Brazil", 188), "Brazil");
        assert_eq!(
            fit("United Arab Emirates and all the others", 188),
            "United Arab Emirates and…"
        );
        assert_eq!(fit("中华人民共和国国家发展和改革委员会", 188), "中华人民共和国国家发展和…");
    }
}
