package vault

// A Standing is how the vault stands.
type Standing string

// How a vault can stand. All but Ready leave what is sealed closed.
const (
	Ready    Standing = "ready"
	NoFile   Standing = "no-file"   // the key file is not where it should be
	WrongKey Standing = "wrong-key" // the key file holds another key than the data needs
	Damaged  Standing = "damaged"   // the key file, or the row that tells, cannot be read
)

// A State is how the vault stands and what is known about it, for the message
// at the start and for doctor.
type State struct {
	Standing Standing
	File     string // path of the key file
	Open     bool   // others on this computer may read the key file
	Err      error  // what was met; nil where Ready
}

// Key is the locale key of the sentence that says how the vault stands; with
// ".do" after it, of what to do. "vault.open" warns where Open is set.
func (s State) Key() string { return "vault." + string(s.Standing) }

// Values are what those sentences name.
func (s State) Values() map[string]string { return map[string]string{"file": s.File} }

// State looks at the key file and the database as they are now.
func (v *Vault) State() State {
	standing, err := v.standing()
	return State{Standing: standing, File: v.file, Open: othersMayRead(v.file), Err: err}
}

func (v *Vault) standing() (Standing, error) {
	masters, err := v.read()
	if isMissing(err) {
		return NoFile, err
	}
	if err != nil {
		return Damaged, err
	}
	known, err := mastersInUse(v.app)
	if err != nil {
		return Damaged, err
	}
	if !holdsAll(masters, known) {
		return WrongKey, ErrNoKey
	}
	row, err := findKeyOf(v.app, signer)
	if err == nil {
		_, err = v.unwrap(v.app, row)
	}
	if err != nil {
		return Damaged, err
	}
	return Ready, nil
}
