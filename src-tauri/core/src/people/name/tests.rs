//! The rules of names, on invented ones.

use proptest::prelude::*;

use super::*;

#[test]
fn a_name_has_one_spelling() {
    let cases = [
        ("张三", "张三"),
        (" 张　三 ", "张三"),
        ("欧 阳 修", "欧阳修"),
        ("买买提•吐尔逊", "买买提·吐尔逊"),
        ("买买提‧吐尔逊", "买买提·吐尔逊"),
        ("买买提・吐尔逊", "买买提·吐尔逊"),
        ("买买提.吐尔逊", "买买提·吐尔逊"),
        ("买买提．吐尔逊", "买买提·吐尔逊"),
        ("买买提 · 吐尔逊", "买买提·吐尔逊"),
        ("买买提。吐尔逊", "买买提·吐尔逊"),
        ("买买提··吐尔逊·", "买买提·吐尔逊"),
        ("Ｊｏｈｎ　 Ｆ．  Smith", "John F. Smith"),
        ("\u{feff}张\u{200b}三\u{200e}", "张三"),
        ("𠮷田𬭎", "𠮷田𬭎"),
        ("张\t三\n", "张三"),
        ("张 A", "张A"),
        ("", ""),
        ("·", ""),
    ];
    for (given, spelt) in cases {
        assert_eq!(normalise(given), spelt, "{given:?}");
    }
}

#[test]
fn characters_of_gbk_private_area_move_to_their_standard_places() {
    assert_eq!(normalise("张\u{e863}"), "张䶮", "bytes FE9F, U+4DAE since GB 18030-2005");
    assert_eq!(normalise("\u{e81a}"), "㑳", "bytes FE55");
    assert_eq!(normalise("\u{e817}"), "𠂉", "bytes FE52, beyond the basic plane");
    assert_eq!(normalise("张\u{e000}"), "张\u{e000}", "a character that only one font has is kept");
    assert_eq!(normalise("张\u{e865}"), "张\u{e865}", "just past the area");
    for point in 0xe815..=0xe864 {
        let moved = normalise(&char::from_u32(point).unwrap().to_string());
        assert!(moved.chars().all(is_hanzi), "U+{point:X} has a standard place");
    }
}

#[test]
fn radicals_copied_out_of_pdf_files_become_characters() {
    assert_eq!(normalise("\u{2f45}\u{2f17}"), "方十", "two radicals");
    assert_eq!(normalise("\u{2f00}\u{2fd5}"), "一龠", "the first and the last");
    assert_eq!(normalise("\u{2ee2}\u{2ef0}"), "马龙", "two of the supplement");
    assert!((0x2f00..=0x2fd5).all(|point| normalise(&char::from_u32(point).unwrap().to_string()).chars().all(is_hanzi)), "all of them");
}

#[test]
fn odd_names_are_doubted_and_sound_ones_are_not() {
    for name in ["张三", "欧阳修", "买买提·吐尔逊", "John F. Smith", "Jean-Luc O'Hara", "𠮷田𬭎", "〇一", "第五伦", "张三一"]
    {
        assert_eq!(doubts(name), vec![], "{name} is sound");
    }
    let cases = [
        ("", NameDoubt::Empty),
        ("张", NameDoubt::Short),
        ("张3", NameDoubt::Digit),
        ("张(三)", NameDoubt::Sign),
        ("张xin", NameDoubt::Mixed),
        ("张\u{e000}", NameDoubt::Private),
        ("张?", NameDoubt::Lost),
        ("张□", NameDoubt::Lost),
    ];
    for (name, doubt) in cases {
        assert_eq!(doubts(name), vec![doubt], "{name} is doubted for one reason");
        assert!(doubt.message().ends_with('。'), "in a full sentence");
    }
    assert_eq!(doubts(&"张".repeat(51)), vec![NameDoubt::Long], "51 characters");
    assert_eq!(doubts(&"张".repeat(50)), vec![], "50 characters");
}

#[test]
fn a_mask_leaves_the_surname() {
    let cases = [
        ("张三", "张*"),
        ("张三丰", "张**"),
        ("欧阳修", "欧阳*"),
        ("欧阳娜娜", "欧阳**"),
        ("欧阳", "欧*"),
        ("买买提·吐尔逊", "买买提·***"),
        ("John Smith", "J***"),
        ("张", "*"),
        ("", ""),
        ("𠮷田", "𠮷*"),
    ];
    for (name, shown) in cases {
        assert_eq!(mask(name), shown, "{name}");
    }
}

#[test]
fn pinyin_reads_surnames_as_surnames() {
    let cases = [
        ("张三", "zhangsan", "zs"),
        ("单雄信", "shanxiongxin", "sxx"),
        ("曾国", "zengguo", "zg"),
        ("仇英", "qiuying", "qy"),
        ("解晓东", "xiexiaodong", "xxd"),
        ("区大相", "oudaxiang", "odx"),
        ("查良", "zhaliang", "zl"),
        ("任伟", "renwei", "rw"),
        ("盖文", "gewen", "gw"),
        ("乐嘉", "yuejia", "yj"),
        ("乐正克", "yuezhengke", "yzk"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("尉健", "weijian", "wj"),
        ("万俟卨", "moqixie", "mqx"),
        ("万里", "wanli", "wl"),
        ("长孙无忌", "zhangsunwuji", "zswj"),
        ("覃勇", "qinyong", "qy"),
        ("单于静", "chanyujing", "cyj"),
        ("朴敏", "piaomin", "pm"),
        ("阚泽", "kanze", "kz"),
        ("翟志刚", "zhaizhigang", "zzg"),
        ("吕绿", "lvlv", "ll"),
        ("欧阳修", "ouyangxiu", "oyx"),
        ("张单", "zhangdan", "zd"),
        ("李长乐", "lichangle", "lcl"),
        ("王晟", "wangsheng", "ws"),
        ("买买提·吐尔逊", "maimaitituerxun", "mmttex"),
        ("阿依古丽", "ayiguli", "aygl"),
        ("John F. Smith", "johnfsmith", "jfs"),
        ("O'Hara", "ohara", "o"),
        ("张A", "zhanga", "za"),
        ("𬭎\u{e000}", "hong", "h"),
        ("张\u{e000}", "zhang", "z"),
        ("", "", ""),
    ];
    for (name, full, initials) in cases {
        assert_eq!(pinyin(name), (full.to_owned(), initials.to_owned()), "{name}");
    }
}

#[test]
fn typed_pinyin_is_folded_as_the_stored_one() {
    for typed in ["LÜ", "lü", "lv", " l v ", "ｌｖ", "l'v"] {
        assert_eq!(fold_pinyin(typed), "lv", "{typed}");
    }
}

#[test]
fn grams_are_single_characters_and_neighbours() {
    assert_eq!(grams("张三丰"), "张 张三 三 三丰 丰 ", "in the order of the name");
    assert_eq!(grams("买·提"), "买 买提 提 ", "across the separator");
    assert_eq!(grams("𠮷田"), "𠮷 𠮷田 田 ", "characters of four bytes");
    assert_eq!(grams(""), "", "nothing of nothing");
}

#[test]
fn a_query_asks_for_the_grams_of_its_text() {
    let query = |text| match_query(text).unwrap_or_default();
    assert_eq!(query("三"), "\"三\"", "one character");
    assert_eq!(query("张·三"), "\"张三\"", "two characters");
    assert_eq!(query("张三丰"), "\"张三\" AND \"三丰\"", "three characters");
    assert_eq!(query("\"三\" OR *"), "\"三O\" AND \"OR\"", "signs of the query language are left out");
    assert_eq!(match_query(" ·\" "), None, "nothing to search for");
}

proptest! {
    #[test]
    fn normalising_twice_changes_nothing_more(name in "[张三欧阳A-c .·•。　\u{e863}𠮷]{0,12}") {
        let once = normalise(&name);
        prop_assert_eq!(normalise(&once), once.clone(), "{:?}", name);
    }

    #[test]
    fn every_part_of_a_name_is_among_its_grams(name in "[一-龥]{1,6}", from in 0usize..6, length in 1usize..4) {
        let part: String = name.chars().skip(from).take(length).collect();
        let grams = grams(&name);
        let held: Vec<&str> = grams.split(' ').collect();
        for gram in match_query(&part).unwrap_or_default().split(" AND ").filter(|gram| !gram.is_empty()) {
            prop_assert!(held.contains(&gram.trim_matches('"')), "{} holds {}", grams, gram);
        }
    }

    #[test]
    fn keys_are_plain_lower_case_letters(name in "[一-龥]{1,5}") {
        let (full, initials) = pinyin(&name);
        prop_assert!(full.bytes().chain(initials.bytes()).all(|byte| byte.is_ascii_lowercase()), "{} {}", full, initials);
        prop_assert!(initials.len() <= name.chars().count(), "one initial a character at most");
    }

    #[test]
    fn no_text_makes_it_fail(name in "\\PC{0,40}") {
        let name = normalise(&name);
        let _ = (mask(&name), grams(&name), pinyin(&name), doubts(&name), match_query(&name));
        prop_assert!(!name.contains('•') && !name.starts_with(' '), "{:?} is in its one spelling", name);
    }
}
