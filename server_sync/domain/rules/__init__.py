"""Pure rules over values and rows that hold on both ends; times are milliseconds, no sentence, no clock."""
