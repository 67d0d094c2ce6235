import { keepPreviousData, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { body, client } from '@/api/client';
import { signOut } from '@/api/session';
import type { Me } from '@/api/types';
import { useMoneyText } from '@/shared/Amount';
import { switchLanguage, useLanguage } from '@/shared/i18n';
import { Modal } from '@/shared/Modal';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { chooseTheme, THEMES } from '@/shared/theme';
import { useUnitName } from '@/shared/units';
import { listed, type Find } from './finds';
import { noteRecent, recents } from './recent';
import { isSearchable } from '@/shared/searchable';

const foundQuery = (q: string) =>
  queryOptions({
    queryKey: ['projects', 'palette', q],
    queryFn: () => body(client.GET('/api/v1/projects', { params: { query: { q, limit: 8 } } })),
    placeholderData: keepPreviousData,
  });

const claimsQuery = queryOptions({
  queryKey: ['claims', 'palette'],
  queryFn: () => body(client.GET('/api/v1/claims', { params: { query: { limit: 100 } } })),
  staleTime: 60_000,
});

const PAUSE = 180;

interface Props {
  me: Me;
  /** What was typed before this had come. */
  begun?: string;
  pages: { to: string; key?: string; title: string }[];
  onClose: () => void;
  onHelp: () => void;
}

/** Goes anywhere and does what the caller may do, by keyboard alone. */
export function Palette({ me, begun = '', pages, onClose, onHelp }: Props) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const language = useLanguage();
  const money = useMoneyText();
  const id = useId();
  const [typed, setTyped] = useState(begun);
  const [asked, setAsked] = useState('');
  const [at, setAt] = useState(0);
  const composing = useRef(false);
  const list = useRef<HTMLDivElement>(null);
  const can = (permission: string) => me.permissions.includes(permission);

  // What an input method is still composing is not searched for.
  useEffect(() => {
    const timer = window.setTimeout(() => {
      if (!composing.current) setAsked(typed.trim());
    }, PAUSE);
    return () => window.clearTimeout(timer);
  }, [typed]);

  const searching = can('read-projects') && isSearchable(asked);
  const found = useQuery({ ...foundQuery(asked), enabled: searching });
  const claims = useQuery({ ...claimsQuery, enabled: can('read-claims') && asked !== '' });
  const [recent] = useState(() => recents(me.user.id));

  const finds: Find[] = useMemo(() => {
    const other = language === 'en' ? 'zh-CN' : 'en';
    return [
      ...recent.map((each): Find => ({ id: `recent:${each.to}`, group: 'recent', ...each })),
      ...(searching ? (found.data?.items ?? []) : []).map((project): Find => ({
        id: project.id,
        group: 'projects',
        title: project.name,
        to: `/projects/${project.id}`,
        secret: project.secret,
        hint: [
          t(`stage.${project.stage}`),
          unit(project.owner),
          project.totalInvestment && money.format(project.totalInvestment, 2),
        ]
          .filter(Boolean)
          .join(' · '),
      })),
      ...(claims.data?.items ?? []).map((claim): Find => ({
        id: claim.id,
        group: 'claims',
        title: claim.report?.name ?? t('claims.number', { n: claim.sequence }),
        to: `/claims/${claim.id}`,
        secret: claim.report?.secret ?? undefined,
        hint: [
          t('claims.number', { n: claim.sequence }),
          unit(claim.jurisdiction),
          t(`claimStatus.${claim.status}`),
        ].join(' · '),
      })),
      ...pages.map((page): Find => ({
        id: `page:${page.to}`,
        group: 'pages',
        title: page.title,
        hint: page.key && `g ${page.key}`,
        to: page.to,
      })),
      ...(can('read-projects')
        ? (['in-talks', 'signed', 'registered', 'started'] as const).map((stage): Find => ({
            id: `list:${stage}`,
            group: 'pages',
            title: t('palette.list', { stage: t(`stage.${stage}`) }),
            to: `/lists?view=table&stage=${stage}`,
          }))
        : []),
      ...(can('report-project')
        ? [{ id: 'report', group: 'actions', title: t('lists.report'), to: '/report' } satisfies Find]
        : []),
      ...(can('import')
        ? [{ id: 'import', group: 'actions', title: t('palette.import'), to: '/imports' } satisfies Find]
        : []),
      ...(can('manage-users')
        ? [{ id: 'new-user', group: 'actions', title: t('home.newUser'), to: '/users?new=1' } satisfies Find]
        : []),
      ...(can('manage-keys')
        ? [{ id: 'new-key', group: 'actions', title: t('home.newKey'), to: '/api-keys?new=1' } satisfies Find]
        : []),
      { id: 'account', group: 'actions', title: t('account.title'), to: '/account' },
      ...THEMES.map((theme): Find => ({
        id: `theme:${theme}`,
        group: 'actions',
        title: t('palette.theme', { name: t(`theme.${theme}`) }),
        words: 'theme dark light',
        run: () => chooseTheme(theme),
      })),
      {
        id: 'language',
        group: 'actions',
        title: t('palette.language'),
        words: 'English 中文 language',
        run: () => void switchLanguage(other).then(() => queries.invalidateQueries()),
      },
      { id: 'keys', group: 'actions', title: t('shortcuts.title'), hint: '?', run: onHelp },
      { id: 'sign-out', group: 'actions', title: t('nav.signOut'), run: () => void signOut() },
    ];
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what the words are made of changes with the language only
  }, [recent, searching, found.data, claims.data, pages, language]);

  const shown = listed(finds, typed);
  const current = Math.min(at, shown.length - 1);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView?.({ block: 'nearest' });
  }, [current]);

  function go(find: Find | undefined) {
    if (!find) return;
    onClose();
    if (find.to && !find.secret && find.group !== 'actions')
      noteRecent(me.user.id, { to: find.to, title: find.title, hint: find.group === 'pages' ? undefined : find.hint });
    if (find.run) find.run();
    else if (find.to) void navigate(find.to);
  }

  function press(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const last = shown.length - 1;
    const to = {
      ArrowDown: current >= last ? 0 : current + 1,
      ArrowUp: current <= 0 ? last : current - 1,
      PageDown: Math.min(last, current + 6),
      PageUp: Math.max(0, current - 6),
    }[event.key];
    if (event.key === 'Enter') go(shown[current]);
    else if (to === undefined) return;
    else setAt(to);
    event.preventDefault();
  }

  return (
    <Modal className="palette" label={t('palette.title')} onClose={onClose}>
      <input
        className="palette-input"
        type="text"
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        autoFocus
        aria-label={t('palette.title')}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={shown[current] ? `${id}-${current}` : undefined}
        placeholder={t('palette.placeholder')}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onCompositionStart={() => {
          composing.current = true;
        }}
        onCompositionEnd={(event) => {
          composing.current = false;
          setAsked(event.currentTarget.value.trim());
        }}
        onKeyDown={press}
      />
      <ProblemAlert error={found.error} />
      <div
        className="palette-list"
        role="listbox"
        id={`${id}-list`}
        aria-label={t('palette.results')}
        ref={list}
        tabIndex={-1}
      >
        {shown.map((find, index) => (
          <div key={`${find.group}:${find.id}`} role="presentation">
            {shown[index - 1]?.group !== find.group && (
              <p className="palette-group" role="presentation">
                {t(`palette.group.${find.group}`)}
              </p>
            )}
            <div
              role="option"
              id={`${id}-${index}`}
              aria-selected={index === current}
              className="palette-item"
              onPointerMove={() => setAt(index)}
              onClick={() => go(find)}
            >
              <span className="palette-title">{find.title}</span>
              {find.hint && <small>{find.hint}</small>}
            </div>
          </div>
        ))}
        {shown.length === 0 && (
          <p className="palette-none" role="presentation">
            {searching && found.isFetching ? t('common.loading') : t('palette.none')}
          </p>
        )}
      </div>
      <p className="palette-foot">
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> {t('palette.choose')}
        </span>
        <span>
          <kbd>Enter</kbd> {t('palette.goTo')}
        </span>
        <span>
          <kbd>Esc</kbd> {t('common.close')}
        </span>
      </p>
    </Modal>
  );
}
