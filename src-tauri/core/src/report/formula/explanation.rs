//! Whether an explanation says anything.

/// How many characters an explanation has at least, signs and spaces apart.
const SHORTEST: usize = 6;

/// What says nothing, alone or strung together.
const NOTHING: [&str; 46] = [
    "无",
    "没有",
    "没",
    "暂无",
    "情况属实",
    "属实",
    "属于",
    "情况",
    "已核实",
    "已核对",
    "已确认",
    "已查",
    "核实",
    "核对",
    "确认",
    "经",
    "同上",
    "如上",
    "见上",
    "正常",
    "无误",
    "没问题",
    "没错",
    "正确",
    "准确",
    "真实",
    "数据",
    "数字",
    "以上",
    "上述",
    "实际",
    "如此",
    "就是",
    "这样",
    "是",
    "的",
    "了",
    "对",
    "好",
    "为",
    "均",
    "都",
    "请",
    "审核",
    "通过",
    "问题",
];

/// Says whether an explanation says something: at least six characters, and more than that all is well.
pub fn says_something(explanation: &str) -> bool {
    let said: String = explanation.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    said.chars().count() >= SHORTEST && !said.chars().all(char::is_numeric) && varied(&said) && !empty(&said)
}

/// Whether enough different characters stand in it: 啊啊啊啊啊啊 and 123123123 are no sentence.
fn varied(said: &str) -> bool {
    let mut seen: Vec<char> = said.chars().filter(|sign| sign.is_alphabetic()).collect();
    seen.sort_unstable();
    seen.dedup();
    seen.len() >= 4
}

/// Whether it can be put together from words that say nothing.
fn empty(said: &str) -> bool {
    let mut reached = vec![false; said.len() + 1];
    reached.first_mut().into_iter().for_each(|start| *start = true);
    for at in 0..said.len() {
        let rest = reached.get(at).filter(|reached| **reached).and_then(|_| said.get(at..));
        let words = rest.into_iter().flat_map(|rest| NOTHING.iter().filter(move |word| rest.starts_with(**word)));
        let ends: Vec<_> = words.map(|word| at + word.len()).collect();
        ends.into_iter().for_each(|end| reached.get_mut(end).into_iter().for_each(|end| *end = true));
    }
    reached.last() == Some(&true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_explanation_that_says_nothing_is_not_taken() {
        let nothing = [
            "",
            "   ",
            "无",
            "没有",
            "情况属实",
            "已核实",
            "同上",
            "正常",
            "数据无误",
            "情况属实，已核实。",
            "已核实，数据正确，没有问题",
            "经核实，以上数据均属实",
            "啊啊啊啊啊啊啊",
            "哈哈哈哈嘿嘿嘿嘿",
            "123456789",
            "。。。。。。。。",
            "1、2、3、4、5、6",
            "无 无 无 无 无 无",
            "新增会员",
            "aaaaaaaaaa",
            "正常正常正常正常",
        ];
        for explanation in nothing {
            assert!(!says_something(explanation), "“{explanation}” says nothing");
        }
    }

    #[test]
    fn an_explanation_that_says_why_is_taken() {
        let why = [
            "本月新成立快递行业工会，集中入会 300 人。",
            "两家企业合并，会员一次转入",
            "机械厂破产清算，退会126人",
            "上月漏报，本月补报",
            "经核实，属于上月漏报的转出会员",
            "Merged with the branch in town",
        ];
        for explanation in why {
            assert!(says_something(explanation), "“{explanation}” says why");
        }
    }
}
