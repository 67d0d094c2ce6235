import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, useParams } from 'react-router';
import type { LibraryEntry } from '@/api/types';
import { DataTable, type Column } from '@/shared/DataTable';
import { addDays, today } from '@/shared/dates';
import { ExportMenu } from '@/shared/ExportMenu';
import { Filter, TextFilter } from '@/shared/Filter';
import { JurisdictionSelect } from '@/shared/JurisdictionSelect';
import { ImportLink } from '@/shared/ImportLink';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading, Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { useUnitName } from '@/shared/units';
import { asQuery, useUrlState } from '@/shared/urlState';
import { Day } from '@/shared/When';
import { DetailValue } from './DetailValue';
import { EntryDrawer } from './EntryDrawer';
import { EntryForm } from './EntryForm';
import { DETAILS, LIBRARIES, OWN_COLUMNS, type Library } from './libraries';
import { entriesQuery } from './queries';
import './libraries.css';

const KEYS = ['q', 'tags', 'chain', 'keeper', 'stale', 'status', 'entry'] as const;

/** A library: what is in it, found, entered, verified and retired. All seven are of one pattern. */
export function LibrariesPage() {
  const { library = 'institutions' } = useParams();
  const known = LIBRARIES.find((each) => each === library);
  return known ? <LibraryPage key={known} library={known} /> : null;
}

function LibraryPage({ library }: { library: Library }) {
  const { t } = useTranslation();
  const can = useCan();
  const unit = useUnitName();
  const { values, change } = useUrlState(KEYS);
  const [entering, setEntering] = useState(false);
  const filter = {
    q: values.q,
    tags: values.tags,
    chain: values.chain,
    keeper: values.keeper,
    // Twelve months without anybody's word: what was verified a year ago today is grey.
    staleBefore: values.stale ? addDays(`${Number(today().slice(0, 4)) - 1}${today().slice(4)}`, 1) : undefined,
    status: values.status === 'retired' ? ('retired' as const) : undefined,
  };
  const query = useInfiniteQuery(entriesQuery(library, filter));
  const rows = (query.data?.pages.flatMap((page) => page.items) ?? []) as LibraryEntry[];
  const columns: Column<LibraryEntry>[] = [
    {
      key: 'name',
      title: t('libraries.name'),
      heading: true,
      render: (row) => (
        <span className="name-cell">
          <Button type="link" className="entry-name" onClick={() => change({ entry: row.id })}>
            {row.name}
          </Button>
          {row.grey && <span className="tag">{t('libraries.grey')}</span>}
          {row.visibility === 'unit' && <span className="tag">{t('libraries.visibilityOf.unit')}</span>}
        </span>
      ),
    },
    ...DETAILS[library].slice(0, OWN_COLUMNS).map((detail) => ({
      key: detail.name,
      title: t(`libraries.detail.${detail.name}`),
      render: (row: LibraryEntry) => <DetailValue detail={detail} value={row.details[detail.name]} />,
    })),
    { key: 'chain', title: t('libraries.chain'), render: (row) => row.chain },
    {
      key: 'tags',
      title: t('libraries.tags'),
      wideOnly: true,
      render: (row) =>
        row.tags.map((tag) => (
          <span key={tag} className="tag">
            {tag}
          </span>
        )),
    },
    {
      key: 'keeper',
      title: t('libraries.keeper'),
      render: (row) => (row.keeper ? unit(row.keeper) : t('libraries.centre')),
    },
    {
      key: 'verified',
      title: t('libraries.verifiedOn'),
      render: (row) => (row.verifiedOn ? <Day date={row.verifiedOn} /> : t('libraries.never')),
    },
  ];
  const total = query.data?.pages[0]?.total;
  return (
    <Page
      title={t('libraries.title')}
      lead={t(`libraries.leadOf.${library}`)}
      wide
      actions={
        <>
          <ImportLink kind="library-entries" act="edit-libraries" />
          <ExportMenu name="libraries" query={() => asQuery({ library, ...filter })} />
          {can('edit-libraries') && (
            <Button type="primary" onClick={() => setEntering(true)}>
              {t('libraries.enter')}
            </Button>
          )}
        </>
      }
    >
      <nav className="tab-links" aria-label={t('libraries.title')}>
        {LIBRARIES.map((each) => (
          <NavLink key={each} to={`/libraries/${each}`}>
            {t(`libraries.of.${each}`)}
          </NavLink>
        ))}
      </nav>
      <div className="filters" role="search" aria-label={t('lists.filters')}>
        <TextFilter
          id="entries-q"
          label={t('libraries.search')}
          placeholder={t('libraries.searchHint')}
          value={values.q}
          onChange={(q) => change({ q })}
        />
        <TextFilter
          id="entries-tags"
          label={t('libraries.tags')}
          value={values.tags}
          onChange={(tags) => change({ tags })}
        />
        <TextFilter
          id="entries-chain"
          label={t('libraries.chain')}
          value={values.chain}
          onChange={(chain) => change({ chain })}
        />
        <Filter id="entries-keeper" label={t('libraries.keeper')}>
          <JurisdictionSelect
            id="entries-keeper"
            placeholder={t('libraries.anyKeeper')}
            value={values.keeper}
            onChange={(keeper) => change({ keeper })}
          />
        </Filter>
        <Filter id="entries-age" label={t('libraries.state')}>
          <Select
            id="entries-age"
            value={values.status === 'retired' ? 'retired' : values.stale ? 'stale' : 'active'}
            onChange={(next: string) =>
              change({ status: next === 'retired' ? next : undefined, stale: next === 'stale' ? '1' : undefined })
            }
            options={(['active', 'stale', 'retired'] as const).map((each) => ({
              value: each,
              label: t(`libraries.stateOf.${each}`),
            }))}
          />
        </Filter>
      </div>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {query.data && rows.length === 0 && (
        <Empty title={t('libraries.empty')}>{can('edit-libraries') ? t('libraries.emptyHint') : null}</Empty>
      )}
      {rows.length > 0 && (
        <>
          <p className="hint" role="status">
            {t('libraries.count', { count: total ?? rows.length })}
          </p>
          <DataTable
            caption={t(`libraries.of.${library}`)}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.id}
            busy={query.isPlaceholderData}
          />
        </>
      )}
      <LoadMore {...query} />
      {entering && (
        <EntryForm
          library={library}
          onClose={() => setEntering(false)}
          onSaved={(id) => {
            setEntering(false);
            change({ entry: id });
          }}
        />
      )}
      {values.entry && (
        <EntryDrawer
          key={values.entry}
          library={library}
          id={values.entry}
          onOpen={(entry) => change({ entry })}
          onClose={() => change({ entry: undefined })}
        />
      )}
    </Page>
  );
}
