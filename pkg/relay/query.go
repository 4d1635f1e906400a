package relay

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"
)

const framesPath = "/api/v1/frames/query"

// The engine takes no more, in src/api/frames.ts.
const maxDataPoints = 50_000

type framesQuery struct {
	RefID         string         `json:"refId"`
	Interval      string         `json:"interval,omitempty"`
	MaxDataPoints int64          `json:"maxDataPoints,omitempty"`
	Query         map[string]any `json:"query"`
}

type framesAnswer struct {
	Results []struct {
		RefID  string
		Status int
		Error  *string
		Frames json.RawMessage
	}
}

// QueryData asks the engine once for all queries of a time range.
func (r *Relay) QueryData(ctx context.Context, req *backend.QueryDataRequest) (*backend.QueryDataResponse, error) {
	headers := req.GetHTTPHeaders()
	from := identify(req.PluginContext, headers, "query")
	// A client can send this too, in vain: it only ever forbids.
	fromAlert := req.Headers[backend.FromAlertHeaderName] == "true" || headers.Get(backend.FromAlertHeaderName) == "true"
	ranges := map[backend.TimeRange][]framesQuery{}
	for _, query := range req.Queries {
		ranges[query.TimeRange] = append(ranges[query.TimeRange], toEngine(query))
	}
	all := backend.NewQueryDataResponse()
	for between, queries := range ranges {
		start, end := between.From.UTC().Format(time.RFC3339Nano), between.To.UTC().Format(time.RFC3339Nano)
		body := map[string]any{"from": start, "to": end, "fromAlert": fromAlert, "queries": queries}
		answer, wrong := r.askFrames(ctx, from, body)
		for _, query := range queries {
			all.Responses[query.RefID] = responseOf(query.RefID, answer, wrong)
		}
	}
	return all, nil
}

func toEngine(query backend.DataQuery) framesQuery {
	asked := framesQuery{RefID: query.RefID, MaxDataPoints: min(max(query.MaxDataPoints, 0), maxDataPoints)}
	if json.Unmarshal(query.JSON, &asked.Query) == nil && asked.Query != nil && query.QueryType != "" {
		asked.Query["queryType"] = query.QueryType // An alert rule may hold it beside the rest.
	}
	if ms := query.Interval.Milliseconds(); ms > 0 {
		asked.Interval = fmt.Sprintf("%dms", ms)
	}
	return asked
}

func (r *Relay) askFrames(ctx context.Context, from claims, asked map[string]any) (answer framesAnswer, wrong *problem) {
	ctx, cancel := context.WithTimeout(ctx, r.deadline(framesPath))
	defer cancel()
	body, _ := json.Marshal(asked) // It came as JSON.
	// An empty key is not sent; it tells the client that it may ask again should the connection break.
	header := http.Header{"Content-Type": {"application/json"}, "Accept": {"application/json"}, "Idempotency-Key": {}}
	response, wrong := r.engine.send(ctx, from, request{http.MethodPost, framesPath, header, body})
	if wrong == nil {
		wrong = r.engine.read(ctx, response, &answer)
	}
	return answer, wrong
}

func responseOf(refID string, answer framesAnswer, wrong *problem) backend.DataResponse {
	if wrong != nil {
		return failed(wrong.Status, wrong.Detail)
	}
	for _, result := range answer.Results {
		frames := data.Frames{}
		switch {
		case result.RefID != refID:
			continue
		case result.Error != nil:
			return failed(result.Status, *result.Error)
		case json.Unmarshal(result.Frames, &frames) != nil:
			return failed(http.StatusBadGateway, "The engine's answer to query "+refID+" cannot be read.")
		}
		return backend.DataResponse{Frames: frames, Status: backend.StatusOK}
	}
	return failed(http.StatusBadGateway, "The engine gave no answer to query "+refID+".")
}

// failed at the engine, or by its settings: never in the plugin.
func failed(status int, sentence string) backend.DataResponse {
	return backend.DataResponse{Error: errors.New(sentence), Status: backend.Status(status), ErrorSource: backend.ErrorSourceDownstream}
}
