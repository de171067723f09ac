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
