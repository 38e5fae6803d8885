/** Names of members that read the content of an upload, in JavaScript and Python. */
export const reads: RegExp =
  /^(buffer|read|arrayBuffer|bytes|stream|toBuffer|getvalue|chunks|iter_bytes|slice|createReadStream|text|file)$/;
export const measures: RegExp = /^(size|length|byteLength|nbytes)$/;
export const neutral: RegExp =
  /^(fieldname|field_name|encoding|closed|lastModified|seek|close|aclose|destroy|rewind|constructor|truncated)$/;
export const stores: RegExp = /^(save|mv|move|pipe|saveTo|toFile|persist)$/;
export const keepsContent: RegExp =
  /^(slice|subarray|toString|decode|strip|trim|hex|from|Uint8Array|BytesIO|StringIO|TextIOWrapper|ContentFile|bytes|convert|resize|rotate|getvalue|Buffer|Blob)$/;
export const asks: RegExp =
  /^(startswith|startsWith|endswith|endsWith|equals|includes|has|indexOf|match|fullmatch|search|test|get|isinstance|hasattr|bool|hasOwn|compare|every|some)$/;
export const askers: RegExp =
  /^(fileTypeFromBuffer|fileTypeFromBlob|fileTypeFromStream|fromBuffer|from_buffer|guess|guess_mime|guess_extension|what|imageType|filetypemime|filetypeextension)$/;
export const parsers: RegExp = /^(parse|loads|load|DictReader|reader|read_csv|safe_load)$/;

/**
 * Names of functions that write to a log or database, or send a response. They do not use an upload's name as a file name.
 */
export const records: RegExp =
  /^(debug|info|warn|warning|error|log|exception|insert|values|execute|query|run|json|send|render|jsonify)$/;
export const keepsName: RegExp =
  /^(toLowerCase|lower|split|rsplit|rpartition|replace|trim|strip|join|resolve|basename|secure_filename|Path|String|str|at|toString|toUpperCase|casefold|lstrip)$/;
export const eachOf: RegExp = /^(map|forEach|filter|every|some|find|flatMap)$/;
