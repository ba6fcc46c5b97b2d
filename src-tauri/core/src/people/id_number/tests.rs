//! The rules of id numbers, on numbers of division 000000, which are nobody's, and the example of the standard.

use proptest::prelude::*;

use super::*;
use crate::record::Code;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-10-31")
}

fn made(birth: &str, sequence: u16) -> String {
    generate("000000", day(birth), sequence).unwrap()
}

fn read(text: &str) -> Result<IdNumber, IdFault> {
    parse(None, text, today())
}

#[test]
fn the_example_of_the_standard_holds() {
    let number = read("11010519491231002X").unwrap();
    assert_eq!(number.kind, IdKind::Resident, "a resident's number");
    assert_eq!(number.birth, Some(day("1949-12-31")), "its birth date");
    assert_eq!(number.sex, Some(Sex::Female), "an even sequence is a woman's");
    assert_eq!(number.division(), Some("110105"), "its division");
    assert_eq!(number.masked(), "110***********002X", "as it is shown");
    assert_eq!(
        read("440524188001010014").map(|number| number.sex),
        Ok(Some(Sex::Male)),
        "the other example of the standard, a man born in 1880"
    );
}

#[test]
fn typing_habits_are_put_right() {
    let number = "11010519491231002X";
    for text in [
        "11010519491231002x",
        " 110105 19491231 002X ",
        "'11010519491231002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "11010519491231002×",
        "\u{feff}11010519491231002X\u{200b}",
        "110105-19491231-002X",
    ] {
        assert_eq!(read(text).map(|read| read.text).as_deref(), Ok(number), "{text} is the same number");
    }
}

#[test]
fn fifteen_digits_become_eighteen() {
    let number = read("110105491231002").unwrap();
    assert_eq!(number.text, "11010519491231002X", "the century inserted and the check digit appended");
    assert!(number.converted, "and it is said that it was converted");
    assert!(!read("11010519491231002X").unwrap().converted, "a number of 18 digits was not converted");
    assert_eq!(
        parse(Some(IdKind::TaiwanResidence), "110105491231002", today()),
        Err(IdFault::WrongLength { found: 15 }),
        "only residents' cards had 15 digits"
    );
}

#[test]
fn the_prefix_tells_the_kind() {
    let cases = [
        ("810000", IdKind::HongKongMacaoResidence),
        ("820000", IdKind::HongKongMacaoResidence),
        ("830000", IdKind::TaiwanResidence),
        ("911840", IdKind::ForeignPermanent),
        ("000000", IdKind::Resident),
    ];
    for (prefix, kind) in cases {
        let number = parse(Some(IdKind::Resident), &generate(prefix, day("1990-02-03"), 11).unwrap(), today()).unwrap();
        assert_eq!(number.kind, kind, "numbers that begin with {prefix}");
        assert_eq!(number.division().is_some(), kind != IdKind::ForeignPermanent, "a foreigner's number has no division");
        assert_eq!(number.birth, Some(day("1990-02-03")), "but it has a birth date");
    }
}

#[test]
fn documents_without_check_digit_are_told_by_their_build() {
    let cases = [
        ("H12345678", IdKind::HomeReturnPermit),
        ("m1234567801", IdKind::HomeReturnPermit),
        ("12345678", IdKind::TaiwanPermit),
        ("XXX000000000000", IdKind::ForeignPermanentOld),
        ("E12345678", IdKind::Passport),
        ("EA1234567", IdKind::Passport),
        ("军字第1234567号", IdKind::Military),
    ];
    for (text, kind) in cases {
        let number = read(text).unwrap();
        assert_eq!((number.kind, number.birth, number.sex, number.division()), (kind, None, None, None), "{text} is told by its build");
        assert_eq!(parse(Some(kind), text, today()), Ok(number), "and the hint agrees");
    }
    let booklet = parse(Some(IdKind::TaiwanPermit), "0123456789（Ｂ）", today()).unwrap();
    assert_eq!(booklet.text, "0123456789", "the sign of issue is not part of the number");
}

#[test]
fn a_wrong_build_is_refused_by_its_kind() {
    let cases = [
        (IdKind::HomeReturnPermit, "A12345678"),
        (IdKind::HomeReturnPermit, "H123456789"),
        (IdKind::HomeReturnPermit, "H1234567O"),
        (IdKind::TaiwanPermit, "123456789"),
        (IdKind::TaiwanPermit, "A2345678"),
        (IdKind::ForeignPermanentOld, "XX0000000000000"),
        (IdKind::ForeignPermanentOld, "XXX00000000000A"),
        (IdKind::Passport, "ABCDEF"),
        (IdKind::Passport, "E123"),
        (IdKind::Passport, "E12345678号"),
        (IdKind::Military, "军官证"),
        (IdKind::Other, "-"),
    ];
    for (kind, text) in cases {
        assert_eq!(parse(Some(kind), text, today()), Err(IdFault::WrongBuild(kind)), "{text} is no {}", kind.word());
    }
    assert_eq!(
        parse(Some(IdKind::Other), "甲-001", today()).map(|number| number.text).as_deref(),
        Ok("甲-001"),
        "other documents are taken as they are"
    );
}

#[test]
fn lengths_letters_and_emptiness_are_named() {
    assert_eq!(read("  "), Err(IdFault::Empty), "blanks are nothing");
    assert_eq!(read("1101051949123100"), Err(IdFault::WrongLength { found: 16 }), "16 digits");
    assert_eq!(read("11010519491231002XX"), Err(IdFault::WrongLength { found: 19 }), "19 characters");
    assert_eq!(read("11O10519491231002X"), Err(IdFault::LetterForDigit { at: 3, letter: 'O' }), "the letter O for 0");
    assert_eq!(read("1l010519491231002X"), Err(IdFault::LetterForDigit { at: 2, letter: 'L' }), "a small l for 1");
    assert_eq!(read("1101051949123100二X"), Err(IdFault::NotADigit { at: 17 }), "a Chinese numeral");
    assert_eq!(read("1101051949123100X2"), Err(IdFault::NotADigit { at: 17 }), "an X before the end");
    assert_eq!(read("11010519491231002Y"), Err(IdFault::NotADigit { at: 18 }), "another letter than X at the end");
}

#[test]
fn numbers_cut_by_a_spreadsheet_are_recognised() {
    assert_eq!(read("1.10105E+17"), Err(IdFault::CutBySpreadsheet), "as Excel shows it");
    assert_eq!(read("1.10105194912310E+17"), Err(IdFault::CutBySpreadsheet), "as a text export writes it");
    assert_eq!(read("110105194912310000"), Err(IdFault::CutBySpreadsheet), "zeros at the end and a check digit that does not fit");
    let lucky = (0..1000).map(|sequence| made("1990-01-01", sequence)).find(|number| number.ends_with("000")).unwrap();
    assert!(read(&lucky).is_ok(), "a typed number may end in three zeros by right");
    assert_eq!(parse_cell(None, &lucky, true, today()), Err(IdFault::CutBySpreadsheet), "the same from a numeric cell may not");
    assert!(parse_cell(None, "110105491231002", true, today()).is_ok(), "15 digits fit into a numeric cell");
    assert!(!cut_by_spreadsheet("E12345678", false), "a passport's E is no exponent");
}

#[test]
fn birth_dates_must_be_days_that_have_been() {
    let with = |birth: &str| {
        let body = format!("000000{birth}001");
        format!("{body}{}", check_digit(body.as_bytes().try_into().unwrap()))
    };
    for birth in ["19900230", "19901301", "19900100", "00000101", "20230229", "18600101", "20261101"] {
        assert_eq!(read(&with(birth)), Err(IdFault::ImpossibleBirth), "{birth} cannot be");
    }
    assert!(read(&with("20261031")).is_ok(), "born today");
    assert!(read(&with("20240229")).is_ok(), "a leap day");
}

#[test]
fn short_numbers_show_less() {
    let cases = [
        ("11010519491231002X", "110***********002X"),
        ("XXX000000000000", "XXX********0000"),
        ("H12345678", "H1*****78"),
        ("军字第1号", "军***号"),
        ("AB1", "***"),
        ("", ""),
    ];
    for (text, shown) in cases {
        assert_eq!(mask(text), shown, "at most half of it is shown");
    }
}

#[test]
fn kinds_read_back_by_code_word_and_name() {
    for kind in IdKind::ALL {
        assert_eq!(IdKind::of(kind.code()), Some(kind), "code of {}", kind.label());
        assert_eq!(IdKind::parse(kind.word()), Some(kind), "word of {}", kind.label());
        assert_eq!(IdKind::parse(kind.label()), Some(kind), "name of {}", kind.label());
    }
    assert_eq!(IdKind::parse("二代身份证"), Some(IdKind::Resident), "another name");
    assert_eq!(IdKind::parse("驾驶证"), None, "no identity document");
}

#[test]
fn no_sentence_shows_a_digit_of_the_number() {
    for text in ["987654321", "98765432198765432X", "987654198765432Z19"] {
        let sentence = read(text).unwrap_err().to_string();
        assert!(!sentence.contains("9876") && sentence.ends_with('。'), "{sentence} keeps the number to itself");
    }
}

fn births() -> impl Strategy<Value = NaiveDate> {
    (0i64..46_000).prop_map(|offset| day("1900-01-01") + chrono::Duration::days(offset))
}

proptest! {
    #[test]
    fn a_made_number_reads_back(division in "[0-7][0-9]{5}", birth in births(), sequence in 0u16..1000) {
        let number = read(&generate(&division, birth, sequence).unwrap()).unwrap();
        prop_assert_eq!(number.birth, Some(birth), "birth");
        prop_assert_eq!(number.sex, Some(if sequence % 2 == 1 { Sex::Male } else { Sex::Female }), "sex");
        prop_assert_eq!(number.division(), Some(division.as_str()), "division");
    }

    /// ISO 7064 MOD 11-2 promises both.
    #[test]
    fn every_wrong_digit_and_every_swap_of_neighbours_is_found(birth in births(), sequence in 0u16..1000) {
        let number = generate("000000", birth, sequence).unwrap();
        let wrong = |changed: &[u8]| read(std::str::from_utf8(changed).unwrap()).is_err();
        for at in 0..18 {
            for digit in (b'0'..=b'9').chain((at == 17).then_some(b'X')) {
                let mut changed = number.clone().into_bytes();
                changed[at] = digit;
                prop_assert!(changed == number.as_bytes() || wrong(&changed), "digit {} of {}", at, number);
            }
        }
        for at in 0..17 {
            let mut changed = number.clone().into_bytes();
            changed.swap(at, at + 1);
            prop_assert!(changed == number.as_bytes() || wrong(&changed), "swap at {} of {}", at, number);
        }
    }

    #[test]
    fn no_text_makes_it_fail(text in "\\PC{0,24}", kind in 0usize..11) {
        let hint = IdKind::ALL.get(kind).copied();
        if let Ok(number) = parse(hint, &text, today()) {
            prop_assert_eq!(parse(Some(number.kind), &number.text, today()).map(|again| again.text), Ok(number.text), "what is taken is in its canonical form");
        }
    }

    #[test]
    fn a_mask_hides_at_least_half(text in "[0-9A-Z]{0,30}") {
        let shown = mask(&text);
        prop_assert_eq!(shown.len(), text.len(), "the length stays");
        prop_assert!(shown.bytes().filter(|byte| *byte == b'*').count() * 2 >= text.len(), "{} shows too much", shown);
    }
}
