import type { OutgoingHttpHeaders } from 'node:http';

/** Deliveries come from strangers: the page runs nothing but its own script and shows them as text only. */
export const pageHeaders: OutgoingHttpHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

export const inboxPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Demo inbox</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/inbox.css">
</head>
<body>
<header>
  <div>
    <h1>Demo inbox</h1>
    <p id="answer" role="status">Loading…</p>
  </div>
  <div class="tools">
    <span id="freshness"></span>
    <button id="pause" type="button" aria-pressed="false">Pause</button>
    <button id="clear" type="button">Clear all</button>
  </div>
</header>
<main>
  <p id="notice" class="notice" role="alert" hidden></p>
  <section aria-labelledby="deliveries-title">
    <h2 id="deliveries-title">Webhooks <span id="deliveries-count" class="count"></span></h2>
    <ol id="deliveries" class="list"></ol>
    <div id="deliveries-empty" class="empty" hidden>
      <p>No webhook has arrived yet. Every POST to <code id="webhook-url"></code> is listed here, checked and unchecked.</p>
      <p>To see one, set a threshold on p95 latency of checkout, then run <code>npm run demo -- fault latency checkout 1s</code>.</p>
    </div>
  </section>
  <section aria-labelledby="mails-title">
    <h2 id="mails-title">Mails <span id="mails-count" class="count"></span></h2>
    <ol id="mails" class="list"></ol>
    <div id="mails-empty" class="empty" hidden>
      <p>No mail has arrived yet. Any address works: this is the mail server, on loopback and without a login.</p>
    </div>
  </section>
</main>
<script src="/inbox.js"></script>
</body>
</html>
`;
