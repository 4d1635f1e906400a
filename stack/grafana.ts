import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { configDir, dashboardsDir } from './paths.ts';
import { getAddress, getSecret, type Part } from './part.ts';

const version = '12.4.3';

export const grafana: Part = {
  name: 'grafana',
  version,
  brings: 'Grafana with the Pharos app; the console of the engine works without it',
  advice: `Install Docker, or Grafana ${version} from your distribution or from grafana.com.`,
  majors: [12, 13],
  programs: ['grafana'],
  usualPlaces: ['/usr/share/grafana/bin', '/usr/local/bin', '/usr/bin'],
  archive: (architecture) => {
    const url = `https://dl.grafana.com/oss/release/grafana-${version}.linux-${architecture}.tar.gz`;
    return { url, checksumUrl: `${url}.sha256` };
  },
  ports: { http: 3000 },
  healthPath: '/api/health',
  launch: (context) => ({
    args: ['server', `--homepath=${findHome(context.program)}`, `--config=${path.join(configDir, 'grafana.ini')}`],
    environment: {
      GF_SERVER_HTTP_ADDR: '127.0.0.1',
      GF_SERVER_HTTP_PORT: String(context.ports.http),
      GF_PATHS_DATA: context.dataDir,
      GF_PATHS_LOGS: path.join(context.dataDir, 'log'),
      GF_PATHS_PLUGINS: context.pluginsDir,
      GF_PATHS_PROVISIONING: context.provisioningDir,
      GF_SECURITY_ADMIN_PASSWORD: getSecret(context, 'grafana_admin_password'),
      PHAROS_PROMETHEUS_URL: `http://${getAddress(context, 'prometheus:9090')}`,
      PHAROS_LOKI_URL: `http://${getAddress(context, 'loki:3100')}`,
      PHAROS_TEMPO_URL: `http://${getAddress(context, 'tempo:3200')}`,
      PHAROS_DASHBOARDS_DIR: dashboardsDir,
      PHAROS_ENGINE_URL: `http://${getAddress(context, 'engine:8686')}`,
      PHAROS_RELAY_SECRET: getSecret(context, 'relay_secret'),
      PHAROS_INTAKE_TOKEN: getSecret(context, 'intake_token'),
      PHAROS_GRAFANA_HMAC_SECRET: getSecret(context, 'grafana_hmac_secret'),
    },
  }),
};

/**
 * Grafana's home: the folder with `conf/defaults.ini` and `public`. Beside an unpacked archive's `bin`, else where the
 * packages put it.
 */
export function findHome(program: string): string {
  const candidates = [path.resolve(realpathSync(program), '..', '..'), '/usr/share/grafana'];
  const home = candidates.find((folder) => existsSync(path.join(folder, 'conf', 'defaults.ini')));
  if (home === undefined) {
    throw new Error(`${program} has no home: expected conf/defaults.ini in ${candidates.join(' or ')}.`);
  }
  return home;
}
