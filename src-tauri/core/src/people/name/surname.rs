//! Surnames: those of two characters, and the readings that differ from the characters' usual ones.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Surnames of two characters with their readings.
const COMPOUND: [(&str, &str, &str); 75] = [
    ("欧阳", "ou", "yang"),
    ("歐陽", "ou", "yang"),
    ("太史", "tai", "shi"),
    ("端木", "duan", "mu"),
    ("上官", "shang", "guan"),
    ("司马", "si", "ma"),
    ("司馬", "si", "ma"),
    ("东方", "dong", "fang"),
    ("独孤", "du", "gu"),
    ("南宫", "nan", "gong"),
    ("万俟", "mo", "qi"),
    ("闻人", "wen", "ren"),
    ("夏侯", "xia", "hou"),
    ("诸葛", "zhu", "ge"),
    ("諸葛", "zhu", "ge"),
    ("尉迟", "yu", "chi"),
    ("尉遲", "yu", "chi"),
    ("公羊", "gong", "yang"),
    ("赫连", "he", "lian"),
    ("澹台", "tan", "tai"),
    ("皇甫", "huang", "fu"),
    ("宗政", "zong", "zheng"),
    ("濮阳", "pu", "yang"),
    ("公冶", "gong", "ye"),
    ("太叔", "tai", "shu"),
    ("申屠", "shen", "tu"),
    ("公孙", "gong", "sun"),
    ("公孫", "gong", "sun"),
    ("仲孙", "zhong", "sun"),
    ("慕容", "mu", "rong"),
    ("钟离", "zhong", "li"),
    ("长孙", "zhang", "sun"),
    ("長孫", "zhang", "sun"),
    ("宇文", "yu", "wen"),
    ("司徒", "si", "tu"),
    ("鲜于", "xian", "yu"),
    ("司空", "si", "kong"),
    ("闾丘", "lv", "qiu"),
    ("子车", "zi", "ju"),
    ("亓官", "qi", "guan"),
    ("司寇", "si", "kou"),
    ("巫马", "wu", "ma"),
    ("公西", "gong", "xi"),
    ("颛孙", "zhuan", "sun"),
    ("壤驷", "rang", "si"),
    ("公良", "gong", "liang"),
    ("漆雕", "qi", "diao"),
    ("乐正", "yue", "zheng"),
    ("宰父", "zai", "fu"),
    ("谷梁", "gu", "liang"),
    ("拓跋", "tuo", "ba"),
    ("夹谷", "jia", "gu"),
    ("轩辕", "xuan", "yuan"),
    ("令狐", "ling", "hu"),
    ("段干", "duan", "gan"),
    ("百里", "bai", "li"),
    ("呼延", "hu", "yan"),
    ("东郭", "dong", "guo"),
    ("南门", "nan", "men"),
    ("羊舌", "yang", "she"),
    ("微生", "wei", "sheng"),
    ("梁丘", "liang", "qiu"),
    ("左丘", "zuo", "qiu"),
    ("东门", "dong", "men"),
    ("西门", "xi", "men"),
    ("淳于", "chun", "yu"),
    ("单于", "chan", "yu"),
    ("第五", "di", "wu"),
    ("完颜", "wan", "yan"),
    ("纳兰", "na", "lan"),
    ("耶律", "ye", "lv"),
    ("哥舒", "ge", "shu"),
    ("叱干", "chi", "gan"),
    ("贺兰", "he", "lan"),
    ("相里", "xiang", "li"),
];

/// Surnames whose reading is not the character's usual one, or not the one our dictionary puts first
/// (where two readings are in use, the commoner one).
const READINGS: &str = "单shan 單shan 曾zeng 仇qiu 解xie 区ou 區ou 查zha 盖ge 蓋ge 乐yue 樂yue 覃qin 朴piao 缪miao 繆miao 翟zhai 折she \
     洗xian 秘bi 祕bi 召shao 员yun 員yun 贠yun 繁po 种chong 能nai 隗wei 么yao 祭zhai 佴nai 句gou 郇xun 阚kan 乜nie \
     炅gui 薄bo 长zhang 粘nian 晟cheng";

/// Readings that given names nearly always have where our dictionary puts another one first.
const GIVEN: &str = "长chang 晟sheng 卜bu 都du 隽jun";

type Readings = HashMap<char, &'static str, std::hash::BuildHasherDefault<ByCodePoint>>;

/// Hashes a character by one multiplication: the tables are fixed, so nobody can choose keys to slow it down.
#[derive(Default)]
pub(super) struct ByCodePoint(u64);

impl std::hash::Hasher for ByCodePoint {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u32(u32::from(byte));
        }
    }

    fn write_u32(&mut self, point: u32) {
        self.0 = (self.0 ^ u64::from(point)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

fn table(text: &'static str) -> Readings {
    let entry = |item: &'static str| {
        let mut letters = item.chars();
        letters.next().map(|letter| (letter, letters.as_str()))
    };
    text.split_whitespace().filter_map(entry).collect()
}

static SURNAMES: LazyLock<Readings> = LazyLock::new(|| table(READINGS));
static GIVEN_NAMES: LazyLock<Readings> = LazyLock::new(|| table(GIVEN));
static COMPOUND_STARTS: LazyLock<HashMap<char, (), std::hash::BuildHasherDefault<ByCodePoint>>> =
    LazyLock::new(|| COMPOUND.iter().filter_map(|(name, ..)| name.chars().next()).map(|letter| (letter, ())).collect());

/// Gives the surname of two characters that a name of three or more begins with: 欧阳 of 欧阳修.
pub fn compound_surname(name: &str) -> Option<&'static str> {
    compound(name).map(|(surname, _)| surname)
}

/// Gives the surname of two characters and its two readings.
pub(super) fn compound(name: &str) -> Option<(&'static str, [&'static str; 2])> {
    COMPOUND_STARTS.get(&name.chars().next()?)?;
    let begins = |surname: &str| name.strip_prefix(surname).is_some_and(|given| given.starts_with(super::is_hanzi));
    COMPOUND.iter().find(|(surname, ..)| begins(surname)).map(|&(surname, first, second)| (surname, [first, second]))
}

/// Gives the reading of a character as a surname, where it is a special one.
pub(super) fn as_surname(letter: char) -> Option<&'static str> {
    SURNAMES.get(&letter).copied()
}

/// Gives the reading of a character in a given name, where it is a special one.
pub(super) fn as_given(letter: char) -> Option<&'static str> {
    GIVEN_NAMES.get(&letter).copied()
}

#[cfg(test)]
mod tests {
    use ::pinyin::ToPinyin;

    use super::*;

    #[test]
    fn the_tables_hold_only_what_the_dictionary_says_otherwise() {
        let first = |letter: char| letter.to_pinyin().map(::pinyin::Pinyin::plain);
        for (&letter, &reading) in GIVEN_NAMES.iter() {
            assert_ne!(first(letter), Some(reading), "{letter} needs no row among given names");
        }
        for (&letter, &reading) in SURNAMES.iter() {
            assert_ne!(as_given(letter).or_else(|| first(letter)), Some(reading), "{letter} needs no row among surnames");
        }
    }

    #[test]
    fn no_row_stands_twice() {
        assert_eq!(SURNAMES.len(), READINGS.split_whitespace().count(), "surnames");
        assert_eq!(GIVEN_NAMES.len(), GIVEN.split_whitespace().count(), "given names");
        let distinct: std::collections::HashSet<_> = COMPOUND.iter().map(|(name, ..)| name).collect();
        assert_eq!(distinct.len(), COMPOUND.len(), "surnames of two characters");
    }
}
