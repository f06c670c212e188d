// Package pb_migrations is the shape of the data: one file for each intent, run
// in the order of their names, never edited once others have them. It imports
// PocketBase only, so that a migration means the same forever.
package pb_migrations
