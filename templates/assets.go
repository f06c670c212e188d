package templates

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
)

//go:embed assets/built
var built embed.FS

// assetPrefix is where assets are served: /assets/<hash>/<name>.
const assetPrefix = "/assets/"

// An asset is a built file as it goes over the wire.
type asset struct {
	address string
	kind    string
	plain   []byte
	zipped  []byte // nil where zipping gains nothing
}

// assets are all built files by name, hashed and zipped once.
var assets = sync.OnceValue(func() map[string]*asset {
	all := map[string]*asset{}
	files, err := fs.Glob(built, "assets/built/*")
	if err != nil {
		panic(err)
	}
	for _, file := range files {
		data, err := built.ReadFile(file)
		if err != nil {
			panic(err)
		}
		all[path.Base(file)] = newAsset(path.Base(file), data)
	}
	return all
})

func newAsset(name string, data []byte) *asset {
	sum := sha256.Sum256(data)
	a := &asset{
		address: assetPrefix + hex.EncodeToString(sum[:6]) + "/" + name,
		kind:    kindOf(name),
		plain:   data,
	}
	if zipped := zip(data); len(zipped) < len(data) {
		a.zipped = zipped
	}
	return a
}

// kindOf does not ask the system, whose list differs from machine to machine.
func kindOf(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".ico":
		return "image/x-icon"
	}
	return mime.TypeByExtension(path.Ext(name))
}

func zip(data []byte) []byte {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		panic(err) // only for a level that does not exist
	}
	w.Write(data) // into memory: it cannot fail
	w.Close()
	return b.Bytes()
}

// Asset gives the address of a built file, "" where there is none. The address
// holds a hash of the file, so browsers may keep it for ever.
func Asset(name string) string {
	if a := assets()[name]; a != nil {
		return a.address
	}
	return ""
}

// Assets serves every built file below /assets/, to anybody. What is asked for
// by an older hash is not found: a page is never shown with another's style.
func Assets() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a := assets()[path.Base(r.URL.Path)]
		if a == nil || a.address != r.URL.Path {
			http.NotFound(w, r)
			return
		}
		a.write(w, r)
	})
}

func (a *asset) write(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	body := a.plain
	h.Set("Content-Type", a.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	if a.zipped != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = a.zipped
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		w.Write(body)
	}
}
