//! Steps of returns: what is done to drafts, and what comes in from below.

use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use super::Case;
use super::cases::case;
use crate::full_office::{FullOffice, call};
use crate::world::World;

/// A case of each kind.
pub fn all(office: &FullOffice, folder: &Path) -> Vec<Case> {
    let (file, card) = sent(folder);
    let card_file = card.clone();
    let of = json!({ "task": "members", "unit": office.id("town"), "period": "2026-10" });
    let computed = || ("return.compute", of.clone());
    let receive = |take: bool| json!({ "paths": [file], "take": take });
    let card = json!({ "path": card });
    vec![
        case("task.add", json!({ "task": task() })),
        case("return.compute", of.clone()),
        case("return.compute_all", json!({ "unit": office.id("town"), "period": "2026-10" })),
        after(
            case("return.compute: anew", of.clone()),
            vec![computed(), ("members.join", json!({ "person": office.person("nobody"), "unit": office.id("b"), "day": "2026-10-30" }))],
        ),
        after(case("return.type_in", json!({ "id": "$0", "at": "表1!D21", "value": 9 })), vec![computed()]),
        after(
            case("return.type_rows", json!({ "id": "$1", "sheet": "表", "rows": [["甲", 3], ["乙", 4]] })),
            vec![
                ("task.add", json!({ "task": task() })),
                ("return.compute", json!({ "task": "own", "unit": office.id("town"), "period": "2026-10" })),
            ],
        ),
        after(case("return.sign", json!({ "id": "$0", "signers": { "head": "张主席", "auditor": "", "clerk": "李" } })), vec![computed()]),
        after(
            case("return.explain", json!({ "id": "$0", "check": "staff", "line": null, "text": "退休会员较多，只统计在岗职工" })),
            vec![computed()],
        ),
        after(case("return.attach", json!({ "id": "$0", "add": [card_file] })), vec![computed()]),
        after(case("return.audit", json!({ "id": "$0" })), vec![computed()]),
        case("return.correct", json!({ "id": office.id("sent"), "reason": "漏报 8 月的一次服务" })),
        case("card.add", card.clone()),
        after(case("card.remove", json!({ "fingerprint": "$0/fingerprint" })), vec![("card.add", card.clone())]),
        after(case("return.receive", receive(true)), vec![("card.add", card.clone())]),
        case("return.receive: from a stranger", receive(true)),
        after(case("return.take", json!({ "ids": ["$1/0/id"] })), vec![("card.add", card.clone()), ("return.receive", receive(false))]),
        after(case("return.consolidate", of.clone()), vec![("card.add", card), ("return.receive", receive(true))]),
    ]
}

fn after(case: Case, first: Vec<(&'static str, Json)>) -> Case {
    Case { first, ..case }
}

/// A task of an office's own, with rows that are typed in.
fn task() -> Json {
    let columns =
        json!([{ "at": "A", "label": "名称", "holds": "typed", "kind": "text" }, { "at": "B", "label": "数量", "holds": "typed" }]);
    let block = json!({ "header_row": 3, "first_row": 4, "reserved": 5, "each": "typed", "columns": columns });
    let cells = json!([{ "at": "B2", "label": "合计", "holds": { "formula": "=SUM(B4:B8)" } }]);
    json!({ "key": "own", "version": 1, "title": "自制表", "source": "本单位", "periods": ["month"], "due": 3, "tables": [{ "sheet": "表", "cells": cells, "block": block }] })
}

/// The sealed return of an office that has the code of one of ours, and its card.
pub fn sent(folder: &Path) -> (PathBuf, PathBuf) {
    let world = World::new();
    let store = world.create();
    let unit = json!({ "code": "B", "name": "乙厂工会", "level": "grassroots", "parent": null, "opened": "2010-01-01" });
    let unit = call(&store, "units.open", unit)["value"].clone();
    let (file, card) = (folder.join("乙厂上报.xlsx"), folder.join("乙厂.unionbook-card"));
    call(&store, "card.own", json!({ "path": card }));
    let id = call(&store, "return.compute", json!({ "task": "members", "unit": unit, "period": "2026-10" }))["value"].clone();
    call(&store, "return.audit", json!({ "id": id }));
    call(&store, "return.send", json!({ "id": id, "path": file }));
    (file, card)
}
