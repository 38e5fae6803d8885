import { describe, expect, it } from 'vitest';
import { createFolder } from '../../scan/testing/folder.ts';
import { openSubject } from '../subject/open-subject.ts';
import { caseDay } from '../testing/expect-cases.ts';
import { createInterpreter, loadModule } from './read-settings.ts';
import { isType, type Plain, type Value } from './value.ts';

/** What `X` of `settings.py` may be: texts of its values, `?` for one that is not known, `-` for one that is not set. */
async function valuesOf(files: string | Readonly<Record<string, string>>): Promise<string> {
  const folder = createFolder(typeof files === 'string' ? { 'settings.py': files } : files);
  try {
    const subject = openSubject(folder.path, { today: caseDay });
    const scope = loadModule(await createInterpreter(subject), 'settings.py');
    const value = scope.names.get('X');
    return value ? shown(value) : scope.open === undefined ? '-' : '?';
  } finally {
    folder.remove();
  }
}

function shown(value: Value): string {
  return value.map(({ plain }) => (plain === undefined ? '?' : shownPlain(plain))).join(' or ');
}

function shownPlain(plain: Plain): string {
  if (isType(plain, 'list'))
    return `[${[...plain.items.map(shown), ...(plain.more === undefined ? [] : ['...'])].join(', ')}]`;
  if (isType(plain, 'absent')) return '-';
  return typeof plain === 'object' && plain !== null ? plain.type : JSON.stringify(plain);
}

describe('expressions', () => {
  it.each([
    ['X = 60 * 60 * 24 - 1', '86399'],
    ['X = 7 // 2 + -1', '2'],
    ["X = 'a' 'b' + \"c\" * 2", '"abcc"'],
    ["N = 'a'\nX = f'{N}-b'", '"a-b"'],
    ['X = not (1 < 2)', 'false'],
    ["X = 'b' in ['a', 'b']", 'true'],
    ["X = None or 'later'", '"later"'],
    ["X = '' and unknown()", '""'],
    ["X = 'yes' if 1 == 1 else 'no'", '"yes"'],
    ["X = {'a': {'b': 3}}['a']['b']", '3'],
    ["X = 'a,b, c'.split(',')[-1].strip().upper()", '"C"'],
    ["X = [one.lower() for one in ['A', '', 'B'] if one]", '["a", "b"]'],
    ["X = [*['a'], 'b'][1:] + ['c'][:1]", '["b", "c"]'],
    ["X = 'false'.lower() in ('1', 'true')", 'false'],
    ["X = dict(a=1).get('b', 2)", '2'],
    ['X = int("12_0") + bool("x")', '121'],
    ['X = undefined_name.attribute', 'reference'],
    ['X = 1 / 0', '?'],
    ['X = open("x").read()', '?'],
  ])('%s', async (code, value) => {
    expect(await valuesOf(code)).toBe(value);
  });
});

describe('statements', () => {
  it.each([
    ['X = 1\nX = 2', '2'],
    ['A = X = 3', '3'],
    ['A, X = 1, 2', '2'],
    ["X = ['a']\nY = X\nY.append('b')\nX += ['c']", '["a", "b", "c"]'],
    ["X = ['a', 'b']\nX.remove('a')\nX.insert(0, 'z')\nX.pop()", '["z"]'],
    ['X = [1]\nchange(X)', '[1, ...]'],
    ['X = 1\ndel X', '-'],
    ["X = ['a']\nif f():\n    X.append('b')\nif g():\n    X += ['c']", '["a", "b" or -, "c" or -]'],
    ["X = []\nif f():\n    X.append('b')", '["b"] or []'],
    ['if unknown():\n    X = 1', '1 or -'],
    ['X = 1\nif unknown():\n    X = 2\nelif other():\n    X = 3', '2 or 3 or 1'],
    ['X = 1\nif unknown():\n    raise ValueError()\nelse:\n    X = 4', '4'],
    ['if False:\n    X = 1\nelse:\n    X = 2', '2'],
    ["import sys\nX = 1\nif 'test' in sys.argv:\n    X = 2", '1'],
    ['X = 1\nfor one in range(3):\n    X = one', '?'],
    ["X = ['a']\nfor one in range(3):\n    X.append(one)", '["a", ?, ...]'],
    ['def double(n, times=2):\n    return n * times\nX = double(4)', '8'],
    ['X = 1\ndef change():\n    global X\n    X = 2\nchange()', '?'],
    ['X = 1\nglobals().update(read())', '?'],
    ["X = 1\nglobals()['X'] = 2", '?'],
    ['X = 1\nexec(open("more.py").read())', '?'],
    ['X = 1\nfrom elsewhere import *', '?'],
    ['X = 1\nfrom elsewhere import *\nX = 2', '2'],
    ['X = 1\nmatch read():\n    case 1:\n        X = 2', '?'],
    ['try:\n    X = 1\nexcept ValueError:\n    X = 2', '1 or 2'],
    ['X = 1\nif (', '?'],
  ])('%s', async (code, value) => {
    expect(await valuesOf(code)).toBe(value);
  });
});

describe('the environment', () => {
  it.each([
    ["import os\nX = os.environ['A']", '?'],
    ["import os\nX = os.environ.get('A')", '?'],
    ["import os\nX = os.environ.get('A') == '1'", 'false'],
    ["import os\nX = os.environ.get('A') or 'b'", '"b"'],
    ["from os import getenv as env\nX = env('A', 'b')", '"b"'],
    ["from os import environ\nX = 'A' in environ", '?'],
    ["import os\nos.environ['A'] = 'c'\nX = os.environ['A']", '"c"'],
    ["import os\nX = os.environ.get('MODE', 'dev') == 'production'", 'false or true'],
    ["import os\nX = os.environ.get('MODE', 'production') == 'dev'", 'false'],
    ["import environ\nenv = environ.Env(A=(bool, True))\nX = env('A')", 'true'],
    ["import environ\nenv = environ.Env()\nX = env.bool('A', default=False)", 'false'],
    ["import environ\nX = environ.Env().list('A', default=['b'])", '["b"]'],
    ["from environs import Env\nenv = Env()\nX = env.bool('A', True)", 'true'],
    ["from decouple import config\nX = config('A', default='off', cast=bool)", 'false'],
    ["from decouple import config\nX = config('A', cast=bool)", '?'],
    ["from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    A: str = 'b'\nX = S.A", '"b"'],
    [
      "from decouple import config\nX = config('A', default='a,b', cast=lambda v: v.split(','))",
      '["a", "b"]',
    ],
  ])('%s', async (code, value) => {
    expect(await valuesOf(code)).toBe(value);
  });

  it('is set by the last stage of a Dockerfile, and by no stage for development', async () => {
    const settings = "import os\nX = os.environ['A']";
    const last = 'FROM python AS base\nENV A=base\nFROM base AS dev\nENV A=dev\nFROM base\nRUN true\n';
    expect(await valuesOf({ 'settings.py': settings, Dockerfile: last })).toBe('"base"');
    expect(await valuesOf({ 'settings.py': settings, 'Dockerfile.dev': last })).toBe('?');
  });

  it('is set by compose files, but not where they take it from outside', async () => {
    const settings = "import os\nX = os.environ.get('A', 'code')";
    const outside = ['$', '{A}'].join('');
    const compose = (value: string): string => `services:\n  web:\n    environment:\n      A: ${value}\n`;
    expect(await valuesOf({ 'settings.py': settings, 'compose.yaml': compose('"1"') })).toBe('"1"');
    expect(await valuesOf({ 'settings.py': settings, 'compose.yaml': compose(outside) })).toBe('?');
    expect(
      await valuesOf({ 'settings.py': settings, 'compose.yaml': compose(outside.replace('A', 'A:-2')) }),
    ).toBe('"2"');
    expect(await valuesOf({ 'settings.py': settings, 'compose.override.yaml': compose('"1"') })).toBe(
      '"code"',
    );
  });

  it('is set by a file that something reads', async () => {
    const reads = 'from dotenv import load_dotenv\nload_dotenv()\nimport os\nX = os.environ["A"]';
    expect(await valuesOf({ 'settings.py': reads, '.env': 'A="b" # why\n' })).toBe('"b"');
    expect(await valuesOf({ 'settings.py': 'import os\nX = os.environ["A"]', '.env': 'A=b\n' })).toBe('?');
  });
});

describe('modules', () => {
  it('follows imports of all names, and of single ones', async () => {
    const base = { 'parts/__init__.py': '', 'parts/base.py': 'X = [1]\n_Y = 2\n' };
    expect(await valuesOf({ ...base, 'settings.py': 'from parts.base import *\nX += [2]' })).toBe('[1, 2]');
    expect(await valuesOf({ ...base, 'settings.py': 'from parts import base as b\nX = b.X + [b._Y]' })).toBe(
      '[1, 2]',
    );
    expect(await valuesOf({ ...base, 'settings.py': 'from parts.none import X' })).not.toContain('1');
  });

  it('runs the files that split_settings includes', async () => {
    const include = "from split_settings.tools import include\ninclude('parts/a.py', 'parts/b.py')";
    const parts = { 'parts/a.py': 'X = 1\n', 'parts/b.py': 'X = X + 1\n' };
    expect(await valuesOf({ ...parts, 'settings.py': include })).toBe('2');
    expect(await valuesOf({ ...parts, 'settings.py': include.replace('b.py', '*.py') })).toBe('?');
  });

  it('knows nothing where a library sets the names', async () => {
    expect(await valuesOf('import dynaconf\nsettings = dynaconf.DjangoDynaconf(__name__)')).toBe('?');
    expect(
      await valuesOf('from configurations import Configuration\nclass Live(Configuration):\n    X = 1'),
    ).toBe('?');
    expect(await valuesOf('import logging\nlog = logging.getLogger(__name__)')).toBe('-');
  });
});

describe('hostile files', () => {
  it('ends where modules import one another', async () => {
    const files = {
      'settings.py': 'from other import *\nX = 1',
      'other.py': 'from settings import *\nX = 2',
    };
    expect(await valuesOf(files)).toBe('1');
  });

  it('ends where functions call one another', async () => {
    expect(await valuesOf('def f(n):\n    return g(n)\ndef g(n):\n    return f(n)\nX = f(1)')).toBe('?');
  });

  it.each([
    ['brackets', `X = ${'['.repeat(5000)}${']'.repeat(5000)}`],
    ['sums', `X = ${'1+'.repeat(20_000)}1`],
    ['calls', `X = ${'f('.repeat(3000)}${')'.repeat(3000)}`],
    [
      'blocks',
      Array.from({ length: 90 }, (_, depth) => `${' '.repeat(depth)}if f():`).join('\n') +
        `\n${' '.repeat(90)}X = 1`,
    ],
    ['zero bytes', 'X = 1\0\0\0\n\xff\xfe'],
  ])('does not know what deep %s say', async (_, code) => {
    expect(await valuesOf(code)).toMatch(/\?|^-$|^\[|or/);
  });

  it('bounds the values of a name', async () => {
    const many = Array.from({ length: 40 }, (_, index) => `if f():\n    X = ${index}`).join('\n');
    expect(await valuesOf(`X = -1\n${many}`)).toBe('?');
  });

  it('bounds texts and files', async () => {
    expect(await valuesOf(`X = 'a' * 1000000000`)).toBe('?');
    expect(await valuesOf(`${'#'.repeat(600_000)}\nX = 1`)).toBe('?');
    expect(await valuesOf(`A = [1, 2]\n${'A = A + A\n'.repeat(60)}X = A`)).toMatch(/\?|\.\.\./);
  });
});
