/** Sources that are, as a whole, the address of the page itself: whoever is sent there stays on its site. */
export const ownAddresses: ReadonlySet<string> = new Set([
  'dom.Location.href',
  'dom.Location.toString()',
  'dom.Document.URL',
  'dom.Document.documentURI',
]);
