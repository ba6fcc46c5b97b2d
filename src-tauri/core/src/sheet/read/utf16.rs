//! UTF-16 on its way to UTF-8.

use std::io::{self, Read};

use encoding_rs::{Decoder, DecoderResult};

/// A byte that no UTF-8 text has: what was no character is marked by it, so that it is found again in its field.
const MARK: u8 = 0xFF;

/// Turns UTF-16 into UTF-8 while it is read.
pub(super) struct Utf16<R> {
    source: R,
    decoder: Decoder,
    raw: Vec<u8>,
    ready: Vec<u8>,
    given: usize,
    drained: bool,
}

impl<R: Read> Utf16<R> {
    pub(super) fn new(source: R, encoding: &'static encoding_rs::Encoding) -> Self {
        let decoder = encoding.new_decoder_without_bom_handling();
        Self { source, decoder, raw: vec![0; 32 << 10], ready: Vec::new(), given: 0, drained: false }
    }

    fn refill(&mut self) -> io::Result<()> {
        let read = self.source.read(&mut self.raw)?;
        self.drained = read == 0;
        self.given = 0;
        self.ready.clear();
        let mut rest = self.raw.get(..read).unwrap_or_default();
        let mut text = String::with_capacity(rest.len() * 2 + 16);
        loop {
            let (outcome, used) = self.decoder.decode_to_string_without_replacement(rest, &mut text, self.drained);
            rest = rest.get(used..).unwrap_or_default();
            self.ready.extend_from_slice(text.as_bytes());
            text.clear();
            match outcome {
                DecoderResult::InputEmpty => return Ok(()),
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => self.ready.push(MARK),
            }
        }
    }
}

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() && !self.drained {
            self.refill()?;
        }
        let mut ready = self.ready.get(self.given..).unwrap_or_default();
        let read = ready.read(into)?;
        self.given += read;
        Ok(read)
    }
}
