import type { Matcher } from '../../../core/matchers.ts';
import { COMMON_SERVICE_LABELS, type Convention } from '../convention.ts';
import type { Scope } from '../scope.ts';

const WORKING: readonly Matcher[] = [{ name: 'mode', op: '!~', value: 'idle|iowait|steal' }];
const IDLE: readonly Matcher[] = [{ name: 'mode', op: '=', value: 'idle' }];
/** Traffic of a machine with itself is nobody's bandwidth. */
const WIRED: readonly Matcher[] = [{ name: 'device', op: '!~', value: 'lo|veth.*|cali.*|docker.*|br-.*' }];
/** File systems that cannot fill up, or are full by design. */
const STORED: readonly Matcher[] = [
  { name: 'fstype', op: '!~', value: 'tmpfs|ramfs|overlay|squashfs|iso9660|fuse.lxcfs|devtmpfs|nsfs' },
];

/** Adds up what belongs to one machine, keeping what names its service. */
const perInstance = (scope: Scope, vector: string): string => `sum by (${scope.labels}, instance) (${vector})`;

export const nodeExporter: Convention = {
  name: 'node_exporter',
  serviceLabels: COMMON_SERVICE_LABELS,
  sources: [
    {
      signal: 'cpu',
      metrics: ['node_cpu_seconds_total'],
      expr: (scope) => scope.by('max', scope.raw(perInstance(scope, scope.rate('node_cpu_seconds_total', WORKING)))),
    },
    {
      signal: 'memory',
      metrics: ['node_memory_MemTotal_bytes', 'node_memory_MemAvailable_bytes'],
      expr: (scope) =>
        scope.by(
          'max',
          scope.raw(`${scope.gauge('node_memory_MemTotal_bytes')} - ${scope.gauge('node_memory_MemAvailable_bytes')}`)
        ),
    },
    {
      signal: 'disk_free',
      metrics: ['node_filesystem_avail_bytes', 'node_filesystem_size_bytes'],
      expr: (scope) =>
        scope.by(
          'min',
          scope.raw(
            `${scope.gauge('node_filesystem_avail_bytes', STORED)} / (${scope.gauge('node_filesystem_size_bytes', STORED)} > 0)`
          )
        ),
    },
    {
      signal: 'saturation',
      metrics: ['node_load1', 'node_cpu_seconds_total'],
      expr: (scope) => {
        const cores = `count by (${scope.labels}, instance) (${scope.gauge('node_cpu_seconds_total', IDLE)})`;
        return scope.by('max', scope.raw(`${perInstance(scope, scope.gauge('node_load1'))} / ${cores}`));
      },
    },
    {
      signal: 'network_receive',
      metrics: ['node_network_receive_bytes_total'],
      expr: (scope) => scope.by('sum', scope.rate('node_network_receive_bytes_total', WIRED)),
    },
    {
      signal: 'network_transmit',
      metrics: ['node_network_transmit_bytes_total'],
      expr: (scope) => scope.by('sum', scope.rate('node_network_transmit_bytes_total', WIRED)),
    },
    {
      signal: 'network_drops',
      metrics: ['node_network_receive_drop_total', 'node_network_transmit_drop_total'],
      expr: (scope) =>
        scope.of(
          `${scope.by('sum', scope.rate('node_network_receive_drop_total', WIRED))} + ${scope.by('sum', scope.rate('node_network_transmit_drop_total', WIRED))}`
        ),
    },
  ],
};
