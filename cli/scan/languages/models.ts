import { javascriptModels } from '../libraries/javascript/javascript-models.ts';
import { pythonModels } from '../libraries/python/python-models.ts';
import { templatesOfJavascript, templatesOfPython } from '../libraries/template/template-models.ts';
import type { Models } from '../models/model.ts';
import type { HostId } from './language-id.ts';

/** The models that are included in the scanner, by language. They are not in `registry.ts` because they are large. */
export const modelsOf: Readonly<Record<HostId, readonly Models[]>> = {
  javascript: [...javascriptModels, templatesOfJavascript],
  python: [...pythonModels, templatesOfPython],
};
