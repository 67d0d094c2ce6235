import type { FormInstance } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showField, type Path } from './fieldErrors';

interface Wrong {
  name: Path;
  label: string;
  message: string;
}

/** The words beside a field, with those of the group it stands in: “Investor 1 · Name”. */
function labelOf(name: Path, formName: string): string {
  const id = `${formName}_${name.join('_')}`;
  const label = document.querySelector<HTMLElement>(`label[for="${CSS.escape(id)}"]`);
  const group =
    label?.closest('fieldset')?.querySelector('legend') ??
    document
      .querySelector(`[data-field="${CSS.escape(name.join('.'))}"]`)
      ?.closest('.panel')
      ?.querySelector('h2');
  return [group?.textContent, label?.title || label?.textContent].filter(Boolean).join(' · ') || name.join('.');
}

/** The fields of a form that are in error, kept by the form's own events. */
export function useErrorLinks(form: FormInstance, formName: string) {
  const [wrong, setWrong] = useState<Wrong[]>([]);
  const look = useCallback(
    () =>
      setWrong(
        form
          .getFieldsError()
          .filter((field) => field.errors.length > 0)
          .map((field) => {
            const name = [...(field.name as Path)];
            return { name, label: labelOf(name, formName), message: field.errors.join(' ') };
          }),
      ),
    [form, formName],
  );
  return { wrong, look };
}

/** What is wrong, field by field, above the bar that sends: each leads to its field. */
export function ErrorLinks({ form, wrong }: { form: FormInstance; wrong: Wrong[] }) {
  const { t } = useTranslation();
  if (wrong.length === 0) return null;
  return (
    <div className="error-links" role="status">
      <strong>{t('form.wrongN', { count: wrong.length })}</strong>
      <ul>
        {wrong.map((each) => (
          <li key={each.name.join('.')}>
            <button type="button" className="link-button" onClick={() => showField(form, each.name)}>
              {each.label}
            </button>{' '}
            <span>{each.message}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
