package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/grpcplugin"
	"github.com/grafana/grafana-plugin-sdk-go/data"
	"github.com/grafana/grafana-plugin-sdk-go/genproto/pluginv2"
	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
)

// These tests build the program and start it as Grafana does: by go-plugin, with an environment of its own.

const secret = "a secret of the tests, 32 bytes or more"

var program string

func TestMain(m *testing.M) { os.Exit(buildAndRun(m)) }

func buildAndRun(m *testing.M) int {
	folder, err := os.MkdirTemp("", "pharos-relay-")
	if err != nil {
		fmt.Println(err)
		return 1
	}
	defer func() { _ = os.RemoveAll(folder) }()
	program = filepath.Join(folder, "gpx_pharos_relay")
	build := exec.Command("go", "build", "-trimpath", "-tags", "arrow_json_stdlib", "-ldflags", "-s -w", "-o", program, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if output, err := build.CombinedOutput(); err != nil {
		fmt.Printf("the relay does not build: %v\n%s", err, output)
		return 1
	}
	return m.Run()
}

type started struct {
	pid       int
	data      grpcplugin.DataClient
	resources grpcplugin.ResourceClient
	health    grpcplugin.DiagnosticsClient
}

func start(t testing.TB) started {
	t.Helper()
	set := plugin.PluginSet{
		"diagnostics": &grpcplugin.DiagnosticsGRPCPlugin{},
		"resource":    &grpcplugin.ResourceGRPCPlugin{},
		"data":        &grpcplugin.DataGRPCPlugin{},
	}
	command := exec.Command(program)
	client := plugin.NewClient(&plugin.ClientConfig{
		Cmd: command,
		HandshakeConfig: plugin.HandshakeConfig{
			ProtocolVersion: grpcplugin.ProtocolVersion, MagicCookieKey: grpcplugin.MagicCookieKey, MagicCookieValue: grpcplugin.MagicCookieValue,
		},
		VersionedPlugins: map[int]plugin.PluginSet{grpcplugin.ProtocolVersion: set},
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		// As Grafana 12.4 does: not even PATH is inherited.
		SkipHostEnv: true,
		Logger:      hclog.NewNullLogger(),
	})
	t.Cleanup(client.Kill)
	protocol, err := client.Client()
	if err != nil {
		t.Fatalf("the relay does not start: %v", err)
	}
	return started{
		command.Process.Pid,
		dispense[grpcplugin.DataClient](t, protocol, "data"),
		dispense[grpcplugin.ResourceClient](t, protocol, "resource"),
		dispense[grpcplugin.DiagnosticsClient](t, protocol, "diagnostics"),
	}
}

func dispense[T any](t testing.TB, protocol plugin.ClientProtocol, name string) T {
	t.Helper()
	raw, err := protocol.Dispense(name)
	if err != nil {
		t.Fatal(err)
	}
	client, ok := raw.(T)
	if !ok {
		t.Fatalf("%s is a %T", name, raw)
	}
	return client
}

func startEngine(t testing.TB, handler http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

func contextOf(engineURL string, orgID int64, user *pluginv2.User) *pluginv2.PluginContext {
	return &pluginv2.PluginContext{
		OrgId: orgID, PluginId: "pharos-observability-datasource", PluginVersion: "0.1.0", User: user,
		DataSourceInstanceSettings: &pluginv2.DataSourceInstanceSettings{
			Id: 1, Uid: "pharos",
			JsonData:                []byte(fmt.Sprintf(`{"engineUrl":%q}`, engineURL)),
			DecryptedSecureJsonData: map[string]string{"relaySecret": secret},
		},
	}
}

// verify checks the signature, and gives header and claims.
func verify(t testing.TB, authorization string) (header, claims map[string]any) {
	t.Helper()
	parts := strings.Split(strings.TrimPrefix(authorization, "Bearer "), ".")
	if len(parts) != 3 {
		t.Fatalf("Authorization is %q", authorization)
	}
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(parts[0] + "." + parts[1]))
	if base64.RawURLEncoding.EncodeToString(mac.Sum(nil)) != parts[2] {
		t.Error("the signature is not by the secret")
	}
	for i, into := range []*map[string]any{&header, &claims} {
		decoded, err := base64.RawURLEncoding.DecodeString(parts[i])
		if err != nil || json.Unmarshal(decoded, into) != nil {
			t.Fatalf("%q is no part of a JWT", parts[i])
		}
	}
	return header, claims
}

func idToken(sub, namespace string) string {
	payload := fmt.Sprintf(`{"sub":%q,"namespace":%q,"role":"Admin"}`, sub, namespace)
	return "e30." + base64.RawURLEncoding.EncodeToString([]byte(payload)) + ".c2ln"
}

func queriesFor(refIDs ...string) []*pluginv2.DataQuery {
	var queries []*pluginv2.DataQuery
	for _, refID := range refIDs {
		between := &pluginv2.TimeRange{FromEpochMS: 1795269600000, ToEpochMS: 1795273200000}
		queries = append(queries, &pluginv2.DataQuery{RefId: refID, TimeRange: between, Json: []byte(`{"queryType":"status"}`)})
	}
	return queries
}

// readStream gives the first part and the body of all.
func readStream(t testing.TB, stream grpc.ServerStreamingClient[pluginv2.CallResourceResponse]) (*pluginv2.CallResourceResponse, string) {
	t.Helper()
	var first *pluginv2.CallResourceResponse
	body := ""
	for {
		part, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return first, body
		}
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = part
		}
		body += string(part.Body)
	}
}

// As measured on Grafana 12.4.3: what it sends for each kind of caller, and what the engine is then told.
func TestTheEngineIsToldWhoIsCalling(t *testing.T) {
	relay := start(t)
	var told []string
	engineURL := startEngine(t, func(w http.ResponseWriter, r *http.Request) {
		told = append(told, r.Header.Get("Authorization"))
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"status":"ok","version":"0.1.0","results":[]}`)
	})
	type headers = map[string]string
	for _, test := range []struct {
		name    string
		call    string
		orgID   int64
		user    *pluginv2.User
		headers headers
		// sub, login, role, namespace
		expected [4]string
	}{
		{"an admin", "resource", 1, &pluginv2.User{Login: "admin", Role: "Admin"}, headers{"X-Grafana-Id": idToken("user:1", "default")}, [4]string{"user:1", "admin", "Admin", "default"}},
		{"an editor", "resource", 1, &pluginv2.User{Login: "ada", Role: "Editor"}, headers{"X-Grafana-Id": idToken("user:2", "default")}, [4]string{"user:2", "ada", "Editor", "default"}},
		{"a viewer", "resource", 2, &pluginv2.User{Login: "bob", Role: "Viewer"}, headers{"X-Grafana-Id": idToken("user:3", "org-2")}, [4]string{"user:3", "bob", "Viewer", "org-2"}},
		{"an anonymous visitor", "resource", 1, &pluginv2.User{Role: "Viewer"}, headers{"X-Grafana-Id": idToken("anonymous:0", "default")}, [4]string{"anonymous:0", "", "Viewer", "default"}},
		{"a service account", "resource", 1, &pluginv2.User{Login: "sa-1-ci", Role: "Editor"}, headers{"X-Grafana-Id": idToken("service-account:4", "default")}, [4]string{"service-account:4", "sa-1-ci", "Editor", "default"}},
		{"nobody", "resource", 1, nil, nil, [4]string{"", "", "", "default"}},
		{"a viewer with forged headers", "resource", 1, &pluginv2.User{Login: "bob", Role: "Viewer"},
			headers{"X-Grafana-Id": idToken("user:3", "default"), "X-Grafana-User": "admin", "X-Webauth-User": "admin", "X-Grafana-Org-Id": "2", "X-Grafana-Role": "Admin", "Authorization": "Bearer x", "X-Id-Token": idToken("user:1", "org-2")},
			[4]string{"user:3", "bob", "Viewer", "default"}},
		{"a viewer with another organisation's id token", "resource", 1, &pluginv2.User{Login: "bob", Role: "Viewer"}, headers{"X-Grafana-Id": idToken("user:1", "org-2")}, [4]string{"", "bob", "Viewer", "default"}},
		{"an admin who looks at a panel", "query", 1, &pluginv2.User{Login: "admin", Role: "Admin"}, headers{"http_X-Grafana-Id": idToken("user:1", "default")}, [4]string{"user:1", "admin", "Admin", "default"}},
		{"the alert scheduler", "query", 3, &pluginv2.User{Login: "grafana_scheduler", Role: "Admin"}, headers{"FromAlert": "true", "http_X-Rule-Uid": "r1"}, [4]string{"", "grafana_scheduler", "Admin", "org-3"}},
		{"a visitor of a public dashboard", "query", 1, &pluginv2.User{Login: "service", Role: "Admin"}, nil, [4]string{"", "service", "Admin", "default"}},
		{"save and test", "health", 1, &pluginv2.User{Login: "admin", Role: "Admin"}, nil, [4]string{"", "admin", "Admin", "default"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			told = nil
			plugin := contextOf(engineURL, test.orgID, test.user)
			var err error
			switch test.call {
			case "query":
				_, err = relay.data.QueryData(t.Context(), &pluginv2.QueryDataRequest{PluginContext: plugin, Headers: test.headers, Queries: queriesFor("A")})
			case "health":
				_, err = relay.health.CheckHealth(t.Context(), &pluginv2.CheckHealthRequest{PluginContext: plugin, Headers: test.headers})
			default:
				sent := map[string]*pluginv2.StringList{}
				for name, value := range test.headers {
					sent[name] = &pluginv2.StringList{Values: []string{value}}
				}
				var stream grpc.ServerStreamingClient[pluginv2.CallResourceResponse]
				stream, err = relay.resources.CallResource(t.Context(), &pluginv2.CallResourceRequest{PluginContext: plugin, Headers: sent, Method: "GET", Path: "api/v1/alerts", Url: "api/v1/alerts"})
				if err == nil {
					readStream(t, stream)
				}
			}
			if err != nil || len(told) != 1 {
				t.Fatalf("the engine was asked %d times, %v", len(told), err)
			}
			header, claims := verify(t, told[0])
			if header["alg"] != "HS256" || claims["iss"] != "pharos-relay" || claims["aud"] != "pharos-engine" || claims["call"] != test.call {
				t.Errorf("the token is %v %v", header, claims)
			}
			if got := [4]string{claims["sub"].(string), claims["login"].(string), claims["role"].(string), claims["namespace"].(string)}; got != test.expected {
				t.Errorf("the engine was told %q, expected %q", got, test.expected)
			}
			issued, expires, now := claims["iat"].(float64), claims["exp"].(float64), float64(time.Now().Unix())
			if expires-issued != 60 || issued > now || expires < now {
				t.Errorf("the token is good from %v to %v, and now is %v", issued, expires, now)
			}
			if names := slices.Sorted(maps.Keys(claims)); !slices.Equal(names, []string{"aud", "call", "exp", "iat", "iss", "login", "namespace", "role", "sub"}) {
				t.Errorf("the token has %v", names)
			}
		})
	}
}

func TestFramesArriveAsGrafanaReadsThem(t *testing.T) {
	relay := start(t)
	engineURL := startEngine(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"results":[{"refId":"A","error":null,"status":200,"frames":[{"schema":{"refId":"A","name":"firing",
			"meta":{"type":"timeseries-multi","typeVersion":[0,1],"notices":[{"severity":"warning","text":"Loki is stale"}]},
			"fields":[{"name":"time","type":"time","typeInfo":{"frame":"time","nullable":false}},
			{"name":"value","type":"number","typeInfo":{"frame":"float64","nullable":true},"labels":{"severity":"critical"}},
			{"name":"text","type":"string","typeInfo":{"frame":"string","nullable":false}},
			{"name":"on","type":"boolean","typeInfo":{"frame":"bool","nullable":false}},
			{"name":"labels","type":"other","typeInfo":{"frame":"json.RawMessage","nullable":false}}]},
			"data":{"values":[[1795269600000],[3],["häufig"],[true],[{"a":"b"}]]}}]},
			{"refId":"B","error":"signal: expected a signal","status":400,"frames":[]}]}`)
	})
	got, err := relay.data.QueryData(t.Context(), &pluginv2.QueryDataRequest{
		PluginContext: contextOf(engineURL, 1, &pluginv2.User{Login: "ada", Role: "Viewer"}),
		Queries:       queriesFor("A", "B"),
	})
	if err != nil {
		t.Fatal(err)
	}
	frames, err := data.UnmarshalArrowFrames(got.Responses["A"].Frames)
	if err != nil || len(frames) != 1 || got.Responses["A"].Status != 200 {
		t.Fatalf("A got %v, %v", got.Responses["A"], err)
	}
	frame := frames[0]
	if frame.RefID != "A" || frame.Name != "firing" || frame.Meta.Type != "timeseries-multi" || frame.Meta.Notices[0].Text != "Loki is stale" {
		t.Errorf("the frame is %+v with %+v", frame, frame.Meta)
	}
	value, _ := frame.Fields[1].FloatAt(0)
	if value != 3 || frame.Fields[1].Labels["severity"] != "critical" || frame.Fields[2].At(0) != "häufig" || frame.Fields[3].At(0) != true || string(frame.Fields[4].At(0).(json.RawMessage)) != `{"a":"b"}` {
		t.Errorf("the row is %v", frame.RowCopy(0))
	}
	if b := got.Responses["B"]; b.Error != "signal: expected a signal" || b.Status != 400 || b.ErrorSource != string(backend.ErrorSourceDownstream) {
		t.Errorf("B got %v", b)
	}
}

func TestStreamsArriveChunkByChunk(t *testing.T) {
	relay := start(t)
	received := make(chan struct{})
	engineURL := startEngine(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		_, _ = io.WriteString(w, "first")
		_ = http.NewResponseController(w).Flush()
		select {
		case <-received:
			_, _ = io.WriteString(w, "second")
		case <-r.Context().Done():
		}
	})
	stream, err := relay.resources.CallResource(t.Context(), &pluginv2.CallResourceRequest{
		PluginContext: contextOf(engineURL, 1, &pluginv2.User{Login: "ada", Role: "Viewer"}), Method: "GET", Path: "api/v1/changes", Url: "api/v1/changes",
	})
	if err != nil {
		t.Fatal(err)
	}
	first, err := stream.Recv()
	if err != nil || first.Code != 200 || string(first.Body) != "first" || first.Headers["Content-Type"].Values[0] != "text/event-stream" {
		t.Fatalf("first came %v, %v", first, err)
	}
	close(received)
	if _, rest := readStream(t, stream); rest != "second" {
		t.Errorf("then came %q", rest)
	}
}

func TestAClientThatLeavesEndsTheEnginesRequest(t *testing.T) {
	relay := start(t)
	asked, told := make(chan struct{}), make(chan struct{})
	engineURL := startEngine(t, func(_ http.ResponseWriter, r *http.Request) {
		close(asked)
		<-r.Context().Done()
		close(told)
	})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	if _, err := relay.resources.CallResource(ctx, &pluginv2.CallResourceRequest{
		PluginContext: contextOf(engineURL, 1, nil), Method: "GET", Path: "api/v1/changes", Url: "api/v1/changes",
	}); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		what string
		done chan struct{}
		then func()
	}{{"the engine's request", asked, cancel}, {"its end", told, func() {}}} {
		select {
		case <-step.done:
			step.then()
		case <-time.After(20 * time.Second):
			t.Fatalf("%s did not come within 20 s", step.what)
		}
	}
}

func TestHealthOverTheWire(t *testing.T) {
	relay := start(t)
	engineURL := startEngine(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"status":"ok","version":"0.1.0","problems":[]}`)
	})
	healthy, err := relay.health.CheckHealth(t.Context(), &pluginv2.CheckHealthRequest{PluginContext: contextOf(engineURL, 1, nil)})
	if err != nil || healthy.Status != pluginv2.CheckHealthResponse_OK || !strings.HasPrefix(healthy.Message, "Pharos engine 0.1.0 answers in ") {
		t.Errorf("got %v, %v", healthy, err)
	}
	past := contextOf(engineURL, 1, nil)
	past.DataSourceInstanceSettings.Url, past.DataSourceInstanceSettings.LastUpdatedMS = engineURL, 1
	refused, err := relay.health.CheckHealth(t.Context(), &pluginv2.CheckHealthRequest{PluginContext: past})
	if err != nil || refused.Status != pluginv2.CheckHealthResponse_ERROR || !strings.Contains(refused.Message, "Leave url empty") {
		t.Errorf("got %v, %v", refused, err)
	}
}
