/**
 * Lists every place that makes HTML: files of templates, calls that render them, answers with markup, `innerHTML` and its like, and what
 * marks a value as safe: `|safe`, `Markup`, `mark_safe`, `<%-`, `{{{ }}}`, `v-html`, `dangerouslySetInnerHTML`.
 *
 * ## Why
 * A value that is written without escaping can hold a script, which runs with all rights of whoever looks at the page.
 *
 * ## Passes
 * All code and all templates were read. Each place is written in the program, escapes what varies, or writes what was sanitised.
 *
 * ## Fails
 * The scanner finds that untrusted data reaches markup unescaped (`xss/*`, `template/injection`), or that an engine is set up not to
 * escape (`xss/autoescape-off`).
 *
 * ## Unknown
 * What is written unescaped could not be followed, a template was not found, a file could not be parsed, or is of an engine that is not
 * read. Flask does not escape in templates named `.j2` or `.jinja`.
 *
 * ## How to fix
 * ```html
 * <h1>{{ name }}</h1>      <!-- not {{ name|safe }} -->
 * <h1><%= name %></h1>     <!-- not <%- name %> -->
 * ```
 * For markup that people write, sanitise it first: `sanitize(markup, 'article')` of bulwark/html, or nh3 in Python.
 */
import type { Check } from '../../../check/check.ts';
import { judgeSites } from '../judge-sites.ts';

export const check: Check = {
  id: 'code/template-sites',
  aspect: 'escaping/sites',
  title: 'Every place that makes HTML escapes what varies.',
  why: 'A value that is written without escaping can hold a script, which runs in the page of whoever looks at it.',
  severity: 'high',
  cwe: [79, 116],
  asvs: ['1.2.1', '1.3.1', '1.3.7'],
  async run(subject) {
    const view = await subject.code();
    if (view.files === 0) return [];
    return [
      judgeSites(subject, view, {
        kind: 'template',
        rules: [/^xss\/(?!library-input)/, /^template\/injection$/],
        what: 'Markup is made of what is not escaped',
        does: 'makes HTML',
        do: 'make HTML',
        isRight: 'are constant, or escape or sanitise what varies',
        fix: 'Let the template escape the value. For markup that people write, sanitise it first: `sanitize` of bulwark/html, nh3 in Python. Answer data as JSON.',
      }),
    ];
  },
};
