package facilitation

// The statements of the grid and of the queue, for tests that ask how they are run.
var (
	GridSQL    = gridSQL
	WaitingSQL = waitingSQL
	BegunSQL   = begunSQL
	ToldSQL    = toldSQL
	QuietSQL   = quietSQL

	WithdrawnSQL = withdrawnSQL
)
