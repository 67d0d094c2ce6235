import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { setRequestLanguage } from '@/api/session';
import { factTexts } from './facts';
import type { BoardTexts } from './locales/boards.zh-CN';
import type { BulletinTexts } from './locales/bulletins.zh-CN';
import type { ScoreTexts } from './locales/scores.zh-CN';
import type { ClosingTexts } from './locales/closing.zh-CN';
import type { CoordinationTexts } from './locales/coordination.zh-CN';
import type { DutyTexts } from './locales/duties.zh-CN';
import type { DueTexts } from './locales/due.zh-CN';
import type { LibraryTexts } from './locales/libraries.zh-CN';
import type { ImportTexts } from './locales/imports.zh-CN';
import type { ReviewTexts } from './locales/reviews.zh-CN';
import type { HelpTexts } from './locales/help.zh-CN';
import type { IssuesTexts } from './locales/issues.zh-CN';
import type { LeadersTexts } from './locales/leaders.zh-CN';
import type { DisputeTexts } from './locales/disputes.zh-CN';
import type { MeetingTexts } from './locales/meetings.zh-CN';
import type { NoticeTexts } from './locales/notices.zh-CN';
import type { ResourceTexts } from './locales/resources.zh-CN';
import type { RegimeTexts } from './locales/regime.zh-CN';
import type { RuleTexts } from './locales/rules.zh-CN';
import type { AccountTexts } from './locales/accounts.zh-CN';
import type { AuditTexts } from './locales/audit.zh-CN';
import type { WorkTexts } from './locales/work.zh-CN';
import type { Texts } from './locales/zh-CN';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: {
      translation: Texts &
        AccountTexts &
        AuditTexts &
        NoticeTexts &
        DisputeTexts &
        WorkTexts &
        RegimeTexts &
        CoordinationTexts &
        DueTexts &
        DutyTexts &
        ResourceTexts &
        LeadersTexts &
        LibraryTexts &
        ImportTexts &
        ReviewTexts &
        IssuesTexts &
        HelpTexts &
        MeetingTexts &
        BoardTexts &
        BulletinTexts &
        ScoreTexts &
        ClosingTexts &
        RuleTexts;
    };
    enableSelector: false;
  }
}

export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const STORED = 'pipeline.language';

/** The texts that every page needs, and groups of texts that come with the pages that show them. */
const loaders = {
  common: { 'zh-CN': () => import('./locales/zh-CN'), en: () => import('./locales/en') },
  accounts: { 'zh-CN': () => import('./locales/accounts.zh-CN'), en: () => import('./locales/accounts.en') },
  audit: { 'zh-CN': () => import('./locales/audit.zh-CN'), en: () => import('./locales/audit.en') },
  disputes: { 'zh-CN': () => import('./locales/disputes.zh-CN'), en: () => import('./locales/disputes.en') },
  work: { 'zh-CN': () => import('./locales/work.zh-CN'), en: () => import('./locales/work.en') },
  coordination: {
    'zh-CN': () => import('./locales/coordination.zh-CN'),
    en: () => import('./locales/coordination.en'),
  },
  meetings: { 'zh-CN': () => import('./locales/meetings.zh-CN'), en: () => import('./locales/meetings.en') },
  closing: { 'zh-CN': () => import('./locales/closing.zh-CN'), en: () => import('./locales/closing.en') },
  bulletins: { 'zh-CN': () => import('./locales/bulletins.zh-CN'), en: () => import('./locales/bulletins.en') },
  boards: { 'zh-CN': () => import('./locales/boards.zh-CN'), en: () => import('./locales/boards.en') },
  scores: { 'zh-CN': () => import('./locales/scores.zh-CN'), en: () => import('./locales/scores.en') },
  imports: { 'zh-CN': () => import('./locales/imports.zh-CN'), en: () => import('./locales/imports.en') },
  reviews: { 'zh-CN': () => import('./locales/reviews.zh-CN'), en: () => import('./locales/reviews.en') },
  help: { 'zh-CN': () => import('./locales/help.zh-CN'), en: () => import('./locales/help.en') },
  issues: { 'zh-CN': () => import('./locales/issues.zh-CN'), en: () => import('./locales/issues.en') },
  resources: { 'zh-CN': () => import('./locales/resources.zh-CN'), en: () => import('./locales/resources.en') },
  libraries: { 'zh-CN': () => import('./locales/libraries.zh-CN'), en: () => import('./locales/libraries.en') },
  duties: { 'zh-CN': () => import('./locales/duties.zh-CN'), en: () => import('./locales/duties.en') },
  due: { 'zh-CN': () => import('./locales/due.zh-CN'), en: () => import('./locales/due.en') },
  leaders: { 'zh-CN': () => import('./locales/leaders.zh-CN'), en: () => import('./locales/leaders.en') },
  regime: { 'zh-CN': () => import('./locales/regime.zh-CN'), en: () => import('./locales/regime.en') },
  rules: { 'zh-CN': () => import('./locales/rules.zh-CN'), en: () => import('./locales/rules.en') },
  notices: { 'zh-CN': () => import('./locales/notices.zh-CN'), en: () => import('./locales/notices.en') },
};

export type TextGroup = keyof typeof loaders;

const wanted = new Set<TextGroup>(['common']);
const loaded = new Set<string>();

/** What was chosen; at first the first language of the browser that the pages know, and without any of them Chinese. */
export function chosenLanguage(wanted: readonly string[] = navigator.languages): Language {
  const stored = LANGUAGES.find((each) => each === localStorage.getItem(STORED));
  const known = wanted.map((each) => each.toLowerCase()).find((each) => /^(zh|en)\b/.test(each));
  return stored ?? (known?.startsWith('en') ? 'en' : 'zh-CN');
}

async function load(language: Language): Promise<void> {
  await Promise.all(
    [...wanted].map(async (group) => {
      const name = `${language}/${group}`;
      if (loaded.has(name)) return;
      i18next.addResourceBundle(language, 'translation', (await loaders[group][language]()).default, true, true);
      if (group === 'common') i18next.addResourceBundle(language, 'translation', factTexts(language), true, true);
      loaded.add(name);
    }),
  );
}

/** Makes a group of texts be there, now and in whatever language is chosen later. */
export async function loadTexts(group: TextGroup): Promise<void> {
  wanted.add(group);
  await load(i18next.language === 'en' ? 'en' : 'zh-CN');
}

/** A number with the noun that belongs to it: `{{n, plural(one: row; other: rows)}}`. The number may be grouped already. */
export function tellPlural(
  value: unknown,
  _language: string | undefined,
  nouns: { one: string; other: string },
): string {
  return `${String(value)} ${String(value) === '1' ? nouns.one : nouns.other}`;
}

export async function startTranslation(language: Language = chosenLanguage()): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    partialBundledLanguages: true,
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  i18next.services.formatter?.add('plural', tellPlural);
  // Without the server only the texts that have been used before are at hand.
  await show(language).catch(() => show(language === 'en' ? 'zh-CN' : 'en'));
}

export async function switchLanguage(language: Language): Promise<void> {
  // Remembered at once: whoever goes on to another page before the texts have come has chosen all the same.
  localStorage.setItem(STORED, language);
  await show(language);
}

async function show(language: Language): Promise<void> {
  await load(language);
  setRequestLanguage(language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}

export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language === 'en' ? 'en' : 'zh-CN';
}

/** The text of a code the server sent, or the code itself where this version has no words for it. */
export function useCodeText(): (family: string, code: string | null | undefined) => string {
  const { t, i18n } = useTranslation();
  return (family, code) => {
    if (!code) return '';
    const key = `${family}.${code}`;
    return i18n.exists(key) ? (t as (key: string) => string)(key) : code;
  };
}
