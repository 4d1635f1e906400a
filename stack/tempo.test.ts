import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { configDir } from './paths.ts';
import { tempo } from './tempo.ts';

const read = (file: string) => parse(readFileSync(path.join(configDir, file), 'utf8'));

describe('tempo', () => {
  it.each([
    ['2.10.8', 'tempo.yaml'],
    ['unknown version', 'tempo.yaml'],
    ['3.0.3', 'tempo-3.yaml'],
    ['3.1.0-rc.0', 'tempo-3.yaml'],
  ])('of %s reads %s', (version, file) => {
    const { args } = tempo.launch({
      ...{ program: '/usr/bin/tempo', version, dataDir: '/data', renderedDir: '', provisioningDir: '', pluginsDir: '' },
      ...{ ports: tempo.ports, secrets: new Map(), environment: {} },
      addresses: new Map([['prometheus:9090', '127.0.0.1:9090']]),
    });
    expect(args).toContain(`-config.file=${path.join(configDir, file)}`);
  });

  it('is told the same in both files, but for what each version alone has', () => {
    const { ingester, compactor, ...two } = read('tempo.yaml');
    const {
      live_store: liveStore,
      query_frontend: _,
      backend_scheduler: scheduler,
      backend_worker: worker,
      ...three
    } = read('tempo-3.yaml');
    delete two.metrics_generator.traces_storage;
    two.overrides.defaults.metrics_generator.processors.pop();
    expect(three).toEqual(two);
    expect(liveStore.ring.instance_addr).toBe(ingester.lifecycler.address);
    for (const { compaction } of [worker, scheduler.provider.compaction]) {
      expect(compaction).toEqual(compactor.compaction);
    }
  });
});
