import { brand, shared } from '../../internal/shared.ts';

export type AttributeEntries = readonly (readonly [name: string, value: unknown])[];

const trusted = brand<Attributes>('html:attributes');
const records = shared('html:attributes', () => new WeakMap<object, AttributeEntries>());

/** Attributes of an application's own naming, for a hole in the place of an attribute. Made by `attrs`. */
export class Attributes {
  // No such field exists; it makes the type nominal, so that no other object has its shape.
  declare protected readonly opaque: 'Attributes';
}

/** The only maker: called by `attrs`. Never exported. */
export function trustAttributes(entries: AttributeEntries): Attributes {
  const attributes = new Attributes();
  Object.freeze(attributes);
  records.set(attributes, entries);
  return trusted.add(attributes);
}

/** The attributes by name, or undefined for anything else. */
export function attributesOf(value: unknown): AttributeEntries | undefined {
  return trusted.has(value) ? records.get(value) : undefined;
}
