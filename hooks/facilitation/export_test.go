package facilitation

// GridSQL is the statement of the grid, for a test that asks how it is run.
var GridSQL = gridSQL
