//! Roles, and what each may do.

use super::super::step::Step;
use crate::error::Refusal;
use crate::record::Code;

/// 角色：能办哪些事。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Code)]
pub enum Role {
    /// 什么都能办，包括账号和钥匙
    #[code(1, "管理员", "")]
    Admin,
    /// 登记、修改、导入和填报
    #[code(2, "经办", "经办人")]
    Clerk,
    /// 审核、签署、上报、接收和汇总报表
    #[code(3, "审核", "审核人")]
    Auditor,
    /// 只能查看
    #[code(4, "查阅", "")]
    Reader,
}

/// What a command needs of whoever calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// Nothing: it concerns this PC and no open file.
    Anyone,
    /// To look and to take out what one sees: every role.
    Read,
    /// To do anything at all that the journal names one for, and to take back one's own steps.
    Work,
    /// To enter, change, remove and import records, and to compute and fill in returns.
    Enter,
    /// To audit, sign and send returns, to take those from below and add them up, and to trust others' cards.
    Approve,
    /// Accounts and keys, and a backup put in the file's place.
    Manage,
}

impl Role {
    /// Says whether the role has a right.
    pub fn may(self, right: Right) -> bool {
        match right {
            Right::Anyone | Right::Read => true,
            Right::Work => self != Self::Reader,
            Right::Enter => matches!(self, Self::Admin | Self::Clerk),
            Right::Approve => matches!(self, Self::Admin | Self::Auditor),
            Right::Manage => self == Self::Admin,
        }
    }
}

impl Right {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Anyone, Self::Read, Self::Work, Self::Enter, Self::Approve, Self::Manage];

    /// Its word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::Anyone => "anyone",
            Self::Read => "read",
            Self::Work => "work",
            Self::Enter => "enter",
            Self::Approve => "approve",
            Self::Manage => "manage",
        }
    }

    /// Says that a role may not do something, who may, and whom to ask.
    pub(super) fn refusal(self, what: &str, role: Role, managers: &[String]) -> Refusal {
        let who: Vec<&str> = Role::LIST.entries.iter().filter_map(|entry| Role::of(entry.code)?.may(self).then_some(entry.label)).collect();
        let message = format!("“{what}”由{}办理，您的角色是“{}”，不能办。", who.join("、"), role.label());
        Refusal::new(message, format!("{}可以代办，或在“设置—账号与钥匙”里调整角色。", asked(managers)))
    }
}

/// Whom to ask.
fn asked(managers: &[String]) -> String {
    if managers.is_empty() { "管理员".into() } else { format!("管理员（{}）", managers.join("、")) }
}

/// Says that somebody else's step is not one's own to take back.
pub(super) fn not_own(step: &Step, clerk: &str) -> Refusal {
    Refusal::new(format!("“{}”是{clerk}办的，只有本人或管理员可以撤销、重做。", step.name), format!("请找{clerk}或管理员办理。"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_has_its_rights_and_no_more() {
        let rights = |role: Role| Right::ALL.map(|right| role.may(right));
        assert_eq!(rights(Role::Admin), [true; 6], "管理员 may do all");
        assert_eq!(rights(Role::Clerk), [true, true, true, true, false, false], "经办 enters and does not approve");
        assert_eq!(rights(Role::Auditor), [true, true, true, false, true, false], "审核 approves and does not enter");
        assert_eq!(rights(Role::Reader), [true, true, false, false, false, false], "查阅 looks");
    }

    #[test]
    fn a_refusal_says_who_may_and_whom_to_ask() {
        let told = Right::Approve.refusal("上报封存报表", Role::Clerk, &["张三".into()]);
        assert_eq!(told.message, "“上报封存报表”由管理员、审核办理，您的角色是“经办”，不能办。", "what, who, and why not");
        assert!(told.hint.starts_with("管理员（张三）"), "a name to go to: {}", told.hint);
    }
}
