import { EventEmitter } from 'node:events';
import { addQueueMetrics, createMetrics } from './metrics.ts';

class FakeSocket extends EventEmitter {
  bytesRead = 0;
  bytesWritten = 0;
}

describe('createMetrics', () => {
  it('puts service and version on every series', async () => {
    const { registry, serverDuration } = createMetrics('cart', '1.0.0');
    serverDuration.observe({
      labels: { http_route: '/', http_request_method: 'GET', http_response_status_code: '200' },
      value: 0.3,
      exemplarLabels: { trace_id: 'ab'.repeat(16) },
    });
    addQueueMetrics(registry, { name: 'payments', getDepth: () => 3, getOldestAgeSeconds: () => 1.5 });
    const samples = (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(samples.length).toBeGreaterThan(40);
    expect(samples.filter((line) => !/service_name="cart",version="1.0.0"/.test(line))).toEqual([]);
    expect(samples).toContain('queue_depth{queue="payments",service_name="cart",version="1.0.0"} 3');
    const bucket =
      'http_server_request_duration_seconds_bucket{le="0.5",service_name="cart",version="1.0.0",http_route="/",http_request_method="GET",http_response_status_code="200"} 1';
    expect(samples.find((line) => line.startsWith(bucket))).toMatch(/ 1 # \{trace_id="(?:ab){16}"\} 0\.3 [\d.]+$/);
  });

  it('counts the bytes of each socket once, open or closed', async () => {
    const { registry, network } = createMetrics('cart', '1.0.0');
    const read = async () =>
      (await registry.getSingleMetricAsString('process_network_receive_bytes_total')).split(' ').pop();
    const socket = new FakeSocket();
    network.track(socket);
    network.track(socket);
    socket.bytesRead = 100;
    expect(await read()).toBe('100');
    socket.bytesRead = 150;
    socket.emit('close');
    expect(await read()).toBe('150');
    network.track(Object.assign(new FakeSocket(), { bytesRead: 7 }));
    expect(await read()).toBe('157');
  });
});
