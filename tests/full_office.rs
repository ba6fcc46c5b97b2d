//! A small office that has something of everything, entered over the wire as the window would.

use std::collections::HashMap;
use std::path::PathBuf;

use serde_json::{Value as Json, json};
use unionbook_core::api::dispatch;
use unionbook_core::store::Store;

use crate::people::number;

/// The rows of the office that tests name, by their names; every answer is the row's id.
#[derive(Debug, Default)]
pub struct FullOffice {
    ids: HashMap<&'static str, i64>,
}

/// People of the office: their names, births and sequences (odd ones are men's).
const PEOPLE: [(&str, &str, &str, u16); 12] = [
    ("active", "张伟", "1985-05-05", 1),
    ("retained", "买买提·艾力", "1966-02-03", 3),
    ("left", "李娜", "1990-07-08", 2),
    ("merged", "欧阳娜娜", "1992-11-30", 4),
    ("payer", "𠮷野", "1979-12-12", 5),
    ("server", "张芳", "1988-08-08", 6),
    ("server2", "王芳", "1999-09-09", 8),
    ("former", "赵小明", "1983-03-03", 7),
    ("nobody", "钱二", "1995-01-15", 9),
    ("nobody2", "孙三", "1996-01-16", 11),
    ("nobody3", "周四", "1997-01-17", 10),
    ("stranger", "吴五", "1998-01-18", 13),
];

/// Runs a command that must be done.
#[track_caller]
pub fn call(store: &Store, command: &str, payload: Json) -> Json {
    let shown = payload.to_string();
    dispatch(store, command, payload).unwrap_or_else(|error| panic!("{command} {shown} is done: {error:?}"))
}

/// The id-number of a person of the office.
pub fn id_number_of(name: &str) -> String {
    let person = PEOPLE.iter().find(|person| person.0 == name).expect("the person is known");
    number(person.2, person.3)
}

impl FullOffice {
    /// Enters the office into an empty file.
    pub fn enter(store: &Store) -> Self {
        let mut office = Self::default();
        office.units(store);
        office.returns(store);
        office.people(store);
        office.stations(store);
        office.members(store);
        office.activities(store);
        office.volunteers(store);
        office.privacy(store);
        office
    }

    /// The id of a row by its name in this office.
    #[track_caller]
    pub fn id(&self, name: &str) -> i64 {
        *self.ids.get(name).unwrap_or_else(|| panic!("the office has no {name}"))
    }

    /// The person of a name.
    #[track_caller]
    pub fn person(&self, name: &str) -> i64 {
        self.id(&format!("person {name}"))
    }

    fn keep(&mut self, name: String, answer: &Json) {
        let value = &answer["value"];
        let id = value.as_i64().or(value["id"].as_i64()).unwrap_or_else(|| panic!("{name} has an id: {answer}"));
        self.ids.insert(Box::leak(name.into_boxed_str()), id);
    }

    fn act(&mut self, store: &Store, name: &str, command: &str, payload: Json) {
        self.keep(name.to_owned(), &call(store, command, payload));
    }

    fn save(&mut self, store: &Store, name: &str, record: &str, values: Json) {
        self.act(store, name, "record.save", json!({ "record": record, "values": values }));
    }

    fn units(&mut self, store: &Store) {
        let unit = |code: &str, name: &str, level: &str, parent: Option<i64>| json!({ "code": code, "name": name, "level": level, "parent": parent, "opened": "2010-01-01" });
        self.act(store, "town", "units.open", unit("T", "测试街道总工会", "town", None));
        let town = Some(self.id("town"));
        for (key, code, name) in [("a", "A", "甲厂工会"), ("b", "B", "乙厂工会"), ("c", "C", "丙厂工会"), ("empty", "D", "丁厂工会")]
        {
            self.act(store, key, "units.open", unit(code, name, "grassroots", town));
        }
        let (unit, staff) = (self.id("a"), json!({ "unit": self.id("a"), "day": "2026-01-01", "staff": 120, "women": 40 }));
        self.save(store, "headcount", "headcount", staff);
        self.act(
            store,
            "branch",
            "units.open",
            json!({ "code": "A1", "name": "一车间分会", "level": "branch", "parent": unit, "opened": "2012-01-01" }),
        );
        let moved = json!({ "unit": self.id("b"), "after": null, "day": "2020-01-01" });
        self.act(store, "moved away", "units.relocate", moved);
        let moved = json!({ "unit": self.id("b"), "after": self.id("town"), "day": "2021-01-01", "reason": "回归属地" });
        self.act(store, "moved back", "units.relocate", moved);
    }

    fn people(&mut self, store: &Store) {
        for (at, (key, name, birth, sequence)) in PEOPLE.into_iter().enumerate() {
            let phone = format!("1380000{:04}", 1000 + at * 7);
            let values = json!({ "name": name, "id_number": number(birth, sequence), "phone": phone, "ethnic": "01" });
            self.save(store, &format!("person {key}"), "person", values);
        }
        let twice = json!({ "name": "张伟", "phone": "13800009999", "employer": "甲厂" });
        self.save(store, "person twice", "person", twice);
    }

    fn stations(&mut self, store: &Store) {
        let station = |code: &str, unit: i64| json!({ "code": code, "name": format!("第{code}驿站"), "kind": "station", "unit": unit, "state": "open", "built": "2024-01-01", "opening": "regular" });
        self.save(store, "station", "station", station("S1", self.id("a")));
        self.save(store, "station2", "station", station("S2", self.id("b")));
        let cells =
            json!([{ "day": "2026-10-01", "visitor": "courier", "count": 30 }, { "day": "2026-10-02", "visitor": "truck", "count": 4 }]);
        call(store, "stations.record_visits", json!({ "station": self.id("station"), "cells": cells }));
        let inspect = json!({ "station": self.id("station2"), "day": "2026-10-08", "problems": "灭火器过期", "due": "2026-10-30" });
        self.act(store, "inspection", "stations.inspect", inspect);
    }

    fn members(&mut self, store: &Store) {
        let join = |office: &Self, person: &str, unit: &str, day: &str| json!({ "person": office.person(person), "unit": office.id(unit), "day": day });
        for (person, unit, day) in
            [("active", "a", "2026-01-05"), ("left", "a", "2026-01-06"), ("merged", "c", "2026-02-01"), ("server", "a", "2026-02-02")]
        {
            let payload = join(self, person, unit, day);
            self.act(store, person, "members.join", payload);
        }
        let book = json!({ "person": self.person("retained"), "unit": self.id("a"), "day": "2026-01-01", "joined": "2001-05-01", "retained": true });
        self.act(store, "retained", "members.open_book", book);
        let book = json!({ "person": self.person("payer"), "unit": self.id("b"), "day": "2026-01-01", "card_number": "K-77", "station": self.id("station2") });
        self.act(store, "payer", "members.open_book", book);
        call(store, "members.leave", json!({ "member": self.id("left"), "day": "2026-06-01", "reason": "own_request" }));
        call(
            store,
            "members.collect_dues",
            json!({ "month": "2026-09", "paid": "2026-09-10", "rows": [{ "member": self.id("payer"), "amount": 1500 }] }),
        );
    }

    fn activities(&mut self, store: &Store) {
        let held = |title: &str, unit: i64| json!({ "title": title, "kind": "walk", "unit": unit, "state": "held", "day": "2026-10-18" });
        self.save(store, "walk", "activity", held("职工健步走", self.id("a")));
        let people = json!([self.person("active"), self.person("nobody"), self.person("twice")]);
        call(store, "activities.participants", json!({ "activity": self.id("walk"), "add": people }));
        self.save(store, "counted", "activity", held("消夏晚会", self.id("b")));
        call(store, "activities.count", json!({ "activity": self.id("counted"), "persons": 80, "women": 30, "times": 90, "served": 12 }));
        self.save(store, "trip", "activity", held("采摘", self.id("a")));
        call(store, "activities.participants", json!({ "activity": self.id("trip"), "add": [self.person("twice")] }));
        let planned = json!({ "title": "读书会", "kind": "walk", "unit": self.id("a"), "state": "planned", "planned": "2026-10-25", "planned_people": 20 });
        self.save(store, "planned", "activity", planned);
        let service = json!({ "title": "清洁家园", "kind": "volunteer", "area": "community", "length": 120, "unit": self.id("a"), "state": "held", "day": "2026-10-20", "station": self.id("station"), "code": "H-1" });
        self.save(store, "service", "activity", service);
    }

    fn volunteers(&mut self, store: &Store) {
        self.save(store, "corps", "team", json!({ "name": "测试总队", "level": "corps", "unit": self.id("town") }));
        let squad =
            json!({ "name": "测试支队", "level": "detachment", "unit": self.id("a"), "parent": self.id("corps"), "founded": "2020-05-04" });
        self.save(store, "detachment", "team", squad);
        let people = json!(["server", "server2", "former", "payer"].map(|name| self.person(name)));
        let register = json!({ "persons": people, "unit": self.id("a"), "team": self.id("detachment"), "day": "2026-01-10", "skills": ["law"], "areas": ["community"] });
        call(store, "volunteers.register", register);
        let listed = call(store, "record.list", json!({ "record": "volunteer" }));
        for row in listed["rows"].as_array().expect("rows") {
            let name = ["server", "server2", "former", "payer"]
                .into_iter()
                .find(|name| row["person"] == self.person(name))
                .expect("one of the four");
            self.keep(format!("volunteer {name}"), &json!({ "value": row["id"] }));
        }
        call(store, "volunteers.end", json!({ "volunteers": [self.id("volunteer former")], "day": "2026-07-01", "reason": "本人申请" }));
        let rows = json!([{ "person": self.person("server"), "minutes": 90, "source": "signed_in" }, { "person": self.person("server2"), "minutes": 60, "source": "entered", "evidence": "签到表" }]);
        call(store, "volunteers.record_service", json!({ "activity": self.id("service"), "rows": rows }));
        let dossier = json!({ "volunteer": self.id("volunteer server"), "kind": "training", "day": "2026-03-03", "title": "急救培训", "minutes": 240 });
        self.save(store, "dossier", "dossier", dossier);
    }

    fn privacy(&mut self, store: &Store) {
        let consent =
            json!({ "person": self.person("active"), "purpose": "入会登记", "scope": "plain", "given": "2026-01-05", "form": "written" });
        self.save(store, "consent", "consent", consent);
        // Somebody who was blocked once, and is no more.
        let blocked = json!({ "person": self.person("nobody3"), "day": "2026-02-01", "ground": "asked", "note": "来信" });
        self.act(store, "blocking", "privacy.block", blocked);
        call(store, "privacy.unblock", json!({ "person": self.person("nobody3"), "day": "2026-03-01" }));
    }

    /// A return that went up.
    fn returns(&mut self, store: &Store) {
        let of = json!({ "task": "volunteers", "unit": self.id("town"), "period": "2026-08" });
        self.act(store, "sent", "return.compute", of);
        call(store, "return.audit", json!({ "id": self.id("sent") }));
        call(store, "return.send", json!({ "id": self.id("sent"), "path": null }));
    }
}

/// Writes a roster of the official columns: each row's name, number, kind of change, its day and what else is known.
pub fn roster(path: PathBuf, rows: &[(&str, &str, &str, &str)]) -> PathBuf {
    let head = "序号,姓名,性别,民族,证件号码,移动电话,会籍变化类型,会籍变化日期,会籍变化原因,是否农民工会员";
    let line = |(at, (name, number, kind, day)): (usize, &(&str, &str, &str, &str))| {
        format!("{},{name},,汉族,{number},1390000{at:04},{kind},{day},,否", at + 1)
    };
    let lines: Vec<String> = rows.iter().enumerate().map(line).collect();
    std::fs::write(&path, format!("附件四\n{head}\n{}\n", lines.join("\n"))).expect("a roster is written");
    path
}
