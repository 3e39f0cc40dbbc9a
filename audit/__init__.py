"""What an audit is: the line from a list of competitors to a compared, proved workbook."""

__version__ = "0.1.0"
