import { openStore } from '../openStore.ts';

/* Run as a program of its own: opens the store in the directory given, says so, and keeps it until killed. */

await openStore({ databaseUrl: null, dataDir: process.argv[2] ?? '' });
process.stdout.write('open\n');
setInterval(() => undefined, 60_000);
