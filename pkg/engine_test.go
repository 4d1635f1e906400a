//go:build engine

package main

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/grafana/grafana-plugin-sdk-go/data"
	"github.com/grafana/grafana-plugin-sdk-go/genproto/pluginv2"
)

// TestTheRealEngine is run by tests/stack/relay.stack.test.ts, which starts the engine.
func TestTheRealEngine(t *testing.T) {
	relay := start(t)
	within := func(user *pluginv2.User, relaySecret string) *pluginv2.PluginContext {
		plugin := contextOf(os.Getenv("PHAROS_TEST_ENGINE_URL"), 1, user)
		plugin.PluginVersion = os.Getenv("PHAROS_TEST_VERSION")
		plugin.DataSourceInstanceSettings.DecryptedSecureJsonData["relaySecret"] = relaySecret
		return plugin
	}
	secret := os.Getenv("PHAROS_TEST_RELAY_SECRET")
	call := func(plugin *pluginv2.PluginContext, sub, method, target, body string) (int32, string) {
		t.Helper()
		headers := map[string]*pluginv2.StringList{"Content-Type": {Values: []string{"application/json"}}}
		if sub != "" {
			headers["X-Grafana-Id"] = &pluginv2.StringList{Values: []string{idToken(sub, "default")}}
		}
		path, _, _ := strings.Cut(target, "?")
		stream, err := relay.resources.CallResource(t.Context(), &pluginv2.CallResourceRequest{PluginContext: plugin, Headers: headers, Method: method, Path: path, Url: target, Body: []byte(body)})
		if err != nil {
			t.Fatal(err)
		}
		first, all := readStream(t, stream)
		return first.Code, all
	}
	admin, viewer := &pluginv2.User{Login: "admin", Role: "Admin"}, &pluginv2.User{Login: "bob", Role: "Viewer"}
	token := `{"name":"by the relay","scope":"read"}`

	for _, test := range []struct {
		name, sub, method, target, body string
		user                            *pluginv2.User
		code                            int32
		expected                        string
	}{
		{"a viewer reads", "user:3", "GET", "api/v1/alerts?limit=5", "", viewer, 200, `"items":[]`},
		{"a viewer waits for changes", "user:3", "GET", "api/v1/changes", "", viewer, 200, `"cursor":`},
		{"a viewer changes nothing", "user:3", "POST", "api/v1/tokens", token, viewer, 403, `"code":"forbidden"`},
		{"an admin changes", "user:1", "POST", "api/v1/tokens", token, admin, 201, `"by the relay"`},
		{"an admin without an id is a viewer", "", "POST", "api/v1/tokens", token, admin, 403, `"code":"forbidden"`},
		{"an admin without a login is a viewer", "user:1", "POST", "api/v1/tokens", token, &pluginv2.User{Role: "Admin"}, 403, `"code":"forbidden"`},
		{"a role that is none", "user:1", "GET", "api/v1/alerts", "", &pluginv2.User{Login: "x", Role: "None"}, 403, `role \"None\" has no rights`},
		{"the audit log names the user", "user:1", "GET", "api/v1/audit", "", admin, 200, `"actor":"grafana:default:user:1"`},
		{"what does not exist", "user:1", "GET", "api/v1/nothing", "", admin, 404, `"code":"not_found"`},
	} {
		if code, body := call(within(test.user, secret), test.sub, test.method, test.target, test.body); code != test.code || !strings.Contains(body, test.expected) {
			t.Errorf("%s: got %d %s, expected %d %s", test.name, code, body, test.code, test.expected)
		}
	}

	health, err := relay.health.CheckHealth(t.Context(), &pluginv2.CheckHealthRequest{PluginContext: within(admin, secret)})
	if err != nil || !regexp.MustCompile(`^Pharos engine \d+\.\d+\.\d+ answers in \d+ ms as viewer\.`).MatchString(health.Message) {
		t.Errorf("health is %v, %v", health, err)
	}
	queries := queriesFor("A", "B")
	queries[1].Json = []byte(`{"queryType":"alerts"}`)
	answer, err := relay.data.QueryData(t.Context(), &pluginv2.QueryDataRequest{PluginContext: within(admin, secret), Headers: map[string]string{"FromAlert": "true"}, Queries: queries})
	if err != nil {
		t.Fatal(err)
	}
	if frames, err := data.UnmarshalArrowFrames(answer.Responses["A"].Frames); err != nil || len(frames) == 0 || answer.Responses["A"].Error != "" {
		t.Errorf("the status came as %v %q, %v", frames, answer.Responses["A"].Error, err)
	}
	if b := answer.Responses["B"]; b.Status != 400 || b.Error == "" {
		t.Errorf("a rule on a table got %v", b)
	}

	stranger := within(admin, strings.Repeat("x", 40))
	stranger.DataSourceInstanceSettings.LastUpdatedMS = 1
	code, body := call(stranger, "user:1", "GET", "api/v1/alerts", "")
	refused := struct{ Code, Detail string }{}
	if json.Unmarshal([]byte(body), &refused) != nil || code != 502 || refused.Code != "relay_rejected" || !strings.Contains(refused.Detail, "relaySecret") {
		t.Errorf("another secret got %d %s", code, body)
	}
}
