import { describe, expect, it } from 'vitest';
import { project, publishedRulePage } from './project.ts';

describe('publishedRulePage', () => {
  it('is where the pages are published, as links in SARIF and editors', () => {
    const published = { ...project, documentation: 'https://docs.example/bulwark' };
    expect(publishedRulePage('sql/injection', published)).toBe(
      'https://docs.example/bulwark/rules/sql-injection',
    );
  });

  it('is nothing while they are not', () => {
    expect(publishedRulePage('sql/injection', { ...project, documentation: undefined })).toBeUndefined();
  });
});
