import { CodeWriter } from './code-writer.ts';
import type { TemplateCode } from './template-code.ts';

/** Models of a schema. Further ones are ignored. */
const maxModels = 2000;
const maxFields = 20_000;

/**
 * Translates each model of a Prisma schema into a class with the model's text and bytes fields. The classes serve as the
 * types of database records. Nothing is rendered.
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

/** Characters of a line. The rest is a comment or a default. */
const longestLine = 300;

/** Precedes the name of each generated class, since a model may be named like a JavaScript keyword. */
const prefix = '$$model_';

/**
 * Returns the name of the Prisma model that a class was generated for, by the name of the class. Undefined for any other
 * class.
 */
export function modelOfClass(name: string): string | undefined {
  return name.startsWith(prefix) ? name.slice(prefix.length) : undefined;
}
