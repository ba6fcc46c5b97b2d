"""Opens a workbook with openpyxl and prints as JSON what an office's own programs would find in it.

usage: open_with_openpyxl.py [--no-cells] [--allow-warning TEXT]... WORKBOOK...

Prints one object a workbook, each on a line of its own, in the order given:
  sheets: name, state, dimension, freeze, cells {A1: value}, formulas {A1: "=..."}, formats {A1: number format} where not General,
          merged ["A1:B2"], validations [{ranges, type, formula1, formula2}], print {...}
  names:  {defined name: what it refers to}
Cells hold the cached values; dates and times are ISO text; a formula without a cached value is null.
Fails on every warning whose text contains none of the allowed ones.
"""

import argparse
import datetime
import json
import sys
import warnings

import openpyxl


def plain(value):
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return value.total_seconds()
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    return getattr(value, "text", None) or str(value)


def filled(sheet):
    return (cell for row in sheet.iter_rows() for cell in row if cell.value is not None)


def cells_of(sheet, cached):
    formulas = {cell.coordinate: plain(cell.value) for cell in filled(sheet) if cell.data_type == "f"}
    values = {cell.coordinate: plain(cell.value) for cell in filled(cached)}
    values.update({at: None for at in formulas if at not in values})
    formats = {cell.coordinate: cell.number_format for cell in filled(sheet) if cell.number_format != "General"}
    return {"cells": values, "formulas": formulas, "formats": formats}


def print_of(sheet):
    setup, fit = sheet.page_setup, sheet.sheet_properties.pageSetUpPr
    return {
        "orientation": setup.orientation,
        "paper": setup.paperSize,
        "fit": bool(fit and fit.fitToPage),
        # Left out of the file, both are 1 (ECMA-376 part 1, 18.3.1.63).
        "fit_width": 1 if setup.fitToWidth is None else setup.fitToWidth,
        "fit_height": 1 if setup.fitToHeight is None else setup.fitToHeight,
        "area": str(sheet.print_area) or None,
        "title_rows": sheet.print_title_rows,
        "title_columns": sheet.print_title_cols,
        "footer": sheet.oddFooter.center.text,
        "mark": sheet.oddFooter.left.text,
    }


def validation_of(validation):
    return {
        "ranges": str(validation.sqref).split(),
        "type": validation.type,
        "formula1": validation.formula1,
        "formula2": validation.formula2,
    }


def sheet_of(sheet, cached, with_cells):
    found = {
        "name": sheet.title,
        "state": sheet.sheet_state,
        "dimension": sheet.dimensions,
        "columns": sheet.max_column,
        "freeze": sheet.freeze_panes,
        "merged": sorted(str(merged) for merged in sheet.merged_cells.ranges),
        "validations": [validation_of(validation) for validation in sheet.data_validations.dataValidation],
        "print": print_of(sheet),
    }
    return {**found, **cells_of(sheet, cached)} if with_cells else found


def workbook_of(path, with_cells):
    book = openpyxl.load_workbook(path)
    cached = openpyxl.load_workbook(path, data_only=True) if with_cells else book
    sheets = [sheet_of(sheet, cached[sheet.title], with_cells) for sheet in book.worksheets]
    return {"sheets": sheets, "names": {name: defined.value for name, defined in book.defined_names.items()}}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--no-cells", action="store_true")
    parser.add_argument("--allow-warning", action="append", default=[])
    parser.add_argument("workbooks", nargs="+")
    asked = parser.parse_args()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for path in asked.workbooks:
            print(json.dumps(workbook_of(path, not asked.no_cells), ensure_ascii=False))
    said = sorted({str(warning.message) for warning in caught})
    unforeseen = [text for text in said if not any(allowed in text for allowed in asked.allow_warning)]
    if unforeseen:
        sys.exit("openpyxl warns: " + "; ".join(unforeseen))


if __name__ == "__main__":
    main()
