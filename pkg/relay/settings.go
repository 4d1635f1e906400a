package relay

import (
	"encoding/json"
	"net/url"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

// HS256 is as strong as its key, which should be as long as the hash (RFC 7518, 3.2).
const minSecretBytes = 32

const anAddress = "expected the engine's address, such as http://127.0.0.1:8686"
const secretPlace = "which is PHAROS_RELAY_SECRET, or the file secrets/relay_secret in its data directory"

// readSettings gives the engine's scheme and host, and the secret, or a problem for the person who can change them.
func readSettings(source backend.DataSourceInstanceSettings) (string, []byte, *problem) {
	public := struct{ EngineURL string }{}
	unreadable := json.Unmarshal(source.JSONData, &public)
	address, err := url.Parse(public.EngineURL)
	secret := []byte(source.DecryptedSecureJSONData["relaySecret"])
	wrong := func(format string, values ...any) (string, []byte, *problem) {
		return "", nil, badGateway("relay_not_configured", format, values...)
	}
	switch {
	case source.URL != "":
		return wrong("The data source has a url: with it every viewer reaches the engine past the relay. Leave url empty, and set jsonData.engineUrl instead.")
	case unreadable != nil:
		return wrong("The data source's jsonData is not an object with engineUrl as text: %v.", unreadable)
	case public.EngineURL == "":
		return wrong("The engine's address is missing: set jsonData.engineUrl; %s.", anAddress)
	case err != nil || address.Hostname() == "" || (address.Scheme != "http" && address.Scheme != "https"):
		return wrong("jsonData.engineUrl is not an http or https address; %s.", anAddress)
	case address.User != nil:
		return wrong("jsonData.engineUrl holds a user or a password, which every viewer can read; %s.", anAddress)
	case (address.Path != "" && address.Path != "/") || address.RawQuery != "" || address.Fragment != "":
		return wrong("jsonData.engineUrl is %s; %s, and nothing after it.", public.EngineURL, anAddress)
	case len(secret) == 0:
		return wrong("The relay secret is missing: set secureJsonData.relaySecret to the engine's, %s.", secretPlace)
	case len(secret) < minSecretBytes:
		return wrong("The relay secret has %d bytes; expected the engine's, of at least %d.", len(secret), minSecretBytes)
	}
	return address.Scheme + "://" + address.Host, secret, nil
}
