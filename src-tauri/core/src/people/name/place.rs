//! Characters that came in by a detour, moved to the places that standards give them.

/// Moves a character from the private area, where GBK systems and their spreadsheets put it (U+E815 to U+E864 for bytes FE50 to
/// FEA0), to its place in GB 18030, the 䶮 of names among them; and a radical to the character it looks like.
pub(super) fn standard_place(letter: char) -> char {
    match letter {
        '\u{e816}' => '𠂇',
        '\u{e817}' => '𠂉',
        '\u{e818}' => '𠃌',
        '\u{e831}' => '𡗗',
        '\u{e83b}' => '𢦏',
        '\u{e855}' => '𤇾',
        '\u{e815}'..='\u{e864}' => decoded(u32::from(letter) - 0xe815).unwrap_or(letter),
        '\u{2f00}'..='\u{2fd5}' => KANGXI.chars().nth((u32::from(letter) - 0x2f00) as usize).unwrap_or(letter),
        '\u{2e80}'..='\u{2eff}' => SIMPLIFIED.chars().skip_while(|&radical| radical != letter).nth(1).unwrap_or(letter),
        _ => letter,
    }
}

/// The characters that the Kangxi radicals U+2F00 to U+2FD5 look like (Unicode's compatibility mapping); PDF readers copy the radicals.
const KANGXI: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日\
     曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行\
     衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// Radicals of the supplement U+2E80 to U+2EFF, each before the character it looks like.
const SIMPLIFIED: &str = "⻅见⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻤鬼⻥鱼⻦鸟⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟⻄西⻁虎⺠民⻆角";

/// Decodes the double byte that a GBK system puts at an offset in its private area; byte 7F is left out.
fn decoded(offset: u32) -> Option<char> {
    let bytes = [0xfe, u8::try_from(0x50 + offset + u32::from(offset >= 47)).ok()?];
    let (text, _) = encoding_rs::GB18030.decode_without_bom_handling(&bytes);
    text.chars().next().filter(|&found| found != '\u{fffd}')
}
