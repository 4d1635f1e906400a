package relay

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

func TestEnginePath(t *testing.T) {
	for _, test := range []struct{ path, expected string }{
		{"api/v1/alerts", "/api/v1/alerts"},
		{"/api/v1/alerts", "/api/v1/alerts"},
		{"api/v1/services/check out/health", "/api/v1/services/check%20out/health"},
		{"api/v1/services/größe", "/api/v1/services/gr%C3%B6%C3%9Fe"},
		{"api/v1/services/a?b#c;d", "/api/v1/services/a%3Fb%23c%3Bd"},
		{"api/v1/services/100%", "/api/v1/services/100%25"},
		{"api/v1/services/a%20b", "/api/v1/services/a%2520b"},
		{"api/v1/services/...", "/api/v1/services/..."},
		{"api/v1/services/.env", "/api/v1/services/.env"},
		{"", ""},
		{"/", ""},
		{"api", ""},
		{"api/v1", ""},
		{"api/v1/", ""},
		{"api/v2/alerts", ""},
		{"api/v10/alerts", ""},
		{"API/v1/alerts", ""},
		{"metrics", ""},
		{"x/api/v1/alerts", ""},
		{"//api/v1/alerts", ""},
		{"api//v1/alerts", ""},
		{"api/v1//alerts", ""},
		{"api/v1/alerts/", ""},
		{"api/v1/../v2/alerts", ""},
		{"api/v1/..", ""},
		{"api/v1/./alerts", ""},
		{"api/v1/%2e%2e/v2/alerts", ""},
		{"api/v1/.%2e/alerts", ""},
		{"api/v1/%252e%252e/alerts", ""},
		{"api/v1/a%2fb", ""},
		{"api/v1/a%2F..%2Fb", ""},
		{"api/v1/a%252fb", ""},
		{"api/v1/a%5cb", ""},
		{`api/v1/a\b`, ""},
		{`api/v1/..\v2`, ""},
		{"api/v1/a\x00b", ""},
		{"api/v1/a\r\nHost: b", ""},
		{"api/v1/a%00b", ""},
		{"http://elsewhere/api/v1/alerts", ""},
	} {
		got, ok := enginePath(test.path)
		if got != test.expected || ok != (test.expected != "") {
			t.Errorf("%q became %q, expected %q", test.path, got, test.expected)
		}
	}
}

func get(path string) *backend.CallResourceRequest {
	return &backend.CallResourceRequest{PluginContext: backend.PluginContext{OrgID: 1, User: ada}, Method: "GET", Path: path, URL: path}
}

type answer struct {
	status  int
	headers map[string][]string
	body    []byte
	parts   int
	err     error
}

func (a *answer) Send(part *backend.CallResourceResponse) error {
	if a.parts == 0 {
		a.status, a.headers = part.Status, part.Headers
	}
	a.parts++
	a.body = append(a.body, part.Body...)
	return nil
}

func call(t *testing.T, relay *Relay, req *backend.CallResourceRequest) *answer {
	t.Helper()
	got := &answer{}
	got.err = relay.CallResource(context.Background(), req, got)
	return got
}

func (a *answer) expectProblem(t *testing.T, status int, code, sentence string) {
	t.Helper()
	found := problem{}
	if err := json.Unmarshal(a.body, &found); err != nil || a.err != nil {
		t.Fatalf("%q is no problem: %v, %v", a.body, err, a.err)
	}
	if a.status != status || found.Status != status || found.Code != code || !strings.Contains(found.Detail, sentence) {
		t.Errorf("got %d %+v,\nexpected %d %s %q", a.status, found, status, code, sentence)
	}
	if found.Type != "about:blank" || found.Title != http.StatusText(status) || a.headers["Content-Type"][0] != "application/problem+json" {
		t.Errorf("got %+v as %v", found, a.headers["Content-Type"])
	}
}

func TestARequestArrivesAsItWasMeant(t *testing.T) {
	var seen *http.Request
	var body []byte
	relay := newRelay(t, startEngine(t, func(w http.ResponseWriter, r *http.Request) {
		seen = r
		body, _ = io.ReadAll(r.Body)
		w.Header().Set("Content-Type", "text/csv")
		w.Header().Set("Content-Disposition", `attachment; filename="a.csv"`)
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Set-Cookie", "pharos_session=x")
		w.Header().Set("X-Request-Id", "r1")
		w.WriteHeader(http.StatusCreated)
		_, _ = io.WriteString(w, "a,b\n")
	}))

	req := get("api/v1/alerts/a b/comment")
	req.Method, req.Body = "POST", []byte(`{"comment":"ok"}`)
	req.URL = "api/v1/alerts/a%20b/comment?since=1&q=a%26b%3Dc&since=2"
	req.Headers = map[string][]string{
		"Content-Type": {"application/json"}, "Accept": {"text/csv"}, "idempotency-key": {"k1"}, "x-request-id": {"asked-1"},
		"Authorization": {"Bearer forged"}, "Cookie": {"grafana_session=x"}, "X-Grafana-Id": {idToken("user:2", "default")},
		"X-Grafana-User": {"root"}, "X-Forwarded-For": {"10.0.0.1"}, "Host": {"elsewhere"}, "Fromalert": {"true"}, "Origin": {"http://a"},
	}
	got := call(t, relay, req)

	if seen.Method != "POST" || seen.URL.EscapedPath() != "/api/v1/alerts/a%20b/comment" || string(body) != `{"comment":"ok"}` {
		t.Errorf("the engine got %s %s %q", seen.Method, seen.URL.EscapedPath(), body)
	}
	if query := seen.URL.RawQuery; query != "q=a%26b%3Dc&since=1&since=2" {
		t.Errorf("the engine got the query %s", query)
	}
	names := slices.Sorted(maps.Keys(seen.Header))
	if expected := []string{"Accept", "Authorization", "Content-Length", "Content-Type", "Idempotency-Key", "User-Agent", "X-Request-Id"}; !slices.Equal(names, expected) {
		t.Errorf("the engine got the headers %v, expected %v", names, expected)
	}
	if seen.Host == "elsewhere" || seen.Header.Get("Idempotency-Key") != "k1" || seen.Header.Get("Accept") != "text/csv" || seen.Header.Get("X-Request-Id") != "asked-1" {
		t.Errorf("the engine got %s %v", seen.Host, seen.Header)
	}
	who := verify(t, seen.Header.Get("Authorization"))
	if who.Subject != "user:2" || who.Login != "ada" || who.Role != "Editor" || who.Call != "resource" || who.Namespace != "default" {
		t.Errorf("the engine was told %+v", who)
	}
	if got.err != nil || got.status != 201 || string(got.body) != "a,b\n" {
		t.Errorf("the user got %d %q %v", got.status, got.body, got.err)
	}
	if names := slices.Sorted(maps.Keys(got.headers)); !slices.Equal(names, []string{"Cache-Control", "Content-Disposition", "Content-Type", "X-Request-Id"}) || got.headers["X-Request-Id"][0] != "r1" {
		t.Errorf("the user got the headers %v", got.headers)
	}
}

func TestWhatIsNoRequestForTheEngineNeverReachesIt(t *testing.T) {
	relay := newRelay(t, startEngine(t, func(http.ResponseWriter, *http.Request) { t.Error("the engine was asked") }))
	withQuery := func(query string) *backend.CallResourceRequest {
		req := get("api/v1/alerts")
		req.URL += "?" + query
		return req
	}
	method := get("api/v1/alerts")
	method.Method = "GET /metrics"
	large := get("api/v1/thresholds")
	large.Method, large.Body = "POST", make([]byte, 6<<20)

	call(t, relay, get("api/v1/../../metrics")).expectProblem(t, 400, "invalid_input", `"api/v1/../../metrics"`)
	call(t, relay, withQuery("a=%zz")).expectProblem(t, 400, "invalid_input", "query string")
	call(t, relay, withQuery("a=1;b=2")).expectProblem(t, 400, "invalid_input", "query string")
	call(t, relay, method).expectProblem(t, 400, "invalid_input", "invalid method")
	call(t, relay, large).expectProblem(t, 413, "too_large", "6291456 bytes; expected at most 5242880")
}

func TestABodyOfFiveMebibytesPasses(t *testing.T) {
	size := 0
	relay := newRelay(t, startEngine(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		size = len(body)
		w.WriteHeader(http.StatusNoContent)
	}))
	req := get("api/v1/thresholds")
	req.Method, req.Body = "PUT", make([]byte, 5<<20)
	if got := call(t, relay, req); got.status != 204 || size != 5<<20 || got.parts != 1 {
		t.Errorf("got %d in %d parts; %d bytes arrived", got.status, got.parts, size)
	}
}

func TestTheEnginesProblemsPassUnchanged(t *testing.T) {
	for status, code := range map[int]string{403: "forbidden", 404: "not_found", 410: "cursor_expired", 429: "overloaded", 500: "internal", 503: "unavailable"} {
		t.Run(code, func(t *testing.T) {
			body := `{"type":"about:blank","title":"t","status":1,"code":"` + code + `","detail":"d","retryAfter":7,"errors":[]}`
			relay := newRelay(t, startEngine(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "application/problem+json; charset=utf-8")
				w.Header().Set("Retry-After", "7")
				w.WriteHeader(status)
				_, _ = io.WriteString(w, body)
			}))
			got := call(t, relay, get("api/v1/alerts"))
			if got.status != status || string(got.body) != body || got.headers["Retry-After"][0] != "7" {
				t.Errorf("got %d %q %v", got.status, got.body, got.headers)
			}
		})
	}
}

func TestARefusedSignatureIsNoMatterOfTheUsers(t *testing.T) {
	for _, test := range []struct {
		name     string
		ahead    time.Duration
		expected string
	}{
		{"by another secret", 0, "the relay secret is not the engine's"},
		{"with a clock that is a little wrong", 20 * time.Second, "the relay secret is not the engine's"},
		{"with a clock that is behind", 95 * time.Second, "differ by 1m3"},
		{"with a clock that is ahead", -95 * time.Second, "differ by 1m3"},
	} {
		t.Run(test.name, func(t *testing.T) {
			relay := newRelay(t, startEngine(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Date", time.Now().Add(test.ahead).UTC().Format(http.TimeFormat))
				writeProblem(w, 401, "unauthenticated", "The relay token is not valid.")
			}))
			call(t, relay, get("api/v1/alerts")).expectProblem(t, 502, "relay_rejected", test.expected)
		})
	}
}

func TestWhatIsNotTheEngineIsSaidToBeSo(t *testing.T) {
	elsewhere := startEngine(t, func(http.ResponseWriter, *http.Request) { t.Error("the redirect was followed") })
	for _, test := range []struct {
		name     string
		handler  http.HandlerFunc
		expected string
	}{
		{"a web page", func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, "<!doctype html><title>Router</title>")
		}, `content type "text/html"`},
		{"Prometheus", http.NotFound, `404 Not Found with content type "text/plain"`},
		{"a proxy's page", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(503)
		}, "503 Service Unavailable"},
		{"a login by HTTP", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("WWW-Authenticate", "Basic")
			w.WriteHeader(401)
		}, "401 Unauthorized"},
		{"JSON with an error of another API", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(400)
		}, "400 Bad Request"},
		{"an answer without a type", func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Content-Type"] = nil
			_, _ = io.WriteString(w, "hello")
		}, `content type ""`},
		{"a redirect", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere+"/login", http.StatusFound)
		}, "redirects to " + elsewhere},
		{"a redirect that keeps the body", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere, http.StatusTemporaryRedirect)
		}, "redirects to " + elsewhere},
	} {
		t.Run(test.name, func(t *testing.T) {
			url := startEngine(t, test.handler)
			got := call(t, newRelay(t, url), get("api/v1/alerts"))
			got.expectProblem(t, 502, "not_an_engine", test.expected)
			got.expectProblem(t, 502, "not_an_engine", url)
		})
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (r roundTrip) RoundTrip(req *http.Request) (*http.Response, error) { return r(req) }

func TestAnEngineThatIsNotThereIsNamed(t *testing.T) {
	url := closedURL()
	got := call(t, newRelay(t, url), get("api/v1/alerts"))
	got.expectProblem(t, 502, "engine_unreachable", "The engine at "+url+" does not answer: dial tcp")
	got.expectProblem(t, 502, "engine_unreachable", "connection refused")

	unknown := newRelay(t, "http://nowhere.invalid:8686")
	unknown.engine.client.Transport = roundTrip(func(*http.Request) (*http.Response, error) {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "no such host", Name: "nowhere.invalid", IsNotFound: true}}
	})
	call(t, unknown, get("api/v1/alerts")).expectProblem(t, 502, "engine_unreachable", "lookup nowhere.invalid: no such host")

	broken := newRelay(t, startEngine(t, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	call(t, broken, get("api/v1/alerts")).expectProblem(t, 502, "engine_unreachable", "EOF")
}

func TestASlowEngineIsGivenUp(t *testing.T) {
	for name, start := range map[string]func(http.ResponseWriter){
		"before it answers": func(http.ResponseWriter) {},
		"after its headers": func(w http.ResponseWriter) {
			w.Header().Set("Content-Type", "application/json")
			_ = http.NewResponseController(w).Flush()
		},
	} {
		t.Run(name, func(t *testing.T) {
			url := startEngine(t, func(w http.ResponseWriter, r *http.Request) {
				start(w)
				<-r.Context().Done()
			})
			relay := newRelay(t, url)
			relay.deadline = func(string) time.Duration { return 100 * time.Millisecond }
			call(t, relay, get("api/v1/alerts")).expectProblem(t, 504, "engine_timeout", "The engine at "+url+" took too long")
		})
	}
}

func TestAnAnswerThatBreaksOffIsNoWholeOne(t *testing.T) {
	relay := newRelay(t, startEngine(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		writeJSON(w, `{"items":[`)
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}))
	got := call(t, relay, get("api/v1/alerts"))
	if !errors.Is(got.err, io.ErrUnexpectedEOF) || string(got.body) != `{"items":[` {
		t.Errorf("got %q and %v", got.body, got.err)
	}
}

func TestChunksPassAsTheyCome(t *testing.T) {
	received := make(chan struct{})
	relay := newRelay(t, startEngine(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		_, _ = io.WriteString(w, "first")
		_ = http.NewResponseController(w).Flush()
		select {
		case <-received:
			_, _ = io.WriteString(w, "second")
		case <-r.Context().Done():
		}
	}))
	got := &answer{}
	err := relay.CallResource(context.Background(), get("api/v1/changes"), backend.CallResourceResponseSenderFunc(func(part *backend.CallResourceResponse) error {
		if err := got.Send(part); err != nil || got.parts > 1 {
			return err
		}
		if !bytes.Equal(part.Body, []byte("first")) {
			t.Errorf("the first part is %q", part.Body)
		}
		close(received)
		return nil
	}))
	if err != nil || string(got.body) != "firstsecond" || got.parts != 2 || got.status != 200 {
		t.Errorf("got %d %q in %d parts, %v", got.status, got.body, got.parts, err)
	}
}

func TestTheEngineIsToldWhenNobodyWaitsAnyMore(t *testing.T) {
	asked, told := make(chan struct{}), make(chan struct{})
	relay := newRelay(t, startEngine(t, func(_ http.ResponseWriter, r *http.Request) {
		close(asked)
		<-r.Context().Done()
		close(told)
	}))
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() { _ = relay.CallResource(ctx, get("api/v1/changes"), &answer{}) }()
	within(t, "the engine's request", asked)
	cancel()
	within(t, "its end", told)
}

func TestASenderThatFailsEndsTheCall(t *testing.T) {
	relay := newRelay(t, startEngine(t, func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, "{}") }))
	gone := errors.New("the stream is gone")
	err := relay.CallResource(context.Background(), get("api/v1/alerts"), backend.CallResourceResponseSenderFunc(func(*backend.CallResourceResponse) error { return gone }))
	if !errors.Is(err, gone) {
		t.Errorf("got %v", err)
	}
}
