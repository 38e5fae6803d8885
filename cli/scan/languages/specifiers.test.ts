import { expect, it } from 'vitest';
import type { LanguageId } from './language-id.ts';
import { languages } from './registry.ts';

function namedIn(language: LanguageId, text: string): string[] {
  return [...languages[language].specifiersIn(text)].sort();
}

it('finds what JavaScript imports, however it is written', () => {
  const text = `import a, {\n  b,\n} from './several-lines';
import './effect';
export * from "./all";
const c = require(\`./required\`);
const d = await import(/* webpackChunkName: "d" */ './lazy');
import e = require('./typescript');
type F = import('./type').F;`;
  expect(namedIn('javascript', text)).toEqual([
    './all',
    './effect',
    './lazy',
    './required',
    './several-lines',
    './type',
    './typescript',
  ]);
});

it('finds what the scripts of a component import', () => {
  expect(namedIn('template', "<script>\nimport { a } from './store.js'\n</script>")).toEqual(['./store.js']);
});

it('finds what Python imports, and the modules that may be in it', () => {
  const text = `import os, app.models as models
from . import views
from ..core import (  # the base
    base,
    errors as problems,
)
if True: pass; import late
module = importlib.import_module('plugins.one')`;
  const found = namedIn('python', text);
  for (const name of ['os', 'app.models', '.', '.views', '..core', '..core.base', '..core.errors', 'late'])
    expect(found).toContain(name);
  expect(found).toContain('plugins.one');
});

it('does not find what has the word in its name alone', () => {
  expect(namedIn('javascript', "Array.from(x); reimport('./a'); const from = './b';")).toEqual([]);
  expect(namedIn('python', 'important = 1\nfrom_date = "x"\n')).toEqual([]);
});

it('is done with a text that is written to take long', () => {
  const texts = ['from ', 'import\t', 'from .', '. ', 'import(/*', 'from a import (', ';  import x.'];
  for (const text of texts) {
    namedIn('python', text.repeat(50_000));
    namedIn('javascript', text.repeat(50_000));
  }
});
