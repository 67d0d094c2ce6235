import type { PastedRow, Project } from '@/api/types';
import { COUNTRIES } from '@/shared/countries';
import type { Power } from '@/shared/money';
import { fromProject, type ContactForm, type ProjectForm } from '@/shared/projectForm';

const CONTACTS = ['visit', 'reception', 'meeting', 'letter', 'call', 'other'] as const;

/** What was taken of a row, fact by fact, as it is told to the person. */
export function filledFields(row: PastedRow): [string, unknown][] {
  const said = (value: unknown) =>
    value !== undefined &&
    value !== null &&
    value !== '' &&
    value !== false &&
    !(Array.isArray(value) && value.length === 0);
  return [...Object.entries(row.project), ...Object.entries(row.contact ?? {})].filter(([, value]) => said(value));
}

/** The form after a row was pasted: what the row says goes in, what it does not say stays as it was typed. */
export function pasteInto(
  form: { project?: ProjectForm; contacts?: ContactForm[] },
  row: PastedRow,
  powers: readonly Power[],
): { project: ProjectForm; contacts: ContactForm[] } {
  const project = form.project ?? {};
  const {
    secret: _,
    provincialZone,
    investors,
    ...given
  } = fromProject({ ...row.project, investors: row.project.investors ?? [] } as unknown as Project, powers);
  const pasted: ProjectForm = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined && value !== ''),
  );
  if (provincialZone) pasted.provincialZone = true;
  if (investors?.length)
    pasted.investors = investors.map((each) => ({
      ...each,
      country: each.country && COUNTRIES.includes(each.country) ? each.country : 'CN',
    }));
  const contacts = form.contacts ?? [];
  const contact = row.contact;
  if (!contact) return { project: { ...project, ...pasted }, contacts };
  const kind = CONTACTS.find((each) => each === contact.kind);
  const first: ContactForm = {
    ...contacts[0],
    ...(kind && { kind }),
    ...(contact.occurredOn && { occurredOn: contact.occurredOn }),
    ...(contact.note && { note: contact.note }),
  };
  return { project: { ...project, ...pasted }, contacts: [first, ...contacts.slice(1)] };
}
