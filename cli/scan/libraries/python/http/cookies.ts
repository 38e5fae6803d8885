/**
 * The names of cookies, for Flask and Quart, Django, Starlette and FastAPI, Tornado, Bottle, aiohttp and WebOb. Their
 * values are quoted, and a name with a constant prefix cannot be that of another cookie.
 * https://werkzeug.palletsprojects.com/en/stable/wrappers/, https://docs.djangoproject.com/en/5.0/ref/request-response/
 */
import type { Condition, Models } from '../../../models/model.ts';

const letters = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.'];
const isWhole: Condition = { at: 'Argument[0,key:,name:]', begins: letters, not: true };
const name = 'Member[set_cookie,set_signed_cookie,set_secure_cookie].Argument[0,key:,name:]';

export const cookies: Models = {
  language: 'python',
  sinks: [
    ['flask.Response', name, 'header', isWhole],
    ['django.Response', name, 'header', isWhole],
    ['starlette.Response', name, 'header', isWhole],
    ['tornado.RequestHandler', name, 'header', isWhole],
    ['bottle.Response', name, 'header', isWhole],
    ['webob.Response', name, 'header', isWhole],
    ['aiohttp.web', `Member[Response,json_response].ReturnValue.${name}`, 'header', isWhole],
  ],
};
