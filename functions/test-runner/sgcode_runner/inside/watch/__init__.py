"""Running a program on the planned inputs and noting what comes of each."""
