package vault

// Beside is the path of a file that is kept with the master keys and never in
// the data folder: the key file's own name with an ending. What is there is not
// in a backup of the data, and so can speak against one.
func (v *Vault) Beside(ending string) string { return v.file + ending }
