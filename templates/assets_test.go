package templates

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

func get(address, accepts string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, address, nil)
	r.Header.Set("Accept-Encoding", accepts)
	w := httptest.NewRecorder()
	Assets().ServeHTTP(w, r)
	return w
}

func TestAnAssetIsKeptForEverUnderTheHashOfWhatItIs(t *testing.T) {
	for name, kind := range map[string]string{"app.css": "text/css; charset=utf-8", "app.js": "text/javascript; charset=utf-8", "mark.svg": "image/svg+xml"} {
		plain, zipped := get(Asset(name), ""), get(Asset(name), "br, gzip")
		if plain.Code != http.StatusOK || plain.Header().Get("Content-Type") != kind {
			t.Errorf("%s: %d %s", name, plain.Code, plain.Header().Get("Content-Type"))
		}
		if got := plain.Header().Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
			t.Errorf("%s: Cache-Control %q", name, got)
		}
		if plain.Header().Get("Content-Encoding") != "" || zipped.Header().Get("Content-Encoding") != "gzip" {
			t.Errorf("%s: zipped for those who cannot read it, or not for those who can", name)
			continue
		}
		r, err := gzip.NewReader(zipped.Body)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := io.ReadAll(r); !bytes.Equal(got, plain.Body.Bytes()) {
			t.Errorf("%s: zipped and plain differ", name)
		}
	}
}

func TestAnotherHashIsNotFound(t *testing.T) {
	for _, address := range []string{"/assets/000000000000/app.css", "/assets/app.css", "/assets/", "/assets/../app.css"} {
		if got := get(address, "").Code; got != http.StatusNotFound {
			t.Errorf("%s: %d", address, got)
		}
	}
}

// DESIGN's budget for a first visit is 60 KB with the page in it.
func TestStyleAndScriptsStayWithinTheirWeight(t *testing.T) {
	for name, most := range map[string]int{"app.css": 14 << 10, "app.js": 20 << 10, "write.css": 4 << 10, "write.js": 10 << 10, "mark.svg": 1 << 10} {
		if got := len(assets()[name].zipped); got == 0 || got > most {
			t.Errorf("%s: %d bytes zipped, at most %d", name, got, most)
		}
	}
}
