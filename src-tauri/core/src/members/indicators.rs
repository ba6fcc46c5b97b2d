//! What is counted of members: 期初 + 入会 + 转入 − 转出 − 退会 − 除名 = 期末, and dues.

use crate::report::{By, Family, Indicator, Kind, Measure, Rows, Split};

const GROUPS: &[Split] = &[Split { key: "new_employment", label: "新就业形态群体", by: By::Broad("new_employment") }];

/// Changes of one kind within the period.
macro_rules! movements {
    ($kind:literal) => {
        &[Rows {
            table: "change",
            sql: concat!(
                "SELECT c.id, 0, 1, c._new_employment FROM place CROSS JOIN change c ON c.unit = place.id WHERE c.day BETWEEN ?2 AND ?3 AND c.kind = ",
                $kind
            ),
        }]
    };
}

/// Members by what their changes up to the last day come to, where a condition holds.
macro_rules! stock {
    ($condition:literal) => {
        &[Rows {
            table: "member",
            sql: concat!(
                "SELECT c.member, 0, iif(c.kind IN (0, 1, 2), 1, -1), c._new_employment FROM place CROSS JOIN change c ON c.unit = place.id ",
                "WHERE c.kind IN (0, 1, 2, 4, 5, 6) AND c.day <= ?3 AND ",
                $condition
            ),
        }]
    };
}

/// People within the period.
const FLOW: Indicator =
    Indicator { code: "", label: "", measure: Measure::People, kind: Kind::Within, definition: "", additive: true, splits: &[], rows: &[] };

/// People at a moment.
const STOCK: Indicator = Indicator { kind: Kind::Moment, ..FLOW };

pub(super) const OPENING: Indicator = Indicator {
    code: "members.opening",
    label: "期初会员数",
    definition: "上期期末的会员数。建账时已在会的会员不算任何一期的变动：自其入会日期（不详的自建账日期）起计入，日期落在本期内的也计入本期期初。",
    rows: stock!("(c.day < ?2 OR c.kind = 0)"),
    ..STOCK
};

pub(super) const CARRIED: Indicator = Indicator {
    code: "members.carried",
    label: "上期期末会员数",
    definition: "上期期末的会员数，即期初会员数减去其中本期建账的。",
    rows: stock!("c.day < ?2"),
    ..STOCK
};

pub(super) const OPENED: Indicator = Indicator {
    code: "members.opened",
    label: "其中本期建账",
    definition: "期初会员数中，以建账登记、计入日期落在本期内的人数。期初会员数减去它，就是上期期末会员数。",
    rows: movements!("0"),
    ..FLOW
};

pub(super) const JOINED: Indicator = Indicator {
    code: "members.joined",
    label: "入会",
    definition: "本期内办理入会（含离会后重新入会）的人数；按变动日期计，不按录入日期。建账不是入会。",
    splits: GROUPS,
    rows: movements!("1"),
    ..FLOW
};

pub(super) const TRANSFERRED_IN: Indicator = Indicator {
    code: "members.transferred_in",
    label: "转入",
    definition: "本期内转入的人数。在本工会范围内部转会的，转入、转出两边各计一次。",
    rows: movements!("2"),
    ..FLOW
};

pub(super) const TRANSFERRED_OUT: Indicator = Indicator {
    code: "members.transferred_out",
    label: "转出",
    definition: "本期内转出的人数。在本工会范围内部转会的，转入、转出两边各计一次。",
    rows: movements!("4"),
    ..FLOW
};

pub(super) const LEFT: Indicator =
    Indicator {
        code: "members.left", label: "退会", definition: "本期内退会的人数，含去世和自动退会。", rows: movements!("6"), ..FLOW
    };

pub(super) const EXPELLED: Indicator =
    Indicator {
        code: "members.expelled", label: "除名", definition: "本期内除名（开除会籍）的人数。", rows: movements!("5"), ..FLOW
    };

pub(super) const CLOSING: Indicator = Indicator {
    code: "members.closing",
    label: "期末会员数",
    definition: "期末在册的会员数，含保留会籍的：期初＋入会＋转入－转出－退会－除名。",
    rows: stock!("1"),
    ..STOCK
};

pub(super) const WOMEN: Indicator = Indicator {
    code: "members.women",
    label: "女会员",
    definition: "期末会员中的女性，按现在登记的性别。",
    rows: stock!("c._sex = 2"),
    ..STOCK
};

pub(super) const MIGRANTS: Indicator = Indicator {
    code: "members.migrants",
    label: "农民工会员",
    definition: "期末会员中的农民工，按会员现在的登记。",
    rows: stock!("c._migrant = 1"),
    ..STOCK
};

pub(super) const NEW_EMPLOYMENT: Indicator = Indicator {
    code: "members.new_employment",
    label: "新就业形态会员",
    definition: "期末会员中的新就业形态劳动者，按会员现在登记的群体；各群体之和等于合计。",
    splits: GROUPS,
    rows: stock!("c._new_employment IS NOT NULL"),
    ..STOCK
};

pub(super) const NEW_JOINED: Indicator = Indicator {
    code: "members.new_employment_joined",
    label: "本期入会的新就业形态会员",
    definition: "本期入会的人数中的新就业形态劳动者。",
    splits: GROUPS,
    rows: movements!("1 AND c._new_employment IS NOT NULL"),
    ..FLOW
};

pub(super) const RETAINED: Indicator = Indicator {
    code: "members.retained",
    label: "保留会籍",
    definition: "期末会员中保留会籍的人数；已计入期末会员数，不另加。",
    rows: &[Rows {
        table: "member",
        sql: "SELECT c.member, 0, iif(c.kind = 3, 1, -1) FROM place CROSS JOIN change c ON c.unit = place.id
              WHERE c.kind IN (3, 7) AND c.day <= ?3",
    }],
    ..STOCK
};

pub(super) const DUES: Indicator = Indicator {
    code: "members.dues",
    label: "收缴会费",
    definition: "交纳日期在本期内的会费金额，不论属于哪个月份；计入交纳时所在的工会。没有交纳日期的是应交未交，不计。",
    measure: Measure::Money,
    rows: &[Rows {
        table: "dues",
        sql: "SELECT d.id, 0, d.amount FROM place CROSS JOIN dues d ON d.unit = place.id WHERE d.paid BETWEEN ?2 AND ?3",
    }],
    ..FLOW
};

pub(super) const INDICATORS: &[Indicator] = &[
    OPENING,
    CARRIED,
    OPENED,
    JOINED,
    TRANSFERRED_IN,
    TRANSFERRED_OUT,
    LEFT,
    EXPELLED,
    CLOSING,
    WOMEN,
    MIGRANTS,
    NEW_EMPLOYMENT,
    NEW_JOINED,
    RETAINED,
    DUES,
];

/// The indicators of members.
pub fn family() -> Family {
    Family::new("members", INDICATORS)
}
