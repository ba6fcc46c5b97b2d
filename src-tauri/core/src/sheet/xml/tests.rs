use super::*;

/// Gives one byte at a time: the hardest way to be handed a document.
struct Drip<'a>(&'a [u8]);

impl Read for Drip<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.0.read(into.get_mut(..1).unwrap_or_default())
    }
}

fn words(xml: &str) -> Option<Vec<String>> {
    let mut scanner = Scanner::new(Drip(xml.as_bytes())).ok()?;
    let mut words = Vec::new();
    while let Some(token) = scanner.next().ok()? {
        words.push(match token {
            Token::Open(tag) => format!("<{}{}", String::from_utf8_lossy(tag.name), if tag.empty { "/" } else { "" }),
            Token::Close(name) => format!("/{}", String::from_utf8_lossy(name)),
            Token::Text(raw) => plain(raw)?.into_owned(),
            Token::Literal(raw) => String::from_utf8_lossy(raw).into_owned(),
            Token::Aside => continue,
        });
    }
    Some(words)
}

#[test]
fn pieces_are_cut_alike_however_the_bytes_arrive() {
    let xml = "\u{FEFF}<?xml version='1.0'?><!-- < > --><x:c r=\"A>1\" s='\"'><v>1&amp;2&#x4E00;\r\n</v ><e/><![CDATA[<&]]></x:c>";
    let wanted = ["<c", "<v", "1&2一\n", "/v", "<e/", "<&", "/c"];
    assert_eq!(words(xml).as_deref(), Some(wanted.map(String::from).as_slice()), "prefixes, quotes, entities, CDATA and line ends");
}

#[test]
fn documents_that_define_entities_or_stop_short_are_refused() {
    for xml in ["<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "<a", "<a b=\"", "<![CDATA[x", "<", "<a>&unknown;</a>", "<a>&#xD800;</a>"] {
        assert_eq!(words(xml), None, "`{xml}` must not be taken");
    }
}

#[test]
fn attributes_are_found_by_their_full_name() {
    let Token::Open(tag) = token(b"<sheet name=\"A &amp; B\" r:id = 'rId1' id=\"x\"/>") else { panic!("an opening tag") };
    assert_eq!(tag.value("name").as_deref(), Some("A & B"), "entities are resolved");
    assert_eq!((tag.raw("r:id"), tag.raw("id"), tag.raw("state")), (Some(&b"rId1"[..]), Some(&b"x"[..]), None), "the prefix counts");
}

#[test]
fn a_piece_longer_than_any_cell_is_refused_before_memory_is_spent() {
    let endless = io::repeat(b' ').take(1 << 30);
    let mut scanner = Scanner::new(endless).expect("the start is readable");
    assert!(
        matches!(scanner.next(), Err(XmlFault::Io(fault)) if fault.kind() == io::ErrorKind::FileTooLarge),
        "a gigabyte of blanks must stop"
    );
}

#[test]
fn a_tag_whose_name_begins_with_a_zero_byte_comes_to_an_end() {
    for text in ["<a><\0b>x</a>", "<a><\0"] {
        let Ok(mut scanner) = Scanner::new(text.as_bytes()) else { continue };
        let pieces = (0..20).take_while(|_| matches!(scanner.next(), Ok(Some(_)))).count();
        assert!(pieces < 10, "{text:?}: {pieces} pieces");
        let mut whole = Pieces::new(text.as_bytes());
        assert!((0..20).take_while(|_| matches!(whole.next(), Ok(Some(_)))).count() < 10, "{text:?} in memory, too");
    }
}
