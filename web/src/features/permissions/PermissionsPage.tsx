import { queryOptions, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import type { PermissionRow } from '@/api/types';
import { useCodeText } from '@/shared/i18n';
import { useNarrow } from '@/shared/media';
import { Empty, Loading, Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { Filter } from '@/shared/Filter';
import { useUrlState } from '@/shared/urlState';

const RECORDS = ['own', 'city', 'partner', 'former', 'summary'];
const RELATIONS = ['any', 'visible', 'own', 'city', 'partner', 'former', 'summary'] as const;

/** Relations as few words: all of them is whatever can be seen, and `any` says nothing more beside another. */
function inShort(names: string[]): string[] {
  if (RECORDS.every((each) => names.includes(each))) return ['visible'];
  return names.length > 1 ? names.filter((each) => each !== 'any') : names;
}

const permissionsQuery = queryOptions({
  queryKey: ['permissions'],
  queryFn: async () => (await body(client.GET('/api/v1/permissions'))).items,
  staleTime: Infinity,
});

/** Somebody who may do something: a role of people, or a scope of keys. */
interface Holder {
  id: string;
  name: string;
}

function grantOf(row: PermissionRow, holder: string): string[] {
  return (
    row.roles.find((grant) => `role-${grant.role}` === holder)?.relations ??
    row.scopes.find((grant) => `scope-${grant.scope}` === holder)?.relations ??
    []
  );
}

/** The table of rights as the program enforces it, for everyone to read. */
export function PermissionsPage() {
  const { t } = useTranslation();
  const code = useCodeText();
  const narrow = useNarrow();
  const { values, change } = useUrlState(['who'] as const);
  const query = useQuery(permissionsQuery);
  const rows = query.data ?? [];
  const roles: Holder[] = [...new Set(rows.flatMap((row) => row.roles.map((grant) => grant.role)))].map((role) => ({
    id: `role-${role}`,
    name: t(`role.${role}`),
  }));
  const scopes: Holder[] = [...new Set(rows.flatMap((row) => row.scopes.map((grant) => grant.scope)))].map((scope) => ({
    id: `scope-${scope}`,
    name: code('scope', scope.replace(':', '-')),
  }));
  const holders = [...roles, ...scopes];
  const chosen = holders.find((holder) => holder.id === values.who);
  const shown = chosen ? rows.filter((row) => grantOf(row, chosen.id).length > 0) : rows;
  const options = (list: Holder[]) => list.map(({ id, name }) => ({ value: id, label: name }));

  return (
    <Page title={t('permissions.title')} lead={t('permissions.lead')} wide>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={10} />}
      {query.data && (
        <>
          <div className="filters permissions-head">
            <Filter id="permissions-who" label={t('permissions.filter')}>
              <Select
                id="permissions-who"
                allowClear
                value={chosen?.id}
                placeholder={t('permissions.all')}
                onChange={(who: string | undefined) => change({ who })}
                options={[
                  { label: t('permissions.roles'), options: options(roles) },
                  { label: t('permissions.scopes'), options: options(scopes) },
                ]}
              />
            </Filter>
            <dl className="legend" aria-label={t('permissions.legend')}>
              {RELATIONS.map((relation) => (
                <div key={relation}>
                  <dt>
                    <Relation name={relation} />
                  </dt>
                  <dd>{t(`relationText.${relation}`)}</dd>
                </div>
              ))}
            </dl>
          </div>
          {shown.length === 0 && <Empty title={t('permissions.empty')} />}
          {shown.length > 0 &&
            (narrow ? (
              <Cards rows={shown} holders={chosen ? [chosen] : holders} />
            ) : (
              <Matrix
                rows={shown}
                roles={chosen ? roles.filter((each) => each === chosen) : roles}
                scopes={chosen ? scopes.filter((each) => each === chosen) : scopes}
              />
            ))}
        </>
      )}
    </Page>
  );
}

function Relation({ name }: { name: string }) {
  const code = useCodeText();
  return <span className={`tag relation relation-${name}`}>{code('relation', name)}</span>;
}

function Relations({ names }: { names: string[] }) {
  const { t } = useTranslation();
  if (names.length === 0)
    return (
      <span className="muted" aria-label={t('permissions.none')}>
        ·
      </span>
    );
  return (
    <span className="tags">
      {inShort(names).map((name) => (
        <Relation key={name} name={name} />
      ))}
    </span>
  );
}

function Act({ row }: { row: PermissionRow }) {
  const { t } = useTranslation();
  const code = useCodeText();
  return (
    <div className="act">
      <strong>{code('act', row.act)}</strong>
      {row.operations.length === 0 ? (
        <span className="hint">{t('permissions.noOperations')}</span>
      ) : (
        <details>
          <summary className="hint">{t('permissions.operations', { n: row.operations.length })}</summary>
          <ul className="operations">
            {row.operations.map(({ name, method, path }) => (
              <li key={name}>
                <code className="method">{method}</code> <code className="break">{path}</code>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function Matrix({ rows, roles, scopes }: { rows: PermissionRow[]; roles: Holder[]; scopes: Holder[] }) {
  const { t } = useTranslation();
  return (
    <div className="table-wrap" tabIndex={0} role="region" aria-label={t('permissions.title')}>
      <table className="table matrix">
        <caption className="visually-hidden">{t('permissions.title')}</caption>
        <thead>
          <tr>
            <th rowSpan={2} scope="col">
              {t('permissions.act')}
            </th>
            {roles.length > 0 && (
              <th colSpan={roles.length} scope="colgroup">
                {t('permissions.roles')}
              </th>
            )}
            {scopes.length > 0 && (
              <th colSpan={scopes.length} scope="colgroup" className="matrix-group">
                {t('permissions.scopes')}
              </th>
            )}
          </tr>
          <tr>
            {roles.map(({ id, name }) => (
              <th key={id} scope="col">
                {name}
              </th>
            ))}
            {scopes.map(({ id, name }, i) => (
              <th key={id} scope="col" className={i === 0 ? 'matrix-group' : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.act}>
              <th scope="row">
                <Act row={row} />
              </th>
              {roles.map(({ id }) => (
                <td key={id}>
                  <Relations names={grantOf(row, id)} />
                </td>
              ))}
              {scopes.map(({ id }, i) => (
                <td key={id} className={i === 0 ? 'matrix-group' : undefined}>
                  <Relations names={grantOf(row, id)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** On a phone: an act a card, with those only who may do it. */
function Cards({ rows, holders }: { rows: PermissionRow[]; holders: Holder[] }) {
  const { t } = useTranslation();
  return (
    <ul className="cards" aria-label={t('permissions.title')}>
      {rows.map((row) => (
        <li key={row.act} className="card">
          <div className="card-head">
            <Act row={row} />
          </div>
          <dl className="card-facts">
            {holders
              .filter(({ id }) => grantOf(row, id).length > 0)
              .map(({ id, name }) => (
                <div key={id}>
                  <dt>{name}</dt>
                  <dd>
                    <Relations names={grantOf(row, id)} />
                  </dd>
                </div>
              ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}
