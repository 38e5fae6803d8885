import { describe, expect, it } from 'vitest';
import { writeGithub } from './github.ts';
import { hostileReport, sampleReport } from './testing/sample-report.ts';

describe('writeGithub', () => {
  it('makes an annotation of each finding and notice, and sums up', () => {
    expect(writeGithub(sampleReport).split('\n')).toEqual([
      '::warning file=app.py,line=2,endLine=2,col=1,endColumn=16,title=deserialize/untrusted (medium%2C medium confidence)::yaml.load() makes any object that the text names.%0ACall yaml.safe_load().',
      '::error file=src/search.ts,line=2,endLine=2,col=10,endColumn=55,title=sql/injection (critical%2C high confidence)::The query string reaches the text of an SQL statement.%0Asrc/routes.ts:4 comes from the query string%0Asrc/routes.ts:5 is passed to search()%0Asrc/search.ts:2 becomes the text of a statement%0AHand the value over as a bound parameter.',
      '::warning file=app.py,line=3,endLine=3,col=1,endColumn=2,title=scan/unparsable::Not parsed: a bracket is missing.',
      '::notice title=scan/skipped::12 files of node_modules were skipped.',
      '2 findings (1 critical, 1 medium) in 2 files; 3 files, 13 lines scanned; 1 suppressed',
      '',
    ]);
  });

  it('lets no name or text make a command', () => {
    const lines = writeGithub(hostileReport).trimEnd().split(/\r|\n/);
    expect(lines).toHaveLength(3);
    for (const line of lines.slice(0, 2)) {
      expect(line).toMatch(/^::error (?:\w+=[^:,]*,)*title=[^:,]*(?:%2C[^:,]*)?::[^\r\n]*$/);
      expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }
  });
});
