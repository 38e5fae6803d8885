/** Reads CSV by RFC 4180, with line ends of either kind, and refuses what is not: registries are not guessed at. */
export function readCsv(text: string): string[][] {
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  const records: string[][] = [];
  let record: string[] = [];
  while (field.lastIndex < text.length || record.length > 0) {
    const at = field.lastIndex;
    const found = field.exec(text);
    if (!found) throw new Error(`No CSV at character ${at}: ${JSON.stringify(text.slice(at, at + 40))}`);
    record.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (found[3] === ',') continue;
    records.push(record);
    record = [];
  }
  const uneven = records.findIndex(({ length }) => length !== records[0]?.length);
  if (uneven !== -1) throw new Error(`Record ${uneven + 1} has not as many fields as the first.`);
  return records;
}
