package relay

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

var (
	start = time.Date(2026, 11, 21, 14, 0, 0, 0, time.UTC)
	hour  = backend.TimeRange{From: start, To: start.Add(time.Hour)}
)

func ask(t *testing.T, relay *Relay, req *backend.QueryDataRequest) backend.Responses {
	t.Helper()
	req.PluginContext = backend.PluginContext{OrgID: 1, User: ada}
	got, err := relay.QueryData(context.Background(), req)
	if err != nil {
		t.Fatal(err)
	}
	return got.Responses
}

// recordingEngine answers `{"results":[]}` and keeps what it was asked.
func recordingEngine(t *testing.T, bodies *[]string) *Relay {
	return newRelay(t, startEngine(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		*bodies = append(*bodies, string(body))
		if r.Method != "POST" || r.URL.Path != "/api/v1/frames/query" || r.Header.Get("Content-Type") != "application/json" {
			t.Errorf("the engine was asked %s %s as %s", r.Method, r.URL.Path, r.Header.Get("Content-Type"))
		}
		if who := verify(t, r.Header.Get("Authorization")); who.Call != "query" || who.Login != "ada" {
			t.Errorf("the engine was told %+v", who)
		}
		if _, sent := r.Header["Idempotency-Key"]; sent {
			t.Error("an empty Idempotency-Key was sent")
		}
		writeJSON(w, `{"results":[]}`)
	}))
}

func TestAQueryIsAskedAsTheContractSays(t *testing.T) {
	for _, test := range []struct {
		name     string
		headers  map[string]string
		query    backend.DataQuery
		expected string
	}{
		{"of a panel", nil,
			backend.DataQuery{JSON: []byte(`{"refId":"A","queryType":"signals","signal":"up"}`), QueryType: "signals", Interval: 15 * time.Second, MaxDataPoints: 1000},
			`{"from":"2026-11-21T14:00:00Z","fromAlert":false,"queries":[{"refId":"A","interval":"15000ms","maxDataPoints":1000,"query":{"queryType":"signals","refId":"A","signal":"up"}}],"to":"2026-11-21T15:00:00Z"}`},
		{"of an alert rule", map[string]string{"FromAlert": "true"},
			backend.DataQuery{JSON: []byte(`{"groupBy":"none"}`), QueryType: "alertCounts", MaxDataPoints: 100_000},
			`{"from":"2026-11-21T14:00:00Z","fromAlert":true,"queries":[{"refId":"A","maxDataPoints":50000,"query":{"groupBy":"none","queryType":"alertCounts"}}],"to":"2026-11-21T15:00:00Z"}`},
		{"of a client that says it is one", map[string]string{"http_FromAlert": "true"},
			backend.DataQuery{JSON: []byte(`{"queryType":"status"}`), MaxDataPoints: -1},
			`{"from":"2026-11-21T14:00:00Z","fromAlert":true,"queries":[{"refId":"A","query":{"queryType":"status"}}],"to":"2026-11-21T15:00:00Z"}`},
		{"that is no object", nil, backend.DataQuery{JSON: []byte(`"status"`), QueryType: "status"},
			`{"from":"2026-11-21T14:00:00Z","fromAlert":false,"queries":[{"refId":"A","query":null}],"to":"2026-11-21T15:00:00Z"}`},
		{"that is nothing", nil, backend.DataQuery{QueryType: "status"},
			`{"from":"2026-11-21T14:00:00Z","fromAlert":false,"queries":[{"refId":"A","query":null}],"to":"2026-11-21T15:00:00Z"}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			var bodies []string
			test.query.RefID, test.query.TimeRange = "A", hour
			got := ask(t, recordingEngine(t, &bodies), &backend.QueryDataRequest{Headers: test.headers, Queries: []backend.DataQuery{test.query}})
			if !slices.Equal(bodies, []string{test.expected}) {
				t.Errorf("the engine got  %s\nexpected [%s]", bodies, test.expected)
			}
			expectFailure(t, got["A"], 502, "no answer to query A")
		})
	}
}

func TestQueriesOfOneTimeRangeAreAskedTogether(t *testing.T) {
	var bodies []string
	day := backend.TimeRange{From: start.Add(-24 * time.Hour), To: start}
	relay := recordingEngine(t, &bodies)
	got := ask(t, relay, &backend.QueryDataRequest{Queries: []backend.DataQuery{{RefID: "A", TimeRange: hour}, {RefID: "B", TimeRange: day}, {RefID: "C", TimeRange: hour}}})
	var asked []string
	for _, body := range bodies {
		sent := struct{ Queries []framesQuery }{}
		if err := json.Unmarshal([]byte(body), &sent); err != nil {
			t.Fatal(err)
		}
		names := ""
		for _, query := range sent.Queries {
			names += query.RefID
		}
		asked = append(asked, names)
	}
	slices.Sort(asked)
	if !slices.Equal(asked, []string{"AC", "B"}) || len(got) != 3 {
		t.Errorf("the engine was asked %v, with %d answers", asked, len(got))
	}
}

func expectFailure(t *testing.T, got backend.DataResponse, status int, sentence string) {
	t.Helper()
	if got.Error == nil || !strings.Contains(got.Error.Error(), sentence) || int(got.Status) != status || got.ErrorSource != backend.ErrorSourceDownstream {
		t.Errorf("got %v %v of %s, expected %d %q", got.Status, got.Error, got.ErrorSource, status, sentence)
	}
}

func TestEachQueryGetsItsOwnAnswer(t *testing.T) {
	frames := `[{"schema":{"refId":"A","meta":{"type":"timeseries-multi","typeVersion":[0,1],"custom":{"a":1}},"fields":[
		{"name":"time","type":"time","typeInfo":{"frame":"time.Time","nullable":false}},
		{"name":"value","type":"number","typeInfo":{"frame":"float64","nullable":true},"labels":{"service":"checkout"},"config":{"unit":"s"}}]},
		"data":{"values":[[1795269600000,1795269615000],[0.25,null]]}}]`
	relay := newRelay(t, startEngine(t, func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, `{"results":[{"refId":"A","error":null,"status":200,"frames":`+frames+`},
			{"refId":"B","error":"queryType: expected alerts","status":400,"frames":[]},
			{"refId":"C","error":null,"status":200,"frames":[{"schema":{"fields":[{"name":"a","type":"number","typeInfo":{"frame":"float64"}}]},"data":{"values":[["x"]]}}]},
			{"refId":"E","error":null,"status":200,"frames":[]}]}`)
	}))
	var queries []backend.DataQuery
	for _, refID := range []string{"A", "B", "C", "D", "E"} {
		queries = append(queries, backend.DataQuery{RefID: refID, TimeRange: hour})
	}
	got := ask(t, relay, &backend.QueryDataRequest{Queries: queries})

	if got["A"].Error != nil || got["A"].Status != 200 || len(got["A"].Frames) != 1 {
		t.Fatalf("A got %+v", got["A"])
	}
	frame := got["A"].Frames[0]
	if frame.Rows() != 2 || frame.Meta.Type != "timeseries-multi" || frame.Fields[1].Labels["service"] != "checkout" || frame.Fields[1].Config.Unit != "s" {
		t.Errorf("A got %+v with %+v", frame, frame.Fields[1])
	}
	if at, ok := frame.Fields[0].ConcreteAt(1); !ok || !at.(time.Time).Equal(time.UnixMilli(1795269615000)) {
		t.Errorf("the second time is %v", at)
	}
	if value, err := frame.Fields[1].FloatAt(0); err != nil || value != 0.25 || !frame.Fields[1].NilAt(1) {
		t.Errorf("the values are %v and %v", frame.Fields[1].At(0), frame.Fields[1].At(1))
	}
	expectFailure(t, got["B"], 400, "queryType: expected alerts")
	expectFailure(t, got["C"], 502, "answer to query C cannot be read")
	expectFailure(t, got["D"], 502, "no answer to query D")
	if got["E"].Error != nil || len(got["E"].Frames) != 0 {
		t.Errorf("E got %+v", got["E"])
	}
}

func TestWhatFailsForAllIsSaidToAll(t *testing.T) {
	for _, test := range []struct {
		name     string
		handler  http.HandlerFunc
		status   int
		expected string
	}{
		{"bad input", func(w http.ResponseWriter, _ *http.Request) { writeProblem(w, 400, "invalid_input", "to: before from") }, 400, "to: before from"},
		{"overload", func(w http.ResponseWriter, _ *http.Request) { writeProblem(w, 429, "overloaded", "Too much at once.") }, 429, "Too much at once."},
		{"a store that is gone", func(w http.ResponseWriter, _ *http.Request) { writeProblem(w, 503, "unavailable", "Not now.") }, 503, "Not now."},
		{"another secret", func(w http.ResponseWriter, _ *http.Request) { writeProblem(w, 401, "unauthenticated", "No.") }, 502, "relay secret is not the engine's"},
		{"nonsense", func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, "{") }, 502, "cannot be read"},
		{"more than a panel can take", func(w http.ResponseWriter, _ *http.Request) {
			writeJSON(w, `{"results":[],"x":"`+strings.Repeat("x", maxAnswerBytes)+`"}`)
		}, 502, "larger than the 64 MiB that a panel can take: ask for fewer rows"},
		{"a web page", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>") }, 502, "not a Pharos engine"},
		{"a slow engine", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, 504, "took too long"},
	} {
		t.Run(test.name, func(t *testing.T) {
			relay := newRelay(t, startEngine(t, func(w http.ResponseWriter, r *http.Request) {
				_, _ = io.ReadAll(r.Body)
				test.handler(w, r)
			}))
			relay.deadline = func(string) time.Duration { return time.Minute }
			if test.status == 504 {
				relay.deadline = func(string) time.Duration { return 100 * time.Millisecond }
			}
			got := ask(t, relay, &backend.QueryDataRequest{Queries: []backend.DataQuery{{RefID: "A"}, {RefID: "B"}}})
			expectFailure(t, got["A"], test.status, test.expected)
			expectFailure(t, got["B"], test.status, test.expected)
		})
	}
}
