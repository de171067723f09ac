//! Archives with the same bytes for the same files: in order of path, with the time of the commit,
//! nobody's, compressed by one library. The only writer of tar, gzip and zip.

use flate2::{Compression, GzBuilder, write::DeflateEncoder};
use rawzip::{CompressionMethod, ZipArchiveWriter, time::UtcDateTime};
use std::{
    fs,
    io::{self, Write},
    path::Path,
};

/// Writes an archive of files below a folder: of these paths, with this time.
pub type Archiver = fn(&mut dyn Write, &Path, &[String], i64) -> io::Result<()>;

/// Another level gives other bytes.
const LEVEL: Compression = Compression::new(6);

/// Everyone may read the files.
const MODE: u32 = 0o644;

/// Writes a `.tar.gz`: ustar headers, without the name and the time that gzip would add.
pub fn tar(out: &mut dyn Write, below: &Path, paths: &[String], time: i64) -> io::Result<()> {
    let gzip = GzBuilder::new().mtime(0).operating_system(255).write(out, LEVEL);
    let mut tar = tar::Builder::new(gzip);
    for path in paths {
        let mut file = fs::File::open(below.join(path))?;
        let mut header = tar::Header::new_ustar();
        header.set_path(path)?;
        header.set_size(file.metadata()?.len());
        header.set_mode(MODE);
        header.set_uid(0);
        header.set_gid(0);
        header.set_mtime(u64::try_from(time).unwrap_or(0));
        header.set_entry_type(tar::EntryType::Regular);
        header.set_cksum();
        tar.append(&header, &mut file)?;
    }
    tar.into_inner()?.finish()?.flush()
}

/// Writes a `.zip`.
pub fn zip(out: &mut dyn Write, below: &Path, paths: &[String], time: i64) -> io::Result<()> {
    let time = UtcDateTime::from_unix(time);
    let mut zip = ZipArchiveWriter::new(out);
    for path in paths {
        let mut file = fs::File::open(below.join(path))?;
        let (mut entry, config) = zip
            .new_file(path)
            .compression_method(CompressionMethod::DEFLATE)
            .last_modified(time)
            .unix_permissions(MODE)
            .start()
            .map_err(io::Error::other)?;
        let mut data = config.wrap(DeflateEncoder::new(&mut entry, LEVEL));
        io::copy(&mut file, &mut data)?;
        let (encoder, descriptor) = data.finish().map_err(io::Error::other)?;
        encoder.finish()?;
        entry.finish(descriptor).map_err(io::Error::other)?;
    }
    zip.finish().map_err(io::Error::other)?.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::hex;
    use sha2::{Digest as _, Sha256};

    /// Files that compress well, badly and not at all, the same ones for ever.
    fn files() -> Vec<(&'static str, Vec<u8>)> {
        let mut state = 1_u32;
        let mut noise = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        };
        let bytes: Vec<u8> = (0..70_000).map(|_| noise()).collect();
        let words = ["harbour", "bridge", "council", "2019", "cost", "84.5 million", "\n"];
        let word = |_| words[usize::from(noise()) % words.len()];
        let prose: Vec<&str> = (0..40_000).map(word).collect();
        vec![
            ("port-1.0.0/claims.csv", prose.join(",").into_bytes()),
            ("port-1.0.0/empty.txt", Vec::new()),
            ("port-1.0.0/port.sqlite", bytes),
            ("port-1.0.0/report/topics/a-b.md", b"# A & B\n".to_vec()),
        ]
    }

    const TAR: &str = "e5eed9094ca022dfd5a32493cc3940345a4bd7de9369433fd7b01111f5cfa458";
    const ZIP: &str = "bbc4c428bd7fb1b4f7a4a77bbe03cc8a04097ecb486b151df052dba1af8528f9";

    fn sum(write: Archiver) -> String {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, bytes) in files() {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, bytes).expect("written");
        }
        let paths: Vec<String> = files().iter().map(|(path, _)| (*path).to_owned()).collect();
        let mut out = Vec::new();
        write(&mut out, folder.path(), &paths, 1_741_737_600).expect("an archive");
        hex(&Sha256::digest(out))
    }

    #[test]
    fn archives_have_the_bytes_that_they_had() {
        let changed = "flate2, tar or rawzip now writes other bytes: nobody can build a release \
                       again that was made before, byte for byte. If there is no way around it, \
                       the changelog must say so";
        for (write, before) in [(tar as Archiver, TAR), (zip, ZIP)] {
            assert_eq!(sum(write), before, "{changed}");
        }
    }
}
