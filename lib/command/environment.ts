import { Misuse } from '../refusal/misuse.ts';

/** The environment of every program. Nothing else comes from this process. */
const basic: Readonly<Record<string, string>> = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  // File names in any script, messages in English, and sorting by bytes.
  LANG: 'C.UTF-8',
  // As for Debian's users without a home: no program finds settings there.
  HOME: '/nonexistent',
};

/** Windows programs don't start without these. */
const ofWindows = ['SystemRoot', 'SystemDrive', 'TEMP', 'TMP', 'COMSPEC', 'PATHEXT'];

/**
 * The environment of programs: `true` passes on this process's value, a string sets a value.
 *
 * @throws Misuse `bulwark/invalid-option`
 */
export function environment(env: unknown = {}): Readonly<Record<string, string>> {
  if (typeof env !== 'object' || env === null || Array.isArray(env)) throw invalid('It is a record.');
  const made: Record<string, string> = Object.assign(Object.create(null), basic);
  if (process.platform === 'win32') pass(made, ofWindows);
  for (const [name, value] of Object.entries(env)) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
      throw invalid(`${JSON.stringify(name)} is no name of a variable.`);
    if (value === true) pass(made, [name]);
    else if (typeof value === 'string' && !value.includes('\0')) made[name] = value;
    else throw invalid(`${name} is a text, or true to pass on the variable of this process.`);
  }
  return Object.freeze(made);
}

function pass(made: Record<string, string>, names: readonly string[]): void {
  for (const name of names) {
    const value = process.env[name];
    if (value !== undefined) made[name] = value;
  }
}

function invalid(reason: string): Misuse {
  return new Misuse('bulwark/invalid-option', `env holds variables for the programs. ${reason}`);
}
