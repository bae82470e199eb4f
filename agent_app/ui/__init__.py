"""The kit every view is built with; it knows Qt and the look, and nothing of any feature.

* ``tokens`` colours and sizes · ``theme`` applies them · ``stylesheet`` · ``icons`` · ``painting`` shapes
* ``i18n`` translate() · ``catalogue``, ``i18n_catalogue`` the files and their tool · ``formats`` numbers and dates
* ``words`` labels of codes · ``reason_words`` and ``error_words`` sentences for the domain's kinds
* ``labels`` Text, Paragraph, Badge, KeyCap, StatusDot, Picture · ``buttons`` Button, IconButton
* ``choices`` ChoiceRow, ScoreRow, Segments · ``fields`` TextField, TextArea, SearchField, Picker, Field
* ``cards`` Card, KeyValues, SectionHeader, Separator, TagFlow, column(), row(), clear()
* ``feedback`` Banner, UndoBar, Skeleton, EmptyState, ProgressDots · ``dialogs`` the one dialog service
* ``rows`` what a row shows · ``tables`` ListModel, TableModel · ``row_views`` RowList, RowTable
* ``cell_tables`` CellTable · ``delegates``, ``table_headers`` how rows and heads are drawn · ``stat_cards`` StatCard
* ``panels`` Rail, ListColumn, WorkColumn, ContextColumn, Columns · ``charts`` · ``shortcuts`` · ``accessibility``
"""
