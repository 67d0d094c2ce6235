import { AppstoreOutlined, TableOutlined } from '@ant-design/icons';
import { Segmented } from 'antd';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { monthName } from '@/shared/dates';
import { useLanguage } from '@/shared/i18n';
import { useLocation } from 'react-router';
import { JurisdictionsSelect } from '@/shared/JurisdictionSelect';
import { LinkButton } from '@/shared/LinkButton';
import { Loading, Page } from '@/shared/Page';
import { useCan, useMe } from '@/shared/queries';
import { useUrlState } from '@/shared/urlState';
import { ColumnChooser } from './ColumnChooser';
import { layoutNames, readLayout, STANDARD, storedLayout, storeLayout, type Layout } from './columns';
import { ExportButton } from './ExportButton';
import { Filters } from './Filters';
import { LIST_KEYS, monthOf, rememberView, severalOf, viewOf } from './listState';
import { MonthPicker } from './MonthPicker';
import { ViewsMenu } from './ViewsMenu';
import './lists.css';

const Board = lazy(async () => ({ default: (await import('./Board')).Board }));
const ProjectTable = lazy(async () => ({ default: (await import('./ProjectTable')).ProjectTable }));

export function ListsPage() {
  const { t } = useTranslation();
  const { values, change } = useUrlState(LIST_KEYS);
  const { search } = useLocation();
  const can = useCan();
  const language = useLanguage();
  const me = useMe();
  const view = viewOf(values);
  const month = monthOf(values);
  const [, setChosen] = useState(0);
  const layout = readLayout(values.columns) ?? storedLayout(me?.user.id) ?? STANDARD;
  const names = layoutNames(layout).join();

  // The address follows a moment later: what is chosen meanwhile builds on what was chosen last.
  const latest = useRef(layout);
  useEffect(() => {
    latest.current = readLayout(names) ?? STANDARD;
  }, [names]);
  const arrange = (step: (layout: Layout) => Layout) => {
    const next = step(latest.current);
    latest.current = next;
    storeLayout(me?.user.id, next);
    setChosen((count) => count + 1);
    change({ columns: layoutNames(next).join() }, { replace: true });
  };

  // The view, its order and its columns are no filters.
  const clear = () =>
    change({
      stage: undefined,
      industry: undefined,
      currency: undefined,
      min: undefined,
      max: undefined,
      q: undefined,
      light: undefined,
      where: undefined,
    });

  return (
    <Page
      title={t('lists.title')}
      lead={month ? t('lists.asOfMonth', { month: monthName(month, language) }) : t('lists.lead')}
      wide
      actions={
        can('report-project') || can('register-project') ? (
          <LinkButton type="primary" to="/report">
            {t('lists.report')}
          </LinkButton>
        ) : undefined
      }
    >
      <div className="toolbar">
        <Segmented
          aria-label={t('lists.view')}
          value={view}
          onChange={(next: 'table' | 'board') => {
            rememberView(next);
            change({ view: next });
          }}
          options={[
            { value: 'table', label: t('lists.table'), icon: <TableOutlined aria-hidden /> },
            { value: 'board', label: t('lists.board'), icon: <AppstoreOutlined aria-hidden /> },
          ]}
        />
        <MonthPicker value={month} onChange={(next) => change({ month: next })} />
        <JurisdictionsSelect
          className="toolbar-select"
          aria-label={t('lists.jurisdiction')}
          placeholder={t('lists.allJurisdictions')}
          value={severalOf(values.jurisdiction)}
          onChange={(next) => change({ jurisdiction: next.join(',') || undefined })}
        />
        <div className="toolbar-end">
          <LinkButton to={`/lists/print${search}`}>{t('paper.open')}</LinkButton>
          <ViewsMenu values={values} layout={layout} />
          {view === 'table' && <ColumnChooser layout={layout} onChange={arrange} />}
          {view === 'table' && !month && can('export-projects') && <ExportButton values={values} layout={layout} />}
        </div>
      </div>
      <Filters values={values} change={change} clear={clear} />
      <Suspense fallback={<Loading rows={8} />}>
        {view === 'board' ? (
          <Board values={values} />
        ) : (
          <ProjectTable values={values} change={change} clear={clear} layout={layout} />
        )}
      </Suspense>
    </Page>
  );
}
