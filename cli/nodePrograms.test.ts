import type { Plan } from '../stack/plan.ts';
import { getDemoSpec, getEngineSpec } from './nodePrograms.ts';

const plan: Plan = {
  enginePort: 8700,
  demoPortBase: 9500,
  ports: new Map(),
  addresses: new Map([
    ['prometheus:9090', '127.0.0.1:9091'],
    ['loki:3100', '127.0.0.1:3101'],
    ['tempo:3200', '127.0.0.1:3201'],
    ['tempo:4318', '127.0.0.1:4319'],
    ['grafana:3000', '127.0.0.1:3001'],
    ['demo:9408', '127.0.0.1:9508'],
    ['demo:9409', '127.0.0.1:9509'],
  ]),
};

describe('getEngineSpec', () => {
  const options = { plan, dataDir: '/data', environment: {}, withDemo: true, withTempo: false };

  it('tells the engine where everything is, and lets it notify the inbox alone', () => {
    expect(getEngineSpec(options).environment).toEqual({
      PHAROS_PORT: '8700',
      PHAROS_DATA_DIR: '/data',
      PHAROS_PROMETHEUS_URL: 'http://127.0.0.1:9091',
      PHAROS_LOKI_URL: 'http://127.0.0.1:3101',
      PHAROS_TEMPO_URL: 'http://127.0.0.1:3201',
      PHAROS_GRAFANA_URL: 'http://127.0.0.1:3001',
      PHAROS_EVALUATION_INTERVAL: '5s',
      PHAROS_EGRESS_ALLOW: '127.0.0.1:9508,127.0.0.1:9509',
      PHAROS_SMTP_URL: 'smtp://127.0.0.1:9509',
    });
  });

  it('opens nothing without the demo', () => {
    const { environment } = getEngineSpec({ ...options, withDemo: false });
    expect(environment).not.toHaveProperty('PHAROS_EGRESS_ALLOW');
    expect(environment).not.toHaveProperty('PHAROS_SMTP_URL');
  });

  it('has the engine trace itself where there is a Tempo, unless somebody has it trace elsewhere', () => {
    const traced = (environment: Record<string, string>) =>
      getEngineSpec({ ...options, environment, withTempo: true }).environment.OTEL_EXPORTER_OTLP_ENDPOINT;
    expect(traced({})).toBe('http://127.0.0.1:4319');
    expect(traced({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector' })).toBe('http://collector');
  });

  it("leaves a person's own settings", () => {
    const environment = { PHAROS_PROMETHEUS_URL: 'http://metrics.internal:9090', PHAROS_LOKI_URL: '' };
    expect(getEngineSpec({ ...options, environment }).environment).toMatchObject({
      PHAROS_PROMETHEUS_URL: 'http://metrics.internal:9090',
      PHAROS_LOKI_URL: 'http://127.0.0.1:3101',
    });
  });
});

describe('getDemoSpec', () => {
  it('tells the demo its ports, where logs and traces go, and the secret of its inbox', () => {
    const secrets = new Map([['demo_inbox_secret', 'whsec_x']]);
    expect(getDemoSpec({ plan, dataDir: '/data', secrets }).environment).toEqual({
      DEMO_PORT_BASE: '9500',
      DEMO_LOKI_URL: 'http://127.0.0.1:3101',
      DEMO_TEMPO_OTLP_URL: 'http://127.0.0.1:4319',
      DEMO_DATA_DIR: '/data/demo',
      DEMO_INBOX_SECRET: 'whsec_x',
    });
  });
});
