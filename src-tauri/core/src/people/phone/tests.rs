//! The rules of telephone numbers, on numbers that nobody has.

use proptest::prelude::*;

use super::*;

fn read(text: &str) -> Result<(PhoneKind, String), PhoneFault> {
    parse(text).map(|phone| (phone.kind, phone.text))
}

#[test]
fn a_mobile_is_read_through_all_its_dressings() {
    let spellings = [
        "13800000001",
        " 138 0000 0001 ",
        "138-0000-0001",
        "138－0000—0001",
        "+86 13800000001",
        "+86-138-0000-0001",
        "0086 13800000001",
        "86-13800000001",
        "8613800000001",
        "１３８０００００００１",
        "13800000001.0",
        "1.3800000001E+10",
        "'13800000001",
        "(+86)13800000001",
        "\u{202d}13800000001\u{202c}",
    ];
    for text in spellings {
        assert_eq!(read(text), Ok((PhoneKind::Mobile, "13800000001".into())), "{text:?}");
    }
}

#[test]
fn every_prefix_from_13_to_19_is_a_mobile() {
    for second in 0..=9 {
        let found = read(&format!("1{second}600000000"));
        assert_eq!(found.is_ok(), second >= 3, "1{second}");
    }
    assert_eq!(read("12600000000"), Err(PhoneFault::NoSuchPrefix), "12 is none");
}

#[test]
fn landlines_keep_their_area_code_and_extension() {
    let cases = [
        ("010-60000000", "010-60000000"),
        ("01060000000", "010-60000000"),
        ("(010) 6000 0000", "010-60000000"),
        ("+86-10-60000000", "010-60000000"),
        ("+86 898 6000 0000", "0898-60000000"),
        ("0898-60000000", "0898-60000000"),
        ("08986000000", "0898-6000000"),
        ("021-60000000-801", "021-60000000转801"),
        ("021-60000000转801", "021-60000000转801"),
        ("0898-6000000 ext. 12", "0898-6000000转12"),
    ];
    for (text, canonical) in cases {
        assert_eq!(read(text), Ok((PhoneKind::Landline, canonical.into())), "{text}");
    }
}

#[test]
fn service_numbers_and_numbers_abroad_are_told_apart() {
    assert_eq!(read("12351"), Ok((PhoneKind::Service, "12351".into())), "the unions' own hotline");
    assert_eq!(read("400-000-0000"), Ok((PhoneKind::Service, "4000000000".into())), "a 400 number");
    assert_eq!(read("+852 6000 0000"), Ok((PhoneKind::Abroad, "+85260000000".into())), "a number in Hong Kong");
}

#[test]
fn what_is_no_number_is_refused_with_its_reason() {
    let cases = [
        ("", PhoneFault::Empty),
        (" ", PhoneFault::Empty),
        ("1380000001", PhoneFault::WrongLength { found: 10 }),
        ("138000000011", PhoneFault::WrongLength { found: 12 }),
        ("60000000", PhoneFault::NoAreaCode),
        ("6000000", PhoneFault::NoAreaCode),
        ("无", PhoneFault::NotDigits),
        ("13800000001张", PhoneFault::NotDigits),
        ("1380000000O", PhoneFault::NotDigits),
        ("13800000001/13900000001", PhoneFault::Several),
        ("13800000001、13900000001", PhoneFault::Several),
        ("13800000001 13900000001", PhoneFault::Several),
        ("1.38E+10", PhoneFault::CutBySpreadsheet),
        ("0898-600000", PhoneFault::WrongLength { found: 10 }),
        ("+12", PhoneFault::WrongLength { found: 2 }),
        ("+无", PhoneFault::NotDigits),
    ];
    for (text, fault) in cases {
        assert_eq!(read(text), Err(fault), "{text:?}");
        assert!(fault.to_string().ends_with('。'), "in a full sentence");
    }
}

#[test]
fn masks_hide_the_middle() {
    let cases = [
        ("13812345678", "138****5678"),
        ("010-12345678", "010-****5678"),
        ("0898-1234567", "0898-****567"),
        ("010-12345678转801", "010-****5678"),
        ("12351", "***51"),
        ("+85260000001", "**********01"),
        ("无", "*"),
        ("", ""),
    ];
    for (text, shown) in cases {
        assert_eq!(mask(text), shown, "{text}");
    }
}

#[test]
fn the_last_four_digits_are_a_key() {
    assert_eq!(last_four("13800001234"), Some("1234"), "of a mobile");
    assert_eq!(last_four("123"), None, "of too short a text");
    assert_eq!(last_four("张三李四"), None, "of no number");
}

proptest! {
    #[test]
    fn a_canonical_number_reads_as_itself(text in "1[3-9][0-9]{9}|0(10|2[0-9]|[3-9][0-9]{2})-[2-9][0-9]{6,7}|400[0-9]{7}|\\+[1-79][0-9]{7,13}") {
        let phone = parse(&text).unwrap();
        prop_assert_eq!(&phone.text, &text, "{:?}", phone.kind);
        prop_assert!(phone.masked().contains("**"), "its mask hides something");
    }

    #[test]
    fn no_text_makes_it_fail(text in "\\PC{0,24}") {
        if let Ok(phone) = parse(&text) {
            prop_assert_eq!(parse(&phone.text), Ok(phone.clone()), "what is taken is in its canonical form");
        }
        let _ = mask(&text);
    }
}
