import { sha1 } from '@noble/hashes/legacy.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { late, within } from '../../event/clock.ts';
import { factsOf } from './durability-of.ts';
import { patienceMs, type RedisConnection } from './redis-client.ts';
import { type ScriptName, type Scripts, scriptsOf } from './scripts.ts';

export type ScriptRunner = (name: ScriptName, ...args: (string | number)[]) => Promise<unknown>;

interface Loaded {
  readonly scripts: Scripts;
  readonly hashes: Readonly<Record<ScriptName, string>>;
}

const lasting = loaded(false);
const strict = loaded(true);

/** Runs scripts by their hash, and by their text where Redis does not know them. */
export function scriptRunner(connection: RedisConnection, prefix: string): ScriptRunner {
  let known: Loaded | undefined;
  let asking: Promise<Loaded> | undefined;
  connection.onReady(() => {
    known = undefined;
    asking = undefined;
  });

  async function choose(): Promise<Loaded> {
    const { aof_enabled: aof } = await factsOf(connection, 'persistence');
    return aof === '0' ? strict : lasting;
  }

  function ask(): Promise<Loaded> {
    const asked = choose();
    asking = asked;
    asked.then(
      (answer) => {
        if (asking === asked) known = answer;
      },
      () => {
        // Another try may succeed.
        if (asking === asked) asking = undefined;
      },
    );
    return asked;
  }

  return async (name, ...args) => {
    // A client that lost its connection keeps the question until it has one again. Nothing that waits for it may run so late.
    const { scripts, hashes } = known ?? (await soon(asking ?? ask()));
    const rest = ['1', prefix, ...args.map(String)];
    try {
      return await connection.command('EVALSHA', hashes[name], ...rest);
    } catch (error) {
      // It has run nothing: Redis was restarted, or this is the first time.
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return await connection.command('EVAL', scripts[name], ...rest);
    }
  };
}

async function soon<T>(work: Promise<T>): Promise<T> {
  const answer = await within(patienceMs, work);
  if (answer === late) throw new Error('The client is not connected.');
  return answer;
}

function loaded(isStrict: boolean): Loaded {
  const scripts = scriptsOf(isStrict);
  const hashes = Object.fromEntries(
    Object.entries(scripts).map(([name, text]) => [name, bytesToHex(sha1(utf8ToBytes(text)))]),
  ) as Record<ScriptName, string>;
  return { scripts, hashes };
}
