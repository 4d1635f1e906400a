import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface CannedPrometheus {
  readonly url: string;
  close(): Promise<void>;
}

/** The series of one service over a range, in Prometheus' own form. */
function seriesOf(service: string, range: URLSearchParams): unknown {
  const [start, end, step] = ['start', 'end', 'step'].map((name) => Number(range.get(name))) as [
    number,
    number,
    number,
  ];
  const points = Math.floor((end - start) / step) + 1;
  const values = Array.from({ length: points }, (_, n) => [start + n * step, (0.2 + Math.sin(n / 50) / 10).toFixed(9)]);
  return { metric: { service }, values };
}

/**
 * A Prometheus with a day of history of many services, which a real one would need a day for: it answers every range with one series per
 * service, from memory when it was asked before, and every other question with one number per service.
 */
export async function startCannedPrometheus(services: readonly string[]): Promise<CannedPrometheus> {
  const answers = new Map<string, string>();
  const rangeAnswer = (body: string): string => {
    const known = answers.get(body);
    if (known !== undefined) {
      return known;
    }
    const result = services.map((service) => seriesOf(service, new URLSearchParams(body)));
    const answer = JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } });
    answers.set(body, answer);
    return answer;
  };
  const samples = () => services.map((service) => ({ metric: { service }, value: [Date.now() / 1000, '0.2'] }));
  const answerOf = (path: string, body: string): string => {
    switch (path) {
      case '/api/v1/query_range':
        return rangeAnswer(body);
      case '/api/v1/query':
        return JSON.stringify({ status: 'success', data: { resultType: 'vector', result: samples() } });
      case '/api/v1/targets':
        return JSON.stringify({ status: 'success', data: { activeTargets: [] } });
      default:
        return JSON.stringify({ status: 'success', data: ['http_server_request_duration_seconds_bucket'] });
    }
  };
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    void text(request).then((body) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(answerOf(pathname, body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
