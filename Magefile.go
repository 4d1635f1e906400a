//go:build mage

// The build that Grafana's own tools know; ours is stack/relay.ts, which gives the same program.
package main

import (
	// mage:import
	build "github.com/grafana/grafana-plugin-sdk-go/build"
)

// Default builds for all platforms.
var Default = build.BuildAll
