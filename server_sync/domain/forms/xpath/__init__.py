"""XPath 1.0 as ODK XForms use it: tokens, syntax tree, references, compiled expressions; no functions, no forms."""
