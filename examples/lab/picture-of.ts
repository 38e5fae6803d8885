/** Each shelf of the shop with the part of pictures.svg that stands for it. */
const pictures: ReadonlyMap<string, string> = new Map([
  ['anchors', 'anchor'],
  ['clothing', 'boots'],
  ['furniture', 'table'],
  ['hardware', 'bolt'],
  ['paint', 'paint'],
  ['ropes', 'rope'],
  ['sails', 'sail'],
]);

export function pictureOf(category: string): string {
  return pictures.get(category) ?? 'parcel';
}
