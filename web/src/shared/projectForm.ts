import type {
  ContactPerson,
  FileRef,
  ContactKind,
  InvestorInput,
  Money,
  Project,
  ProjectInput,
  ReportContact,
} from '@/api/types';
import { plainNames, type PlainFact } from './facts';
import { amountToMoney, moneyToAmount, type AmountText, type Power } from './money';

/** The plain facts as a form holds them: amounts with their unit, all else as text. */
type PlainForm = {
  [Fact in PlainFact as Fact['name']]?: Fact extends { shape: 'money' } ? AmountText : string;
};

/** The facts of a project as a form holds them: what was typed, as it was typed. */
export interface ProjectForm extends PlainForm {
  name?: string;
  nationalCode?: string;
  secret?: boolean;
  leaders?: string[];
  investors?: InvestorInput[];
  totalInvestment?: AmountText;
  industryCode?: string;
  chain?: string;
  provincialZone?: boolean;
  landingPlace?: { id?: string; text?: string };
  contacts?: ContactPerson[];
  referrer?: string;
}

export interface ContactForm {
  kind?: ContactKind;
  occurredOn?: string;
  note?: string;
  files?: FileRef[];
}

const MONEY = ['totalInvestment', ...plainNames('money')] as const;
const TEXT = [
  'name',
  'nationalCode',
  'industryCode',
  'chain',
  'referrer',
  ...plainNames('text', 'day', 'choice'),
] as const;
const NUMBER = plainNames('number', 'whole');
const YES_NO = ['secret', 'provincialZone'] as const;

function text(value: string | undefined): string | undefined {
  return value?.trim() || undefined;
}

/** Drops what is absent, so that an empty field is a missing member and not an empty one. */
function compact<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T;
}

export function newInvestor(primary: boolean): InvestorInput {
  return { country: 'CN', primary };
}

export function toProjectInput(form: ProjectForm): ProjectInput {
  const input: Record<string, unknown> = {};
  for (const key of TEXT) input[key] = text(form[key]);
  for (const key of MONEY) input[key] = amountToMoney(form[key]);
  for (const key of NUMBER) input[key] = text(form[key]) === undefined ? undefined : Number(form[key]);
  for (const key of YES_NO) input[key] = form[key] || undefined;
  input.investors = (form.investors ?? []).map((each) =>
    compact({
      name: text(each.name) ?? '',
      uscc: text(each.uscc)?.toUpperCase(),
      country: each.country ?? 'CN',
      groupParent: text(each.groupParent),
      fortune500: each.fortune500 ?? false,
      china500: each.china500 ?? false,
      listed: each.listed ?? false,
      centralSoe: each.centralSoe ?? false,
      specialised: each.specialised ?? false,
      primary: each.primary ?? false,
    }),
  );
  input.leaders = form.secret && form.leaders?.length ? form.leaders : undefined;
  const place = text(form.landingPlace?.text);
  input.landingPlace = place || form.landingPlace?.id ? compact({ id: form.landingPlace?.id, text: place }) : undefined;
  const people = (form.contacts ?? []).filter((each) => Object.values(each).some((value) => text(value)));
  input.contacts = people.length
    ? people.map((each) =>
        compact({
          name: text(each.name) ?? '',
          phone: text(each.phone),
          email: text(each.email),
          title: text(each.title),
        }),
      )
    : undefined;
  return compact(input) as ProjectInput;
}

/** The contacts that hold anything; a row left empty is not a contact. */
export function toContacts(contacts: ContactForm[] | undefined): ReportContact[] {
  return (contacts ?? [])
    .filter((each) => text(each.note) || each.kind || each.occurredOn || each.files?.length)
    .map((each) =>
      compact({
        kind: each.kind as ContactKind,
        occurredOn: each.occurredOn as string,
        note: text(each.note) ?? '',
        files: each.files?.length ? each.files.map((file) => file.id) : undefined,
      }),
    );
}

export function fromProject(project: Project, powers: readonly Power[]): ProjectForm {
  const form: Record<string, unknown> = {};
  for (const key of TEXT) form[key] = project[key];
  for (const key of MONEY) form[key] = moneyToAmount(project[key], powers);
  for (const key of NUMBER)
    form[key] = project[key] === undefined || project[key] === null ? undefined : String(project[key]);
  for (const key of YES_NO) form[key] = project[key] ?? false;
  form.investors = project.investors.map((each) => ({ ...each }));
  form.leaders = project.leaders ? [...project.leaders] : undefined;
  form.landingPlace = project.landingPlace ? { ...project.landingPlace } : undefined;
  form.contacts = project.contacts?.map((each) => ({ ...each }));
  return compact(form) as ProjectForm;
}

/** JSON with its members in order, to compare values by content. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, each: unknown) =>
      each && typeof each === 'object' && !Array.isArray(each)
        ? Object.fromEntries(
            Object.entries(each)
              .filter(([, v]) => v !== undefined && v !== null)
              .sort(([a], [b]) => a.localeCompare(b)),
          )
        : each,
    ) ?? 'null'
  );
}

export function sameValue(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

export type Patch = { [Member in keyof ProjectInput]?: ProjectInput[Member] | null };

/** The merge patch (RFC 7396) that turns one version's facts into another's: changed members, null for removed ones. */
export function mergePatch(from: ProjectInput, to: ProjectInput): Patch {
  const patch: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)]) as Set<keyof ProjectInput>) {
    if (!sameValue(from[key], to[key])) patch[key] = to[key] ?? null;
  }
  return patch as Patch;
}

export type MoneyField = (typeof MONEY)[number];
export function isMoneyField(field: string): field is MoneyField {
  return (MONEY as readonly string[]).includes(field);
}
export function isMoney(value: unknown): value is Money {
  return typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value;
}
