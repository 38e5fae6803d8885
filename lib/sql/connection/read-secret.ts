import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { Misuse } from '../../refusal/misuse.ts';

/** The value of a variable of the environment. Errors name the variable, and never its value. */
export function readVariable(option: string, name: unknown): string {
  // Whoever hands in the URL itself must not find it in an error.
  if (typeof name !== 'string' || !/^[A-Za-z_]\w{0,99}$/.test(name)) {
    throw new Misuse('sql/connection-settings', `\`${option}\` takes the name of a variable.`);
  }
  const value = Object.hasOwn(process.env, name) ? process.env[name] : undefined;
  if (value === undefined || value === '') {
    throw new Misuse('sql/connection-settings', `The variable ${name} is not set.`);
  }
  return value;
}

const mostBytes = 1_048_576;

/** A file's text, less one line break at its end. Errors name the file, and never what it holds. */
export function readSecretFile(option: string, path: unknown): string {
  if (typeof path !== 'string' || !/^[^\0]{1,4096}$/.test(path) || path.includes('://')) {
    throw new Misuse('sql/connection-settings', `\`${option}\` takes the path of a file.`);
  }
  const text = contentOf(path).replace(/\r?\n$/, '');
  if (text === '') throw new Misuse('sql/connection-settings', `The file ${path} is empty.`);
  return text;
}

/**
 * Whom a file lets in can be checked for writing alone: secrets of Docker and Kubernetes are readable by everybody who
 * is in the container. Whoever may write it sends the application, with its password, to a server of his own.
 */
function contentOf(path: string): string {
  const descriptor = openFile(path);
  try {
    const { mode, size } = fstatSync(descriptor);
    if ((mode & constants.S_IFMT) !== constants.S_IFREG) {
      throw new Misuse('sql/connection-settings', `${path} is not a file.`);
    }
    if (size > mostBytes) throw new Misuse('sql/connection-settings', `The file ${path} is too large.`);
    if (process.platform !== 'win32' && (mode & constants.S_IWOTH) !== 0) {
      throw new Misuse('sql/connection-settings', `Everyone may write the file ${path}: \`chmod o-w\` it.`);
    }
    return readFileSync(descriptor, 'utf8');
  } finally {
    closeSync(descriptor);
  }
}

function openFile(path: string): number {
  try {
    // A pipe without a writer would hold up the process.
    return openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const { code } = error as { code?: unknown };
    throw new Misuse('sql/connection-settings', `The file ${path} cannot be read (${String(code)}).`);
  }
}
