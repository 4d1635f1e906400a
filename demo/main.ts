import path from 'node:path';
import { Registry } from 'prom-client';
import { createControlApp, serveApp } from './control/controlServer.ts';
import { startLoadGenerator } from './control/loadGenerator.ts';
import { Supervisor } from './control/supervisor.ts';
import { startInbox } from './inbox.ts';
import { parseSettings, type DemoSettings } from './settings.ts';
import { getPort, releases } from './topology.ts';

const entry = path.join(import.meta.dirname, 'shop', 'main.ts');

function say(line: string): void {
  process.stdout.write(`demo: ${line}\n`);
}

async function start(settings: DemoSettings): Promise<() => Promise<void>> {
  const registry = new Registry();
  registry.setDefaultLabels({ service_name: 'loadgen', version: releases.current });
  const supervisor = new Supervisor({
    getArguments: (name) => ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=2', entry, name],
    environment: process.env,
    say,
  });
  const inbox = await startInbox({
    address: settings.listenAddress,
    port: getPort(settings.portBase, 'inbox'),
    smtpPort: getPort(settings.portBase, 'smtp'),
    dataDir: settings.dataDir,
    secret: settings.inboxSecret,
  });
  const control = await serveApp(
    createControlApp(supervisor, registry),
    getPort(settings.portBase, 'control'),
    settings.listenAddress
  );
  try {
    await supervisor.start();
  } catch (error) {
    await supervisor.stop();
    throw error;
  }
  const stopLoad = startLoadGenerator({ ...settings, random: Math.random, registry });
  return async () => {
    stopLoad();
    control.close();
    control.closeAllConnections();
    await Promise.all([inbox.close(), supervisor.stop()]);
  };
}

function describe(settings: DemoSettings): void {
  const at = (listener: Parameters<typeof getPort>[1]) => `http://127.0.0.1:${getPort(settings.portBase, listener)}`;
  if (settings.lokiUrl === undefined) {
    say('logs are not sent: DEMO_LOKI_URL is not set');
  }
  if (settings.tempoUrl === undefined) {
    say('traces are not sent: DEMO_TEMPO_OTLP_URL is not set');
  }
  say(`shop ${at('storefront')}, faults ${at('control')}/faults, inbox ${at('inbox')}`);
}

let stop: (() => Promise<void>) | undefined;
let ending = false;

async function end(): Promise<void> {
  if (ending) {
    return;
  }
  ending = true;
  await stop?.();
  process.exit(0);
}

process.on('SIGTERM', () => void end());
process.on('SIGINT', () => void end());

try {
  const settings = parseSettings(process.env);
  stop = await start(settings);
  describe(settings);
} catch (error) {
  process.stderr.write(`demo: did not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
