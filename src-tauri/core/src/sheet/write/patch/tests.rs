//! Lists, drawings, remarks and breaks, moved.

use super::*;
use crate::sheet::write::shift::Shift;

fn patched(xml: &str, now: u32, merges: &[&str]) -> String {
    let rules = Rules { dimension: Area::parse("A1:T99"), ..Rules::of("名册", Shift { first: 5, last: 13, now }) };
    let merges: Vec<Area> = merges.iter().filter_map(|area| Area::parse(area)).collect();
    let mut out = Vec::new();
    patch(xml.as_bytes(), &rules, &merges, &mut out).expect("sound XML");
    String::from_utf8(out).expect("text")
}

#[test]
fn lists_keep_their_count_and_go_when_they_are_empty() {
    let merges =
        "<x:mergeCells count=\"3\"><x:mergeCell ref=\"A2:T2\"/><x:mergeCell ref=\"B5:C5\"/><x:mergeCell ref=\"A14:T14\"/></x:mergeCells>";
    assert_eq!(
        patched(merges, 10, &["B5:C5", "B6:C6"]),
        "<x:mergeCells count=\"4\"><x:mergeCell ref=\"A2:T2\"/><x:mergeCell ref=\"A15:T15\"/><x:mergeCell ref=\"B5:C5\"/><x:mergeCell ref=\"B6:C6\"/></x:mergeCells>",
        "the note's merge moves, those of the data rows are made anew"
    );
    let lists = "<a><dataValidations count=\"1\"><dataValidation sqref=\"C9:C10\"><formula1>\"x\"</formula1></dataValidation></dataValidations></a>";
    assert_eq!(patched(lists, 2, &[]), "<a></a>", "nothing is left to validate");
}

#[test]
fn extension_lists_follow_their_inner_areas() {
    let list = |count: u32, first: &str| {
        format!(
            "<x14:dataValidations count=\"{count}\">{first}<x14:dataValidation><x14:formula1><xm:f>名册!$A$14</xm:f></x14:formula1><xm:sqref>E15:E1048576 E5:E13</xm:sqref></x14:dataValidation></x14:dataValidations>"
        )
    };
    let gone = "<x14:dataValidation><x14:formula1><xm:f>x</xm:f></x14:formula1><xm:sqref>F9</xm:sqref></x14:dataValidation>";
    let wanted = list(1, "").replace("$A$14", "$A$7").replace("E15:", "E8:").replace("E5:E13", "E5:E6");
    assert_eq!(patched(&list(2, gone), 2, &[]), wanted, "one is gone, the other is cut and moved");
}

#[test]
fn drawings_hang_as_they_were_told_to() {
    let anchor = |tag: &str, from: u32, to: u32| {
        format!(
            "<xdr:{tag}><xdr:from><xdr:row>{from}</xdr:row><xdr:rowOff>7</xdr:rowOff></xdr:from><xdr:to><xdr:row>{to}</xdr:row><xdr:rowOff>8</xdr:rowOff></xdr:to></xdr:{}>",
            tag.split(' ').next().unwrap_or_default()
        )
    };
    for (tag, now, from, to) in [
        ("twoCellAnchor", 20, (13, 24), (15, 26)),
        ("twoCellAnchor", 20, (2, 2), (15, 26)),
        ("twoCellAnchor editAs=\"oneCell\"", 20, (2, 2), (15, 15)),
        ("twoCellAnchor editAs=\"oneCell\"", 20, (13, 24), (15, 26)),
        ("twoCellAnchor editAs=\"absolute\"", 20, (13, 13), (15, 15)),
    ] {
        assert_eq!(patched(&anchor(tag, from.0, to.0), now, &[]), anchor(tag, from.1, to.1), "{tag} with {now} rows");
    }
    let cut = patched(&anchor("twoCellAnchor", 2, 9), 2, &[]);
    assert_eq!(cut, anchor("twoCellAnchor", 2, 6).replace(">8<", ">0<"), "an edge in a deleted row goes to where the row was");
}

#[test]
fn remarks_move_with_their_cells_or_go() {
    let comments = "<commentList><comment ref=\"A4\"><text/></comment><comment ref=\"B9\"><text/></comment><comment ref=\"A14\"><text/></comment></commentList>";
    assert_eq!(
        patched(comments, 2, &[]),
        "<commentList><comment ref=\"A4\"><text/></comment><comment ref=\"A7\"><text/></comment></commentList>",
        "B9 is gone"
    );
    let shape = |row: u32, anchor: &str| {
        format!("<v:shape id='a'><x:ClientData><x:Anchor>{anchor}</x:Anchor><x:Row>{row}</x:Row></x:ClientData></v:shape>")
    };
    assert_eq!(patched(&shape(13, "1, 15, 13, 2, 3, 31, 17, 1"), 20, &[]), shape(24, "1, 15, 24, 2, 3, 31, 28, 1"), "its box moves too");
    assert_eq!(patched(&format!("<xml>{}</xml>", shape(8, "x")), 2, &[]), "<xml></xml>", "and goes with it");
}

#[test]
fn what_says_nothing_of_places_is_copied_to_the_byte() {
    let xml = "<?xml version='1.0'?><a  b = 'x\"y' >\r\n<pageSetup r:id=\"rId1\"/><!-- c --><oddHeader>&amp;C第&amp;P页</oddHeader><f>1&gt;2</f><mergeCells/><brk id=\"3\"/></a>";
    assert_eq!(patched(xml, 1000, &[]), xml, "not a byte differs");
    assert_eq!(
        patched("<dimension ref=\"A1:T14\"/><rowBreaks><brk id=\"13\" max=\"9\"/></rowBreaks>", 20, &[]),
        "<dimension ref=\"A1:T99\"/><rowBreaks><brk id=\"24\" max=\"9\"/></rowBreaks>",
        "these say places"
    );
}
