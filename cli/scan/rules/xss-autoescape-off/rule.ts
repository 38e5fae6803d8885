/**
 * Finds template engines that are configured not to escape: `jinja2.Environment` without `autoescape`,
 * `autoescape=False`, Handlebars' `noEscape`, Mako without the `h` filter, AngularJS with `$sceProvider` switched off
 * or trusting any URL.
 *
 * ## Why
 * Every value in a template then needs its own escaping. The first one that is forgotten is cross-site scripting.
 *
 * ## Bad
 * ```python
 * from jinja2 import Environment, FileSystemLoader
 *
 * env = Environment(loader=FileSystemLoader("templates"))
 * ```
 * ```typescript
 * import nunjucks from 'nunjucks';
 *
 * nunjucks.configure('views', { autoescape: false });
 * ```
 *
 * ## Good
 * ```python
 * env = Environment(loader=FileSystemLoader("templates"), autoescape=select_autoescape())
 * ```
 * ```typescript
 * nunjucks.configure('views', { autoescape: true });
 * ```
 *
 * ## When not to use it
 * Templates that do not produce HTML (plain-text emails, configuration, LaTeX) need different escaping, or none. An
 * environment with delimiters of its own, or one whose templates are all named like such files, has low confidence.
 */

import { type ByHost, byHost } from '../../languages/by-host.ts';
import { inTests } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import type { Use } from '../kit/use.ts';
import { javascriptAutoescape } from './javascript-autoescape.ts';
import { pythonAutoescape } from './python-autoescape.ts';

export const rule: UseRule = Object.freeze({
  id: 'xss/autoescape-off',
  title: 'Template auto-escaping disabled',
  severity: 'high',
  cwe: [116, 79],
  owasp: 'A05:2025 Injection',
  advice: 'Keep auto-escaping on, and mark single trusted values as safe.',
  pythonAdvice: {
    django: 'Keep auto-escaping on, and mark single trusted values with `mark_safe`.',
    any: 'Keep auto-escaping on (`autoescape=select_autoescape()`), and mark single trusted values with `Markup`.',
  },
  on: ['call', 'store', 'object'],
  names: /^(escape|escapeExpression|autoescape|OPTIONS|enabled|resourceUrlWhitelist|trustedResourceUrlList)$/,
  modelled:
    /^use\.(JinjaEnvironment|JinjaTemplate|JinjaTemplates|DjangoContext|TornadoTemplates|BottleTemplate|MakoLookup|MakoTemplate|NunjucksConfigure|NunjucksEnvironment|HandlebarsCompile|EtaClass|EtaConfigure|SwigDefaults)$/,
  look,
} satisfies UseRule);

const switches: ByHost<typeof pythonAutoescape> = {
  javascript: javascriptAutoescape,
  python: pythonAutoescape,
};

function look(use: Use): UseReport | undefined {
  const report = byHost(use.language, switches)?.(use);
  return report && inTests(use) ? { ...report, confidence: 'low' } : report;
}
