import { Misuse } from '../refusal/misuse.ts';
import { requireScript } from './template/raw-text.ts';
import { requireTemplate } from './template/require-template.ts';
import { type SafeScript, trustScript } from './values/safe-script-type.ts';
import { scriptValue, takesScriptValue } from './values/script-value.ts';

/**
 * The content of a `<script>`, from a literal. A value stands where a hole of a `<script>` may: behind `=`, `(`, `,`,
 * `:` or `[`, with no quote, backtick, `/` and `<` in front of it.
 *
 * @throws Misuse `html/unsafe-literal` for `</script` and `<!--` in the text, and a value elsewhere
 *
 * @example
 * ```ts
 * import { html, render, safeScript } from 'bulwark/html';
 *
 * const start = safeScript`start(${{ user: '</script>' }});`;
 * render(html`<script>${start}</script>`);
 * // '<script>start({"user":"\\u003c/script\\u003e"});</script>'
 * ```
 */
export function safeScript(strings: TemplateStringsArray, ...values: unknown[]): SafeScript {
  requireTemplate(strings, values.length, 'safeScript');
  let before = strings[0] as string;
  let text = before;
  for (let i = 0; i < values.length; i++) {
    if (!takesScriptValue(before)) throw new Misuse('html/unsafe-literal', undefined, { hint: holeHint });
    before += `0${strings[i + 1]}`;
    text += scriptValue(values[i]) + strings[i + 1];
  }
  return trustScript(requireScript(text));
}

const holeHint = `Put the value into a variable first: const name = \${...}; at the start of the script.`;
