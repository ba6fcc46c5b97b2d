//! Rows streamed into a blank of our own: as many sheets as they need, XML on one thread, deflating on another.

use std::io::{Read, Seek, Write};
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, channel, sync_channel};
use std::thread;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::Result;
use crate::error::Error;
use crate::sheet::fault::Fault;
use crate::sheet::package::{Outline, Package};
use crate::sheet::place::LAST_ROW;
use crate::sheet::read::Epoch;
use crate::sheet::xml::{Pieces, Token};

use super::book::{LARGEST, Written};
use super::cell::DayForm;
use super::grid::{Look, RowWriter, Wishes};
use super::leaf::LeafPart;
use super::patch::patch;
use super::restate::{Fills, restate};
use super::rules::Rules;
use super::shift::Shift;
use super::target::{lost, zip_lost};

/// Where one sheet ends and the next begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// The last row a sheet may have.
    pub(super) last_row: u32,
    /// The most bytes of rows a sheet may have: below what a zip's plain entry can hold (4 GiB).
    pub(super) bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { last_row: LAST_ROW, bytes: 3_500 << 20 }
    }
}

/// How rows are streamed.
pub(super) struct Stream<'a> {
    /// The reserved row of each sheet.
    pub(super) first_row: u32,
    pub(super) limits: Limits,
    pub(super) refs: bool,
    pub(super) days: &'a [(u16, DayForm)],
}

/// How hard is deflated: three times the speed of the usual level for a tenth more bytes.
const LEVEL: i64 = 3;
const CHUNK: usize = 128 << 10;

enum Job {
    Begin(String),
    Bytes(Vec<u8>),
}

type Blank = Package<std::io::Cursor<Vec<u8>>>;

impl Stream<'_> {
    /// Writes all rows by the pattern of a blank with two sheets, then everything else from the blank that `whole`
    /// makes with as many sheets as were needed.
    pub(super) fn write<W: Write + Seek + Send>(
        &self,
        mut pattern: Blank,
        out: W,
        rows: &mut dyn FnMut(&mut RowWriter<'_>) -> Result<bool>,
        whole: impl FnOnce(u32) -> Result<Blank>,
    ) -> Result<Written> {
        let said = |fault: Fault| fault.of_name("导出模板");
        let outline = pattern.outline().map_err(said)?;
        let documents = documents(&mut pattern, &outline, 2).map_err(said)?;
        let leaves = documents.iter().map(|document| LeafPart::parse(document)).collect::<Result<Vec<_>, _>>().map_err(said)?;
        let (zip, counts) = deflating(out, |pipe| Rows::new(self, &leaves, pipe).run(rows))?;
        let written =
            Written { rows: counts.iter().map(|count| u64::from(*count)).sum(), sheets: u32::try_from(counts.len()).unwrap_or(u32::MAX) };
        let blank = whole(written.sheets)?;
        self.finish(blank, zip, &counts, &documents)?;
        Ok(written)
    }

    fn shift(&self, count: u32) -> Shift {
        Shift { first: self.first_row, last: self.first_row, now: count.max(1) }
    }

    /// Copies what is not a sheet of rows; the workbook's names follow the rows of each sheet.
    fn finish<W: Write + Seek>(&self, mut blank: Blank, mut zip: ZipWriter<W>, counts: &[u32], pattern: &[Vec<u8>]) -> Result<()> {
        let said = |fault: Fault| fault.of_name("导出模板");
        let outline = blank.outline().map_err(said)?;
        let drawn = documents(&mut blank, &outline, counts.len()).map_err(said)?;
        let alike = drawn
            .iter()
            .zip(pattern.iter().chain(std::iter::repeat_with(|| pattern.last().unwrap_or(&EMPTY))))
            .all(|(drawn, pattern)| drawn == pattern);
        if !alike {
            return Err(said(Fault::Broken("各工作表的版式")));
        }
        let sheets: Vec<usize> = outline.leaves.iter().take(counts.len()).filter_map(|leaf| blank.index(&leaf.part)).collect();
        let book = blank.index(&outline.part);
        for index in (0..blank.zip.len()).filter(|index| !sheets.contains(index)) {
            if Some(index) == book {
                let names = self.names(&mut blank, &outline, counts).map_err(said)?;
                zip.start_file(outline.part.as_str(), options()).map_err(zip_lost)?;
                zip.write_all(&names).map_err(lost)?;
            } else {
                zip.raw_copy_file(blank.zip.by_index_raw(index).map_err(zip_lost)?).map_err(zip_lost)?;
            }
        }
        zip.finish().map_err(zip_lost)?.flush().map_err(lost)
    }

    fn names(&self, blank: &mut Blank, outline: &Outline, counts: &[u32]) -> Result<Vec<u8>, Fault> {
        let mut document = blank.part(&outline.part, LARGEST)?.unwrap_or_default();
        for (leaf, count) in outline.leaves.iter().zip(counts) {
            let mut moved = Vec::with_capacity(document.len());
            patch(&document, &Rules::about(&leaf.name, self.shift(*count)), &[], &mut moved)?;
            document = moved;
        }
        Ok(document)
    }
}

static EMPTY: Vec<u8> = Vec::new();

fn documents<R: Read + Seek>(package: &mut Package<R>, outline: &Outline, sheets: usize) -> Result<Vec<Vec<u8>>, Fault> {
    outline.leaves.iter().take(sheets).map(|leaf| Ok(package.part(&leaf.part, LARGEST)?.unwrap_or_default())).collect()
}

fn options() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).compression_level(Some(LEVEL))
}

/// Runs `produce` here and deflates on another thread what it sends down the pipe.
fn deflating<W: Write + Seek + Send, T>(out: W, produce: impl FnOnce(Pipe) -> Result<T>) -> Result<(ZipWriter<W>, T)> {
    thread::scope(|scope| {
        let (jobs, todo) = sync_channel(4);
        let (spent, room) = channel();
        let deflater = scope.spawn(move || {
            let mut zip = ZipWriter::new(out);
            for job in todo {
                match job {
                    Job::Begin(part) => zip.start_file(part, options()).map_err(zip_lost)?,
                    Job::Bytes(mut bytes) => {
                        zip.write_all(&bytes).map_err(lost)?;
                        bytes.clear();
                        // Nobody may be left who wants the room.
                        let _ = spent.send(bytes);
                    }
                }
            }
            Ok(zip)
        });
        let produced = produce(Pipe { jobs, room });
        let deflated = deflater.join().unwrap_or_else(|_| Err(lost(std::io::ErrorKind::Other.into())));
        // Where the deflater failed the producer only noticed that nobody listens.
        let zip = deflated?;
        Ok((zip, produced?))
    })
}

struct Pipe {
    jobs: SyncSender<Job>,
    room: Receiver<Vec<u8>>,
}

impl Pipe {
    fn send(&self, job: Job) -> Result<()> {
        self.jobs.send(job).map_err(|_| Error::Stopped)
    }

    /// Sends the bytes and gives empty room for further ones.
    fn bytes(&self, bytes: &mut Vec<u8>) -> Result<()> {
        let fresh = match self.room.try_recv() {
            Ok(spent) => spent,
            Err(TryRecvError::Empty | TryRecvError::Disconnected) => Vec::with_capacity(CHUNK + (16 << 10)),
        };
        self.send(Job::Bytes(std::mem::replace(bytes, fresh)))
    }
}

/// The rows on their way into one sheet after another.
struct Rows<'a> {
    stream: &'a Stream<'a>,
    leaves: &'a [LeafPart<'a>],
    pipe: Pipe,
    bytes: Vec<u8>,
    sent: u64,
    counts: Vec<u32>,
}

impl<'a> Rows<'a> {
    fn new(stream: &'a Stream<'a>, leaves: &'a [LeafPart<'a>], pipe: Pipe) -> Self {
        Self { stream, leaves, pipe, bytes: Vec::with_capacity(CHUNK + (16 << 10)), sent: 0, counts: Vec::new() }
    }

    /// Writes every row; gives how many each sheet took.
    fn run(mut self, rows: &mut dyn FnMut(&mut RowWriter<'_>) -> Result<bool>) -> Result<Vec<u32>> {
        let wishes = Wishes { day: DayForm::default(), days: self.stream.days, epoch: Epoch::Year1900, refs: self.stream.refs };
        let mut look = self.leaves.first().map(|leaf| Look::of(leaf, self.stream.first_row, &wishes)).ok_or(Error::Stopped)?;
        self.begin()?;
        while self.row(&mut look, rows)? {}
        if self.counts == [0] {
            RowWriter::new(&mut look, &mut self.bytes, self.stream.first_row).end();
        }
        self.end()?;
        Ok(self.counts)
    }

    fn row(&mut self, look: &mut Look, rows: &mut dyn FnMut(&mut RowWriter<'_>) -> Result<bool>) -> Result<bool> {
        let count = self.counts.last().copied().unwrap_or_default();
        let number = self.stream.first_row + count;
        if number > self.stream.limits.last_row || self.sent > self.stream.limits.bytes {
            return self.next_sheet(look, rows);
        }
        let mut writer = RowWriter::new(look, &mut self.bytes, number);
        if !rows(&mut writer)? {
            writer.cancel();
            return Ok(false);
        }
        writer.end();
        self.counts.iter_mut().last().into_iter().for_each(|count| *count += 1);
        if self.bytes.len() >= CHUNK {
            self.sent += self.bytes.len() as u64;
            self.pipe.bytes(&mut self.bytes)?;
        }
        Ok(true)
    }

    /// Begins a further sheet only if there is a further row for it.
    fn next_sheet(&mut self, look: &mut Look, rows: &mut dyn FnMut(&mut RowWriter<'_>) -> Result<bool>) -> Result<bool> {
        let mut first = Vec::new();
        let mut writer = RowWriter::new(look, &mut first, self.stream.first_row);
        if !rows(&mut writer)? {
            return Ok(false);
        }
        writer.end();
        self.end()?;
        self.begin()?;
        self.bytes.extend_from_slice(&first);
        self.counts.iter_mut().last().into_iter().for_each(|count| *count += 1);
        Ok(true)
    }

    fn leaf(&self) -> &'a LeafPart<'a> {
        let further = self.counts.len() > 1;
        self.leaves.get(usize::from(further)).or(self.leaves.first()).unwrap_or(&NO_LEAF)
    }

    fn begin(&mut self) -> Result<()> {
        self.counts.push(0);
        self.sent = 0;
        self.pipe.send(Job::Begin(format!("xl/worksheets/sheet{}.xml", self.counts.len())))?;
        let leaf = self.leaf();
        let rules = Rules::of("", Shift::NONE);
        undimensioned(&leaf.before, &mut self.bytes).map_err(|fault| fault.of_name("导出模板"))?;
        let fills = Fills::new(leaf, &[], &DayForm::Real, Epoch::Year1900);
        restate(leaf, 1..self.stream.first_row, &rules, &fills, &mut self.bytes)
    }

    fn end(&mut self) -> Result<()> {
        let rules = Rules::of("", self.stream.shift(self.counts.last().copied().unwrap_or_default()));
        patch(&self.leaf().after, &rules, &[], &mut self.bytes).map_err(|fault| fault.of_name("导出模板"))?;
        self.pipe.bytes(&mut self.bytes)
    }
}

static NO_LEAF: LeafPart<'static> = LeafPart::EMPTY;

/// Copies what stands before the rows but for what the sheet covers: it is optional, and known only at the end.
fn undimensioned(before: &[u8], into: &mut Vec<u8>) -> Result<(), Fault> {
    let mut pieces = Pieces::new(before);
    while let Some(piece) = pieces.next()? {
        match piece.token {
            Token::Open(tag) if tag.name == b"dimension" && tag.empty => {}
            _ => into.extend_from_slice(piece.raw),
        }
    }
    Ok(())
}
