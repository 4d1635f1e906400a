package relay

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"unicode"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

const maxBodyBytes = 5 << 20

var requestHeaders = []string{"Content-Type", "Accept", "Idempotency-Key", "X-Request-Id"}
var responseHeaders = []string{"Content-Type", "Content-Disposition", "Retry-After", "Cache-Control", "X-Request-Id"}

// CallResource carries one HTTP request of a page or panel to the engine, and its answer back as it comes.
func (r *Relay) CallResource(ctx context.Context, req *backend.CallResourceRequest, sender backend.CallResourceResponseSender) error {
	path, query, wrong := readTarget(req)
	if wrong != nil {
		return wrong.sendTo(sender)
	}
	ctx, cancel := context.WithTimeout(ctx, r.deadline(path))
	defer cancel()
	headers := req.GetHTTPHeaders()
	from := identify(req.PluginContext, headers, "resource")
	answer, wrong := r.engine.send(ctx, from, request{req.Method, path + query, pick(headers, requestHeaders), req.Body})
	if wrong != nil {
		return wrong.sendTo(sender)
	}
	defer func() { _ = answer.Body.Close() }()
	out := &answerWriter{sender, backend.CallResourceResponse{Status: answer.StatusCode, Headers: pick(answer.Header, responseHeaders)}, false}
	_, err := io.Copy(out, answer.Body)
	if out.started {
		return err
	}
	if err != nil {
		return r.engine.failure(ctx, err).sendTo(sender)
	}
	_, err = out.Write(nil)
	return err
}

// answerWriter sends each chunk as it comes. The first carries status and headers.
type answerWriter struct {
	sender  backend.CallResourceResponseSender
	part    backend.CallResourceResponse
	started bool
}

func (w *answerWriter) Write(chunk []byte) (int, error) {
	w.part.Body = chunk
	err := w.sender.Send(&w.part)
	w.started, w.part.Headers = true, nil
	return len(chunk), err
}

// readTarget gives the engine's path, escaped, and the query string with its question mark.
func readTarget(req *backend.CallResourceRequest) (path, query string, wrong *problem) {
	path, known := enginePath(req.Path)
	_, raw, _ := strings.Cut(req.URL, "?")
	values, err := url.ParseQuery(raw)
	if len(values) > 0 {
		query = "?" + values.Encode()
	}
	switch {
	case !known:
		wrong = newProblem(http.StatusBadRequest, "invalid_input", "The path %q is not one of the engine; expected /api/v1/… without empty, . or .. parts.", req.Path)
	case err != nil:
		wrong = newProblem(http.StatusBadRequest, "invalid_input", "The query string of %q cannot be read.", req.Path)
	case len(req.Body) > maxBodyBytes:
		wrong = newProblem(http.StatusRequestEntityTooLarge, "too_large", "The body has %d bytes; expected at most %d.", len(req.Body), maxBodyBytes)
	}
	return path, query, wrong
}

// pick copies the first value of each name.
func pick(from http.Header, names []string) http.Header {
	picked := http.Header{}
	for _, name := range names {
		if value := from.Get(name); value != "" {
			picked.Set(name, value)
		}
	}
	return picked
}

// enginePath makes the engine's path, escaped, of a resource call's, which Grafana has decoded and not tidied up. It takes
// /api/v1/… only, and nothing that one more decoding, by whatever stands between, would make another path.
func enginePath(path string) (string, bool) {
	segments := strings.Split(strings.TrimPrefix(path, "/"), "/")
	if len(segments) < 3 || segments[0] != "api" || segments[1] != "v1" {
		return "", false
	}
	for i, segment := range segments {
		if !isPlain(segment) {
			return "", false
		}
		segments[i] = url.PathEscape(segment)
	}
	return "/" + strings.Join(segments, "/"), true
}

func isPlain(segment string) bool {
	if segment == "" || segment == "." || segment == ".." || strings.ContainsAny(segment, `/\`) || strings.ContainsFunc(segment, unicode.IsControl) {
		return false
	}
	decoded, err := url.PathUnescape(segment)
	return err != nil || decoded == segment || isPlain(decoded)
}
