/**
 * The page's script: asks for the lists every two seconds and touches only what changed, so that what is open stays
 * open and nothing flickers. Everything that was received is set as text.
 */
export const inboxScript = `'use strict';
const pollMs = 2000;
const byId = (id) => document.getElementById(id);
const rows = { deliveries: new Map(), mails: new Map() };
let paused = false;
let loaded = false;
let updatedAt = 0;

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function formatAge(ms) {
  const s = Math.max(0, Math.round(ms / 1000));
  if (s < 60) return s + ' s ago';
  if (s < 3600) return Math.floor(s / 60) + ' min ago';
  if (s < 86400) return Math.floor(s / 3600) + ' h ago';
  return Math.floor(s / 86400) + ' d ago';
}

function find(body, names, depth = 0) {
  if (typeof body !== 'object' || body === null || depth > 3) return undefined;
  for (const name of names) {
    if (typeof body[name] === 'string' && body[name] !== '') return body[name];
  }
  for (const value of Object.values(body)) {
    const found = find(value, names, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function getTitle(delivery) {
  const { body } = delivery;
  if (typeof body === 'string') return body.slice(0, 120) || '(empty body)';
  return find(body, ['title', 'summary', 'text', 'message', 'alertname', 'name']) ?? find(body, ['type']) ?? '(no title)';
}

const tones = { critical: 'bad', error: 'bad', warning: 'warn', info: 'info', resolved: 'good', ok: 'good' };

function addChips(parent, body) {
  const words = [find(body, ['severity', 'level']), find(body, ['status', 'state'])];
  const shown = new Set(words.filter(Boolean).map((one) => one.toLowerCase()));
  const over = shown.has('resolved');
  for (const word of shown) {
    parent.append(element('span', 'chip ' + (over && word !== 'resolved' ? 'neutral' : (tones[word] ?? 'neutral')), word));
  }
}

function getState(delivery) {
  if (!delivery.verified) return ['bad', '✕ Not verified'];
  if (delivery.duplicateOf !== null) return ['warn', '↺ Duplicate of #' + delivery.duplicateOf];
  if (delivery.answered !== 200) return ['warn', '▲ Answered ' + delivery.answered];
  return ['good', '✓ Verified'];
}

function addFacts(parent, facts) {
  const list = element('dl');
  for (const [name, value] of facts) {
    if (value !== null && value !== '') list.append(element('dt', '', name), element('dd', '', String(value)));
  }
  parent.append(list);
}

function buildTime(at) {
  const time = element('time');
  time.dateTime = at;
  time.title = new Date(at).toLocaleString();
  return time;
}

function buildTitle(seq, text) {
  const title = element('span', 'title', text);
  title.prepend(element('span', 'neutral', '#' + seq + ' '));
  return title;
}

function buildRow(className, summaryParts, fill) {
  const row = element('li', className);
  const details = element('details');
  const summary = element('summary');
  summary.append(...summaryParts);
  details.append(summary);
  details.addEventListener('toggle', () => {
    if (details.open && details.children.length === 1) {
      const more = element('div', 'more');
      fill(more);
      details.append(more);
    }
  });
  row.append(details);
  return row;
}

const builders = {
  deliveries(delivery) {
    const [tone, word] = getState(delivery);
    const chips = element('span', 'chips');
    addChips(chips, delivery.body);
    const parts = [element('span', 'state ' + tone, word), buildTitle(delivery.seq, getTitle(delivery)), chips, buildTime(delivery.at)];
    return buildRow('delivery', parts, (more) => {
      addFacts(more, [
        ['webhook-id', delivery.id], ['Received', new Date(delivery.at).toLocaleString()],
        ['Answered', delivery.answered], ['Not verified because', delivery.flaw], ['Same id as', delivery.duplicateOf === null ? null : '#' + delivery.duplicateOf],
      ]);
      more.append(element('pre', '', typeof delivery.body === 'string' ? delivery.body : JSON.stringify(delivery.body, null, 2)));
    });
  },
  mails(mail) {
    const parts = [buildTitle(mail.seq, mail.subject || '(no subject)'), element('span', 'from neutral', 'to ' + mail.to.join(', ')), buildTime(mail.at)];
    return buildRow('mail', parts, (more) => {
      addFacts(more, [['From', mail.from], ['To', mail.to.join(', ')], ['Received', new Date(mail.at).toLocaleString()], ['Message-ID', mail.messageId]]);
      more.append(element('pre', '', mail.text));
    });
  },
};

function show(kind, items) {
  const known = rows[kind];
  const list = byId(kind);
  const getKey = ({ seq, at }) => seq + ' ' + at;
  const present = new Set(items.map(getKey));
  for (const [key, row] of known) {
    if (!present.has(key)) {
      row.remove();
      known.delete(key);
    }
  }
  for (const item of items.toReversed()) {
    if (known.has(getKey(item))) continue;
    const row = builders[kind](item);
    known.set(getKey(item), row);
    list.prepend(row);
    if (loaded) {
      row.classList.add('fresh');
      setTimeout(() => row.classList.remove('fresh'), 3000);
    }
  }
  byId(kind + '-empty').hidden = items.length > 0;
  byId(kind + '-count').textContent = items.length > 0 ? String(items.length) : '';
}

function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function describe(deliveries, mails) {
  if (deliveries.length + mails.length === 0) return 'Nothing has arrived yet.';
  const unverified = deliveries.filter(({ verified }) => !verified).length;
  const duplicates = deliveries.filter(({ duplicateOf }) => duplicateOf !== null).length;
  const count = (number, word) => number + ' ' + word + (number === 1 ? '' : 's');
  const faults = [unverified > 0 ? unverified + ' not verified' : '', duplicates > 0 ? count(duplicates, 'duplicate') : ''].filter(Boolean);
  const first = count(deliveries.length, 'webhook') + ' and ' + count(mails.length, 'mail') + '.';
  return first + (deliveries.length === 0 ? '' : ' ' + (faults.length === 0 ? 'All webhooks are verified, none came twice.' : faults.join(', ') + '.'));
}

function showNotice(state) {
  const notices = [];
  if (!state.canVerify) notices.push('The inbox was started without a secret (DEMO_INBOX_SECRET), so it refuses every webhook.');
  if (state.behaviour.mode !== 'ok') notices.push('Answers are set to "' + state.behaviour.mode + '" (POST /behaviour).');
  byId('notice').hidden = notices.length === 0;
  setText(byId('notice'), notices.join(' '));
}

async function refresh() {
  const [state, mails] = await Promise.all(['/deliveries', '/mails'].map(async (path) => (await fetch(path)).json()));
  show('deliveries', state.items);
  show('mails', mails.items);
  setText(byId('answer'), describe(state.items, mails.items));
  showNotice(state);
  loaded = true;
  updatedAt = Date.now();
}

function tick() {
  for (const time of document.querySelectorAll('time')) {
    setText(time, formatAge(Date.now() - Date.parse(time.dateTime)));
  }
  setText(byId('freshness'), paused ? 'paused' : updatedAt === 0 ? '' : 'updated ' + formatAge(Date.now() - updatedAt));
}

async function poll() {
  if (!paused && !document.hidden) {
    try {
      await refresh();
    } catch {
      setText(byId('answer'), 'The inbox does not answer. It is asked again every two seconds.');
    }
    tick();
  }
  setTimeout(poll, pollMs);
}

byId('webhook-url').textContent = location.origin + '/webhook';
byId('pause').addEventListener('click', () => {
  paused = !paused;
  byId('pause').setAttribute('aria-pressed', String(paused));
  byId('pause').textContent = paused ? 'Go on' : 'Pause';
  tick();
});
byId('clear').addEventListener('click', async () => {
  if (!confirm('Delete all webhooks and mails of this inbox?')) return;
  await Promise.all(['/deliveries', '/mails'].map((path) => fetch(path, { method: 'DELETE' })));
  await refresh();
});
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && !paused) refresh().then(tick, () => undefined);
});
setInterval(tick, 1000);
poll();
`;
