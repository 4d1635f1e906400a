package relay

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

const testSecret = "a secret of the tests, 32 bytes or more"

var ada = &backend.User{Login: "ada", Role: "Editor"}

// startEngine serves what stands in for the engine until the test ends.
func startEngine(t *testing.T, handler http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

func newRelay(t *testing.T, engineURL string) *Relay {
	t.Helper()
	instance, err := New(context.Background(), sourceOf(engineURL))
	if err != nil {
		t.Fatal(err)
	}
	made, ok := instance.(*Relay)
	if !ok {
		t.Fatalf("New made a %T", instance)
	}
	return made
}

func sourceOf(engineURL string) backend.DataSourceInstanceSettings {
	jsonData, _ := json.Marshal(map[string]string{"engineUrl": engineURL})
	return backend.DataSourceInstanceSettings{JSONData: jsonData, DecryptedSecureJSONData: map[string]string{"relaySecret": testSecret}}
}

// closedURL is an address that nothing listens at.
func closedURL() string {
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	return server.URL
}

func writeProblem(w http.ResponseWriter, status int, code, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(problem{"about:blank", "a title", status, code, detail})
}

func writeJSON(w http.ResponseWriter, text string) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, text)
}

// idToken is one as Grafana sends it, with a signature that nobody checks.
func idToken(sub, namespace string) string {
	payload, _ := json.Marshal(map[string]string{"sub": sub, "namespace": namespace})
	return "e30." + base64.RawURLEncoding.EncodeToString(payload) + ".c2ln"
}

// verify checks the signature and gives the claims.
func verify(t *testing.T, authorization string) claims {
	t.Helper()
	token, isBearer := strings.CutPrefix(authorization, "Bearer ")
	parts := strings.Split(token, ".")
	if !isBearer || len(parts) != 3 {
		t.Fatalf("Authorization is %q, expected Bearer and a JWT", authorization)
	}
	mac := hmac.New(sha256.New, []byte(testSecret))
	mac.Write([]byte(parts[0] + "." + parts[1]))
	signature, _ := base64.RawURLEncoding.DecodeString(parts[2])
	if !hmac.Equal(signature, mac.Sum(nil)) {
		t.Fatal("the signature is not by the secret")
	}
	found := claims{}
	for part, into := range map[string]any{parts[0]: &struct{}{}, parts[1]: &found} {
		decoded, err := base64.RawURLEncoding.DecodeString(part)
		if err != nil || json.Unmarshal(decoded, into) != nil {
			t.Fatalf("%q is no part of a JWT", part)
		}
	}
	return found
}

func within(t *testing.T, what string, done <-chan struct{}) {
	t.Helper()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Fatalf("%s did not happen within 20 s", what)
	}
}

func TestAWrongSettingRefusesEveryCallWithTheReason(t *testing.T) {
	long := map[string]string{"relaySecret": testSecret}
	for _, test := range []struct {
		name     string
		url      string
		jsonData string
		secrets  map[string]string
		expected string
	}{
		{"url is set", "http://127.0.0.1:8686", `{"engineUrl":"http://127.0.0.1:8686"}`, long, "every viewer reaches the engine past the relay"},
		{"no settings", "", ``, long, "jsonData is not an object"},
		{"engineUrl is a number", "", `{"engineUrl":8686}`, long, "jsonData is not an object"},
		{"engineUrl is missing", "", `{}`, long, "The engine's address is missing"},
		{"engineUrl is no address", "", `{"engineUrl":"127.0.0.1:8686"}`, long, "not an http or https address"},
		{"engineUrl is a file", "", `{"engineUrl":"file:///etc/passwd"}`, long, "not an http or https address"},
		{"engineUrl has no host", "", `{"engineUrl":"http://:8686"}`, long, "not an http or https address"},
		{"engineUrl has a port that is none", "", `{"engineUrl":"http://engine:http"}`, long, "not an http or https address"},
		{"engineUrl has a password", "", `{"engineUrl":"http://ada:geheim@engine:8686"}`, long, "holds a user or a password"},
		{"engineUrl has a path", "", `{"engineUrl":"http://engine:8686/api"}`, long, "http://engine:8686/api; expected"},
		{"engineUrl has a query", "", `{"engineUrl":"http://engine:8686?a=b"}`, long, "and nothing after it"},
		{"engineUrl has a fragment", "", `{"engineUrl":"http://engine:8686/#a"}`, long, "and nothing after it"},
		{"the secret is missing", "", `{"engineUrl":"http://engine:8686"}`, nil, "The relay secret is missing: set secureJsonData.relaySecret"},
		{"the secret is short", "", `{"engineUrl":"http://engine:8686"}`, map[string]string{"relaySecret": "short"}, "has 5 bytes; expected the engine's, of at least 32"},
	} {
		t.Run(test.name, func(t *testing.T) {
			source := backend.DataSourceInstanceSettings{URL: test.url, JSONData: []byte(test.jsonData), DecryptedSecureJSONData: test.secrets}
			instance, err := New(context.Background(), source)
			if err != nil {
				t.Fatal(err)
			}
			made, _ := instance.(*Relay)

			answer := call(t, made, get("api/v1/alerts"))
			answer.expectProblem(t, 502, "relay_not_configured", test.expected)
			health, _ := made.CheckHealth(context.Background(), &backend.CheckHealthRequest{})
			if health.Status != backend.HealthStatusError || !strings.Contains(health.Message, test.expected) {
				t.Errorf("health is %v %q", health.Status, health.Message)
			}
			data, _ := made.QueryData(context.Background(), &backend.QueryDataRequest{Queries: []backend.DataQuery{{RefID: "A"}}})
			if got := data.Responses["A"]; got.Status != 502 || !strings.Contains(got.Error.Error(), test.expected) {
				t.Errorf("query A got %v %v", got.Status, got.Error)
			}
			for _, said := range []string{health.Message, string(answer.body)} {
				if strings.Contains(said, "geheim") {
					t.Errorf("%q repeats a password", said)
				}
			}
		})
	}
}

func TestAnAddressMayEndInASlash(t *testing.T) {
	url, _, wrong := readSettings(sourceOf("https://engine.example:8686/"))
	if url != "https://engine.example:8686" || wrong != nil {
		t.Errorf("got %q, %v", url, wrong)
	}
}

func TestACallMayTakeLongerThanTheEngineDoes(t *testing.T) {
	for path, expected := range map[string]time.Duration{
		"/api/v1/changes": 35 * time.Second, "/api/v1/changes/x": 15 * time.Second,
		"/api/v1/alerts": 15 * time.Second, "/api/v1/alerts/a": 15 * time.Second, "/api/v1/receivers": 15 * time.Second,
		"/api/v1/thresholds": 15 * time.Second, "/api/v1/status": 15 * time.Second,
		"/api/v1/receivers/on-call/test": time.Minute, "/api/v1/traces/search": time.Minute, "/api/v1/traces/0af7/links": time.Minute,
		"/api/v1/traces/compare": time.Minute, "/api/v1/service-map": time.Minute, "/api/v1/services/checkout/calls": time.Minute,
		"/api/v1/frames/query": time.Minute, "/api/v1/metrics/query": time.Minute, "/api/v1/alerts/a/evidence": time.Minute,
		"/api/v1/thresholds/preview": time.Minute, "/api/v1/history/export": time.Minute,
	} {
		if got := deadlineOf(path); got != expected {
			t.Errorf("%s may take %s, expected %s", path, got, expected)
		}
	}
}

// docs/adr/0001 promises it: what grows here belongs into the engine.
func TestTheRelayStaysBelow500LinesOfCode(t *testing.T) {
	files, _ := filepath.Glob("*.go")
	lines := 0
	for _, file := range append(files, "../main.go") {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(text) {
			code := bytes.TrimSpace(line)
			if !strings.HasSuffix(file, "_test.go") && len(code) > 0 && !bytes.HasPrefix(code, []byte("//")) {
				lines++
			}
		}
	}
	if lines < 100 || lines >= 500 {
		t.Errorf("the relay has %d lines of code", lines)
	}
}
