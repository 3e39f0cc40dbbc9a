"""The workbook and the results file going out."""
