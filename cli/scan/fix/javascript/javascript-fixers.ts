import { type SourceLanguage, sourceLanguage } from '../source-language.ts';
import { fixCommand } from './fix-command.ts';
import { fixFetch } from './fix-fetch.ts';
import { fixHtml } from './fix-html.ts';
import { fixCookie, fixUnauthorized } from './fix-options.ts';
import { fixSql } from './fix-sql.ts';
import { openJavascript } from './javascript-file.ts';

/** Fixes in JavaScript and TypeScript. */
export const javascriptFixers: SourceLanguage = sourceLanguage(openJavascript, [
  fixSql,
  fixCommand,
  fixUnauthorized,
  fixCookie,
  fixHtml,
  fixFetch,
]);
