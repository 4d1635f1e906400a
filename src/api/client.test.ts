import fc from 'fast-check';
import { z } from 'zod';
import { epochMs } from '../core/units.ts';
import { acknowledgeAlert, commentAlert, exportHistory, listAlerts } from './alerts.ts';
import { ApiError } from './apiError.ts';
import { createClient, type ClientTiming, type TransportRequest, type TransportResponse } from './client.ts';
import { operation } from './operation.ts';
import { previewSilence } from './routing.ts';
import { deleteThreshold } from './thresholds.ts';
import { line, time } from './wire.ts';

type Answer = Partial<TransportResponse> | Error;

/** A transport that gives the answers in turn and remembers the requests; waits are noted, not slept. */
function scripted(...answers: Answer[]) {
  const requests: TransportRequest[] = [];
  const waits: number[] = [];
  const timing: ClientTiming = {
    random: () => 0.5,
    sleep: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
  };
  const client = createClient((request) => {
    requests.push(request);
    const answer = answers.shift() ?? new Error('no more answers');
    return answer instanceof Error
      ? Promise.reject(answer)
      : Promise.resolve({ status: 200, body: {}, retryAfter: undefined, ...answer });
  }, timing);
  return { client, requests, waits };
}

const echo = operation({
  name: 'echo',
  method: 'GET',
  path: '/api/v1/echo/{id}',
  access: 'viewer',
  summary: '',
  input: z.object({ id: z.string(), at: time.optional(), word: z.string().optional() }),
  output: z.object({ at: time }),
});

const note = operation({
  name: 'note',
  method: 'POST',
  path: '/api/v1/notes/{id}',
  access: 'editor',
  summary: '',
  input: z.object({ id: z.string(), text: line(5).min(1, 'expected a text') }).strict(),
  output: z.object({}),
});

const AT = '2026-11-21T14:02:00.000Z';

async function failure(promise: Promise<unknown>): Promise<ApiError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason
  );
  if (error instanceof ApiError) {
    return error;
  }
  throw new Error(`expected an ApiError, got ${String(error)}`);
}

const problem = (status: number, code: string, rest: object = {}): Answer => ({
  status,
  body: { type: 'about:blank', title: 't', status, code, detail: `It is ${code}.`, ...rest },
});

describe('request', () => {
  it('fills the path, puts the rest of a GET into the query and decodes the answer', async () => {
    const { client, requests } = scripted({ body: { at: AT } });
    const answer = await client.call(echo, { id: 'a/b c', at: epochMs(0) });
    expect(answer).toEqual({ at: Date.parse(AT) });
    expect(requests[0]).toMatchObject({
      method: 'GET',
      path: '/api/v1/echo/a%2Fb%20c',
      query: { at: '1970-01-01T00:00:00.000Z' },
      body: undefined,
    });
  });

  it('leaves the reading of an answer to who wants it unread, and checks what was read', async () => {
    const body = new TextEncoder().encode('x');
    const { client, requests } = scripted({ body: {} }, { body }, { body });
    await failure(client.call(echo, { id: 'a' }));
    const read = jest.fn((_: Uint8Array): Promise<unknown> => Promise.resolve({ at: AT }));
    expect(await client.call(echo, { id: 'a' }, { read })).toEqual({ at: Date.parse(AT) });
    expect(read.mock.calls[0]?.[0]).toBe(body);
    expect(requests.map(({ unread }) => unread)).toEqual([false, true]);
    const other = await failure(client.call(echo, { id: 'a' }, { read: () => Promise.resolve({}) }));
    expect(other.code).toBe('unexpected_answer');
  });

  it('writes lists, booleans and numbers of a query as text and leaves out what is absent', async () => {
    const { client, requests } = scripted(new Error('enough'));
    await failure(
      client.call(
        listAlerts,
        { state: ['firing', 'stale'], acknowledged: false, limit: 50, q: undefined },
        { tries: 1 }
      )
    );
    expect(requests[0]?.query).toEqual({ state: 'firing,stale', acknowledged: 'false', limit: '50' });
  });

  it('puts the rest of a POST into the body and of a DELETE into the query', async () => {
    const { client, requests } = scripted({ status: 500 }, {});
    await failure(client.call(acknowledgeAlert, { id: 'x', comment: 'deploy', until: epochMs(0) }));
    await client.call(deleteThreshold, { id: 't', reason: 'unused' });
    expect(requests[0]).toMatchObject({
      path: '/api/v1/alerts/x/acknowledge',
      query: {},
      body: { comment: 'deploy', until: '1970-01-01T00:00:00.000Z' },
    });
    expect(requests[1]).toMatchObject({ path: '/api/v1/thresholds/t', query: { reason: 'unused' }, body: undefined });
  });

  it('asks for CSV where the operation answers CSV, and hands over the text', async () => {
    const { client, requests } = scripted({ body: 'at,kind\n' });
    expect(await client.call(exportHistory, {})).toBe('at,kind\n');
    expect(requests[0]?.accept).toBe('text/csv');
  });

  it('keeps any id in one path segment', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, unit: 'grapheme' }), async (id) => {
        const { client, requests } = scripted({ body: { at: AT } });
        await client.call(echo, { id });
        const path = requests[0]?.path ?? '';
        expect(path.split('/')).toHaveLength(5);
        expect(decodeURIComponent(path.slice('/api/v1/echo/'.length))).toBe(id);
      })
    );
  });
});

describe('problems', () => {
  it('refuses bad input without a call, naming the field as the engine would', async () => {
    const { client, requests } = scripted();
    const error = await failure(client.call(note, { id: 'x', text: '' }));
    expect(error).toMatchObject({ code: 'invalid_input', status: 400, message: 'text: expected a text' });
    expect(error.fieldError('text')).toBe('expected a text');
    expect(requests).toHaveLength(0);
  });

  it('names a field within a list as the engine does', async () => {
    const { client } = scripted();
    const matchers = [
      { name: 'service', op: '=' as const, value: 'a' },
      { name: '', op: '=' as const, value: 'b' },
    ];
    const error = await failure(client.call(previewSilence, { matchers }));
    expect(error.fieldError('matchers[1].name')).toBe('expected a label name');
  });

  it('carries code, sentence, fields, wait and request id of a problem document', async () => {
    const errors = [{ path: 'warning', message: 'expected a number below critical' }];
    const { client } = scripted(problem(400, 'invalid_input', { errors, requestId: 'r1', retryAfter: 7 }));
    const error = await failure(client.call(note, { id: 'x', text: 'a' }));
    expect(error).toMatchObject({ code: 'invalid_input', requestId: 'r1', retryAfter: 7 });
    expect(error.message).toBe('It is invalid_input.');
    expect(error.fieldError('warning')).toBe('expected a number below critical');
    expect(error.fieldError('critical')).toBeUndefined();
  });

  it('says so when an error is not the engine’s own', async () => {
    const { client } = scripted({ status: 500, body: '<html>' }, problem(418, 'teapot'));
    expect((await failure(client.call(note, { id: 'x', text: 'a' }))).message).toBe(
      'The engine, or something in front of it, answered with status 500 and no reason.'
    );
    expect(await failure(client.call(note, { id: 'x', text: 'a' }))).toMatchObject({
      code: 'unexpected_answer',
      message: 'It is teapot.',
    });
  });

  it('does not pass on an answer of another form', async () => {
    const { client } = scripted({ body: { at: 'yesterday' } });
    const error = await failure(client.call(echo, { id: 'x' }));
    expect(error.code).toBe('unexpected_answer');
    expect(error.message).toContain('answer to echo is not of the expected form (at: expected an RFC 3339 time');
  });
});

describe('repeating', () => {
  it.each([429, 502, 503])('sends an idempotent call up to three times on %d', async (status) => {
    const { client, requests, waits } = scripted(
      problem(status, 'unavailable'),
      problem(status, 'unavailable'),
      problem(status, 'unavailable')
    );
    expect((await failure(client.call(echo, { id: 'x' }))).status).toBe(status);
    expect(requests).toHaveLength(3);
    expect(waits).toEqual([150, 300]);
  });

  it('answers as if nothing had been when the second try works', async () => {
    const { client, requests } = scripted(new TypeError('fetch failed'), { body: { at: AT } });
    expect(await client.call(echo, { id: 'x' })).toEqual({ at: Date.parse(AT) });
    expect(requests).toHaveLength(2);
  });

  it('waits as long as it is told, in header or body, but not longer than ten seconds', async () => {
    const header = scripted({ status: 503, retryAfter: 2 }, { body: { at: AT } });
    await header.client.call(echo, { id: 'x' });
    expect(header.waits).toEqual([2150]);

    const body = scripted(problem(429, 'overloaded', { retryAfter: 3 }), { body: { at: AT } });
    await body.client.call(echo, { id: 'x' });
    expect(body.waits).toEqual([3150]);

    const long = scripted(problem(503, 'unavailable', { retryAfter: 60 }));
    expect((await failure(long.client.call(echo, { id: 'x' }))).retryAfter).toBe(60);
    expect(long.requests).toHaveLength(1);
  });

  it.each([400, 401, 403, 404, 409, 410, 500])('does not repeat on %d', async (status) => {
    const { client, requests } = scripted(problem(status, 'internal'));
    await failure(client.call(echo, { id: 'x' }));
    expect(requests).toHaveLength(1);
  });

  it('never sends a call twice that is not idempotent', async () => {
    const { client, requests } = scripted(new TypeError('fetch failed'));
    const error = await failure(client.call(commentAlert, { id: 'x', comment: 'hello' }));
    expect(error).toMatchObject({ code: 'network', status: 0 });
    expect(requests).toHaveLength(1);
  });

  it('stops at once when aborted, with the reason of the abort', async () => {
    const control = new AbortController();
    const client = createClient(
      () => {
        control.abort(new Error('left the page'));
        return Promise.reject(new Error('aborted'));
      },
      { random: () => 0, sleep: () => Promise.resolve() }
    );
    await expect(client.call(echo, { id: 'x' }, { signal: control.signal })).rejects.toThrow('left the page');
  });

  it('gives up waiting when aborted', async () => {
    const control = new AbortController();
    const sent: number[] = [];
    const client = createClient(() => {
      sent.push(1);
      queueMicrotask(() => control.abort(new Error('left the page')));
      return Promise.resolve({ status: 503, body: {}, retryAfter: 9 });
    });
    await expect(client.call(echo, { id: 'x' }, { signal: control.signal })).rejects.toThrow('left the page');
    expect(sent).toHaveLength(1);
  });
});
