package relay

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

func TestIdentity(t *testing.T) {
	anonymous := &backend.User{Role: "Viewer"}
	withID := func(tokens ...string) http.Header { return http.Header{"X-Grafana-Id": tokens} }
	for _, test := range []struct {
		name     string
		plugin   backend.PluginContext
		headers  http.Header
		expected claims
	}{
		{"a user", backend.PluginContext{OrgID: 1, User: ada}, withID(idToken("user:2", "default")),
			claims{Subject: "user:2", Login: "ada", Role: "Editor", Namespace: "default"}},
		{"a user of another organisation", backend.PluginContext{OrgID: 2, User: ada}, withID(idToken("user:2", "org-2")),
			claims{Subject: "user:2", Login: "ada", Role: "Editor", Namespace: "org-2"}},
		{"a service account", backend.PluginContext{OrgID: 1, User: &backend.User{Login: "sa-1-ci", Role: "Admin"}},
			withID(idToken("service-account:4", "default")),
			claims{Subject: "service-account:4", Login: "sa-1-ci", Role: "Admin", Namespace: "default"}},
		{"an anonymous visitor", backend.PluginContext{OrgID: 1, User: anonymous}, withID(idToken("anonymous:0", "default")),
			claims{Subject: "anonymous:0", Role: "Viewer", Namespace: "default"}},
		{"no id token", backend.PluginContext{OrgID: 1, User: ada}, nil, claims{Login: "ada", Role: "Editor", Namespace: "default"}},
		{"no user", backend.PluginContext{OrgID: 3}, nil, claims{Namespace: "org-3"}},
		{"a namespace by Grafana", backend.PluginContext{OrgID: 1, Namespace: "stacks-7", User: ada}, withID(idToken("user:2", "stacks-7")),
			claims{Subject: "user:2", Login: "ada", Role: "Editor", Namespace: "stacks-7"}},
		{"the token of another organisation", backend.PluginContext{OrgID: 1, User: ada}, withID(idToken("user:1", "org-2")),
			claims{Login: "ada", Role: "Editor", Namespace: "default"}},
		{"a token without a namespace", backend.PluginContext{OrgID: 1, User: ada}, withID(idToken("user:1", "")),
			claims{Login: "ada", Role: "Editor", Namespace: "default"}},
		{"two tokens", backend.PluginContext{OrgID: 1, User: ada}, withID(idToken("user:1", "default"), idToken("user:2", "default")),
			claims{Login: "ada", Role: "Editor", Namespace: "default"}},
		{"a token that is none", backend.PluginContext{OrgID: 1, User: ada}, withID("user:1"),
			claims{Login: "ada", Role: "Editor", Namespace: "default"}},
		{"a token that is not base64", backend.PluginContext{OrgID: 1, User: ada}, withID("a.%%.c"),
			claims{Login: "ada", Role: "Editor", Namespace: "default"}},
		{"a token that is not JSON", backend.PluginContext{OrgID: 1, User: ada}, withID("e30.e30e.c2ln"),
			claims{Login: "ada", Role: "Editor", Namespace: "default"}},
		{"a subject too long for the engine", backend.PluginContext{OrgID: 1, User: ada}, withID(idToken("user:"+strings.Repeat("1", 196), "default")),
			claims{Login: "ada", Role: "Editor", Namespace: "default"}},
		{"a login too long for the engine", backend.PluginContext{OrgID: 1, User: &backend.User{Login: strings.Repeat("a", 199) + "ä", Role: "Viewer"}}, nil,
			claims{Login: strings.Repeat("a", 199), Role: "Viewer", Namespace: "default"}},
		{"headers that anybody can send", backend.PluginContext{OrgID: 1, User: ada},
			http.Header{
				"X-Grafana-User": {"root"}, "X-Webauth-User": {"root"}, "X-Grafana-Org-Id": {"2"}, "Fromalert": {"true"},
				"X-Grafana-Role": {"Admin"}, "Authorization": {"Bearer x"}, "X-Id-Token": {idToken("user:1", "default")},
			}, claims{Login: "ada", Role: "Editor", Namespace: "default"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.expected.Issuer, test.expected.Audience, test.expected.Call = "pharos-relay", "pharos-engine", "resource"
			if got := identify(test.plugin, test.headers, "resource"); got != test.expected {
				t.Errorf("got %+v,\nexpected %+v", got, test.expected)
			}
		})
	}
}

func TestATokenLivesForAMinuteAroundNow(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	got := verify(t, "Bearer "+sign(claims{Subject: "user:2"}, []byte(testSecret), now))
	if got.IssuedAt != 1_799_999_970 || got.ExpiresAt != 1_800_000_030 || got.Subject != "user:2" {
		t.Errorf("got %+v", got)
	}
}
