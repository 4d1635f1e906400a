import path from 'node:path';
import { configDir } from './paths.ts';
import type { Part } from './part.ts';

const version = '3.7.8';

export const loki: Part = {
  name: 'loki',
  version,
  brings: 'logs',
  advice: `Install Docker or Go, or put loki ${version} on PATH.`,
  majors: [3],
  programs: ['loki'],
  usualPlaces: ['/usr/local/bin', '/usr/bin'],
  goBuild: {
    module: 'loki',
    packages: ['github.com/grafana/loki/v3/cmd/loki'],
    tags: ['netgo'],
    variables: [`github.com/grafana/loki/v3/pkg/util/build.Version=${version}`],
    minutes: 7,
  },
  archive: (architecture) => {
    const base = `https://github.com/grafana/loki/releases/download/v${version}`;
    return { url: `${base}/loki-linux-${architecture}.zip`, checksumUrl: `${base}/SHA256SUMS` };
  },
  ports: { http: 3100, grpc: 9096 },
  healthPath: '/ready',
  launch: ({ dataDir, ports }) => ({
    args: [`-config.file=${path.join(configDir, 'loki.yaml')}`, '-config.expand-env=true'],
    environment: {
      STACK_LISTEN: '127.0.0.1',
      LOKI_HTTP_PORT: String(ports.http),
      LOKI_GRPC_PORT: String(ports.grpc),
      LOKI_DATA: dataDir,
    },
  }),
};
