import path from 'node:path';
import { configDir } from './paths.ts';
import { getAddress, type Part } from './part.ts';

const version = '2.10.8';

export const tempo: Part = {
  name: 'tempo',
  version,
  brings: 'traces, and the service graph made from them',
  advice: `Install Docker, or put tempo ${version} on PATH.`,
  majors: [2, 3],
  programs: ['tempo'],
  usualPlaces: ['/usr/local/bin', '/usr/bin'],
  archive: (architecture) => {
    const base = `https://github.com/grafana/tempo/releases/download/v${version}`;
    return {
      url: `${base}/tempo_${version}_linux_${architecture}.tar.gz`,
      checksumUrl: `${base}/SHA256SUMS`,
    };
  },
  ports: { http: 3200, grpc: 9097, otlpGrpc: 4317, otlpHttp: 4318 },
  healthPath: '/ready',
  launch: (context) => ({
    args: [`-config.file=${path.join(configDir, getConfigFile(context.version))}`, '-config.expand-env=true'],
    environment: {
      STACK_LISTEN: '127.0.0.1',
      TEMPO_HTTP_PORT: String(context.ports.http),
      TEMPO_GRPC_PORT: String(context.ports.grpc),
      TEMPO_OTLP_GRPC_PORT: String(context.ports.otlpGrpc),
      TEMPO_OTLP_HTTP_PORT: String(context.ports.otlpHttp),
      TEMPO_DATA: context.dataDir,
      TEMPO_REMOTE_WRITE_URL: `http://${getAddress(context, 'prometheus:9090')}/api/v1/write`,
    },
  }),
};

/** Tempo 3 refuses what it took out, such as `ingester`, without which Tempo 2 would not be ready at once. */
const getConfigFile = (running: string): string => (Number.parseInt(running, 10) >= 3 ? 'tempo-3.yaml' : 'tempo.yaml');
