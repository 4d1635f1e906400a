import { runCommand } from './commands.ts';
import { processIo } from './io.ts';

process.exitCode = await runCommand(process.argv.slice(2), processIo);
