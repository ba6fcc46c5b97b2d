//! `merge`: two PCs' files of one office, from the command line.

use serde_json::json;

use crate::desk::{Desk, ran};

#[test]
fn another_pcs_file_is_compared_merged_and_taken_out_again() {
    let desk = Desk::with_members();
    for end in ["", ".keys"] {
        std::fs::copy(desk.path(&format!("a.unionbook{end}")), desk.path(&format!("乙.unionbook{end}"))).expect("copied");
    }
    let save = |file: &str, home: &str, id: Option<i64>, values: serde_json::Value| {
        let mut payload = json!({ "record": "person", "values": values });
        if let Some(id) = id {
            payload["id"] = json!(id);
        }
        let mut command = desk.command(&["call", file, "record.save", &payload.to_string()]);
        let saved = ran(command.env("UNIONBOOK_HOME", desk.path(home)).output().expect("it starts"));
        assert_eq!(saved.code, 0, "saved in {file}: {}", saved.err);
    };
    let first = desk.json(&["list", "a.unionbook", "person", "--search", "赵一"])["rows"][0]["id"].as_i64();
    save("乙.unionbook", "乙的设置", None, json!({ "name": "乙电脑登记" }));
    save("乙.unionbook", "乙的设置", first, json!({ "job": "钳工" }));
    save("a.unionbook", "设置", first, json!({ "job": "电工" }));
    let looked = desk.run(&["merge", "a.unionbook", "乙.unionbook", "--dry-run"]);
    assert!(looked.out.contains("合并后将新增 1 条，修改 0 条") && looked.out.contains("两台电脑都改过“工种”"), "told: {}", looked.out);
    assert!(!looked.out.contains("钳工"), "without what people's records say: {}", looked.out);
    assert!(desk.run(&["list", "a.unionbook", "person"]).out.contains("共 2 条"), "nothing is written by looking");
    let merged = desk.json(&["merge", "a.unionbook", "乙.unionbook", "--take-theirs"]);
    assert_eq!((&merged["added"], &merged["changed"]), (&json!(1), &json!(1)), "merged: {merged}");
    let job = |file: &str| desk.json(&["list", file, "person", "--search", "赵一"])["rows"][0]["job"].clone();
    assert_eq!(job("a.unionbook"), "钳工", "the other's word stands");
    let again = desk.run(&["merge", "a.unionbook", "乙.unionbook"]);
    assert!(again.code == 1 && again.err.contains("不用合并"), "then there is nothing new: {}", again.err);
    assert!(desk.run(&["undo", "a.unionbook"]).out.contains("电脑上的台账"), "and it is one step");
    assert_eq!(job("a.unionbook"), "电工", "which is taken back whole");
    let strange = Desk::with_members();
    let path = strange.path("a.unionbook").display().to_string();
    let refused = desk.run(&["merge", "a.unionbook", &path]);
    assert!(
        refused.code == 3 && refused.err.contains("它自己的密码"),
        "another office's file has another key: {} {}",
        refused.code,
        refused.err
    );
}
