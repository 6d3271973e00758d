"""People ask what is kept of them, or to have it erased: a task with a day by which it is done."""
