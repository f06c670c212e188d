package markup

import "testing"

func TestPagesThatDifferOnlyInWhatTheySayHaveOneShape(t *testing.T) {
	one := Shape([]byte(`<a class="way" href="/a" id="x">Ada</a> <input value="1" aria-label="Name">`))
	other := Shape([]byte(`<a class="way" href="/b" id="y">Somebody with a long name</a> <input value="2" aria-label="Place">`))
	if one != other {
		t.Errorf("%s\n%s", one, other)
	}
}

func TestPagesThatAreBuiltInAnotherWayHaveAnotherShape(t *testing.T) {
	seen := map[string]string{}
	for _, page := range []string{
		`<a href="/a">Ada</a>`, `<a href="/a"></a>`, `<a href="/a"><b>Ada</b></a>`, `<a href="">Ada</a>`,
		`<a class="way" href="/a">Ada</a>`, `<a href="/a" lang="fa">Ada</a>`, `<a href="/a" lang="en">Ada</a>`,
		`<img alt="A door">`, `<img alt="">`, `<img>`, `<input aria-label="">`, `<input aria-label="Name">`,
		`<p hidden>Ada</p>`, `<p>Ada</p>`, `<p role="status">Ada</p>`, `<p aria-live="polite">Ada</p>`,
	} {
		shape := Shape([]byte(page))
		if other, is := seen[shape]; is {
			t.Errorf("%s and %s have one shape: %s", page, other, shape)
		}
		seen[shape] = page
	}
}
