package courses

import "hash/fnv"

// Shown gives the positions in the order in which they are shown. Order and the
// cards of a sort are shuffled, in the same way in every language and at every
// visit, because only the id decides; never into the order of the text, which is
// the right one. Everything else is shown as it was written. The groups of a
// sort are not in it: they are Under(0).
func (a *Activity) Shown() []int {
	var positions []int
	for _, item := range a.Items {
		if a.Kind != Sort || item.Parent != 0 {
			positions = append(positions, item.Position)
		}
	}
	if a.Kind == Order || a.Kind == Sort {
		shuffle(positions, a.ID)
	}
	return positions
}

// shuffle permutes by a fixed rule. The generator is written out here: one of
// the standard library could change between versions, and with it what an
// answer in a form means.
func shuffle(positions []int, seed string) {
	h := fnv.New64a()
	h.Write([]byte(seed)) // never fails
	state := h.Sum64()
	moved := false
	for i := len(positions) - 1; i > 0; i-- {
		j := int(splitMix(&state) % uint64(i+1))
		positions[i], positions[j] = positions[j], positions[i]
	}
	for i := 1; i < len(positions); i++ {
		moved = moved || positions[i] < positions[i-1]
	}
	if !moved && len(positions) > 1 {
		last := len(positions) - 1
		positions[0], positions[last] = positions[last], positions[0]
	}
}

// splitMix is Sebastiano Vigna's SplitMix64.
func splitMix(state *uint64) uint64 {
	*state += 0x9e3779b97f4a7c15
	z := *state
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb
	return z ^ (z >> 31)
}
