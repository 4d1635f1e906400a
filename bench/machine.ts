import os from 'node:os';

/** Figures mean nothing without the machine, and how busy it was with other things. */
export const describeMachine = () => ({
  cpu: os.cpus()[0]?.model ?? 'unknown',
  cores: os.availableParallelism(),
  memory_gb: Math.round(os.totalmem() / 2 ** 30),
  system: `${os.type()} ${os.release()}`,
  node: process.version,
  load_1m_before: Number((os.loadavg()[0] ?? 0).toFixed(2)),
});
