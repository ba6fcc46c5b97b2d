//! A small world for lists: a tree of branches, humans with names, their roles in branches, the roles' deeds.

use std::collections::HashMap;

use chrono::NaiveDate;
use unionbook_core::modules::Module;
use unionbook_core::record::{Cell, Code, Id, Record};
use unionbook_core::store::{Db, Step, Store, Tx};

/// A branch of the tree.
#[derive(Debug, Clone, PartialEq, Record)]
#[record(table = "branch", label = "分部", order = "code", key = "code")]
pub struct Branch {
    /// The id.
    pub id: Id<Branch>,
    /// Its code.
    #[field(label = "编号")]
    pub code: String,
    /// Its name.
    #[field(label = "名称", search)]
    pub name: String,
    /// The branch above.
    #[field(label = "上级")]
    pub parent: Option<Id<Branch>>,
}

/// A human, found by name, nickname, number and phone.
#[derive(Debug, Clone, PartialEq, Record)]
#[record(table = "human", label = "某人", order = "_pinyin", key = "number", computed = "pinyin(name), initials(name), tail(phone)")]
pub struct Human {
    /// The id.
    pub id: Id<Human>,
    /// The name.
    #[field(label = "姓名", search)]
    pub name: String,
    /// The number.
    #[field(label = "编号")]
    pub number: Option<String>,
    /// The phone.
    #[field(label = "手机")]
    pub phone: Option<String>,
    /// The nickname.
    #[field(label = "别名", search)]
    pub nick: Option<String>,
}

/// A closed list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
pub enum Rank {
    /// The first.
    #[code(1, "甲")]
    First,
    /// The second.
    #[code(2, "乙")]
    Second,
    /// The third.
    #[code(3, "丙")]
    Third,
}

/// A human's role in a branch.
#[derive(Debug, Clone, PartialEq, Record)]
#[record(table = "role", label = "角色", order = "_pinyin,human", key = "human", unit = "branch", carries = "human._pinyin")]
pub struct Role {
    /// The id.
    pub id: Id<Role>,
    /// Whose.
    #[field(label = "某人")]
    pub human: Id<Human>,
    /// Where.
    #[field(label = "分部")]
    pub branch: Id<Branch>,
    /// Which.
    #[field(label = "等级")]
    pub rank: Rank,
    /// How heavy.
    #[field(label = "重量")]
    pub weight: Option<i64>,
    /// Since when.
    #[field(label = "日期")]
    pub joined: Option<NaiveDate>,
    /// Who vouched.
    #[field(label = "保人")]
    pub sponsor: Option<Id<Human>>,
    /// A note.
    #[field(label = "备注")]
    pub note: Option<String>,
}

/// What one did in a role.
#[derive(Debug, Clone, PartialEq, Record)]
#[record(table = "deed", label = "事迹", order = "day", carries = "role._pinyin")]
pub struct Deed {
    /// The id.
    pub id: Id<Deed>,
    /// In which role.
    #[field(label = "角色")]
    pub role: Id<Role>,
    /// When.
    #[field(label = "日期")]
    pub day: NaiveDate,
    /// What.
    #[field(label = "内容")]
    pub what: Option<String>,
}

/// How often a human came to a branch.
#[derive(Debug, Clone, PartialEq, Record)]
#[record(table = "attendance", label = "到场", order = "times", key = "branch,human", unit = "branch", link)]
pub struct Attendance {
    /// Where.
    #[field(label = "分部")]
    pub branch: Id<Branch>,
    /// Who.
    #[field(label = "某人")]
    pub human: Id<Human>,
    /// How often.
    #[field(label = "次数")]
    pub times: i64,
}

/// The module of these records; the functions of their computed columns are the shipped ones.
pub fn module() -> Module {
    let module = Module::new("lists").migration("1_lists.sql", include_str!("lists/1_lists.sql"));
    module.record::<Branch>().record::<Human>().record::<Role>().record::<Deed>().record::<Attendance>()
}

/// Numbers that look random and are the same in every run.
pub struct Dice(u64);

impl Dice {
    /// Starts a row of numbers.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `below`.
    pub fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below as u64) as usize
    }

    /// One of several.
    pub fn pick<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        &of[self.roll(of.len())]
    }
}

const SURNAMES: [&str; 9] = ["李", "李", "李", "王", "张", "丰", "欧阳", "单", "John "];
const GIVEN: [&str; 10] = ["伟", "三", "丰", "小明", "丽", "三丰", "欧", "阳", "𠮷", "Smith"];

/// A name out of few letters, so that names meet.
pub fn name(dice: &mut Dice) -> String {
    let dot = if dice.roll(9) == 0 { "·" } else { "" };
    format!("{}{dot}{}{}", dice.pick(&SURNAMES), dice.pick(&GIVEN), if dice.roll(4) == 0 { dice.pick(&GIVEN) } else { "" })
}

/// A human out of the dice.
pub fn human(dice: &mut Dice, number: usize) -> Human {
    Human {
        id: Id::NEW,
        name: name(dice),
        number: (dice.roll(5) > 0).then(|| format!("{}{:06}X{number}", dice.roll(3) + 1, dice.roll(40) * 1000)),
        phone: (dice.roll(4) > 0).then(|| format!("1390000{:04}", dice.roll(60))),
        nick: (dice.roll(6) == 0).then(|| name(dice)),
    }
}

/// A role out of the dice.
pub fn role(dice: &mut Dice, human: Id<Human>, branches: &[Id<Branch>], sponsor: Option<Id<Human>>) -> Role {
    let day = NaiveDate::from_ymd_opt(2020 + dice.roll(3) as i32, 1 + dice.roll(12) as u32, 1);
    Role {
        id: Id::NEW,
        human,
        branch: *dice.pick(branches),
        rank: *dice.pick(&[Rank::First, Rank::First, Rank::Second, Rank::Third]),
        weight: (dice.roll(3) > 0).then(|| dice.roll(20) as i64),
        joined: day.filter(|_| dice.roll(4) > 0),
        sponsor: sponsor.filter(|_| dice.roll(3) == 0),
        note: (dice.roll(3) > 0).then(|| dice.pick(&["Abc", "abd", "", "备注"]).to_string()),
    }
}

/// Fills a file: `people` humans, most with a role in one of 13 branches, every third role with deeds.
pub fn fill(store: &Store, people: usize, seed: u64) -> Vec<Id<Branch>> {
    let mut dice = Dice::new(seed);
    let made = store.write(Step::new("造数"), |tx| {
        let mut branches = Vec::new();
        for at in 0..13 {
            let parent = (at > 0).then(|| branches[(at - 1) / 3]);
            branches.push(tx.insert(&Branch { id: Id::NEW, code: format!("{at:03}"), name: format!("第{at}分部"), parent })?);
        }
        // The last branch is a tree of its own.
        branches.push(tx.insert(&Branch { id: Id::NEW, code: "999".into(), name: "另一棵".into(), parent: None })?);
        let mut before = None;
        for number in 0..people {
            before = Some(add(tx, &mut dice, number, &branches, before)?);
        }
        Ok(branches)
    });
    made.expect("a world is made").value
}

fn add(
    tx: &Tx<'_>,
    dice: &mut Dice,
    number: usize,
    branches: &[Id<Branch>],
    sponsor: Option<Id<Human>>,
) -> unionbook_core::Result<Id<Human>> {
    let human = tx.insert(&human(dice, number))?;
    if dice.roll(10) > 0 {
        // One branch is as large as all others together.
        let home = if dice.roll(2) == 0 { &branches[2..3] } else { branches };
        let role = tx.insert(&role(dice, human, home, sponsor))?;
        for _ in 0..dice.roll(3) {
            let day = NaiveDate::from_ymd_opt(2024, 1 + dice.roll(12) as u32, 2).expect("a day");
            tx.insert(&Deed { id: Id::NEW, role, day, what: None })?;
        }
    }
    if dice.roll(3) == 0 {
        tx.link(&Attendance { branch: *dice.pick(branches), human, times: dice.roll(5) as i64 })?;
    }
    Ok(human)
}

/// A row as a list without indexes sees it.
#[derive(Debug, Clone)]
pub struct Plain {
    /// The key.
    pub key: Vec<i64>,
    /// Every column by its name.
    pub columns: HashMap<String, Cell>,
}

/// Reads all rows of a table with all their columns.
pub fn plain(db: &Db<'_>, table: &str) -> Vec<Plain> {
    let mut statement = db.connection().prepare(&format!("SELECT * FROM {table}")).expect("a statement");
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let rows = statement.query_map([], |row| (0..names.len()).map(|at| row.get::<_, Cell>(at)).collect::<Result<Vec<_>, _>>());
    let rows = rows.expect("rows").map(|cells| names.iter().cloned().zip(cells.expect("cells")).collect::<HashMap<_, _>>());
    let keys: &[&str] = if table == "attendance" { &["branch", "human"] } else { &["id"] };
    rows.map(|columns| Plain { key: keys.iter().map(|key| columns[*key].int().expect("a key")).collect(), columns }).collect()
}
