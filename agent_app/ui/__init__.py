"""The kit every view is built with; it knows Qt and the look, and nothing of any feature.

Where things are:

* ``tokens`` colours and sizes · ``theme`` applies them · ``icons`` · ``painting`` drawing shared by widgets
  and delegates
* ``i18n`` translate() · ``formats`` numbers, money, dates · ``words`` labels of the domain's kinds
* ``labels`` Text, Paragraph, Badge, KeyCap, StatusDot, Figure · ``buttons`` Button, IconButton · ``choices``
  ChoiceRow, ScoreRow, Segments
* ``fields`` TextField, TextArea, SearchField, Picker, Field · ``cards`` Card, StatCard, KeyValues,
  SectionHeader, Separator
* ``feedback`` Banner, UndoBar, Skeleton, EmptyState, ProgressDots · ``dialogs`` the one dialog service
* ``tables`` WindowModel, RowList, RowTable · ``delegates`` how rows are drawn · ``panels`` rail and columns
* ``charts`` · ``shortcuts`` · ``accessibility``
"""
