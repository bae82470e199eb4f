"""Workbooks of forms (XLSForm): read into sheets, and checked row by row; the XForm is made in `publishing`."""
