type Read = (path: string) => string | undefined;

/** The version of a package that a lock file of the folder, or of one above it, has: `4.2.16`. */
export function lockedVersion(folder: string, name: string, read: Read): string | undefined {
  for (let one: string | undefined = folder; one !== undefined; one = above(one)) {
    for (const [file, find] of locks) {
      const text = read(one === '' ? file : `${one}/${file}`);
      const version = text === undefined ? undefined : find(text, name);
      if (version !== undefined) return version;
    }
  }
  return undefined;
}

function above(folder: string): string | undefined {
  if (folder === '') return undefined;
  return folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
}

const locks: readonly (readonly [string, (text: string, name: string) => string | undefined])[] = [
  ['package-lock.json', inNpmLock],
  ['npm-shrinkwrap.json', inNpmLock],
  ['poetry.lock', inTomlLock],
  ['uv.lock', inTomlLock],
  ['Pipfile.lock', inPipfileLock],
];

function inNpmLock(text: string, name: string): string | undefined {
  const lock = json(text);
  return (
    textAt(lock, ['packages', `node_modules/${name}`, 'version']) ??
    textAt(lock, ['dependencies', name, 'version'])
  );
}

/** Without a parser: such a file is written by its tool, always alike, and is large. */
function inTomlLock(text: string, name: string): string | undefined {
  const start = text.indexOf(`\nname = "${name}"\nversion = "`);
  return start < 0 ? undefined : /^version = "([^"\n]{1,100})"/m.exec(text.slice(start, start + 400))?.[1];
}

function inPipfileLock(text: string, name: string): string | undefined {
  return textAt(json(text), ['default', name, 'version'])?.replace(/^==/, '');
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function textAt(value: unknown, keys: readonly string[]): string | undefined {
  let at = value;
  for (const key of keys) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return typeof at === 'string' ? at : undefined;
}
