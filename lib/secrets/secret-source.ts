import { type FileReading, readSecretFile } from './secret-file.ts';

/** What a source has under a name: one text, several in the order of age, nothing, or what is wrong with it. */
export type Found =
  | { readonly texts: readonly string[]; readonly openFile?: string | undefined }
  | { readonly problem: string }
  | undefined;

/** Looks a name up. A `problem` is the end of a sentence that begins with the name, and never has a part of a value. */
export type SecretSource = (name: string) => Promise<Found>;

/**
 * A function that looks up one secret, in a vault for example: its text, several texts (newest first, for keys), or undefined where it
 * has none. `signal` ends what takes too long.
 */
export type SecretLookup = (
  name: string,
  signal: AbortSignal,
) => string | readonly string[] | undefined | null | Promise<string | readonly string[] | undefined | null>;

export type Environment = Record<string, string | undefined>;

/** The environment, the file that `NAME_FILE` names, and a folder of mounted secrets. Exactly one of them may have the secret. */
export function environmentSource(env: Environment, folder: string | undefined): SecretSource {
  return async (name) => {
    const found: Exclude<Found, undefined>[] = [];
    const places: string[] = [];
    const add = (place: string, one: Found): void => {
      if (one === undefined) return;
      found.push(one);
      places.push(place);
    };
    add(`the variable ${name}`, readVariable(env, name));
    add(`the file of ${name}_FILE`, await readNamedFile(env, `${name}_FILE`));
    if (folder !== undefined) add(folder, await readMounted(folder, name));
    if (found.length < 2) return found[0];
    return { problem: `is set more than once: by ${places.join(' and by ')}` };
  };
}

/** Own variables only: a polluted prototype must not make a secret. An empty one is what Compose makes of a missing one. */
function readVariable(env: Environment, name: string): Found {
  const value: unknown = Object.hasOwn(env, name) ? env[name] : undefined;
  if (value === undefined || value === '') return undefined;
  return typeof value === 'string' ? { texts: [value] } : { problem: 'is not a string in the environment' };
}

async function readNamedFile(env: Environment, variable: string): Promise<Found> {
  const path: unknown = Object.hasOwn(env, variable) ? env[variable] : undefined;
  if (path === undefined || path === '') return undefined;
  // Somebody may have put the secret itself there, so the path is in no message.
  const subject = `has a problem: the file that ${variable} names`;
  if (typeof path !== 'string' || path.includes('\0')) return { problem: `${subject} has no valid path` };
  const reading = await readSecretFile(path);
  return reading === undefined ? { problem: `${subject} does not exist` } : fromFile(subject, path, reading);
}

async function readMounted(folder: string, name: string): Promise<Found> {
  // Names of Docker's secrets are mostly in lower case.
  for (const file of new Set([name, name.toLowerCase()])) {
    const path = `${folder}/${file}`;
    const reading = await readSecretFile(path);
    if (reading !== undefined) return fromFile(`has a problem: ${path}`, path, reading);
  }
  return undefined;
}

function fromFile(subject: string, path: string, reading: Exclude<FileReading, undefined>): Found {
  if ('problem' in reading) return { problem: `${subject} ${reading.problem}` };
  return { texts: [reading.text], openFile: reading.everyoneReads ? path : undefined };
}

/** A function's answers. An error that it throws may contain a token of the vault, so only the error's class is shown. */
export function functionSource(lookup: SecretLookup, signal: AbortSignal): SecretSource {
  return async (name) => {
    let answer: unknown;
    try {
      answer = await lookup(name, signal);
    } catch (error) {
      return { problem: `could not be looked up: \`from\` threw ${kindOf(error)}` };
    }
    if (answer === undefined || answer === null) return undefined;
    const texts: readonly unknown[] = Array.isArray(answer) ? answer : [answer];
    if (texts.every((text) => typeof text === 'string')) return { texts: texts as readonly string[] };
    return { problem: 'is not a string: `from` must return a string, an array of strings, or undefined' };
  };
}

function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return 'a value that is not an error';
  const { code } = error as { code?: unknown };
  const name = /^[A-Z][A-Za-z]{2,40}$/.test(error.name) ? error.name : 'Error';
  return typeof code === 'string' && /^[A-Z][A-Z\d_]{2,40}$/.test(code) ? `${name} (${code})` : name;
}
