/**
 * What markup does to the elements that are open around it, and where it does not fit: bits, so that those of a page are
 * joined with `|`. Derived from the tree construction of the HTML standard (13.2.6.4), from what a start tag closes and
 * from what a table or a head moves out.
 */
const bit = (n: number): number => 1 << n;

/** Holds something that a `<head>` does not. */
export const notHead: number = bit(0);
/** Holds something that does not stand in a `<table>`, and so on. */
export const notTable: number = bit(1);
export const notSections: number = bit(2);
export const notRows: number = bit(3);
export const notCells: number = bit(4);
export const notColumns: number = bit(5);
/** Opens the body of a document. */
export const flow: number = bit(6);
/** Is anything but white space and comments. */
export const something: number = bit(7);
/** Only means something in a head: a doctype, `<meta>`, `<base>`. */
export const headOnly: number = bit(8);
export const closesP: number = bit(9);
export const closesLink: number = bit(10);
export const closesNobr: number = bit(11);
export const closesButton: number = bit(12);
export const closesForm: number = bit(13);
export const closesItem: number = bit(14);
export const closesTerm: number = bit(15);
export const closesHeading: number = bit(16);
export const closesOption: number = bit(17);
export const closesGroup: number = bit(18);
export const closesSelect: number = bit(19);
export const closesRuby: number = bit(20);
/** A part of a table, which closes a cell or a caption. */
export const closesCell: number = bit(21);
/** A hidden field, which stays in a table and yet is no part of one. */
export const hiddenField: number = bit(22);
/** Opens the body where the head has ended, and stands in a head that is open: `<noscript>`. */
export const notAfterHead: number = bit(23);
/** Holds something that today's `<select>` lets in and older parsers drop. */
export const notSelect: number = bit(24);
/** Is an element that an option or `<hr>` closes in a `<select>`, as generating implied end tags does. */
export const impliedInSelect: number = bit(25);
/** A Content-Security-Policy, which counts only in a head. */
export const policyTag: number = bit(26);
export const everything: number = bit(27) - 1;

/** No part of a document's head or of a table. */
const unplaced: number = notHead | notTable | notSections | notRows | notCells | notColumns;
/** What counts only where nothing is open around it. */
export const outermost: number = unplaced | flow | something | headOnly | hiddenField | notAfterHead;
/** Where markup may stand whose author answers for it. */
export const vouched: Readonly<Record<'body' | 'head' | 'table', number>> = Object.freeze({
  body: unplaced | flow | something,
  head: (unplaced & ~notHead) | something,
  table: notHead | flow | something,
});
/** Text that is more than white space, and elements of a body. */
export const textEffect: number = unplaced | flow | something;
