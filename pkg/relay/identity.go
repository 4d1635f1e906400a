package relay

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

// The engine takes no longer names.
const maxNameLength = 200

// A token is good from 30 s before to 30 s after it was signed, so that clocks may differ by as much.
const tokenTolerance = 30 * time.Second

// claims of the token, as in src/api/relayToken.ts: who Grafana says is calling, and in which of its calls. The engine heeds the
// role in resource calls only.
type claims struct {
	Issuer    string `json:"iss"`
	Audience  string `json:"aud"`
	IssuedAt  int64  `json:"iat"`
	ExpiresAt int64  `json:"exp"`
	Subject   string `json:"sub"`
	Login     string `json:"login"`
	Role      string `json:"role"`
	Namespace string `json:"namespace"`
	Call      string `json:"call"`
}

// identify believes the plugin context, which Grafana makes, and the id token, which Grafana puts over what a client has sent.
// Every other header may come from the client.
func identify(plugin backend.PluginContext, headers http.Header, call string) claims {
	found := claims{Issuer: "pharos-relay", Audience: "pharos-engine", Namespace: namespaceOf(plugin), Call: call}
	if plugin.User != nil {
		found.Role = plugin.User.Role
		found.Login = strings.ToValidUTF8(plugin.User.Login[:min(len(plugin.User.Login), maxNameLength)], "")
	}
	found.Subject = subjectOf(headers.Values(backend.GrafanaUserSignInTokenHeaderName), found.Namespace)
	return found
}

// namespaceOf the organisation: Grafana 12.4 leaves Namespace empty.
func namespaceOf(plugin backend.PluginContext) string {
	switch {
	case plugin.Namespace != "":
		return plugin.Namespace
	case plugin.OrgID == 1:
		return "default"
	}
	return "org-" + strconv.FormatInt(plugin.OrgID, 10)
}

// subjectOf reads `sub` of the id token, such as user:2. Its signature is not checked, as it comes from Grafana over the same
// connection as everything else. Where Grafana has none to send, a client's could arrive: one of another organisation counts nothing.
func subjectOf(tokens []string, namespace string) string {
	id := struct{ Sub, Namespace string }{}
	if len(tokens) != 1 || strings.Count(tokens[0], ".") != 2 {
		return ""
	}
	payload, err := base64.RawURLEncoding.DecodeString(strings.Split(tokens[0], ".")[1])
	if err != nil || json.Unmarshal(payload, &id) != nil || id.Namespace != namespace || len(id.Sub) > maxNameLength {
		return ""
	}
	return id.Sub
}

// sign makes a JWT by HMAC SHA-256 (RFC 7519, RFC 7515).
func sign(from claims, secret []byte, now time.Time) string {
	from.IssuedAt, from.ExpiresAt = now.Add(-tokenTolerance).Unix(), now.Add(tokenTolerance).Unix()
	payload, _ := json.Marshal(from)
	encode := base64.RawURLEncoding.EncodeToString
	signed := encode([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + encode(payload)
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(signed))
	return signed + "." + encode(mac.Sum(nil))
}
