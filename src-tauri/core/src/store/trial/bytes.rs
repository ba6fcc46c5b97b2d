//! The bytes on the disk: changed, and searched.

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::PathBuf;

use super::super::sealed::random;
use super::super::{Store, connect};
use super::Trial;
use super::copies::Copy;
use crate::error::{Error, Result, file_error};
use crate::record::Kind;

/// How often the copy is damaged; less often where each look reads a file of more than [`LARGE`] bytes.
const TIMES: u64 = 20;
const LARGE: u64 = 200 << 20;

/// One byte of a page is changed at a time: the code over each page says so.
pub(super) fn damage_is_noticed(store: &Store, copy: &Copy) -> Result<Trial> {
    let failed = |source| file_error(&copy.path, "写入", &source);
    let bytes = fs::metadata(&copy.path).map_err(failed)?.len().max(1);
    let mut held = Vec::new();
    for _ in 0..if bytes > LARGE { 3 } else { TIMES } {
        let at = u64::from_le_bytes(random()?) % bytes;
        let mut file = File::options().read(true).write(true).open(&copy.path).map_err(failed)?;
        let mut byte = [0];
        file.seek(SeekFrom::Start(at)).and_then(|_| file.read_exact(&mut byte)).map_err(failed)?;
        put(&mut file, at, byte.map(|byte| byte ^ 0x10)).map_err(failed)?;
        held.push(is_noticed(copy, store));
        put(&mut file, at, byte).map_err(failed)?;
    }
    Ok(Trial::of("文件坏一个字节也会发现", "在副本上随机改一个字节，看程序说不说", held))
}

fn put(file: &mut File, at: u64, byte: [u8; 1]) -> std::io::Result<()> {
    file.seek(SeekFrom::Start(at))?;
    file.write_all(&byte)?;
    file.flush()
}

fn is_noticed(copy: &Copy, store: &Store) -> bool {
    let faults = connect::reader(&copy.path, &store.key(), 1 << 10).and_then(|connection| {
        let mut statement = connection.prepare("PRAGMA cipher_integrity_check")?;
        let said = statement.query_map([], |row| row.get::<_, String>(0))?;
        Ok(said.count())
    });
    match faults {
        Ok(faults) => faults > 0,
        Err(error) => matches!(error, Error::Damaged(_)),
    }
}

/// The most secrets that are looked for.
const MOST: i64 = 200;

/// Full numbers that the file holds are looked for in the bytes of a copy and of what lies beside the file. The open file and its log are
/// never read here: closing a descriptor of theirs drops the locks that this process holds (sqlite.org/howtocorrupt.html, 2.2).
pub(super) fn nothing_in_the_clear(store: &Store, copy: &Copy) -> Result<Trial> {
    let secrets = store.read(|db| {
        let mut found = Vec::new();
        for table in db.registry().tables().filter(|table| !table.view) {
            for field in table.fields.iter().filter(|field| field.secret && field.kind == Kind::Text) {
                let sql = format!("SELECT {0} FROM {1} WHERE length({0}) >= 8 LIMIT {MOST}", field.name, table.name);
                found.extend(db.rows(&sql, [], |row| row.get::<_, String>(0))?);
            }
        }
        Ok(found)
    })?;
    let mut held = vec![true; secrets.len()];
    for path in beside(store).into_iter().chain([copy.path.clone()]) {
        let Ok(file) = File::open(path) else { continue };
        search(file, &secrets, &mut held).map_err(|source| file_error(&copy.path, "读取", &source))?;
    }
    Ok(Trial::of("磁盘上没有明文", "在台账的副本和它旁边的文件里逐字节查找里面的号码", held))
}

/// How many bytes are searched at a time: a province does not fit in memory.
const BLOCK: usize = 4 << 20;

/// Notes which secrets a file holds as they are; one that lies over the end of a block is found in the next.
fn search(mut file: File, secrets: &[String], held: &mut [bool]) -> std::io::Result<()> {
    let longest = secrets.iter().map(String::len).max().unwrap_or(0);
    let mut block = Vec::with_capacity(BLOCK + longest);
    while Read::by_ref(&mut file).take(BLOCK as u64).read_to_end(&mut block)? > 0 {
        for (held, secret) in held.iter_mut().zip(secrets) {
            *held &= memchr::memmem::find(&block, secret.as_bytes()).is_none();
        }
        block.drain(..block.len().saturating_sub(longest));
    }
    Ok(())
}

/// What lies beside the file under its name, its log apart.
fn beside(store: &Store) -> Vec<PathBuf> {
    let folder = store.path().parent().unwrap_or(store.path());
    let name = store.path().file_name().unwrap_or_default().to_string_lossy().into_owned();
    let is_open = |end: &str| ["", "-wal", "-shm", "-journal"].contains(&end);
    let of_it = |entry: &fs::DirEntry| entry.file_name().to_string_lossy().strip_prefix(&name).is_some_and(|end| !is_open(end));
    fs::read_dir(folder).into_iter().flatten().flatten().filter(of_it).map(|entry| entry.path()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_found_wherever_it_lies_over_the_end_of_a_block_too() {
        let secrets = ["000000190001010017", "13655554444"].map(str::to_owned);
        for at in [0, 1000, BLOCK - 9, BLOCK, 2 * BLOCK - 1] {
            let mut file = tempfile::tempfile().unwrap();
            file.write_all(&vec![b'x'; at]).and_then(|()| file.write_all(b"13655554444 and more")).unwrap();
            file.rewind().unwrap();
            let mut held = [true, true];
            search(file, &secrets, &mut held).unwrap();
            assert_eq!(held, [true, false], "at {at}: what is there, and nothing else");
        }
    }
}
