// Package relay carries the calls of a Grafana user to the Pharos engine, signed with who is calling. It decides nothing.
package relay

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/instancemgmt"
)

// Relay serves one data source of one organisation.
type Relay struct {
	engine engine
	// How long a call may take, by path of the engine.
	deadline func(path string) time.Duration
}

// New makes the relay of a data source. Wrong settings are no error here: Grafana would hide what is wrong with them.
func New(_ context.Context, source backend.DataSourceInstanceSettings) (instancemgmt.Instance, error) {
	url, secret, wrong := readSettings(source)
	return &Relay{newEngine(url, secret, wrong), deadlineOf}, nil
}

// slow are the calls that the engine itself asks others for, one after the other: stores, which it gives 10 s for each question, and
// receivers, which it gives up to 45 s for a test. So are those that read all that it holds.
var slow = regexp.MustCompile(`^/api/v1/(traces/|service-map$|services/|metrics/|frames/|thresholds/preview$|receivers/[^/]+/test$|history/export$|audit/verify$|backups$)|/evidence$`)

// deadlineOf is longer than the engine takes in any case: its own sentence says better what was slow.
func deadlineOf(path string) time.Duration {
	switch {
	case path == "/api/v1/changes":
		return 35 * time.Second // The engine holds a long poll for up to 30 s.
	case slow.MatchString(path):
		return time.Minute
	}
	return 15 * time.Second
}

// problem is an answer by RFC 9457, as in src/api/problem.ts.
type problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

// newProblem takes a sentence for people.
func newProblem(status int, code, format string, values ...any) *problem {
	return &problem{"about:blank", http.StatusText(status), status, code, fmt.Sprintf(format, values...)}
}

func badGateway(code, format string, values ...any) *problem {
	return newProblem(http.StatusBadGateway, code, format, values...)
}

func (p *problem) sendTo(sender backend.CallResourceResponseSender) error {
	body, _ := json.Marshal(p) // Texts and a number.
	headers := http.Header{"Content-Type": {"application/problem+json"}, "Cache-Control": {"no-store"}}
	return sender.Send(&backend.CallResourceResponse{Status: p.Status, Headers: headers, Body: body})
}
