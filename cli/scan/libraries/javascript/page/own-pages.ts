/**
 * The referring page of a request. A redirect back leads to a page that the user has visited: on this site, or on an
 * attacker's, who could have sent the user anywhere. https://www.rfc-editor.org/rfc/rfc9110#section-10.1.3
 */
import type { Condition, Models } from '../../../models/model.ts';

const names = ['referer', 'Referer', 'referrer', 'Referrer', 'REFERER'];
const isReferrer: Condition = { at: 'Argument[0]', is: names };
const member = `Member[${names.join()}]`;

export const ownPages: Models = {
  language: 'javascript',
  sanitizers: [
    ['http.IncomingMessage', `Member[headers].${member}`, ['redirect']],
    ['express.Request', 'Member[get,header].ReturnValue', ['redirect'], isReferrer],
    ['fastify.Request', `Member[headers].${member}`, ['redirect']],
    ['koa.Request', `Member[headers,header].${member}`, ['redirect']],
    ['koa.Request', 'Member[get].ReturnValue', ['redirect'], isReferrer],
    ['koa.Context', `Member[headers,header].${member}`, ['redirect']],
    ['koa.Context', 'Member[get].ReturnValue', ['redirect'], isReferrer],
    ['hapi.Request', `Member[headers].${member}`, ['redirect']],
    ['hapi.Request', 'Member[info].Member[referrer]', ['redirect']],
    ['hono.Request', 'Member[header].ReturnValue', ['redirect'], isReferrer],
    ['web.Request', 'Member[headers].Member[get].ReturnValue', ['redirect'], isReferrer],
    ['next/headers', 'Member[headers].ReturnValue.Member[get].ReturnValue', ['redirect'], isReferrer],
  ],
};
