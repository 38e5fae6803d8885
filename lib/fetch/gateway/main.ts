#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { Misuse } from '../../refusal/misuse.ts';
import { help } from './help.ts';
import { loadConfig } from './load-config.ts';
import { packageVersion } from './package-version.ts';
import { type SettledGateway, startSettings } from './start-gateway.ts';

const wrongUse = 2;

async function main(): Promise<void> {
  // A reader that is gone (EPIPE) must not end the gateway, whatever is said next.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  const options = readOptions();
  if (options.help) return void process.stdout.write(help);
  if (options.version) return void process.stdout.write(`${packageVersion()}\n`);
  if (options.config === undefined) fail('bulwark-gateway: --config FILE is needed. See --help.', wrongUse);
  const settings = await loadConfig(options.config).catch(stopFor);
  if (options.check)
    return void process.stdout.write(`${options.config} is valid, with ${settings.roles.length} role(s).\n`);
  const gateway = await startSettings(settings).catch(stopFor);
  const admin = gateway.adminPort === undefined ? '' : `, admin on port ${gateway.adminPort}`;
  say(`listens on ${settings.listen.host} port ${gateway.port}${admin}`);
  say('inside tunnels nothing is checked but where they lead: neither redirects nor bodies');
  obeySignals(gateway, options.config);
}

function readOptions(): { config?: string; check?: boolean; help?: boolean; version?: boolean } {
  try {
    const { values } = parseArgs({
      options: {
        config: { type: 'string', short: 'c' },
        check: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
      },
    });
    return values;
  } catch (error) {
    return fail(`bulwark-gateway: ${(error as Error).message} See --help.`, wrongUse);
  }
}

/** SIGHUP reads the configuration again; SIGTERM and SIGINT stop, and a second one stops at once. */
function obeySignals(gateway: SettledGateway, path: string): void {
  process.on('SIGHUP', () => void reload(gateway, path));
  let stopping = false;
  const stop = (): void => {
    say(stopping ? 'stops now' : 'stops when what is under way has ended; a second signal ends it');
    stopping = true;
    // Called again, it waits no longer.
    gateway.close().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

async function reload(gateway: SettledGateway, path: string): Promise<void> {
  try {
    const settings = await loadConfig(path).catch((error: unknown) => {
      gateway.reloadFailed();
      throw error;
    });
    const { kept, closed } = gateway.reload(settings);
    say(`reads its configuration again; tunnels kept: ${kept}, closed: ${closed}`);
  } catch (error) {
    say(`keeps its former configuration. ${sentenceOf(error)}`);
  }
}

function stopFor(error: unknown): never {
  return fail(`bulwark-gateway: ${sentenceOf(error)}`, error instanceof Misuse ? wrongUse : 1);
}

function sentenceOf(error: unknown): string {
  if (error instanceof Misuse) return `${error.code}: ${error.message} ${error.hint}`;
  return error instanceof Error ? error.message : String(error);
}

function say(text: string): void {
  process.stderr.write(`bulwark-gateway: ${text}\n`);
}

function fail(text: string, status: number): never {
  process.stderr.write(`${text}\n`);
  process.exit(status);
}

await main();
