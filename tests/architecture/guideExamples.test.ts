import { createHmac, timingSafeEqual } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import { webhookPayloadSchema } from '../../src/api/webhookPayload.ts';
import { epochMs, hours } from '../../src/core/units.ts';
import { signatureHeaders } from '../../server/receivers/webhookSignature.ts';
import { createFakePrometheus } from '../../server/testing/fakePrometheus.ts';
import { createTestEngine, type TestEngine } from '../../server/testing/createTestEngine.ts';
import { blocksOf, readText } from './guidePages.ts';
import { atPath, examplesOf, readCurl } from './shellExample.ts';

const api = readText('docs/guide/api.md');
const notifications = readText('docs/guide/notifications.md');
const HOST = 'http://localhost';

describe('the examples of docs/guide/api.md', () => {
  let engine: TestEngine;
  beforeEach(async () => {
    engine = await createTestEngine({ sources: [createFakePrometheus()] });
  });
  afterEach(() => engine.dispose());

  /** Runs all of them in order; each sees what those before it have kept. */
  async function runAll() {
    const until = new Date(engine.clock.now() + hours(2)).toISOString();
    const given = { PHAROS: HOST, TOKEN: engine.deps.config.adminToken, UNTIL: until };
    const variables = new Map<string, string>(Object.entries(given));
    const answers = [];
    for (const { command, keeps, status } of blocksOf(api, 'sh').flatMap(examplesOf)) {
      const { method, url, headers, body } = readCurl(command, variables);
      const response = await engine.request(method, url.slice(HOST.length), { headers, body });
      const text = await response.text();
      const isJson = (response.headers.get('content-type') ?? '').includes('json');
      const answer: unknown = isJson ? JSON.parse(text) : text;
      if (keeps !== undefined) {
        variables.set(keeps.name, atPath(answer, keeps.path));
      }
      answers.push({ command, status, got: response.status, answer });
    }
    return answers;
  }

  it('are answered with the status that stands below them', async () => {
    const answers = await runAll();
    expect(answers.length).toBeGreaterThan(30);
    expect(answers.filter(({ status, got }) => status !== got)).toEqual([]);
  });

  it('show a problem as the engine writes it', async () => {
    const [shown = ''] = blocksOf(api, 'json');
    const answers = await runAll();
    const { requestId: _id, ...problem } = JSON.parse(shown);
    expect(answers.find(({ got }) => got === 400)?.answer).toMatchObject(problem);
  });

  it('wait for a change and see it', async () => {
    const answers = await runAll();
    const poll = answers.find(({ command }) => command.includes('since='))?.answer;
    expect(poll).toMatchObject({ topics: ['alerts'] });
  });
});

describe('the examples of docs/guide/notifications.md', () => {
  const [shown = ''] = blocksOf(notifications, 'json');
  const [code = ''] = blocksOf(notifications, 'js');
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const headers = signatureHeaders(secret, { id: 'a', at: epochMs(Date.now()), body: shown });

  function verify(...given: unknown[]): unknown {
    const [, program = ''] = /^import .*\n([\s\S]*)$/.exec(code) ?? [];
    const context = { createHmac, timingSafeEqual, Buffer, given };
    return runInNewContext(`${program}; verify(...given)`, context);
  }

  it('show a body as the engine sends it', () => {
    expect(webhookPayloadSchema.parse(JSON.parse(shown)).alerts[0]?.service).toBe('checkout');
  });

  it('verify a signature, and refuse another body, another secret and an old message', () => {
    const old = signatureHeaders(secret, { id: 'a', at: epochMs(Date.now() - 301_000), body: shown });
    const other = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
    expect([
      verify(secret, headers, shown),
      verify(secret, headers, `${shown} `),
      verify(other, headers, shown),
      verify(secret, old, shown),
    ]).toEqual([true, false, false, false]);
  });
});
