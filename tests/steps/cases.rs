//! One step of each kind, in an office that has something of everything.

use std::path::Path;

use serde_json::{Value as Json, json};

use super::Case;
use crate::full_office::{FullOffice, id_number_of, roster};
use crate::people::number;

/// A case of each kind, and of some several.
pub fn all(office: &FullOffice, folder: &Path) -> Vec<Case> {
    [
        acts(office),
        membership(office),
        new_records(office),
        old_records(office),
        removals(office),
        sheets(office, folder),
        rosters(office, folder),
        super::returns::all(office, folder),
    ]
    .into_iter()
    .flatten()
    .collect()
}

pub(super) fn case(kind: &str, payload: Json) -> Case {
    let command = kind.split([' ', ':']).next().unwrap_or_default();
    let command = unionbook_core::commands::COMMANDS.iter().find(|known| known.name == command).expect("a known command").name;
    Case { kind: kind.to_owned(), command, payload, first: Vec::new() }
}

/// The record of a special case `record: what is special`.
fn record_of(special: &str) -> &str {
    special.split(':').next().unwrap_or_default()
}

fn acts(office: &FullOffice) -> Vec<Case> {
    let (id, person) = (|name: &str| office.id(name), |name: &str| office.person(name));
    let hours =
        |name: &str, minutes: Option<i64>| json!({ "person": person(name), "minutes": minutes, "source": "entered", "evidence": "照片" });
    let visits = json!([{ "day": "2026-10-01", "visitor": "courier", "count": null }, { "day": "2026-10-02", "visitor": "truck", "count": 9 }, { "day": "2026-10-03", "visitor": "truck", "count": 1 }]);
    vec![
        case(
            "units.open",
            json!({ "code": "N", "name": "改名新厂工会", "level": "grassroots", "parent": id("town"), "opened": "2026-05-01" }),
        ),
        case("units.relocate", json!({ "unit": id("c"), "after": null, "day": "2026-10-01", "reason": "改属" })),
        case("units.close", json!({ "unit": id("empty"), "day": "2026-10-31" })),
        case("units.merge", json!({ "from": id("c"), "into": id("b"), "day": "2026-10-31" })),
        case(
            "units.merge: with subordinates, members and a station",
            json!({ "from": id("a"), "into": id("b"), "day": "2026-10-31", "document": "1号" }),
        ),
        case(
            "record.edit",
            json!({ "record": "visit", "rows": [{ "id": null, "values": { "station": id("station2"), "day": "2026-10-09", "visitor": "food", "count": 7 } },
                { "values": { "station": id("station2"), "day": "2026-10-10", "visitor": "food", "count": 8 } }], "name": "粘贴服务人次" }),
        ),
        case("privacy.block", json!({ "person": person("left"), "day": "2026-10-20", "ground": "asked", "note": "来信" })),
        Case {
            first: vec![("privacy.block", json!({ "person": person("stranger"), "day": "2026-10-20", "ground": "other" }))],
            ..case("privacy.unblock", json!({ "person": person("stranger"), "day": "2026-10-21", "note": "撤回" }))
        },
        case("people.merge", json!({ "keep": person("active"), "gone": person("twice") })),
        case("stations.record_visits", json!({ "station": id("station"), "cells": visits })),
        case("stations.inspect", json!({ "station": id("station"), "day": "2026-10-11", "problems": "无急救包", "due": "2026-10-20" })),
        case("stations.clear_inspection", json!({ "inspection": id("inspection"), "day": "2026-10-15" })),
        case("activities.hold", json!({ "activity": id("planned"), "day": "2026-10-26" })),
        case("activities.count", json!({ "activity": id("counted"), "persons": 81, "women": null, "times": 81 })),
        case(
            "activities.participants",
            json!({ "activity": id("walk"), "add": [person("payer"), person("stranger")], "remove": [person("nobody")] }),
        ),
        case(
            "volunteers.register",
            json!({ "persons": [person("nobody2"), person("former")], "unit": id("a"), "day": "2026-09-01", "skills": ["law"] }),
        ),
        case("volunteers.move_to_team", json!({ "volunteers": [id("volunteer server"), id("volunteer server2")], "team": null })),
        case("volunteers.end", json!({ "volunteers": [id("volunteer server2")], "day": "2026-10-30" })),
        case(
            "volunteers.record_service",
            json!({ "activity": id("service"), "rows": [hours("server", None), hours("server2", Some(61)), hours("payer", Some(5))] }),
        ),
    ]
}

fn membership(office: &FullOffice) -> Vec<Case> {
    let (id, person) = (|name: &str| office.id(name), |name: &str| office.person(name));
    let turn = |name: &str| json!({ "member": id(name), "day": "2026-10-20", "reason": "other", "note": "备注" });
    let join = |name: &str| json!({ "person": person(name), "unit": id("a"), "day": "2026-10-20", "source": "batch", "migrant": true, "new_employment": "courier" });
    let from = |payload: Json, other: &str| {
        let mut payload = payload;
        payload["other"] = json!(other);
        payload
    };
    let moving = ["active", "payer", "retained"]
        .map(|name| json!({ "member": id(name), "to": id("b"), "day": "2026-10-20", "reason": "job_change" }));
    let dues = json!([{ "member": id("payer"), "amount": 2000 }, { "member": id("active"), "amount": 500 }]);
    vec![
        case(
            "members.open_book",
            json!({ "person": person("nobody"), "unit": id("a"), "day": "2026-10-20", "joined": "2001-05-01", "retained": true }),
        ),
        case("members.join", join("nobody")),
        case("members.join: again, of one who left", join("left")),
        case("members.enroll", json!({ "newcomer": { "name": "新来的" }, "unit": id("a"), "day": "2026-10-20" })),
        case("members.transfer_in", from(join("nobody"), "外地工会")),
        case("members.transfer", json!({ "member": id("active"), "to": id("b"), "day": "2026-10-20", "reason": "job_change" })),
        case(
            "members.transfer: out of the file, ending a retention",
            json!({ "member": id("retained"), "other": "外地工会", "day": "2026-10-20", "reason": "job_change" }),
        ),
        case("members.retain", turn("active")),
        case("members.resume", turn("retained")),
        case("members.leave", turn("server")),
        case("members.leave: ending a retention", turn("retained")),
        case("members.expel", turn("payer")),
        case("step.together", json!({ "command": "members.transfer", "payloads": moving })),
        case("members.collect_dues", json!({ "month": "2026-09", "paid": "2026-10-10", "rows": dues })),
    ]
}

fn new_records(office: &FullOffice) -> Vec<Case> {
    let id = |name: &str| office.id(name);
    let new =
        |record: &str, values: Json| case(&format!("record.save new {record}"), json!({ "record": record_of(record), "values": values }));
    vec![
        new("headcount", json!({ "unit": id("b"), "day": "2026-06-30", "staff": 50 })),
        new("person", json!({ "name": "张改名", "id_number": number("1981-01-01", 21), "phone": "13800002002" })),
        new(
            "station",
            json!({ "code": "S3", "name": "改名驿站", "kind": "station", "unit": id("a"), "state": "planned", "opening": "always", "facilities": null }),
        ),
        new("visit", json!({ "station": id("station2"), "day": "2026-10-09", "visitor": "food", "count": 7 })),
        new("dues", json!({ "member": id("active"), "unit": id("a"), "month": "2026-10", "amount": 100 })),
        new("activity", json!({ "title": "改名大会", "kind": "walk", "unit": id("b"), "state": "planned", "budget": 12300 })),
        new("team", json!({ "name": "改名大队", "level": "brigade", "unit": id("a"), "parent": id("detachment") })),
        new("volunteer", json!({ "person": office.person("nobody3"), "unit": id("a"), "registered": "2026-10-01", "skills": ["law"] })),
        new("service", json!({ "activity": id("service"), "person": office.person("payer"), "minutes": 30, "source": "signed_in" })),
        new(
            "consent",
            json!({ "person": office.person("server"), "purpose": "医疗互助", "scope": "sensitive", "given": "2026-10-01", "form": "electronic", "separate": true }),
        ),
        new(
            "retention_rule",
            json!({ "kind": "member", "years": 5, "counted": "year_end", "source": "本会规定", "from_day": "2026-10-01" }),
        ),
        new("star_rule", json!({ "stars": 1, "minutes": 6000, "source": "本会规定", "from_day": "2026-10-01" })),
        new("dossier", json!({ "volunteer": id("volunteer server2"), "kind": "honour", "day": "2026-10-01", "title": "优秀志愿者" })),
    ]
}

fn old_records(office: &FullOffice) -> Vec<Case> {
    let old = |record: &str, key: Json, values: Json| {
        case(&format!("record.save old {record}"), json!({ "record": record_of(record), "id": key, "values": values }))
    };
    let id = |name: &str| json!(office.id(name));
    let link = |activity: &str, person: &str| json!([office.id(activity), office.person(person)]);
    vec![
        old("unit", id("a"), json!({ "name": "改名工会", "code": "Z", "union_code": null })),
        old("headcount", id("headcount"), json!({ "staff": 130, "day": "2026-02-01" })),
        old(
            "person",
            json!(office.person("server")),
            json!({ "name": "改名·换姓", "phone": "13900002002", "id_number": number("1988-08-08", 12) }),
        ),
        old("person: of every role", json!(office.person("active")), json!({ "name": "买提艾", "sex": "male", "education": "21" })),
        old("station", id("station"), json!({ "name": "改名驿站", "unit": office.id("b"), "state": "stopped", "closed": "2026-10-31" })),
        old("visit", json!(1), json!({ "count": 31 })),
        old("inspection", id("inspection"), json!({ "problems": "灭火器和插座", "inspector": "张改名" })),
        old("member", id("active"), json!({ "card_number": "K-100", "migrant": true, "team": "改名组" })),
        old("dues", json!(1), json!({ "amount": 1600, "paid": null })),
        old("activity", id("walk"), json!({ "title": "改名健步走", "unit": office.id("b"), "day": "2026-10-17" })),
        old("team", id("detachment"), json!({ "name": "改名支队", "unit": office.id("b") })),
        old("volunteer", id("volunteer server"), json!({ "unit": office.id("b"), "team": null, "number": "V-1", "vest": true })),
        old("service", link("service", "server"), json!({ "minutes": 100 })),
        old("star_rule", json!(1), json!({ "source": "另一文件" })),
        old("consent", id("consent"), json!({ "purpose": "入会登记和会费", "withdrawn": "2026-10-01" })),
        old("retention_rule", json!(1), json!({ "years": 3, "source": "另一文件" })),
        old("dossier", id("dossier"), json!({ "title": "急救复训", "minutes": 60 })),
    ]
}

/// With everything that depends on the row, which makes them the longest of all steps.
fn removals(office: &FullOffice) -> Vec<Case> {
    let gone = |record: &str, keys: Json| {
        case(&format!("record.remove {record}"), json!({ "record": record_of(record), "ids": keys, "dependants": true }))
    };
    let id = |name: &str| office.id(name);
    let everyone: Vec<i64> = ["active", "retained", "left", "payer", "server", "former"].map(|name| office.person(name)).into();
    vec![
        gone("unit", json!([id("empty")])),
        gone("unit: with all that it has", json!([id("a")])),
        gone("headcount", json!([id("headcount")])),
        gone("person", json!([office.person("nobody")])),
        gone("person: of every role", json!(everyone)),
        gone("station", json!([id("station"), id("station2")])),
        gone("visit", json!([1, 2])),
        gone("inspection", json!([id("inspection")])),
        gone("member", json!([id("payer"), id("retained")])),
        gone("dues", json!([1])),
        gone("activity", json!([id("walk"), id("service")])),
        gone("participation", json!([[id("walk"), office.person("active")]])),
        gone("team", json!([id("detachment")])),
        gone("volunteer", json!([id("volunteer payer"), id("volunteer former")])),
        gone("service", json!([[id("service"), office.person("server")]])),
        gone("consent", json!([id("consent")])),
        gone("retention_rule", json!([7])),
        gone("star_rule", json!([5])),
        gone("dossier", json!([id("dossier")])),
    ]
}

/// Two rows of each record: one that is new and, where the key tells, one that changes what is there.
fn sheets(office: &FullOffice, folder: &Path) -> Vec<Case> {
    let sheet = |record: &str, text: &str| {
        let path = folder.join(format!("{}.csv", record.replace(": ", "-")));
        std::fs::write(&path, text).expect("a sheet is written");
        case(&format!("sheet.import {record}"), json!({ "record": record_of(record), "path": path, "unit": office.id("a") }))
    };
    let (known, new) = (id_number_of("server"), number("1981-01-01", 31));
    vec![
        sheet("unit", "组织编号,工会名称,工会层级,上级工会\nA,改名甲厂工会,,\nE,张戊厂工会,基层,T\nE1,分会,分会,E\n"),
        sheet("headcount", "工会,截止日期,职工人数,女职工人数\nA,2026-01-01,125,45\nB,2026-01-01,60,\n"),
        sheet("person", &format!("姓名,证件号码,移动电话\n张芳改名,{known},13800002002\n张伟改名,{new},13900002002\n")),
        sheet("station", "站点编码,站点名称,站点类型,站点状态\nS1,改名驿站,工会驿站,开放\nS9,清洁家园驿站,爱心驿站,筹建\n"),
        sheet("visit", "站点,日期,服务对象,人次\nS1,2026-10-01,快递员,31\nS1,2026-10-09,快递员,2\n"),
        sheet("inspection", "站点,检查日期,检查结果\nS1,2026-10-10,合格\n"),
        sheet(
            "dues",
            &format!("会员,收缴工会,所属月份,金额\n{},B,2026-09,16\n{},A,2026-09,5\n", id_number_of("payer"), id_number_of("active")),
        ),
        sheet(
            "activity",
            "活动编号,活动名称,活动类型,状态,举办日期,每人时长（小时）\nH-1,清洁家改名,志愿服务,已举办,2026-10-20,2\nH-2,健步走二,健步毅行,已举办,2026-10-21,\n",
        ),
        sheet("team", "队伍名称,队伍级别,上级队伍\n改名大队,大队,测试支队\n"),
        sheet(
            "volunteer: a known person before a new one",
            &format!("姓名,证件号码,注册日期,志愿者编号\n钱二,{},2026-01-10,V-9\n张新,{new},2026-10-01,V-10\n", id_number_of("nobody")),
        ),
        sheet("volunteer", &format!("姓名,证件号码,注册日期,志愿者编号\n张芳,{known},2026-01-10,V-9\n张新,{new},2026-10-01,V-10\n")),
        sheet("consent", &format!("人员,处理目的,信息范围,同意日期,同意形式,单独同意\n{known},医疗互助,敏感,2026-10-01,书面,是\n")),
        sheet(
            "retention_rule",
            "资料种类,保存年数,起算,依据,执行日期\n会籍,3,结束之日,本会规定,2017-08-01\n会费,30,结束当年年末,本会规定,2026-10-01\n",
        ),
        sheet("star_rule", "星级,累计时长（小时）,依据,执行日期\n1,120,本会规定,2026-10-01\n"),
        sheet("dossier", &format!("志愿者,类别,日期,名称\n{known},表彰奖励,2026-05-04,优秀志愿者\n")),
    ]
}

/// The roster by each of its ways: 建账, joiners, and what becomes of other unions' members.
fn rosters(office: &FullOffice, folder: &Path) -> Vec<Case> {
    let take = |special: &str, rows: &[(&str, &str, &str, &str)], choice: &str, opening: Option<&str>| {
        let path = roster(folder.join(format!("{special}.csv")), rows);
        let payload =
            json!({ "record": "member", "path": path, "layout": "roster", "unit": office.id("a"), "choice": choice, "opening": opening });
        case(&format!("sheet.import member: {special}"), payload)
    };
    let (new, new2, there) = (number("1981-01-01", 41), number("1981-01-01", 43), id_number_of("payer"));
    let (here, known) = (id_number_of("active"), id_number_of("nobody"));
    let elsewhere = [("张新", new.as_str(), "入会", "2026-10-02"), ("𠮷野", there.as_str(), "转入", "2026-10-20")];
    let many: Vec<String> = (0..2_100)
        .map(|n| {
            number(
                if n < 1000 {
                    "1970-01-01"
                } else if n < 2000 {
                    "1971-01-01"
                } else {
                    "1972-01-01"
                },
                n % 1000,
            )
        })
        .collect();
    let many: Vec<_> = many.iter().map(|number| ("张多", number.as_str(), "入会", "2015-03-02")).collect();
    vec![
        take(
            "opening the book",
            &[("张新", &new, "入会", "2015/03/02"), ("张保", &new2, "保留", "2020/01/05"), ("钱二", &known, "", "")],
            "skip",
            Some("2026-10-15"),
        ),
        take(
            "a known person before a new one",
            &[("钱二", &known, "入会", "2015/03/02"), ("张新", &new, "入会", "2015/03/02")],
            "skip",
            Some("2026-10-15"),
        ),
        take("joiners and a change", &[("张新", &new, "入会", "2026/10/02"), ("张伟", &here, "退会", "2026/10/20")], "skip", None),
        take("members of others skipped", &elsewhere, "skip", None),
        take("members of others updated", &elsewhere, "update", None),
        take("members of others transferred", &elsewhere, "transfer", None),
        take("another name, updated", &[("张伟改名", &here, "", "")], "update", None),
        take("two thousand rows", &many, "skip", Some("2026-10-15")),
    ]
}
