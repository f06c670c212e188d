package people

import "alongside/hooks/web"

// Ways are the parts of the house whose door a viewer finds in the navigation.
func Ways(v *web.Viewer) web.Ways {
	return web.Ways{
		Learners: May(v, Accounts) || May(v, Grid),
		Manage:   May(v, Managing),
	}
}
