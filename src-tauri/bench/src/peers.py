"""Does one thing with a peer's library and prints the seconds it took."""

import sys
import time

COLUMNS = 20


def word(row, column):
    if column == 0:
        return str(row)
    if column < 6:
        return f"示例文字{(row * 7 + column) % 5000}"
    return f"{row * 31 + column:018}"


def rows(count):
    """The same rows as our own writer's: half texts, half numbers."""
    texts = range(COLUMNS // 2)
    numbers = range(COLUMNS // 2, COLUMNS)
    for row in range(1, count + 1):
        yield [word(row, column) for column in texts] + [row * 7 + column for column in numbers]


def openpyxl_write(path, count):
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows(int(count)):
        sheet.append(row)
    book.save(path)


def xlsxwriter_write(path, count):
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows(int(count))):
        sheet.write_row(number, 0, row)
    book.close()


def openpyxl_read(path):
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    for _ in book.worksheets[0].iter_rows(values_only=True):
        pass


def calamine_read(path):
    from python_calamine import CalamineWorkbook

    CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def sums(folder):
    """What an office does by script: opens every workbook of a folder and adds up its cells and rows."""
    import pathlib

    import openpyxl

    total, rows = {}, []
    for path in sorted(pathlib.Path(folder).glob("*.xlsx")):
        book = openpyxl.load_workbook(path, data_only=True)
        for row in range(2, 21):
            value = book["汇总"].cell(row, 4).value
            total[row] = total.get(row, 0) + (value or 0)
        for row in book["明细"].iter_rows(min_row=4, max_col=4, values_only=True):
            if row[1] is not None:
                rows.append(row)
    assert total and rows


WAYS = {
    "sums": sums,
    "openpyxl-write": openpyxl_write,
    "xlsxwriter-write": xlsxwriter_write,
    "openpyxl": openpyxl_read,
    "calamine": calamine_read,
}

way, *arguments = sys.argv[1:]
start = time.perf_counter()
WAYS[way](*arguments)
print(time.perf_counter() - start)
