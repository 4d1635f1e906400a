package relay

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

const statusPath = "/api/v1/status"

// CheckHealth tells what exactly is wrong, or who answers and how fast.
func (r *Relay) CheckHealth(ctx context.Context, req *backend.CheckHealthRequest) (*backend.CheckHealthResult, error) {
	message, wrong := r.check(ctx, req)
	if wrong != nil {
		// The code is what the app's own test of the connection goes by.
		return &backend.CheckHealthResult{Status: backend.HealthStatusError, Message: wrong.Detail, JSONDetails: []byte(`{"code":"` + wrong.Code + `"}`)}, nil
	}
	return &backend.CheckHealthResult{Status: backend.HealthStatusOk, Message: message}, nil
}

func (r *Relay) check(ctx context.Context, req *backend.CheckHealthRequest) (string, *problem) {
	ctx, cancel := context.WithTimeout(ctx, r.deadline(statusPath))
	defer cancel()
	from := identify(req.PluginContext, req.GetHTTPHeaders(), "health")
	started := r.engine.now()
	answer, wrong := r.engine.send(ctx, from, request{http.MethodGet, statusPath, http.Header{"Accept": {"application/json"}}, nil})
	if wrong != nil {
		return "", wrong
	}
	found := struct {
		Status, Version string
		Problems        []string
	}{}
	if wrong := r.engine.read(ctx, answer, &found); wrong != nil {
		return "", wrong
	}
	took := r.engine.now().Sub(started).Milliseconds()
	plugin := req.PluginContext.PluginVersion
	switch {
	case found.Status == "" || found.Version == "":
		return "", r.engine.isAnother("its status names no version")
	case release(plugin) != release(found.Version) && release(plugin) != "":
		return "", badGateway("version_mismatch", "The engine at %s is version %s and this plugin %s: install the plugin of the engine's version.", r.engine.url, found.Version, plugin)
	}
	message := fmt.Sprintf("Pharos engine %s answers in %d ms as viewer.", found.Version, took)
	if found.Status != "ok" {
		message += fmt.Sprintf(" It is %s: %s.", found.Status, strings.Join(found.Problems, "; "))
	}
	return message, nil
}

var majorMinor = regexp.MustCompile(`^\d+\.\d+\.`)

// release is major and minor of a version: within it plugin and engine fit. Empty for a plugin that was not built.
func release(version string) string { return majorMinor.FindString(version) }
