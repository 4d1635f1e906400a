package relay

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

func TestHealth(t *testing.T) {
	status := func(text string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if who := verify(t, r.Header.Get("Authorization")); r.URL.Path != "/api/v1/status" || who.Call != "health" {
				t.Errorf("the engine was asked %s, told %+v", r.URL.Path, who)
			}
			writeJSON(w, text)
		}
	}
	for _, test := range []struct {
		name     string
		handler  http.HandlerFunc
		plugin   string
		code     string
		expected string
	}{
		{"well", status(`{"status":"ok","version":"0.1.0","problems":[]}`), "0.1.0", "", "Pharos engine 0.1.0 answers in 4 ms as viewer."},
		{"a patch apart", status(`{"status":"ok","version":"0.1.7"}`), "0.1.0", "", "Pharos engine 0.1.7 answers"},
		{"degraded", status(`{"status":"degraded","version":"0.1.0","problems":["Loki does not answer: refused","2 waiting"]}`), "0.1.0", "",
			"answers in 4 ms as viewer. It is degraded: Loki does not answer: refused; 2 waiting."},
		{"a plugin that was not built", status(`{"status":"ok","version":"0.1.0"}`), "%VERSION%", "", "Pharos engine 0.1.0 answers"},
		{"an older plugin", status(`{"status":"ok","version":"0.2.0"}`), "0.1.0", "version_mismatch", "is version 0.2.0 and this plugin 0.1.0: install"},
		{"a newer plugin", status(`{"status":"ok","version":"0.1.0"}`), "1.1.0", "version_mismatch", "is version 0.1.0 and this plugin 1.1.0: install"},
		{"another API with JSON", status(`{"status":"success"}`), "0.1.0", "not_an_engine", "not a Pharos engine: its status names no version"},
		{"a web page", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) }, "0.1.0", "not_an_engine", "not a Pharos engine"},
		{"another secret", func(w http.ResponseWriter, _ *http.Request) { writeProblem(w, 401, "unauthenticated", "No.") }, "0.1.0", "relay_rejected",
			"the relay secret is not the engine's. Set secureJsonData.relaySecret"},
		{"another clock", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Date", time.Now().Add(-time.Hour).UTC().Format(http.TimeFormat))
			writeProblem(w, 401, "unauthenticated", "No.")
		}, "0.1.0", "relay_rejected", "the clocks of Grafana and the engine differ by "},
		{"a host that the engine does not know", func(w http.ResponseWriter, _ *http.Request) {
			writeProblem(w, 403, "forbidden", `The host "engine" is not known here; add it to PHAROS_ALLOWED_HOSTS.`)
		}, "0.1.0", "forbidden", "PHAROS_ALLOWED_HOSTS"},
	} {
		t.Run(test.name, func(t *testing.T) {
			expectHealth(t, newRelay(t, startEngine(t, test.handler)), test.plugin, test.code, test.expected)
		})
	}
	t.Run("down", func(t *testing.T) {
		expectHealth(t, newRelay(t, closedURL()), "0.1.0", "engine_unreachable", "connection refused")
	})
	t.Run("slow", func(t *testing.T) {
		relay := newRelay(t, startEngine(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
		relay.deadline = func(string) time.Duration { return 100 * time.Millisecond }
		expectHealth(t, relay, "0.1.0", "engine_timeout", "took too long to answer")
	})
}

func expectHealth(t *testing.T, relay *Relay, plugin, code, sentence string) {
	t.Helper()
	// Real time, with as much more at each look as makes the answer take 4 ms.
	at, looks := time.Now(), 0
	relay.engine.now = func() time.Time {
		looks++
		return at.Add(time.Duration(looks) * 2 * time.Millisecond)
	}
	got, err := relay.CheckHealth(context.Background(), &backend.CheckHealthRequest{PluginContext: backend.PluginContext{OrgID: 1, User: ada, PluginVersion: plugin}})
	if err != nil {
		t.Fatal(err)
	}
	if (got.Status == backend.HealthStatusOk) != (code == "") || !strings.Contains(got.Message, sentence) {
		t.Errorf("got %v %q, expected %q", got.Status, got.Message, sentence)
	}
	if details := string(got.JSONDetails); code != "" && details != `{"code":"`+code+`"}` {
		t.Errorf("the details are %s, expected the code %s", details, code)
	}
}
