//! The programs that an office opens our workbooks with: LibreOffice Calc, and openpyxl for scripts.
//!
//! A missing program makes a test fail with the way to install it; nothing is skipped.

use std::env;
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// How long one LibreOffice call may take before it counts as hung.
const PATIENCE_SECONDS: &str = "300";

/// Makes LibreOffice compute every formula itself instead of believing the cached values, so that its answer is independent.
const PROFILE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupInstCompleted" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"#;

/// Gives the Python that has openpyxl: `UNIONBOOK_PYTHON`, or the one that `cargo xtask test` left in the target folder.
pub fn python() -> Result<PathBuf, String> {
    let left = target_folder().map(|target| target.join("venv").join("bin").join("python"));
    let found = env::var_os("UNIONBOOK_PYTHON").map(PathBuf::from).or(left).filter(|python| python.is_file());
    found.ok_or_else(|| "openpyxl is not installed: run `cargo xtask test` once, which puts it into the target folder's venv".into())
}

/// Gives LibreOffice's program: `UNIONBOOK_SOFFICE`, or the one on the search path.
pub fn soffice() -> Result<PathBuf, String> {
    let found = env::var_os("UNIONBOOK_SOFFICE").map(PathBuf::from).or_else(|| on_path("soffice")).filter(|program| program.is_file());
    found.ok_or_else(|| {
        "LibreOffice Calc is not installed: run `cargo xtask test` once, \
         or `sudo apt-get install --no-install-recommends libreoffice-calc fonts-wqy-microhei`"
            .into()
    })
}

/// Opens a workbook with openpyxl; the answer is that of `python/open_with_openpyxl.py`.
///
/// Refuses where openpyxl cannot read it or says a warning that contains none of the allowed texts; of drop-downs in Excel's
/// extension lists, which official blanks have, it says `Data Validation extension is not supported`.
pub fn openpyxl(workbook: &Path, allowed_warnings: &[&str]) -> Result<Value, String> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("python").join("open_with_openpyxl.py");
    let mut command = Command::new(python()?);
    command.arg(script).args(allowed_warnings.iter().flat_map(|text| ["--allow-warning", text])).arg(workbook);
    let output = finished(command)?;
    serde_json::from_slice(&output.stdout).map_err(|source| format!("the answer about {} is no JSON: {source}", workbook.display()))
}

/// Converts a workbook with LibreOffice to `xlsx`, `pdf` or `csv` (UTF-8, its first sheet) and gives the new file in `outdir`.
///
/// Every formula is computed anew by LibreOffice. Refuses where LibreOffice cannot read the file, which it says by writing nothing.
pub fn soffice_convert(workbook: &Path, format: &str, outdir: &Path) -> Result<PathBuf, String> {
    let filter = if format == "csv" { "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false" } else { format };
    let program = soffice()?;
    fs::create_dir_all(outdir).map_err(|source| format!("{}: {source}", outdir.display()))?;
    let result = outdir.join(workbook.file_stem().unwrap_or_default()).with_extension(format);
    if result.exists() {
        return Err(format!("{} is there already, so a failed conversion could not be told", result.display()));
    }
    let folder = work_folder()?;
    let _turn = turn(&folder)?;
    // `timeout` ends the whole process group: soffice is a script whose children would outlive it.
    let mut command = Command::new("timeout");
    command.args(["--kill-after=5", PATIENCE_SECONDS]).arg(program).arg(profile(&folder)?);
    command.args(["--headless", "--norestore", "--convert-to", filter, "--outdir"]).arg(outdir).arg(workbook);
    let output = finished(command)?;
    if result.is_file() { Ok(result) } else { Err(format!("LibreOffice did not convert {}: {}", workbook.display(), said(&output))) }
}

/// Gives the width and height in points of each page of a PDF that LibreOffice wrote.
pub fn pdf_pages(pdf: &Path) -> Result<Vec<(f64, f64)>, String> {
    let bytes = fs::read(pdf).map_err(|source| format!("{}: {source}", pdf.display()))?;
    let text = String::from_utf8_lossy(&bytes);
    let pages = text.split("/Type/Page/").skip(1);
    pages.map(|page| media_box(page).ok_or_else(|| format!("{}: a page without a size", pdf.display()))).collect()
}

fn media_box(page: &str) -> Option<(f64, f64)> {
    let (numbers, _) = page.split_once("/MediaBox[")?.1.split_once(']')?;
    let mut numbers = numbers.split_whitespace().map(str::parse);
    let (left, bottom, right, top) = (numbers.next()?.ok()?, numbers.next()?.ok()?, numbers.next()?.ok()?, numbers.next()?.ok()?);
    let (left, bottom, right, top): (f64, f64, f64, f64) = (left, bottom, right, top);
    Some((right - left, top - bottom))
}

/// Waits until no other test of this user's runs LibreOffice: two at once on one profile refuse to start.
fn turn(folder: &Path) -> Result<File, String> {
    let path = folder.join("lock");
    let lock = File::create(&path).and_then(|file| file.lock().map(|()| file));
    lock.map_err(|source| format!("{}: {source}", path.display()))
}

/// Gives the option that names our own LibreOffice profile, written on first use so that no user's settings matter.
fn profile(folder: &Path) -> Result<OsString, String> {
    let user = folder.join("user");
    let settings = user.join("registrymodifications.xcu");
    if !settings.exists() {
        let written = fs::create_dir_all(&user).and_then(|()| fs::write(&settings, PROFILE));
        written.map_err(|source| format!("{}: {source}", settings.display()))?;
    }
    let mut option = OsString::from("-env:UserInstallation=file://");
    option.push(folder);
    Ok(option)
}

fn work_folder() -> Result<PathBuf, String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("soffice");
    fs::create_dir_all(&folder).map_err(|source| format!("{}: {source}", folder.display()))?;
    Ok(folder)
}

fn target_folder() -> Option<PathBuf> {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().map(Path::to_path_buf)
}

fn on_path(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(name)).find(|program| program.is_file())
}

fn finished(mut command: Command) -> Result<Output, String> {
    let output = command.output().map_err(|source| format!("{command:?} does not start: {source}"))?;
    if output.status.success() { Ok(output) } else { Err(format!("{command:?} ended with {}: {}", output.status, said(&output))) }
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

mod tests {
    use rust_xlsxwriter::{Formula, Workbook};

    use super::*;

    /// Makes a workbook whose formula carries a cached value that is wrong on purpose.
    fn workbook(folder: &Path) -> PathBuf {
        let path = folder.join("月报.xlsx");
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.set_name("会员").unwrap().set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        sheet.write(0, 0, "姓名").unwrap().write(1, 0, 2).unwrap().write(2, 0, 3).unwrap();
        sheet.write(3, 0, Formula::new("=SUM(A2:A3)").set_result("99")).unwrap();
        book.save(&path).unwrap();
        path
    }

    #[test]
    fn openpyxl_tells_values_formulas_and_print_setup() {
        let folder = tempfile::tempdir().unwrap();
        let told = openpyxl(&workbook(folder.path()), &[]).unwrap();
        let sheet = &told["sheets"][0];
        assert_eq!(sheet["name"], "会员", "the sheet's name is told");
        assert_eq!(sheet["cells"]["A1"], "姓名", "text is told");
        assert_eq!(sheet["cells"]["A4"], 99, "the cached value is told, right or wrong");
        assert_eq!(sheet["formulas"]["A4"], "=SUM(A2:A3)", "the formula is told beside it");
        assert_eq!(sheet["print"]["orientation"], "landscape", "the print setup is told");
        assert_eq!(sheet["print"]["fit_width"], 1, "the fit to the page is told");
    }

    #[test]
    fn openpyxl_refuses_a_file_that_is_no_workbook() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("fake.xlsx");
        fs::write(&path, "<html></html>").unwrap();
        assert!(openpyxl(&path, &[]).is_err(), "renamed HTML is no workbook");
    }

    #[test]
    fn libreoffice_computes_the_formulas_itself() {
        let folder = tempfile::tempdir().unwrap();
        let csv = soffice_convert(&workbook(folder.path()), "csv", &folder.path().join("out")).unwrap();
        assert_eq!(fs::read_to_string(csv).unwrap(), "姓名\n2\n3\n5\n", "the sum is LibreOffice's, not the cached 99");
    }

    #[test]
    fn libreoffice_prints_the_page_that_the_setup_asks_for() {
        let folder = tempfile::tempdir().unwrap();
        let pdf = soffice_convert(&workbook(folder.path()), "pdf", &folder.path().join("out")).unwrap();
        let pages = pdf_pages(&pdf).unwrap();
        assert_eq!(pages.len(), 1, "one page holds it: {pages:?}");
        let (width, height) = pages[0];
        assert!((width - 842.0).abs() < 1.0 && (height - 595.0).abs() < 1.0, "A4 landscape is 842 x 595 points: {pages:?}");
    }

    #[test]
    fn libreoffice_refuses_a_truncated_workbook() {
        let folder = tempfile::tempdir().unwrap();
        let path = workbook(folder.path());
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
        let converted = soffice_convert(&path, "pdf", &folder.path().join("out"));
        assert!(converted.is_err(), "half a workbook gives no page: {converted:?}");
    }
}
