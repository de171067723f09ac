//! JSON in two forms at once: all of it indented, and parts of it on a line each besides. What is
//! told twice is gone through and escaped once.

use serde::{Serialize, Serializer};
use serde_json::ser::{CharEscape, CompactFormatter, Formatter, Serializer as Writer};
use std::{
    cell::Cell,
    io::{self, BufWriter, Write},
};

/// Whether what is being written goes on a line besides.
#[derive(Default)]
pub struct Besides(Cell<bool>);

impl Besides {
    /// An item of an array that is also written on a line of its own.
    pub fn line<T>(&self, item: T) -> Line<'_, T> {
        Line { item, besides: self }
    }

    /// Writes `whole`, indented by two spaces, into `out`, and each [`Line`] in it into `lines`.
    ///
    /// # Errors
    /// Where either cannot be written.
    pub fn write(
        &self,
        whole: &impl Serialize,
        out: &mut dyn Write,
        lines: &mut dyn Write,
    ) -> io::Result<()> {
        // JSON comes in very small pieces: they are gathered here, where nothing stands between.
        let mut out = BufWriter::with_capacity(1 << 14, out);
        let forms = Forms { besides: self, lines, line: Vec::new(), depth: 0, filled: false };
        whole.serialize(&mut Writer::with_formatter(&mut out, forms))?;
        out.write_all(b"\n")?;
        out.flush()
    }
}

/// An item that is also written on a line of its own.
pub struct Line<'b, T> {
    item: T,
    besides: &'b Besides,
}

impl<T: Serialize> Serialize for Line<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.besides.0.set(true);
        let done = self.item.serialize(serializer);
        self.besides.0.set(false);
        done
    }
}

struct Forms<'f> {
    besides: &'f Besides,
    lines: &'f mut dyn Write,
    line: Vec<u8>,
    depth: usize,
    /// Whether the array or object that ends has anything in it.
    filled: bool,
}

/// A comma, a newline and the spaces of 31 levels.
const BREAK: &[u8; 64] = b",\n                                                              ";

impl Forms<'_> {
    /// The line that is being written, if one is.
    fn line(&mut self) -> Option<&mut Vec<u8>> {
        self.besides.0.get().then_some(&mut self.line)
    }

    fn begin<W: ?Sized + Write>(&mut self, out: &mut W, bracket: u8) -> io::Result<()> {
        self.line().into_iter().for_each(|line| line.push(bracket));
        self.depth += 1;
        self.filled = false;
        out.write_all(&[bracket])
    }

    fn end<W: ?Sized + Write>(&mut self, out: &mut W, bracket: u8) -> io::Result<()> {
        self.line().into_iter().for_each(|line| line.push(bracket));
        self.depth -= 1;
        if self.filled {
            self.indent(out, &BREAK[1..])?;
        }
        out.write_all(&[bracket])
    }

    fn next<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        if let Some(line) = self.line().filter(|_| !first) {
            line.push(b',');
        }
        self.indent(out, if first { &BREAK[1..] } else { BREAK })
    }

    /// Writes as much of a break as the depth asks for.
    fn indent<W: ?Sized + Write>(&self, out: &mut W, whole: &[u8]) -> io::Result<()> {
        let fixed = whole.len() + 2 - BREAK.len();
        let wanted = fixed + 2 * self.depth;
        match whole.get(..wanted) {
            Some(part) => out.write_all(part),
            None => {
                out.write_all(whole)?;
                (whole.len()..wanted).try_for_each(|_| out.write_all(b" "))
            }
        }
    }
}

/// Pieces that are the same in both forms.
macro_rules! same {
    ($($name:ident($($value:ident: $type:ty)?)),* $(,)?) => {
        $(fn $name<W: ?Sized + Write>(&mut self, out: &mut W $(, $value: $type)?) -> io::Result<()> {
            if let Some(line) = self.line() {
                CompactFormatter.$name(line $(, $value)?)?;
            }
            CompactFormatter.$name(out $(, $value)?)
        })*
    };
}

impl Formatter for Forms<'_> {
    same! {
        write_null(), write_bool(value: bool), write_i8(value: i8), write_i16(value: i16),
        write_i32(value: i32), write_i64(value: i64), write_i128(value: i128), write_u8(value: u8),
        write_u16(value: u16), write_u32(value: u32), write_u64(value: u64), write_u128(value: u128),
        write_f32(value: f32), write_f64(value: f64), write_number_str(value: &str),
        begin_string(), end_string(), write_string_fragment(fragment: &str),
        write_raw_fragment(fragment: &str),
    }

    fn write_char_escape<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        escape: CharEscape,
    ) -> io::Result<()> {
        let mut escaped = Vec::new();
        CompactFormatter.write_char_escape(&mut escaped, escape)?;
        self.line().into_iter().for_each(|line| line.extend_from_slice(&escaped));
        out.write_all(&escaped)
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.begin(out, b'[')
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.end(out, b']')
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.next(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        // An item that stood on a line was the last thing in it.
        if !self.besides.0.get() && !self.line.is_empty() {
            self.line.push(b'\n');
            self.lines.write_all(&self.line)?;
            self.line.clear();
        }
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.begin(out, b'{')
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.end(out, b'}')
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.next(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.line().into_iter().for_each(|line| line.push(b':'));
        out.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    /// Both forms of an array of lines.
    fn forms(items: &[Value]) -> (String, String) {
        let besides = Besides::default();
        let whole: Vec<_> = items.iter().map(|item| besides.line(item)).collect();
        let (mut out, mut lines) = (Vec::new(), Vec::new());
        besides.write(&whole, &mut out, &mut lines).expect("written");
        (String::from_utf8(out).expect("UTF-8"), String::from_utf8(lines).expect("UTF-8"))
    }

    #[test]
    fn both_forms_are_those_of_the_library() {
        let deep = (0..40).fold(json!({"a": []}), |inside, n| match n % 2 {
            0 => json!({"b": inside, "c": 1}),
            _ => json!([inside, {}]),
        });
        let items = [
            json!({"a": null, "b": [true, 1, -2, 0.5, 1e300], "c": {}, "d": [[], [{}]]}),
            json!("a \"quoted\" \\ \u{1}\n text — 生成"),
            json!([]),
            json!(7),
            deep,
        ];
        let (whole, lines) = forms(&items);
        assert_eq!(whole, format!("{}\n", serde_json::to_string_pretty(&items).expect("JSON")));
        let each: Vec<String> = items.iter().map(|item| format!("{item}\n")).collect();
        assert_eq!(lines, each.concat());
        assert_eq!(forms(&[]), ("[]\n".to_owned(), String::new()));
    }
}
