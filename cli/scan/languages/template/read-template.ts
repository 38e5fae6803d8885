import type { Module, ParseProblem } from '../../ir/ir.ts';
import { buildTemplate } from './build-template.ts';
import { CodeWriter } from './code-writer.ts';
import { readEjs } from './ejs.ts';
import { readHandlebars } from './handlebars/handlebars.ts';
import { readJinja } from './jinja/jinja.ts';
import { withLoadedScripts } from './loaded-scripts.ts';
import { pageScripts } from './page-scripts.ts';
import { readPrismaSchema } from './prisma-schema.ts';
import { readPug } from './pug/pug.ts';
import { readSvelte } from './svelte.ts';
import type { TemplateCode } from './template-code.ts';
import { templateComments } from './template-comments.ts';
import { readVue } from './vue/vue.ts';

type Engine = (text: string, path: string) => TemplateCode;

const engines: ReadonlyMap<string, Engine> = new Map<string, Engine>([
  ['ejs', readEjs],
  ['eta', readEjs],
  ['hbs', readHandlebars],
  ['handlebars', readHandlebars],
  ['mustache', readHandlebars],
  ['njk', readJinja],
  ['jinja', readJinja],
  ['jinja2', readJinja],
  ['j2', readJinja],
  ['pug', readPug],
  ['vue', readVue],
  ['svelte', readSvelte],
  ['prisma', readPrismaSchema],
]);

/**
 * Parses and lowers a template. The file's extension determines the engine; for `.html`, the file's content does.
 * The returned module has a render function, which `rendererOf` finds. The render function takes the template's context
 * and passes unescaped output to `bulwark:raw-output`. Scripts of the page become the top-level code of the module.
 * `readTemplate` never throws: if a template can't be read, the module is empty and its `problems` say why.
 */
export function readTemplate(path: string, text: string): Module {
  const comments = text.includes('bulwark') ? templateComments(text) : [];
  const problems: ParseProblem[] = [];
  try {
    return buildTemplate(path, text, codeOf(path, text), comments);
  } catch (error) {
    problems.push({
      at: 0,
      message: error instanceof Error ? error.message : 'The template cannot be read.',
    });
    return buildTemplate(path, text, { body: new CodeWriter(text) }, comments, problems);
  }
}

function codeOf(path: string, text: string): TemplateCode {
  const extension = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  const engine = engines.get(extension) ?? engineOfPage(text);
  const code = engine(text, path);
  if (withoutPage.has(engine)) return code;
  const before = withLoadedScripts(text, pageScripts(text));
  return before ? { ...code, before } : code;
}

/** These engines handle scripts themselves, or have none. */
const withoutPage: ReadonlySet<Engine> = new Set<Engine>([readVue, readSvelte, readPug, readPrismaSchema]);

/** The engine of a page whose name does not determine it. */
function engineOfPage(text: string): Engine {
  if (text.includes('{%')) return readJinja;
  if (/<%[-=_ \n]/.test(text)) return readEjs;
  return /\{\{[{#/>&^]/.test(text) ? readHandlebars : readJinja;
}
