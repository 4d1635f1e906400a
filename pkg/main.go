// The backend of the data source: Grafana starts this program and talks gRPC with it.
package main

import (
	"os"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/datasource"

	"pharos/pkg/relay"
)

func main() {
	if err := datasource.Manage("pharos-observability-datasource", relay.New, datasource.ManageOpts{}); err != nil {
		backend.Logger.Error("The relay ends", "error", err)
		os.Exit(1)
	}
}
