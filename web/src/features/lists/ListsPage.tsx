import { AppstoreOutlined, TableOutlined } from '@ant-design/icons';
import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { JurisdictionSelect } from '@/shared/JurisdictionSelect';
import { LinkButton } from '@/shared/LinkButton';
import { Page } from '@/shared/Page';
import { useCan } from '@/shared/queries';
import { useUrlState } from '@/shared/urlState';
import { Board } from './Board';
import { ExportButton } from './ExportButton';
import { Filters } from './Filters';
import { LIST_KEYS, monthOf, viewOf } from './listState';
import { MonthPicker } from './MonthPicker';
import { ProjectTable } from './ProjectTable';

export function ListsPage() {
  const { t } = useTranslation();
  const { values, change, clear } = useUrlState(LIST_KEYS);
  const can = useCan();
  const view = viewOf(values);
  const month = monthOf(values);

  return (
    <Page
      title={t('lists.title')}
      lead={month ? t('lists.asOfMonth', { month }) : t('lists.lead')}
      wide
      actions={can('report-project') || can('register-project') ? <LinkButton type="primary" to="/report">{t('lists.report')}</LinkButton> : undefined}
    >
      <div className="toolbar">
        <Segmented
          aria-label={t('lists.view')}
          value={view}
          onChange={(next) => change({ view: next === 'table' ? 'table' : undefined })}
          options={[
            { value: 'board', label: t('lists.board'), icon: <AppstoreOutlined aria-hidden /> },
            { value: 'table', label: t('lists.table'), icon: <TableOutlined aria-hidden /> },
          ]}
        />
        <MonthPicker value={month} onChange={(next) => change({ month: next })} />
        <JurisdictionSelect
          className="toolbar-select" aria-label={t('lists.jurisdiction')} placeholder={t('lists.allJurisdictions')}
          value={values.jurisdiction} onChange={(next) => change({ jurisdiction: next })}
        />
        {view === 'table' && !month && can('export-projects') && <ExportButton values={values} />}
      </div>
      <Filters values={values} change={change} clear={clear} />
      {view === 'board'
        ? <Board values={values} />
        : <ProjectTable values={values} change={change} clear={clear} />}
    </Page>
  );
}
