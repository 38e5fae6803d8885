/**
 * Errors of libraries whose messages are written for whoever sent what they are about: what a field may be, and which status an
 * answer has. By package, so that it does not matter which of its modules they come from.
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

/** Whether an import brings such an error: `ValidationError` of `django.core.exceptions`. */
export function isAnsweredError(specifier: string, name: string): boolean {
  const [first = ''] = specifier.split('.');
  return (packages.get(specifier) ?? packages.get(first))?.has(name) === true;
}

/** What such errors are called where their `name` is asked for. */
export const answeredNames: ReadonlySet<string> = new Set([
  'ValidationError',
  'ZodError',
  'CastError',
  'ValidatorError',
  'JsonWebTokenError',
  'TokenExpiredError',
  'NotBeforeError',
]);

/** Fields by which libraries, and many an application, say that an error's message is for whoever asked. */
export const answeredFlags: ReadonlySet<string> = new Set(['expose', 'isJoi', 'isBoom', 'isOperational']);

/** Functions that tell such errors from others. */
export const answeredTests: ReadonlySet<string> = new Set(['isHttpError', 'isBoom', 'isCelebrateError']);

/** What the first parameter of a callback is called where it is an error. */
export const errorCallbacks: RegExp = /^_?(?:err|error|er|exception|\w+(?:Err|Error))$/;

/** Methods whose callbacks are mostly given a refusal of what was sent, and those of promises, which are followed. */
export const answeredCallbacks: RegExp =
  /^(?:verify|verifyAsync|validate\w*|upload\w*|then|catch|finally|use|setErrorHandler|onError|resolve|reject)$/;

/** Methods of lists, which give a callback what is in the list: `errors.map((error) => error.message)`. */
export const listCallbacks: ReadonlySet<string> = new Set(
  'map flatMap forEach filter some every find findLast findIndex reduce'.split(' '),
);
