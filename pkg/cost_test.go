package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/genproto/pluginv2"
)

const answer = `{"items":[],"next":null}`

// BenchmarkResourceCall measures what a call costs over asking the engine itself: `go test -bench . ./pkg`.
func BenchmarkResourceCall(b *testing.B) {
	relay := start(b)
	engineURL := startEngine(b, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, answer)
	})
	plugin := contextOf(engineURL, 1, &pluginv2.User{Login: "ada", Role: "Viewer"})
	direct := func() {
		response, err := http.Get(engineURL + "/api/v1/alerts")
		if err != nil {
			b.Fatal(err)
		}
		_, _ = io.ReadAll(response.Body)
		_ = response.Body.Close()
	}
	relayed := func() {
		stream, err := relay.resources.CallResource(b.Context(), &pluginv2.CallResourceRequest{PluginContext: plugin, Method: "GET", Path: "api/v1/alerts", Url: "api/v1/alerts"})
		if err != nil {
			b.Fatal(err)
		}
		if _, body := readStream(b, stream); body != answer {
			b.Fatalf("got %q", body)
		}
	}
	var without, with []time.Duration
	for b.Loop() {
		// In turn, so that a busy moment of the machine meets both.
		without = append(without, timed(direct))
		with = append(with, timed(relayed))
	}
	b.ReportMetric(ms(percentile(with, 50)-percentile(without, 50)), "ms-added-p50")
	b.ReportMetric(ms(percentile(with, 95)-percentile(without, 95)), "ms-added-p95")
	b.ReportMetric(residentMiB(b, relay.pid), "MiB-resident")
}

// BenchmarkQueryOfManyRows measures the largest answer that a panel asks for: 10,000 alerts of 15 columns.
func BenchmarkQueryOfManyRows(b *testing.B) {
	const rows, columns = 10_000, 15
	relay := start(b)
	values := "[" + strings.Repeat(`"a text of an alert",`, rows-1) + `"the last"]`
	field := `{"name":"summary","type":"string","typeInfo":{"frame":"string","nullable":false}}`
	body := fmt.Sprintf(`{"results":[{"refId":"A","error":null,"status":200,"frames":[{"schema":{"refId":"A","fields":[%s]},"data":{"values":[%s]}}]}]}`,
		strings.Repeat(field+",", columns-1)+field, strings.Repeat(values+",", columns-1)+values)
	engineURL := startEngine(b, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, body)
	})
	plugin := contextOf(engineURL, 1, nil)
	for b.Loop() {
		got, err := relay.data.QueryData(b.Context(), &pluginv2.QueryDataRequest{PluginContext: plugin, Queries: queriesFor("A")})
		if err != nil || got.Responses["A"].Status != http.StatusOK {
			b.Fatalf("got %v, %v", got, err)
		}
	}
	b.ReportMetric(residentMiB(b, relay.pid), "MiB-resident")
}

func timed(what func()) time.Duration {
	started := time.Now()
	what()
	return time.Since(started)
}

func percentile(all []time.Duration, percent int) time.Duration {
	sorted := slices.Sorted(slices.Values(all))
	return sorted[min(len(sorted)*percent/100, len(sorted)-1)]
}

func ms(duration time.Duration) float64 { return float64(duration) / float64(time.Millisecond) }

// residentMiB reads what Linux says of a process; 0 elsewhere.
func residentMiB(t testing.TB, pid int) float64 {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		kibibytes := 0
		if _, err := fmt.Sscanf(line, "VmRSS: %d kB", &kibibytes); err == nil {
			return float64(kibibytes) / 1024
		}
	}
	return 0
}
