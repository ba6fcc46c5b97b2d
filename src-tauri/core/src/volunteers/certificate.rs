//! The certificate of a volunteer's service (志愿服务记录证明): 民政部令第67号《志愿服务记录与证明出具办法（试行）》, and the four blocks of
//! 民发〔2015〕149号: who, what service, who certifies, number and day.

use std::path::PathBuf;

use chrono::NaiveDate;
use serde::Deserialize;

use super::{Volunteer, by_person};
use crate::calendar::chinese_day;
use crate::disclosure::{self, DisclosureKind, Given};
use crate::error::{Error, Result, refused};
use crate::minutes;
use crate::paper::{Align, Column, Face, Fonts, OnPaper, Paper, Setup, Style, Table, mm};
use crate::people::Person;
use crate::record::{Id, Row as _, Wire, mask};
use crate::store::{Db, Key, Store, unveiled};
use crate::units::Unit;

/// Certificates to write.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Wire)]
pub struct Certificates {
    /// For whom: one each.
    pub people: Vec<Id<Person>>,
    /// The first day that counts; from the beginning where none is given.
    pub from: Option<NaiveDate>,
    /// The last day that counts; today where none is given.
    pub until: Option<NaiveDate>,
    /// Whether numbers of identity papers stand on them in full.
    #[serde(default)]
    pub reveal: bool,
    /// Where the PDF goes; an older file of the name is replaced.
    pub path: PathBuf,
}

/// One volunteer's certificate before it is set.
struct Certificate {
    person: Person,
    volunteer: Volunteer,
    unit: Unit,
    served: Vec<Served>,
}

/// One activity in which hours were served.
struct Served {
    day: NaiveDate,
    until: Option<NaiveDate>,
    title: String,
    content: String,
    place: String,
    minutes: i64,
}

const TITLE: &str = "志愿服务记录证明";

/// Writes certificates of service as one PDF, each on pages of its own. Refuses people who never registered as volunteers or served no
/// hours in the span, by name, and a computer without a Chinese font; then nothing is written. They go into the disclosure log.
pub fn certificates(store: &Store, ask: &Certificates) -> Result<OnPaper> {
    let paper = store.read(|db| written(db, ask))?;
    let columns: &[&str] = if ask.reveal { &["姓名", "证件号码", "志愿服务记录"] } else { &["姓名", "志愿服务记录"] };
    let many = ask.people.len() as u64;
    let given = Given { kind: DisclosureKind::Printed, of: TITLE, columns, many, path: &ask.path };
    paper.place_noted(&ask.path, TITLE, store.now(), |file| disclosure::note(store, &given, file))
}

fn written(db: &Db<'_>, ask: &Certificates) -> Result<Paper> {
    let until = ask.until.unwrap_or(db.now().today).min(db.now().today);
    if ask.people.is_empty() {
        return Err(Error::Usage("没有选要出具证明的人".into()));
    }
    if ask.from.is_some_and(|from| from > until) {
        return refused("开始日期在截止日期之后。", "请核对起止日期。");
    }
    ask.people.iter().try_for_each(|person| unveiled(db, Person::table(), Key::Id(person.get())))?;
    let found = ask.people.iter().map(|person| read(db, *person, ask.from, until)).collect::<Result<Vec<_>>>()?;
    let (empty, full): (Vec<_>, Vec<_>) = found.into_iter().partition(|one| one.served.is_empty());
    if !empty.is_empty() {
        return refuse_empty(&empty);
    }
    let mut paper = Paper::new(Fonts::of_system()?);
    for one in &full {
        write(&mut paper, one, ask, until, db.now().today)?;
    }
    Ok(paper)
}

/// How many names a refusal says.
const NAMED: usize = 10;

fn refuse_empty<T>(empty: &[Certificate]) -> Result<T> {
    let names: Vec<&str> = empty.iter().take(NAMED).map(|one| one.person.name.as_str()).collect();
    let more = if empty.len() > NAMED { format!("等 {} 人", empty.len()) } else { String::new() };
    let what = format!("{}{more}在这段时间里没有登记志愿服务时长，不能出具证明，没有写出文件。", names.join("、"));
    refused(what, "请核对起止日期，或先在活动的“服务时长”里登记；也可以不选这些人。")
}

fn read(db: &Db<'_>, person: Id<Person>, from: Option<NaiveDate>, until: NaiveDate) -> Result<Certificate> {
    let person = db.get(person)?;
    let Some(volunteer) = by_person(db, person.id)? else {
        return refused(format!("{}没有注册为志愿者，不能出具证明，没有写出文件。", person.name), "请先注册志愿者，再出具证明。");
    };
    let (unit, served) = (db.get(volunteer.unit)?, served(db, person.id, from, until)?);
    Ok(Certificate { person, volunteer, unit, served })
}

fn served(db: &Db<'_>, person: Id<Person>, from: Option<NaiveDate>, until: NaiveDate) -> Result<Vec<Served>> {
    let sql = "SELECT a.day, a.until, a.title, coalesce(s.content, ''), coalesce(a.place, t.name, ''), s.minutes \
               FROM service s CROSS JOIN activity a ON a.id = s.activity LEFT JOIN station t ON t.id = a.station \
               WHERE s.person = ?1 AND a.state = 2 AND s.minutes > 0 AND a.day BETWEEN ?2 AND ?3 ORDER BY a.day, a.id";
    let first = from.map_or_else(String::new, |day| day.to_string());
    let rows = db.rows(sql, (person.get(), first, until.to_string()), |row| {
        let day = |text: Option<String>| text.and_then(|text| text.parse::<NaiveDate>().ok());
        let (from, to) = (day(row.get(0)?), day(row.get(1)?));
        let served = |from| -> rusqlite::Result<Served> {
            let (title, content, place, minutes) = (row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?);
            Ok(Served { day: from, until: to, title, content, place, minutes })
        };
        from.map(served).transpose()
    })?;
    Ok(rows.into_iter().flatten().collect())
}

impl Certificate {
    fn minutes(&self) -> i64 {
        self.served.iter().map(|one| one.minutes).sum()
    }

    /// Its number: the day, the person, and four signs that change with what it certifies, so that a false one is known.
    fn number(&self, from: NaiveDate, until: NaiveDate, today: NaiveDate) -> String {
        let (seat, n) = (self.person.id.get() >> 40, self.person.id.get() & 0xff_ffff_ffff);
        let mut said = format!("{} {from} {until} {}", self.person.name, self.minutes());
        for one in &self.served {
            said += &format!("\n{} {} {}", one.day, one.title, one.minutes);
        }
        let check = blake3::hash(said.as_bytes()).to_hex().chars().take(4).collect::<String>().to_uppercase();
        let seat = if seat > 0 { format!("{seat}-") } else { String::new() };
        format!("{}-{seat}{n:06}-{check}", today.format("%Y%m%d"))
    }

    /// The papers that say who it is.
    fn identity(&self, reveal: bool) -> String {
        let number = self.person.id_number.as_deref().map(|number| {
            let kind = self.person.id_kind.map_or("证件", |kind| crate::record::Code::label(kind));
            format!("{kind}号码：{}", if reveal { number.to_owned() } else { mask(number) })
        });
        let own = self.volunteer.number.as_deref().map(|number| format!("志愿者编号：{number}"));
        let known: Vec<String> = number.into_iter().chain(own).collect();
        if known.is_empty() { String::new() } else { format!("（{}）", known.join("，")) }
    }

    fn body(&self, ask: &Certificates, from: NaiveDate, until: NaiveDate) -> String {
        let (name, identity, unit) = (&self.person.name, self.identity(ask.reveal), &self.unit.name);
        let (many, hours) = (self.served.len(), minutes::words_of(self.minutes()));
        let (from, until) = (chinese_day(from), chinese_day(until));
        format!(
            "兹证明{name}{identity}系在{unit}注册的志愿者，于{from}至{until}期间，参加志愿服务活动{many}场，累计服务时长{hours}。服务情况如下："
        )
    }

    fn table(&self) -> Table {
        let columns = vec![
            Column::fixed("序号", 11.0),
            Column::fixed("日期", 25.0),
            Column::open("服务项目（活动）"),
            Column::open("服务内容"),
            Column { align: Align::Left, ..Column::fixed("地点", 30.0) },
            Column::fixed("服务时长", 24.0),
        ];
        let row = |(at, one): (usize, &Served)| {
            let title = one.title.clone();
            let content = if one.content.is_empty() { title.clone() } else { one.content.clone() };
            vec![(at + 1).to_string(), span(one.day, one.until), title, content, one.place.clone(), minutes::words_of(one.minutes)]
        };
        let sum = [String::new(), "合计".into(), format!("{} 场", self.served.len()), String::new(), String::new()];
        let sum = sum.into_iter().chain([minutes::words_of(self.minutes())]).collect();
        let rows = self.served.iter().enumerate().map(row).chain([sum]).collect();
        Table { columns, rows, size: 10.0, least: mm(8.0) }
    }
}

fn span(day: NaiveDate, until: Option<NaiveDate>) -> String {
    match until.filter(|until| *until > day) {
        Some(until) => format!("{day}\n至 {until}"),
        None => day.to_string(),
    }
}

const PAGE: Setup = Setup { side: mm(25.0), top: mm(28.0), bottom: mm(26.0), framed: true, numbered: false, ..Setup::A4 };
const TEXT: Style = Style { leading: 1.8, indent: 2.0, ..Style::new(Face::Song, 13.0).at(Align::Both) };

fn write(paper: &mut Paper, one: &Certificate, ask: &Certificates, until: NaiveDate, today: NaiveDate) -> Result<()> {
    // Where no first day was asked for, it is that of the first service.
    let from = ask.from.or(one.served.first().map(|one| one.day)).unwrap_or(until);
    let number = one.number(from, until, today);
    paper.part(PAGE, format!("{TITLE}（续）　{}　编号：{number}", one.person.name));
    paper.space(mm(8.0));
    paper.write(TITLE, &Style { spread: 0.12, ..Style::new(Face::Hei, 26.0).at(Align::Middle) })?;
    paper.space(mm(2.0));
    paper.write(&format!("编号：{number}"), &Style::new(Face::Song, 10.5).at(Align::Right))?;
    paper.space(mm(4.0));
    paper.write(&one.body(ask, from, until), &TEXT)?;
    paper.space(mm(3.0));
    paper.table(&one.table())?;
    paper.space(mm(4.0));
    close(paper, one, today)
}

/// What stands below the table, kept together: the last words, who certifies, and room for the seal.
fn close(paper: &mut Paper, one: &Certificate, today: NaiveDate) -> Result<()> {
    paper.keep(mm(76.0))?;
    paper.write("以上服务时长为实际服务时间，不含往返路途。特此证明。", &TEXT)?;
    paper.space(mm(6.0));
    let blank = "＿＿＿＿＿＿＿＿";
    let head = one.unit.head.as_deref().unwrap_or_default();
    let small = Style { leading: 1.9, ..Style::new(Face::Song, 11.5) };
    paper.write(&format!("负责人{head}（签字）：{blank}"), &small)?;
    paper.write(&format!("经办人（签字）：{blank}"), &small)?;
    paper.write(&format!("联系电话：{}", one.unit.phone.as_deref().unwrap_or(blank)), &small)?;
    paper.space(mm(4.0));
    let right = TEXT.at(Align::Right);
    let right = Style { indent: 0.0, ..right };
    paper.write(&format!("{}（盖章）", one.unit.name), &right)?;
    paper.write(&chinese_day(today), &right)?;
    paper.space(mm(4.0));
    paper.write("依据《志愿服务记录与证明出具办法（试行）》（民政部令第67号）出具。", &Style::new(Face::Song, 9.0))
}
