import { describe, expect, it } from 'vitest';
import { compileModels } from '../../models/compile-models.ts';
import type { Models } from '../../models/model.ts';
import { parsePath } from '../../models/parse-path.ts';
import { pythonModels } from './python-models.ts';

interface Row {
  readonly table: string;
  readonly type: string;
  readonly paths: readonly string[];
}

function rows(models: Models): Row[] {
  return [
    ...(models.types ?? []).map(([, from, path]) => ({ table: 'types', type: from, paths: [path] })),
    ...(models.sources ?? []).map(([type, path]) => ({ table: 'sources', type, paths: [path] })),
    ...(models.sinks ?? []).map(([type, path, , when]) => ({
      table: 'sinks',
      type,
      paths: [path, ...(when ? [when.at, ...(when.isApi ?? []).map(([, api]) => api)] : [])],
    })),
    ...(models.summaries ?? []).map(([type, path, from, to]) => ({
      table: 'summaries',
      type,
      paths: [path, from, to],
    })),
    ...(models.sanitizers ?? []).map(([type, path]) => ({ table: 'sanitizers', type, paths: [path] })),
    ...(models.guards ?? []).map(([type, path]) => ({ table: 'guards', type, paths: [path] })),
    ...(models.guesses ?? []).map(([type]) => ({ table: 'guesses', type, paths: [] })),
  ];
}

const all = pythonModels.flatMap(rows);
const defined = new Set(pythonModels.flatMap((models) => (models.types ?? []).map(([type]) => type)));
const guessed = new Set(pythonModels.flatMap((models) => (models.guesses ?? []).map(([type]) => type)));

/** A package as it is imported. Types of ours end with a word that no module is called by: `flask.Request`. */
function isPackage(name: string): boolean {
  return name === 'global' || packages.has(name) || /^[a-z_][\w]*(\.[a-z_][\w]*)*$/.test(name);
}

/** Modules whose names have capitals. */
const packages: ReadonlySet<string> = new Set([
  'OpenSSL.SSL',
  'Crypto.PublicKey',
  'Cryptodome.PublicKey',
  'IPython',
  'IPython.core.interactiveshell',
  'M2Crypto',
  'OpenSSL.crypto',
  'MySQLdb',
  'BaseHTTPServer',
  'Cheetah.Template',
  'PAM',
  'PIL.Image',
  'PyPDF2',
  'SPARQLWrapper',
  'cPickle',
  'cProfile',
  'Crypto.Cipher',
  'Crypto.Hash',
  'Crypto.Protocol.KDF',
  'Cryptodome.Cipher',
  'Cryptodome.Hash',
  'Cryptodome.Protocol.KDF',
  'cx_Oracle',
  'defusedxml.ElementTree',
  'email.MIMEText',
  'xml.etree.ElementTree',
  'xml.etree.cElementTree',
]);

describe('the models of Python libraries', () => {
  it('are many', () => {
    expect(all.length).toBeGreaterThan(900);
  });

  it('have paths that can be read', () => {
    for (const { paths } of all) for (const path of paths) expect(() => parsePath(path)).not.toThrow();
  });

  it('speak of packages, of what needs no import, and of types that a row defines', () => {
    const unknown = all.filter(({ type }) => !isPackage(type) && !defined.has(type) && !guessed.has(type));
    expect(unknown).toEqual([]);
  });

  it("are Python's", () => {
    expect(pythonModels.every(({ language }) => language === 'python')).toBe(true);
  });

  it('use each type that they define, or name it for rules', () => {
    const asked = pythonModels.flatMap((models) => [
      ...(models.sinks ?? []).flatMap(([, , , when]) => (when?.isApi ?? []).map(([type]) => type)),
      ...(models.summaries ?? []).flatMap(([, , , , , when]) => (when?.isApi ?? []).map(([type]) => type)),
    ]);
    const shared = pythonModels.flatMap((models) => (models.shared ?? []).map(([type]) => type));
    const used = new Set([...all.map(({ type }) => type), ...asked, ...shared]);
    expect(asked.filter((type) => !defined.has(type))).toEqual([]);
    // Those of `provider` are for the linker, those of `flashed` for templates.
    const unused = [...defined].filter(
      (type) => !used.has(type) && !forRules.has(type) && !/^(?:use|provider|flashed)\./.test(type),
    );
    expect(unused).toEqual([]);
  });

  it('have no row twice', () => {
    const seen = new Set<string>();
    const twice: string[] = [];
    for (const models of pythonModels) {
      for (const [table, list] of Object.entries(models)) {
        if (!Array.isArray(list)) continue;
        for (const row of list) {
          const key = `${table} ${JSON.stringify(row)}`;
          if (seen.has(key)) twice.push(key);
          seen.add(key);
        }
      }
    }
    expect(twice).toEqual([]);
  });

  it('join into one graph', () => {
    const api = compileModels(pythonModels);
    const [flask] = api.packages.get('flask') ?? [];
    expect(flask).toBeDefined();
    expect(api.guesses.get('cursor')?.length).toBeGreaterThan(0);
    for (const { sinks: rows = [] } of pythonModels) for (const [type] of rows) api.packages.get(type);
    const sinks = api.states.flatMap((state) => state.sinks.map(({ kind }) => kind));
    for (const kind of [
      'sql',
      'nosql',
      'xss',
      'ssrf',
      'command',
      'path',
      'code',
      'template',
      'deserialize',
      'xxe',
      'ldap',
      'xpath',
      'header',
      'log',
      'csv',
      'mail',
      'redirect',
      'mass-assignment',
      'regex',
      'trust',
      'upload',
      'leak',
      'reflection',
    ]) {
      expect(sinks).toContain(kind);
    }
  });
});

/** No path starts at these, nor at those of `use-rules`: the rules about configuration ask whether a value is one. */
const forRules: ReadonlySet<string> = new Set([
  'crypto.Cipher',
  'crypto.PBKDF2',
  'Crypto.AES',
  'Crypto.DES',
  'http.client.Connection',
  'jinja2.Template',
  'os.Environ',
  'random.Random',
  'random.SystemRandom',
  'requests.Response',
  'ssl.SSLContext',
  'tarfile.TarInfo',
  'zipfile.ZipInfo',
]);
