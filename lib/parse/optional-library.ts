import { createRequire } from 'node:module';
import { Misuse } from '../refusal/misuse.ts';

const require = createRequire(import.meta.url);

/**
 * A library that one format alone needs, loaded when it is first used. So the format can be imported where the library is absent.
 *
 * @throws Misuse `parse/library-missing` when it is used
 */
export function optionalLibrary<T>(name: string): () => T {
  let loaded: T | undefined;
  return () => {
    loaded ??= load<T>(name);
    return loaded;
  };
}

function load<T>(name: string): T {
  try {
    return require(name) as T;
  } catch (cause) {
    throw new Misuse('parse/library-missing', undefined, { cause, hint: `Run \`npm install ${name}\`.` });
  }
}
