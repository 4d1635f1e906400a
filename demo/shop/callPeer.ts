import http from 'node:http';
import { SpanKind, SpanStatusCode, type Span } from '@opentelemetry/api';
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
  ATTR_URL_FULL,
} from '@opentelemetry/semantic-conventions';
import { getTraceHeaders, inSpan } from '../telemetry/tracing.ts';
import { getPort, outsideHost, peerHosts, type ProcessName } from '../topology.ts';
import { UpstreamError } from './shopError.ts';
import type { ShopRuntime } from './shopRuntime.ts';

export interface PeerCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** The path with its variables unfilled: names the span without a name per product. */
  readonly template: string;
  readonly body?: unknown;
}

export interface PeerAnswer {
  readonly status: number;
  readonly body: unknown;
}

export type CallPeer = (peer: ProcessName, call: PeerCall) => Promise<PeerAnswer>;

const patienceMs = 5_000;

/** Nothing listens on port 1 of a machine's loopback (tcpmux, RFC 1078, is long gone): the refusal is a real one. */
const refusingPort = 1;

/**
 * The HTTP client of a service: traced, measured, with a deadline of 5 s. Answers up to 499 are handed back; anything
 * else is thrown as `UpstreamError`.
 */
export function createPeerClient(runtime: ShopRuntime): CallPeer {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 50 });
  return (peer, call) => {
    const port = getPort(runtime.settings.portBase, peer);
    const address = peerHosts[peer];
    const attributes = {
      [ATTR_HTTP_REQUEST_METHOD]: call.method,
      [ATTR_SERVER_ADDRESS]: address,
      [ATTR_SERVER_PORT]: port,
      [ATTR_URL_FULL]: `http://${address}:${port}${call.path}`,
      'url.template': call.template,
      'peer.service': peer,
    };
    const options = { name: `${call.method} ${call.template}`, kind: SpanKind.CLIENT, attributes };
    return inSpan(runtime.tracer, options, (span) => measureCall({ runtime, agent, peer, call, span, port }));
  };
}

interface MeasuredCall {
  readonly runtime: ShopRuntime;
  readonly agent: http.Agent;
  readonly peer: ProcessName;
  readonly call: PeerCall;
  readonly span: Span;
  readonly port: number;
}

async function measureCall(measured: MeasuredCall): Promise<PeerAnswer> {
  const { runtime, peer, call, span } = measured;
  const labels = { peer, server_address: peerHosts[peer], http_request_method: call.method };
  const stop = runtime.metrics.clientDuration.startTimer(labels);
  try {
    const answer = await request(measured);
    stop({ http_response_status_code: String(answer.status) });
    span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, answer.status);
    if (answer.status >= 400) {
      span.setAttribute(ATTR_ERROR_TYPE, String(answer.status));
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
    return answer.status < 500 ? answer : fail(peer, answer);
  } catch (error) {
    if (!(error instanceof UpstreamError)) {
      const type = getErrorType(error);
      stop({ error_type: type });
      throw new UpstreamError(type === 'timeout' ? 504 : 502, `${peer} did not answer: ${type}`, { cause: error });
    }
    throw error;
  }
}

function fail(peer: ProcessName, answer: PeerAnswer): never {
  throw new UpstreamError(502, `${peer} answered ${answer.status}`);
}

/** A short word for what went wrong on the way to a peer: fit for a label. */
export function getErrorType(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') {
    return 'timeout';
  }
  return error instanceof Error && 'code' in error ? String(error.code) : 'other';
}

function request({ runtime, agent, peer, call, port }: MeasuredCall): Promise<PeerAnswer> {
  const payload = call.body === undefined ? undefined : JSON.stringify(call.body);
  const headers = {
    // A host outside has no business with the shop's trace ids.
    ...(peer === outsideHost ? {} : getTraceHeaders()),
    ...(payload === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }),
    host: `${peerHosts[peer]}:${port}`,
  };
  return new Promise((resolve, reject) => {
    const outgoing = http.request(
      {
        agent,
        host: '127.0.0.1',
        port: runtime.effects.isDependencyDown() ? refusingPort : port,
        method: call.method,
        path: call.path,
        headers,
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          clearTimeout(deadline);
          resolve({ status: incoming.statusCode ?? 0, body: parseBody(Buffer.concat(chunks).toString()) });
        });
      }
    );
    const deadline = setTimeout(() => {
      outgoing.destroy(new DOMException(`no answer within ${patienceMs} ms`, 'TimeoutError'));
    }, patienceMs);
    outgoing.on('socket', (socket) => runtime.metrics.network.track(socket));
    outgoing.on('error', (error) => {
      clearTimeout(deadline);
      reject(error);
    });
    outgoing.end(payload);
  });
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
