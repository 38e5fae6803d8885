import type { Models } from '../../../models/model.ts';

/** Functions of npm packages and of Node that decode percent-encoding, Base64, JSON or tokens. */
export const decoding: Models = {
  language: 'javascript',
  traits: [
    ['buffer.Buffer', 'Member[from]', 'decodes-text'],
    ['cookie', 'Member[parse,parseCookie]', 'decodes-text'],
    ['qs', 'Member[parse]', 'decodes-text'],
    ['url', 'Member[parse]', 'decodes-text'],
    ['querystring', 'Member[parse,decode]', 'decodes-text'],
    ['cheerio', 'Member[load]', 'decodes-text'],
    ['underscore.string', 'Member[unquote]', 'decodes-text'],
  ],
};
