package reflections

import "alongside/hooks/web"

// InMemory is how many open calls concern somebody, as pages know without asking the
// database.
func (r *Room) InMemory(v *web.Viewer) int { return len(r.calls.of(v.ID)) }
