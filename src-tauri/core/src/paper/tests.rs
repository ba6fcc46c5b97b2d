//! What papers must do, with the fonts of this machine.

use chrono::NaiveDate;

use super::lines::{Line, broken};
use super::*;
use crate::error::Error;

const TEXT: Style = Style::new(Face::Song, 10.0);

fn lines(text: &str, em: f32) -> Vec<String> {
    let mut fonts = Fonts::of_system().expect("the machine has a Chinese font");
    let set = broken(&mut fonts, text, &TEXT, em * 10.0).expect("set");
    set.iter().map(|line: &Line| line.letters.iter().map(|letter| letter.sign).collect()).collect()
}

#[test]
fn no_line_begins_with_a_closing_sign_or_ends_with_an_opening_one() {
    assert_eq!(lines("一二三四五，六七", 5.0), ["一二三四", "五，六七"], "the comma takes the letter before it along");
    assert_eq!(lines("一二三四（五六）", 5.0), ["一二三四", "（五六）"], "the bracket goes with what it opens");
    assert_eq!(lines("一二三四五。", 6.0), ["一二三四五。"], "what fits is not broken");
}

#[test]
fn figures_and_words_of_the_west_stay_together_unless_no_line_holds_them() {
    let day = lines("于2026-11-01办", 6.5);
    assert!(day.iter().any(|line| line.contains("2026-11-01")) && day.concat() == "于2026-11-01办", "a day is one word: {day:?}");
    let long = lines(&"8".repeat(40), 5.0);
    assert!(long.len() > 3 && long.concat() == "8".repeat(40), "a number longer than a line is broken, and nothing of it lost: {long:?}");
}

#[test]
fn signs_without_a_form_are_left_out_and_new_lines_kept() {
    assert_eq!(
        lines("葛\u{e0100}城\u{200b}市\n二行 ", 9.0),
        ["葛城市", "二行"],
        "a selector, a joiner and a space at the end are not drawn"
    );
}

fn sheet(rows: usize, word: &str) -> Made {
    let mut paper = Paper::new(Fonts::of_system().expect("the machine has a Chinese font"));
    paper.part(Setup::A4, "试表（续）");
    let columns = vec![Column::fixed("序号", 20.0), Column::open("姓名")];
    let rows = (1..=rows).map(|n| vec![n.to_string(), word.to_owned()]).collect();
    paper.table(&Table { columns, rows, size: 10.5, least: mm(10.0) }).expect("written");
    paper.finish("试表", NaiveDate::default().and_time(chrono::NaiveTime::MIN)).expect("finished")
}

#[test]
fn a_table_takes_as_many_pages_as_its_rows_need() {
    // A page holds 257 mm: the head and 24 rows of 10 mm, 23 where the running title stands above.
    let pages: Vec<usize> = [1, 24, 25, 48, 49].map(|rows| sheet(rows, "张三").pages).to_vec();
    assert_eq!(pages[..3], [1, 1, 2], "the 25th row begins a page");
    assert!(pages[3] == 2 || pages[3] == 3, "and so on: {pages:?}");
    assert_eq!(pages[4], 3, "the third page begins where the second is full");
    assert!(sheet(1, &"长".repeat(6000)).pages > 2, "a row that no page holds goes over several");
}

#[test]
fn the_same_words_give_the_same_bytes() {
    assert!(sheet(60, "阿卜杜热西提·买买提江").bytes == sheet(60, "阿卜杜热西提·买买提江").bytes, "nothing in it is left to chance");
}

#[test]
fn a_letter_that_no_font_has_is_counted_and_boxed() {
    assert_eq!(sheet(1, "张三").undrawn, 0, "names of every day are drawn");
    assert_eq!(sheet(30, "\u{10fff0}\u{10fff1}\u{10fff0}").undrawn, 2, "two private letters, however often they come");
}

#[test]
fn a_letter_that_the_chosen_font_lacks_is_drawn_by_another() {
    let mut fonts = Fonts::of_system().expect("the machine has a Chinese font");
    let main = fonts.glyph(Face::Song, '工').expect("drawn").font;
    let lacked = ('\u{370}'..'\u{3000}').find(|letter| fonts.in_font(main, *letter).is_none() && fonts.any_draws(*letter));
    let letter = lacked.expect("another font here has a letter that the Chinese one lacks");
    let glyph = fonts.glyph(Face::Song, letter).expect("looked for");
    assert!(glyph.font != main && glyph.id > 0, "{letter} is drawn by the font that has it");
    assert_eq!(fonts.undrawn(), 0, "and not counted as lacking");
}

#[test]
fn without_a_chinese_font_it_is_refused_with_the_way_out() {
    let Err(Error::Refused(refusal)) = Fonts::among(fontdb::Database::new()) else { panic!("nothing draws Chinese") };
    assert!(refusal.message.contains("没有中文字体") && refusal.hint.contains("fonts-noto-cjk"), "{refusal:?}");
}
