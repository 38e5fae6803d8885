/**
 * Names of functions and methods of Python and its libraries that raise a `ValueError` for an invalid value. The message
 * of the error is the library's own, not the program's. https://docs.python.org/3/library/exceptions.html#ValueError
 */
export const raisesValueErrors: ReadonlySet<string> = new Set(
  `int float complex load loads strptime fromisoformat fromtimestamp UUID index remove decode encode literal_eval
  ip_address ip_network ip_interface b64decode unhexlify fromhex parse parse_obj model_validate validate
  model_validate_json urlsplit urlparse date datetime`.split(/\s+/),
);

/** Names of functions and methods that never raise a `ValueError`, whatever their arguments. */
export const harmlessCalls: ReadonlySet<string> = new Set(
  `str len bool dict list tuple set print isinstance repr sorted strip lower upper title get items keys values append
  add update split startswith endswith join replace info debug warning error jsonify`.split(/\s+/),
);
