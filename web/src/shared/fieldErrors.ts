import type { FormInstance } from 'antd';
import { isProblem, type FieldErrors } from 'pipeline-client';

export type Path = (string | number)[];

/** `project.investors[0].name` → `['project', 'investors', 0, 'name']`. */
export function parsePath(path: string): Path {
  return [...path.matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map((match) =>
    match[2] !== undefined ? Number(match[2]) : (match[1] ?? ''),
  );
}

function covers(field: Path, target: Path): boolean {
  return (
    field.length > 0 && field.length <= target.length && field.every((step, i) => String(step) === String(target[i]))
  );
}

/** The form's field that an error belongs to: the field itself or the nearest one that contains it. */
export function fieldFor(target: Path, fields: Path[]): Path | undefined {
  return fields.filter((field) => covers(field, target)).sort((a, b) => b.length - a.length)[0];
}

/** Brings a field into view and puts the cursor in it; of a list of fields, the first of them. */
export function showField(form: FormInstance, name: Path): void {
  const list = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(name.join('.'))}"]`);
  if (!list) {
    form.scrollToField(name, { block: 'center', focus: true });
    return;
  }
  list.scrollIntoView?.({ block: 'center' });
  list.querySelector<HTMLElement>('input, textarea, select, button')?.focus({ preventScroll: true });
}

/** What was placed at the fields of a form, and what stood in each then. */
const told = new WeakMap<FormInstance, { name: Path; errors: string[]; value: unknown }[]>();

/** Takes back what was placed at fields that hold something else by now: it was said of what stood there before. */
export function forgetPlacedErrors(form: FormInstance): void {
  const placed = told.get(form);
  if (!placed) return;
  const changed = placed.filter((each) => form.getFieldValue(each.name) !== each.value);
  if (changed.length === 0) return;
  told.set(
    form,
    placed.filter((each) => !changed.includes(each)),
  );
  form.setFields(
    changed
      .filter((each) => form.getFieldError(each.name).join() === each.errors.join())
      .map((each) => ({ name: each.name, errors: [] })),
  );
}

/**
 * Puts a problem's field errors at the form's fields and answers those that no field takes.
 * `under` is where the form keeps what the request had at its root, `within` the member of the request that the form is.
 */
export function placeFieldErrors(form: FormInstance, error: unknown, under: Path = [], within?: string): FieldErrors {
  if (!isProblem(error)) return {};
  const fields = form.getFieldsError().map((field) => [...(field.name as Path)]);
  const left: FieldErrors = {};
  const placed = new Map<string, { name: Path; errors: string[] }>();
  for (const [path, messages] of Object.entries(error.errors)) {
    const steps = parsePath(path);
    const field = fieldFor([...under, ...(steps[0] === within ? steps.slice(1) : steps)], fields);
    if (!field) {
      left[path] = messages;
      continue;
    }
    const key = field.join('/');
    const entry = placed.get(key) ?? { name: field, errors: [] };
    entry.errors.push(...messages.map((each) => each.message));
    placed.set(key, entry);
  }
  const list = [...placed.values()];
  form.setFields(list);
  told.set(
    form,
    list.map((each) => ({ ...each, value: form.getFieldValue(each.name) as unknown })),
  );
  const first = list[0];
  if (first) showField(form, first.name);
  return left;
}
