import { CodeWriter } from './code-writer.ts';
import type { TemplateCode } from './template-code.ts';

/** No table has more columns, and no program more tables. */
const maxModels = 2000;
const maxFields = 20_000;

/**
 * The models of a Prisma schema as classes with their fields of text and bytes: what records hold is known from there alone.
 * Nothing is rendered.
 */
export function readPrismaSchema(text: string): TemplateCode {
  const before = new CodeWriter(text);
  let isOpen = false;
  let models = 0;
  let fields = 0;
  for (let start = 0; start < text.length && fields < maxFields; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    const line = text.slice(start, Math.min(end, start + longestLine));
    const model = isOpen ? null : /^\s*model\s+([A-Za-z]\w*)\s*\{/.exec(line);
    const field = isOpen ? /^\s*([A-Za-z]\w*)\s+(?:String|Bytes)\b/.exec(line) : null;
    if (model && models++ < maxModels) {
      isOpen = true;
      before.add(`class ${prefix}${model[1]} {\n`, start, end);
    } else if (isOpen && /^\s*\}/.test(line)) {
      isOpen = false;
      before.add('}\n', start, end);
    } else if (field) {
      fields++;
      before.add(`${field[1]}: string;\n`, start, end);
    }
    start = end + 1;
  }
  if (isOpen) before.add('}\n', text.length, text.length);
  return { before, body: new CodeWriter(text) };
}

/** What stands behind this in a line of a schema is a comment or a default. */
const longestLine = 300;

/** A model may be called as a word of JavaScript's is. */
const prefix = '$$model_';

/** The name of the model that such a class stands for. */
export function modelOfClass(name: string): string | undefined {
  return name.startsWith(prefix) ? name.slice(prefix.length) : undefined;
}
