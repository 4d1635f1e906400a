import path from 'node:path';
import type { Part } from './part.ts';

const version = '3.14.0';

export const prometheus: Part = {
  name: 'prometheus',
  version,
  brings: 'metrics, and with them services, thresholds and their alerts',
  advice: `Install Docker or Go, or put prometheus and promtool ${version} on PATH.`,
  majors: [3],
  programs: ['prometheus', 'promtool'],
  usualPlaces: ['/usr/local/bin', '/usr/bin', '/opt/prometheus'],
  goBuild: {
    module: 'prometheus',
    packages: ['github.com/prometheus/prometheus/cmd/prometheus', 'github.com/prometheus/prometheus/cmd/promtool'],
    // Without the cloud providers' service discovery it builds in half the time; this stack names its targets.
    tags: ['netgo', 'remove_all_sd'],
    variables: [`github.com/prometheus/common/version.Version=${version}`],
    minutes: 4,
  },
  archive: (architecture) => {
    const base = `https://github.com/prometheus/prometheus/releases/download/v${version}`;
    return {
      url: `${base}/prometheus-${version}.linux-${architecture}.tar.gz`,
      checksumUrl: `${base}/sha256sums.txt`,
    };
  },
  ports: { http: 9090 },
  healthPath: '/-/ready',
  launch: ({ dataDir, renderedDir, ports, environment }) => ({
    args: [
      `--config.file=${path.join(renderedDir, 'prometheus.yml')}`,
      `--storage.tsdb.path=${path.join(dataDir, 'tsdb')}`,
      `--web.listen-address=127.0.0.1:${ports.http}`,
      `${retentionFlag}=${environment.PROMETHEUS_RETENTION || prometheusRetention}`,
      ...prometheusFlags,
    ],
    environment: {},
  }),
};

export const retentionFlag = '--storage.tsdb.retention.time';
/** Unless `PROMETHEUS_RETENTION` says otherwise. */
export const prometheusRetention = '100d';

/** The flags that do not depend on where it runs; docker-compose.yaml has the same, and a test compares. */
export const prometheusFlags: readonly string[] = [
  '--web.enable-remote-write-receiver',
  '--enable-feature=exemplar-storage',
];
