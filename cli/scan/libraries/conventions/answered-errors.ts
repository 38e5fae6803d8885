/**
 * Errors of libraries whose messages are written for the client: why a field is invalid, which status a response has. By
 * package, because they can be imported from several of its modules.
 */
const byPackage: Readonly<Record<string, string>> = {
  pydantic: 'ValidationError',
  pydantic_core: 'ValidationError PydanticCustomError',
  marshmallow: 'ValidationError',
  marshmallow_dataclass: 'ValidationError',
  jsonschema: 'ValidationError',
  fastjsonschema: 'JsonSchemaValueException JsonSchemaException',
  cerberus: 'DocumentError',
  voluptuous: 'Invalid MultipleInvalid Error',
  schema: 'SchemaError',
  colander: 'Invalid',
  wtforms: 'ValidationError StopValidation',
  webargs: 'ValidationError',
  email_validator: 'EmailNotValidError EmailSyntaxError EmailUndeliverableError',
  msgspec: 'ValidationError',
  django: 'ValidationError Http404 BadRequest',
  rest_framework:
    'ValidationError APIException ParseError NotFound PermissionDenied NotAuthenticated AuthenticationFailed MethodNotAllowed Throttled',
  ninja: 'HttpError ValidationError',
  fastapi: 'HTTPException RequestValidationError WebSocketRequestValidationError',
  starlette: 'HTTPException',
  werkzeug:
    'HTTPException BadRequest Unauthorized Forbidden NotFound MethodNotAllowed Conflict RequestEntityTooLarge UnprocessableEntity TooManyRequests',
  litestar: 'HTTPException ValidationException NotFoundException PermissionDeniedException',
  falcon: 'HTTPError',
  aiohttp:
    'HTTPException HTTPClientError HTTPBadRequest HTTPForbidden HTTPNotFound HTTPConflict HTTPUnprocessableEntity',
  sanic: 'SanicException BadRequest InvalidUsage NotFound Forbidden Unauthorized',
  graphql: 'GraphQLError',
  zod: 'ZodError',
  yup: 'ValidationError',
  joi: 'ValidationError',
  mongoose: 'ValidationError CastError',
  sequelize: 'ValidationError UniqueConstraintError',
  jsonwebtoken: 'JsonWebTokenError TokenExpiredError NotBeforeError',
  '@hapi/joi': 'ValidationError',
  '@hapi/boom': 'Boom',
  'http-errors': 'HttpError',
  'hono/http-exception': 'HTTPException',
  'routing-controllers': 'HttpError BadRequestError NotFoundError ForbiddenError UnauthorizedError',
  'class-validator': 'ValidationError',
  '@nestjs/common':
    'HttpException BadRequestException UnauthorizedException ForbiddenException NotFoundException ConflictException UnprocessableEntityException',
};

const packages: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(byPackage).map(([name, errors]) => [name, new Set(errors.split(' '))]),
);

/**
 * Whether a library's export is an error class whose messages are written for the client: `ValidationError` of
 * `django.core.exceptions`.
 */
export function isAnsweredError(specifier: string, name: string): boolean {
  const [first = ''] = specifier.split('.');
  return (packages.get(specifier) ?? packages.get(first))?.has(name) === true;
}

/** Values of an error's `name` which show that its message is written for the client: `error.name === 'ZodError'`. */
export const answeredNames: ReadonlySet<string> = new Set([
  'ValidationError',
  'ZodError',
  'CastError',
  'ValidatorError',
  'JsonWebTokenError',
  'TokenExpiredError',
  'NotBeforeError',
]);

/**
 * Names of fields by which libraries and many applications mark an error whose message is written for the client:
 * `error.expose`.
 */
export const answeredFlags: ReadonlySet<string> = new Set(['expose', 'isJoi', 'isBoom', 'isOperational']);

/** Names of functions that return whether the message of an error is written for the client: `isHttpError(error)`. */
export const answeredTests: ReadonlySet<string> = new Set(['isHttpError', 'isBoom', 'isCelebrateError']);

/** Matches the name of a callback's first parameter if the name denotes an error: `err`, `uploadError`. */
export const errorCallbacks: RegExp = /^_?(?:err|error|er|exception|\w+(?:Err|Error))$/;

/**
 * Matches names of methods whose callback is not treated as getting an internal error. Most of them, such as `validate`,
 * report invalid input to the callback. Methods of promises (`then`, `catch`) are included because promises are analysed
 * elsewhere.
 */
export const answeredCallbacks: RegExp =
  /^(?:verify|verifyAsync|validate\w*|upload\w*|then|catch|finally|use|setErrorHandler|onError|resolve|reject)$/;

/**
 * Names of list methods that pass the list's items to a callback, such as `map`. In `errors.map((error) => error.message)`,
 * `error` is an item of the list, and not an error that a library passes to its callback.
 */
export const listCallbacks: ReadonlySet<string> = new Set(
  'map flatMap forEach filter some every find findLast findIndex reduce'.split(' '),
);
