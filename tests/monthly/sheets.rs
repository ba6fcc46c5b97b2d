//! The workbook as a file.
