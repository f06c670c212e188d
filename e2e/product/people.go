package product

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// A Person is one of the demo's people, as demo.json has them.
type Person struct {
	Role     string `json:"role"` // learner, mentor, facilitator, lead, manager or superuser
	Username string `json:"username"`
	Password string `json:"password"`
	CardURL  string `json:"card_url"`
	PIN      string `json:"pin"`
}

// People reads the demo's people, in the order of the file.
func (p *Product) People() ([]Person, error) {
	text, err := os.ReadFile(filepath.Join(p.Folder, "demo.json"))
	if err != nil {
		return nil, fmt.Errorf("read the demo's people: %w", err)
	}
	var people []Person
	if err := json.Unmarshal(text, &people); err != nil {
		return nil, fmt.Errorf("read the demo's people: %w", err)
	}
	return people, nil
}
