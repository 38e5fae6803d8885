import { notRows } from '../values/effect.ts';
import { framed } from '../values/markup-effect.ts';

/** Start tags that stay in a table. */
export const inTables: ReadonlySet<string> = new Set(
  'caption colgroup col tbody tfoot thead td th tr style script template form'.split(' '),
);
/** Inserted where they stand: in the table, or in the row group that a row in front of them opened. */
export const unmoved: ReadonlySet<string> = new Set('style script template form input'.split(' '));

export const voidTags: ReadonlySet<string> = new Set(
  'area base br col embed hr img input keygen link meta param source track wbr'.split(' '),
);

/** What a `<template>` refuses whose first element is one of these. */
export const partOf: ReadonlyMap<string, number> = new Map([
  ['tr', notRows],
  ['td', framed.get('tr') ?? 0],
  ['th', framed.get('tr') ?? 0],
  ['col', framed.get('colgroup') ?? 0],
]);
