import { Misuse } from '../../refusal/misuse.ts';

/** A script that ends where its element does, whatever it holds (HTML standard, 13.2.5.4 and 13.2.5.20). */
export function requireScript(text: string): string {
  if (/<\/script|<!--|<script|\0/i.test(text)) {
    throw new Misuse('html/unsafe-literal', undefined, {
      hint: 'Write "<\\/script", "<\\!--" and "\\x3cscript".',
    });
  }
  return asParsed(text);
}

/** A style sheet that ends where its element does (HTML standard, 13.2.5.3). */
export function requireStyle(text: string): string {
  if (/<\/|<!--|\0/.test(text)) {
    throw new Misuse('html/unsafe-literal', undefined, { hint: 'Write "\\3c /" for a "</", and no "<!--".' });
  }
  return asParsed(text);
}

/** As the page's parser would have it, so that a hash of the text is that of the content. */
function asParsed(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}
