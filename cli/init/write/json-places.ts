import { parseSync } from 'oxc-parser';

/** An object of a JSON text, and where it stands. */
export interface JsonObject {
  readonly at: number;
  readonly end: number;
  readonly properties: readonly JsonProperty[];
}

export interface JsonProperty {
  readonly name: string;
  readonly at: number;
  readonly end: number;
  /** Undefined for values of other kinds. */
  readonly object: JsonObject | undefined;
}

/** The places in a JSON text that `JSON.parse` accepts and whose root is an object. */
export function parseTree(text: string): JsonObject {
  const { program } = parseSync('package.js', `(${text}\n)`, { preserveParens: false, sourceType: 'script' });
  const [statement] = program.body;
  const object = statement?.type === 'ExpressionStatement' ? objectAt(statement.expression) : undefined;
  if (!object) throw new Error('The text is not a JSON object.');
  return object;
}

/** One character was put before the text. */
const shift = 1;

function objectAt(node: {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}): JsonObject | undefined {
  if (node.type !== 'ObjectExpression') return undefined;
  const { properties } = node as unknown as { properties: readonly Property[] };
  return {
    at: node.start - shift,
    end: node.end - shift,
    properties: lastOfEach(
      properties.map(({ key, value, start, end }) => ({
        name: String(key.value),
        at: start - shift,
        end: end - shift,
        object: objectAt(value),
      })),
    ),
  };
}

/** Of a name that is there twice, the last one counts, as in `JSON.parse`. */
function lastOfEach(properties: readonly JsonProperty[]): readonly JsonProperty[] {
  const last = new Map(properties.map((property) => [property.name, property]));
  return properties.filter((property) => last.get(property.name) === property);
}

interface Property {
  readonly start: number;
  readonly end: number;
  readonly key: { readonly value: unknown };
  readonly value: { readonly type: string; readonly start: number; readonly end: number };
}
