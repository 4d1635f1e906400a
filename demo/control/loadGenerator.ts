import http from 'node:http';
import { Counter, type Registry } from 'prom-client';
import type { Random } from '../random.ts';
import { getPort } from '../topology.ts';
import { getRate } from './traffic.ts';

interface LoadOptions {
  readonly portBase: number;
  readonly trafficDayMs: number;
  readonly peakRps: number;
  readonly random: Random;
  readonly registry: Registry;
}

interface Visit {
  readonly page: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
}

/** More visitors than this do not wait at once: a shop that hangs must not eat the machine. */
const maxInFlight = 150;

const patienceMs = 10_000;
const productCount = 120;

/** Shares of what visitors do; they add up to 1. */
const shares = [
  { page: '/', share: 0.3 },
  { page: '/product/:id', share: 0.38 },
  { page: '/cart/:id', share: 0.14 },
  { page: '/checkout', share: 0.18 },
] as const;

/**
 * Visitors of the shop: they come at random (a Poisson process) at the rate of the time of day and do not wait for
 * each other, as real ones do not.
 *
 * @returns a function that sends no more of them
 */
export function startLoadGenerator(options: LoadOptions): () => void {
  const agent = new http.Agent({ keepAlive: true, maxSockets: maxInFlight });
  const visits = new Counter({
    name: 'loadgen_visits_total',
    help: 'Visits to the storefront by page and outcome.',
    labelNames: ['page', 'outcome'],
    registers: [options.registry],
  });
  let inFlight = 0;
  let timer: NodeJS.Timeout;

  const next = () => {
    const rate = getRate(Date.now(), options);
    timer = setTimeout(visit, (-Math.log(1 - options.random()) / rate) * 1_000);
  };
  const visit = () => {
    next();
    const chosen = chooseVisit(options.random);
    if (inFlight >= maxInFlight) {
      visits.inc({ page: chosen.page, outcome: 'turned_away' });
      return;
    }
    inFlight++;
    void send(chosen, { agent, port: getPort(options.portBase, 'storefront') }).then((outcome) => {
      inFlight--;
      visits.inc({ page: chosen.page, outcome });
    });
  };
  next();
  return () => {
    clearTimeout(timer);
    agent.destroy();
  };
}

export function chooseVisit(random: Random): Visit {
  const visitor = `c-${Math.floor(random() * 400)}`;
  const product = 1 + Math.floor(random() * productCount);
  let left = random();
  const page = shares.find(({ share }) => (left -= share) < 0)?.page ?? '/';
  switch (page) {
    case '/':
      return { page, method: 'GET', path: '/' };
    case '/product/:id':
      return { page, method: 'GET', path: `/product/${product}` };
    case '/cart/:id':
      return { page, method: 'POST', path: `/cart/${visitor}`, body: { product } };
    case '/checkout':
      return { page, method: 'POST', path: '/checkout', body: { cart: visitor } };
  }
}

function send(visit: Visit, target: { agent: http.Agent; port: number }): Promise<string> {
  const payload = visit.body === undefined ? undefined : JSON.stringify(visit.body);
  const headers = payload === undefined ? {} : { 'content-type': 'application/json' };
  return new Promise((resolve) => {
    const request = http.request(
      {
        ...target,
        host: '127.0.0.1',
        method: visit.method,
        path: visit.path,
        headers,
        signal: AbortSignal.timeout(patienceMs),
      },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve((answer.statusCode ?? 500) < 500 ? 'served' : 'failed'));
        answer.on('error', () => resolve('broken'));
      }
    );
    request.on('error', () => resolve('no_answer'));
    request.end(payload);
  });
}
