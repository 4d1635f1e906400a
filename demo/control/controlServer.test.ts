import { Registry } from 'prom-client';
import type { Fault } from '../faults/fault.ts';
import { createControlApp } from './controlServer.ts';

function createApp() {
  const injected: Fault[] = [];
  const since = '2026-01-01T00:00:00.000Z';
  const app = createControlApp(
    {
      inject: (fault) => {
        injected.push(fault);
        return { ...fault, since };
      },
      heal: () => injected.splice(0).map((fault) => ({ ...fault, since })),
      getFaults: () => injected.map((fault) => ({ ...fault, since })),
      getReports: () => [{ name: 'cart', state: 'running', pid: 7, version: '1.0.0', restarts: 0 }],
    },
    new Registry()
  );
  const post = (body: string, type = 'application/json') =>
    app.request('/faults', { method: 'POST', body, headers: { 'content-type': type } });
  return { app, injected, post };
}

describe('the control server', () => {
  it('puts a fault on a service, lists it and takes it away', async () => {
    const { app, post } = createApp();
    const created = await post('{"fault":"latency","service":"checkout","value":"1s"}');
    expect(created.status).toBe(201);
    expect(await created.json()).toMatchObject({ fault: 'latency', service: 'checkout', value: '1s' });
    expect(await (await app.request('/faults')).json()).toMatchObject({
      faults: [{ fault: 'latency', service: 'checkout' }],
      services: [{ name: 'cart', state: 'running' }],
    });
    const healed = await app.request('/faults', { method: 'DELETE' });
    expect(await healed.json()).toMatchObject({ healed: [{ fault: 'latency' }] });
    expect(await (await app.request('/faults')).json()).toMatchObject({ faults: [] });
  });

  it.each([
    ['{"fault":"latency"}', 'No service was named.'],
    ['{"fault":"flood","service":"cart"}', 'There is no fault "flood".'],
    ['[1', 'The body must be JSON'],
    ['7', 'The body must be JSON'],
  ])('refuses %s and puts nothing on', async (body, sentence) => {
    const { injected, post } = createApp();
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ code: 'bad-fault', detail: expect.stringContaining(sentence) });
    expect(injected).toEqual([]);
  });

  it('takes no form posts, which any web page can send', async () => {
    const { injected, post } = createApp();
    expect((await post('{"fault":"latency","service":"cart"}', 'text/plain')).status).toBe(400);
    expect(injected).toEqual([]);
  });
});
