import { CodeWriter } from './code-writer.ts';
import { elementsOf } from './page-scripts.ts';
import { quoted } from './template-code.ts';

const plainSource = /\ssrc\s*=\s*["']?\s*(http:\/\/[^"'\s>{<]{1,500})/i;

/** The scripts that a page loads without TLS, as calls of `$$script`, behind other code of the module. */
export function withLoadedScripts(text: string, before: CodeWriter | undefined): CodeWriter | undefined {
  if (!/src\s*=\s*["']?\s*http:/i.test(text)) return before;
  const code = new CodeWriter(text);
  if (before) code.append(before);
  for (const { attributes, open, from } of elementsOf(text, 'script')) {
    const source = plainSource.exec(` ${attributes}`)?.[1];
    if (source !== undefined) code.add(`;$$script(${quoted(source)});\n`, open, from);
  }
  return code.text === '' ? undefined : code;
}
