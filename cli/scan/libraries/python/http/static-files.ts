// Functions that serve folders: Flask 3, Quart 0.20, Starlette 0.46, FastAPI 0.115, aiohttp 3.11, Sanic 24, Bottle 0.13,
// Django 5, WhiteNoise 6, Tornado 6, http.server of Python 3.13, Litestar 2, Falcon 4, Twisted 24; as documented.
import type { Models } from '../../../models/model.ts';

export const staticFiles: Models = {
  language: 'python',
  types: [
    ['use.FlaskFolder', 'flask', 'Member[Flask,Blueprint]'],
    ['use.FlaskFolder', 'quart', 'Member[Quart,Blueprint]'],
    ['use.SendFrom', 'flask', 'Member[send_from_directory]'],
    ['use.SendFrom', 'flask.helpers', 'Member[send_from_directory]'],
    ['use.SendFrom', 'quart', 'Member[send_from_directory]'],
    ['use.SendFrom', 'werkzeug.utils', 'Member[send_from_directory]'],
    ['use.StaticFile', 'bottle', 'Member[static_file]'],
    ['use.StaticFiles', 'starlette.staticfiles', 'Member[StaticFiles]'],
    ['use.StaticFiles', 'fastapi.staticfiles', 'Member[StaticFiles]'],
    ['use.StaticFiles', 'litestar.static_files', 'Member[create_static_files_router,StaticFilesConfig]'],
    ['use.AddStatic', 'aiohttp.web', 'Member[static]'],
    ['use.AddStatic', 'aiohttp.web', 'Member[Application].Instance.Member[router].Member[add_static]'],
    ['use.AddStatic', 'aiohttp.web', 'Member[RouteTableDef].Instance.Member[static]'],
    ['use.AddStatic', 'sanic', 'Member[Sanic,Blueprint].Instance.Member[static]'],
    ['use.AddStatic', 'falcon', 'Member[App].Instance.Member[add_static_route]'],
    ['use.AddStatic', 'falcon.asgi', 'Member[App].Instance.Member[add_static_route]'],
    ['use.DjangoStatic', 'django.conf.urls.static', 'Member[static]'],
    ['use.DjangoServe', 'django.views.static', 'Member[serve]'],
    ['use.WhiteNoise', 'whitenoise', 'Member[WhiteNoise]'],
    ['use.TornadoStatic', 'tornado.web', 'Member[StaticFileHandler]'],
    ['use.FileHandler', 'http.server', 'Member[SimpleHTTPRequestHandler]'],
    ['use.TwistedFile', 'twisted.web.static', 'Member[File]'],
  ],
};
