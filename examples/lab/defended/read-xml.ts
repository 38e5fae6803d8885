import { parseXmlObject } from 'bulwark/parse/xml';
import type { Fields } from '../model.ts';

export function readXml(text: string): Fields[] {
  const { products } = parseXmlObject(text, { lists: ['product'] }) as { products: { product: Fields[] } };
  return products.product;
}
