package relay

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"time"
)

// More is no answer for a panel, and would cost Grafana its memory several times over.
const maxAnswerBytes = 64 << 20

// engine sends requests to the engine, and knows its answers from those of others.
type engine struct {
	url    string
	secret []byte
	// Set when the settings are wrong: what every call gets.
	refusal *problem
	client  *http.Client
	now     func() time.Time
}

func newEngine(url string, secret []byte, refusal *problem) engine {
	// By no proxy: what is sent carries an identity, and the engine is near.
	// Node closes connections after 5 idle seconds; the relay lets go first, lest a request run into that.
	transport := &http.Transport{IdleConnTimeout: 4 * time.Second, MaxIdleConnsPerHost: 32, DisableCompression: true}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return engine{url, secret, refusal, &http.Client{Transport: transport, CheckRedirect: stay}, time.Now}
}

// request has a target that is escaped and has its query: /api/v1/alerts?state=firing.
type request struct {
	method, target string
	header         http.Header
	body           []byte
}

// send gives the engine's answer, whose body the caller closes, or says why there is none.
func (e engine) send(ctx context.Context, from claims, what request) (*http.Response, *problem) {
	if e.refusal != nil {
		return nil, e.refusal
	}
	sent, err := http.NewRequestWithContext(ctx, what.method, e.url+what.target, bytes.NewReader(what.body))
	if err != nil {
		return nil, newProblem(http.StatusBadRequest, "invalid_input", "The request cannot be sent on: %v.", err)
	}
	sent.Header = what.header
	sent.Header.Set("Authorization", "Bearer "+sign(from, e.secret, e.now()))
	sent.Header.Set("User-Agent", "pharos-relay")
	answer, err := e.client.Do(sent)
	if err != nil {
		return nil, e.failure(ctx, err)
	}
	if wrong := e.judge(answer); wrong != nil {
		_ = answer.Body.Close()
		return nil, wrong
	}
	return answer, nil
}

// failure of a request, also in the middle of its answer.
func (e engine) failure(ctx context.Context, err error) *problem {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return newProblem(http.StatusGatewayTimeout, "engine_timeout", "The engine at %s took too long to answer.", e.url)
	}
	if reason := errors.Unwrap(err); reason != nil {
		err = reason // Without method and address, which stand in front.
	}
	return badGateway("engine_unreachable", "The engine at %s does not answer: %v.", e.url, err)
}

// judge finds answers that Grafana's user must not get: another program's, and those to the relay itself. A 401 would make
// Grafana's client look for its own session and send the request again.
func (e engine) judge(answer *http.Response) *problem {
	mediaType, _, _ := mime.ParseMediaType(answer.Header.Get("Content-Type"))
	success := answer.StatusCode >= 200 && answer.StatusCode < 300
	switch {
	case answer.StatusCode >= 300 && answer.StatusCode < 400:
		return e.isAnother("it redirects to " + answer.Header.Get("Location"))
	case success && mediaType != "text/html" && (mediaType != "" || answer.StatusCode == http.StatusNoContent):
		return nil
	case success || mediaType != "application/problem+json":
		return e.isAnother(fmt.Sprintf("it answers %s with content type %q", answer.Status, mediaType))
	case answer.StatusCode == http.StatusUnauthorized:
		return e.rejection(answer.Header.Get("Date"))
	}
	return nil
}

func (e engine) isAnother(why string) *problem {
	return badGateway("not_an_engine", "What answers at %s is not a Pharos engine: %s.", e.url, why)
}

// rejection tells a wrong clock from a wrong secret, which the engine cannot.
func (e engine) rejection(date string) *problem {
	theirs, err := http.ParseTime(date)
	if difference := e.now().Sub(theirs).Abs(); err == nil && difference > tokenTolerance {
		return badGateway("relay_rejected", "The engine at %s refuses the data source's signature: the clocks of Grafana and the engine"+
			" differ by %s, and may by %s. Set them by NTP.", e.url, difference.Round(time.Second), tokenTolerance)
	}
	return badGateway("relay_rejected", "The engine at %s refuses the data source's signature: the relay secret is not the engine's."+
		" Set secureJsonData.relaySecret to the engine's, %s.", e.url, secretPlace)
}

// read decodes an answer and closes it; one that is a problem is given as that.
func (e engine) read(ctx context.Context, answer *http.Response, into any) *problem {
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswerBytes+1))
	switch {
	case err != nil:
		return e.failure(ctx, err)
	case len(body) > maxAnswerBytes:
		return badGateway("too_large", "The engine's answer is larger than the %d MiB that a panel can take: ask for fewer rows by a lower limit, a filter or"+
			" a shorter time range. A trace of this size opens on the trace page of Pharos.", maxAnswerBytes>>20)
	}
	var told *problem
	if answer.StatusCode >= 300 {
		told = &problem{Status: answer.StatusCode}
		into = told
	}
	if err := json.Unmarshal(body, into); err != nil {
		return e.isAnother(fmt.Sprintf("its answer of %d bytes cannot be read: %v", len(body), err))
	}
	return told
}
