package people

import "alongside/hooks/web"

// HubPage is `/manage`, "people/hub".
type HubPage struct {
	web.Base
}
