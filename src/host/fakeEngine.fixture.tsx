import { ThemeContext, createTheme } from '@grafana/data';
import { render, type RenderResult } from '@testing-library/react';
import type { ReactElement } from 'react';
import { z } from 'zod';
import { getMe } from '../api/access.ts';
import { ApiError } from '../api/apiError.ts';
import { createClient, type Decoded, type Schema, type Transport, type TransportRequest } from '../api/client.ts';
import type { OperationContract } from '../api/operation.ts';
import { getChanges } from '../api/system.ts';
import type { Role } from '../core/identity.ts';
import type { Host, HostLocation, Navigation, PageFrameProps } from './host.ts';
import { HostProvider } from './HostProvider.tsx';

type Handler = (request: TransportRequest, params: readonly string[]) => Promise<unknown>;

export interface FakeEngine {
  /** Answers an operation with domain values; throw an ApiError for a problem. The last handler given counts. */
  readonly on: <I extends Schema, O extends Schema>(
    contract: OperationContract<I, O>,
    answer: (input: Decoded<I>) => Decoded<O> | Promise<Decoded<O>>
  ) => FakeEngine;
  /** Inputs of the calls so far, decoded. */
  readonly calls: <I extends Schema>(contract: OperationContract<I>) => Array<Decoded<I>>;
  readonly transport: Transport;
}

const pattern = (path: string): RegExp => new RegExp(`^${path.replace(/\{\w+\}/g, '([^/]+)')}$`);
const namesIn = (path: string): string[] => [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');

/** An engine in memory, typed by the contracts: what it answers is encoded as on the wire, so that a test cannot lie about shapes. */
export function fakeEngine(role: Role = 'admin'): FakeEngine {
  const handlers = new Map<string, { contract: OperationContract; handle: Handler }>();
  const log: Array<{ name: string; input: unknown }> = [];

  const engine: FakeEngine = {
    on(contract, answer) {
      const names = namesIn(contract.path);
      handlers.set(contract.name, {
        contract,
        handle: async ({ query, body }, params) => {
          const wire = { ...query, ...Object(body), ...Object.fromEntries(names.map((name, i) => [name, params[i]])) };
          const input = z.decode(contract.input, wire);
          log.push({ name: contract.name, input });
          const output = await answer(input);
          return contract.produces === 'text/csv'
            ? output
            : JSON.parse(JSON.stringify(z.encode(contract.output, output)));
        },
      });
      return engine;
    },
    // The log holds what the contract's own codec decoded.
    calls: (contract) => log.filter(({ name }) => name === contract.name).map(({ input }) => input) as never,
    async transport(request) {
      const found = [...handlers.values()].find(
        ({ contract }) => contract.method === request.method && pattern(contract.path).test(request.path)
      );
      if (found === undefined) {
        throw new Error(`the fake engine has no answer to ${request.method} ${request.path}`);
      }
      const params = [...(pattern(found.contract.path).exec(request.path) ?? [])].slice(1).map(decodeURIComponent);
      try {
        const answer = await found.handle(request, params);
        const body = request.unread ? new TextEncoder().encode(JSON.stringify(answer)) : answer;
        return { status: found.contract.status, body, retryAfter: undefined };
      } catch (error) {
        if (!(error instanceof ApiError)) {
          throw error;
        }
        const { code, status, message, errors, requestId } = error;
        const body = { type: 'about:blank', title: code, status, code, detail: message, errors, requestId };
        return { status, body, retryAfter: error.retryAfter };
      }
    },
  };

  return engine
    .on(getMe, () => ({ subject: 'session:1', name: 'Ada', role, namespace: 'default' }))
    .on(getChanges, () => new Promise(() => undefined));
}

export interface MemoryNavigation extends Navigation {
  readonly entries: () => readonly string[];
}

/** A history in memory. */
export function memoryNavigation(start: string): MemoryNavigation {
  const listeners = new Set<() => void>();
  const entries = [start];
  let last: HostLocation = { path: '', search: '' };
  return {
    entries: () => entries,
    current() {
      const [path = '/', search = ''] = (entries[entries.length - 1] ?? '/').split(/(?=\?)/);
      if (path !== last.path || search !== last.search) {
        last = { path, search };
      }
      return last;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    go(to, { replace = false } = {}) {
      entries.splice(replace ? entries.length - 1 : entries.length, 1, to);
      listeners.forEach((listener) => listener());
    },
    href: (to) => to,
  };
}

function TestFrame({ title, heading, subtitle, actions, children }: PageFrameProps) {
  return (
    <main className="main-view">
      {heading ?? <h1>{title}</h1>}
      <div>{subtitle}</div>
      <div>{actions}</div>
      {children}
    </main>
  );
}

let engines = 0;

export interface RenderedPage extends RenderResult {
  readonly navigation: MemoryNavigation;
}

/** A host over a fake engine and a history in memory. */
export function testHost(engine: FakeEngine, at = '/'): { host: Host; navigation: MemoryNavigation } {
  const navigation = memoryNavigation(at);
  const host: Host = {
    kind: 'console',
    client: createClient(engine.transport, { random: () => 0, sleep: () => Promise.resolve() }),
    engine: `test-${(engines += 1)}`,
    navigation,
    PageFrame: TestFrame,
    timeZone: 'utc',
    user: undefined,
    version: undefined,
    grafanaUrl: undefined,
    profilesUid: () => undefined,
    downloadUrl: (path, query) => `${path}?${new URLSearchParams(query).toString()}`,
  };
  return { host, navigation };
}

/** Renders a page as a host would, at an address, over a fake engine. */
export function renderPage(
  page: ReactElement,
  { engine, at = '/' }: { engine: FakeEngine; at?: string }
): RenderedPage {
  const { host, navigation } = testHost(engine, at);
  const rendered = render(
    <ThemeContext.Provider value={createTheme()}>
      <HostProvider host={host}>{page}</HostProvider>
    </ThemeContext.Provider>
  );
  return { ...rendered, navigation };
}
