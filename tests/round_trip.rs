//! What the app writes to a sheet comes back as what it was, for every record that sheets bring in.

use serde_json::json;
use unionbook_core::api::dispatch;
use unionbook_core::record::Table;
use unionbook_core::store::Store;

use crate::full_office::{FullOffice, call};
use crate::world::World;

fn importable(store: &Store) -> Vec<&'static Table> {
    store.registry().tables().filter(|table| !table.view && !table.link && !table.is_ledger()).collect()
}

#[test]
fn an_export_of_any_record_is_taken_back_as_nothing_new() {
    let world = World::new();
    let store = world.create();
    FullOffice::enter(&store);
    let mut wrong = Vec::new();
    for table in importable(&store) {
        for ending in ["xlsx", "csv"] {
            let path = world.folder.path().join(format!("{}.{ending}", table.name));
            let rows = call(&store, "sheet.export", json!({ "record": table.name, "path": path }));
            assert!(rows.as_u64().is_some_and(|rows| rows > 0), "the office has some of {}", table.name);
            let seen = call(&store, "sheet.preview", json!({ "record": table.name, "path": path }));
            if seen["counts"]["same"] != rows || seen["missing"] != json!([]) || seen["unknown"] != json!([]) {
                wrong.push(format!(
                    "{}.{ending}: {rows} rows come back as {} missing {} unknown {}, {} {}",
                    table.name, seen["counts"], seen["missing"], seen["unknown"], seen["faults"][0], seen["samples"][0]
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_hidden_key_of_another_office_names_no_record_of_this_one() {
    let (world, other) = (World::new(), World::new());
    let (store, theirs) = (world.create(), other.create());
    FullOffice::enter(&store);
    FullOffice::enter(&theirs);
    let path = world.folder.path().join("活动.xlsx");
    call(&theirs, "sheet.export", json!({ "record": "activity", "path": path }));
    let seen = call(&store, "sheet.preview", json!({ "record": "activity", "path": path }));
    let counts = |what: &str| seen["counts"][what].as_u64().expect("a count");
    assert_eq!((counts("same"), counts("changed")), (1, 0), "only the one with a code is known: {}", seen["counts"]);
    assert_eq!(counts("new"), counts("rows") - 1, "though the ids of the two files are alike");
    assert!(seen["notes"].to_string().contains("别的台账"), "and it is said: {}", seen["notes"]);
}

#[test]
fn what_acts_keep_comes_in_no_sheet() {
    let world = World::new();
    let store = world.create();
    FullOffice::enter(&store);
    for record in ["change", "unit_move"] {
        let path = world.folder.path().join(format!("{record}.csv"));
        call(&store, "sheet.export", json!({ "record": record, "path": path }));
        let refused = dispatch(&store, "sheet.import", json!({ "record": record, "path": path })).expect_err("acts alone write it");
        assert!(refused.to_string().contains("不能从表格导入"), "{record}: the refusal names the way: {refused}");
    }
}

#[test]
fn only_columns_that_nothing_fills_in_are_missed() {
    let world = World::new();
    let store = world.create();
    let office = FullOffice::enter(&store);
    let path = world.folder.path().join("志愿者.csv");
    std::fs::write(&path, "姓名,证件号码\n新人,\n").expect("a sheet");
    let look =
        |unit: Option<i64>| call(&store, "sheet.preview", json!({ "record": "volunteer", "path": path, "unit": unit }))["missing"].clone();
    assert_eq!(look(None), json!(["注册工会", "注册日期"]), "the union and the day");
    assert_eq!(look(Some(office.id("a"))), json!(["注册日期"]), "the day alone where the union is given");
}
