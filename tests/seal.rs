//! Sealed files in the hands of other programs: opened, saved again, and still what they were.

use std::fs;
use std::path::Path;
use std::process::Command;

use unionbook_core::report::seal::fixture::{manifest, workbook};
use unionbook_core::report::seal::{Found, Manifest, Opened, Outer, Reason, Receipt, SeatKey, open, open_receipt, seal};

use crate::office_tools::{openpyxl, python, soffice_convert};

fn sealed(folder: &Path, rows: u32) -> (std::path::PathBuf, Manifest, SeatKey) {
    let key = SeatKey::random().expect("random numbers");
    let mut says = manifest(&key, rows.into());
    says.note = "=1+1 _x000D_ 'quoted' \u{3000} 1,000 2026-10-01 𠮷\r\n末 ".repeat(400);
    let path = folder.join("sealed.xlsx");
    fs::write(&path, seal(&workbook(rows), &says, &key).expect("sealed")).expect("written");
    (path, says, key)
}

fn returned(path: &Path) -> Opened<Manifest> {
    match open(&fs::read(path).expect("there")).expect("opened") {
        Found::Return(opened) => *opened,
        other => panic!("{} is no return: {other:?}", path.display()),
    }
}

fn saved_by_openpyxl(path: &Path, into: &Path) {
    let script = "import openpyxl, sys; openpyxl.load_workbook(sys.argv[1]).save(sys.argv[2])";
    let output = Command::new(python().expect("openpyxl")).args(["-c", script]).args([path, into]).output().expect("run");
    assert!(output.status.success(), "openpyxl saves it: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_file_saved_again_by_libreoffice_is_still_signed() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, says, key) = sealed(folder.path(), 200);
    assert_eq!(returned(&path).outer, Outer::Whole, "before anybody opens it");
    let again = soffice_convert(&path, "xlsx", &folder.path().join("again")).expect("LibreOffice opens and saves it");
    let opened = returned(&again);
    assert_eq!((opened.signed, opened.outer, opened.signer), (true, Outer::SavedAgain, key.public()), "only noted");
    assert_eq!(opened.says, says, "every character of it is there");
    let twice = soffice_convert(&again, "xlsx", &folder.path().join("twice")).expect("and once more");
    assert!(returned(&twice).signed, "however often it is saved");
}

#[test]
fn a_file_saved_again_by_openpyxl_is_still_signed() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, says, _) = sealed(folder.path(), 200);
    openpyxl(&path, &[]).expect("openpyxl has no complaint about it");
    let again = folder.path().join("again.xlsx");
    saved_by_openpyxl(&path, &again);
    let opened = returned(&again);
    assert_eq!((opened.signed, opened.outer), (true, Outer::SavedAgain), "only noted");
    assert_eq!(opened.says, says, "every character of it is there");
}

#[test]
fn a_receipt_is_read_by_other_programs_and_after_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let key = SeatKey::random().expect("random numbers");
    let says = manifest(&key, 1);
    let receipt = Receipt {
        format: Receipt::FORMAT,
        unit: says.unit.clone(),
        name: says.name.clone(),
        task: says.task.clone(),
        title: "基层工会组织和会员月报".into(),
        period: says.period.clone(),
        no: says.no,
        manifest: says.digest(),
        taken: false,
        reasons: vec![Reason { place: "会员!C6".into(), reason: "期末会员数应为 120，上报为 119。".into() }],
        by: "西湖区总工会".into(),
        at: says.sealed,
        seat: key.public().fingerprint(),
    };
    let path = folder.path().join("receipt.xlsx");
    fs::write(&path, receipt.seal(&key).expect("sealed")).expect("written");
    let csv = soffice_convert(&path, "csv", &folder.path().join("csv")).expect("LibreOffice opens it");
    let text = fs::read_to_string(csv).expect("there");
    assert!(text.contains("会员!C6,否,期末会员数应为 120，上报为 119。"), "people read the reason: {text}");
    let again = soffice_convert(&path, "xlsx", &folder.path().join("again")).expect("and saves it");
    let opened = open_receipt(&fs::read(again).expect("there")).expect("a receipt");
    assert_eq!((opened.says, opened.signed, opened.outer), (receipt, true, Outer::SavedAgain), "and the sender's program reads it");
}
