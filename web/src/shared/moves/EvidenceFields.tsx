import { Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Stage } from '@/api/types';
import { AmountInput } from '@/shared/AmountInput';
import { DateInput } from '@/shared/DateInput';
import { FileInput } from '@/shared/FileInput';
import { limit } from '@/shared/limit';

type TextField = 'agreementNo' | 'parties' | 'uscc' | 'filingCode' | 'permitNo' | 'equipmentContractNo';
type DateField =
  'signedOn' | 'registeredOn' | 'filedOn' | 'permittedOn' | 'installedOn' | 'photoOn' | 'acceptedOn' | 'firstInvoiceOn';

/** The papers of each stage; which of them must be there the server says. */
export function EvidenceFields({ stages }: { stages: readonly Stage[] }) {
  const { t } = useTranslation();
  const text = (field: TextField, required = false) => (
    <Form.Item name={['evidence', field]} label={t(`evidence.${field}`)} required={required}>
      <Input autoComplete="off" {...limit(field === 'parties' ? 500 : 100)} />
    </Form.Item>
  );
  const date = (field: DateField) => (
    <Form.Item name={['evidence', field]} label={t(`evidence.${field}`)}>
      <DateInput />
    </Form.Item>
  );

  return (
    <>
      {stages.includes('signed') && (
        <fieldset className="row-group">
          <legend>{t('evidence.signedTitle')}</legend>
          <Form.Item
            name={['evidence', 'agreementKind']}
            label={t('evidence.agreementKind')}
            required
            extra={t('evidence.frameworkHint')}
          >
            <Radio.Group
              options={[
                { value: 'formal', label: t('agreementKind.formal') },
                { value: 'framework', label: t('agreementKind.framework') },
              ]}
            />
          </Form.Item>
          <div className="form-grid">
            {text('parties', true)}
            {text('agreementNo')}
            {stages.length > 1 && date('signedOn')}
            <Form.Item
              className="span-2"
              name={['evidence', 'agreedAmount']}
              label={t('evidence.agreedAmount')}
              required
            >
              <AmountInput label={t('evidence.agreedAmount')} />
            </Form.Item>
          </div>
        </fieldset>
      )}
      {stages.includes('registered') && (
        <fieldset className="row-group">
          <legend>{t('evidence.registeredTitle')}</legend>
          <div className="form-grid">
            {text('uscc')}
            {date('registeredOn')}
            {text('filingCode')}
            {date('filedOn')}
          </div>
        </fieldset>
      )}
      {stages.includes('started') && (
        <fieldset className="row-group">
          <legend>{t('evidence.startedTitle')}</legend>
          <div className="form-grid">
            {text('permitNo')}
            {date('permittedOn')}
            {text('equipmentContractNo')}
            {date('installedOn')}
            {date('photoOn')}
          </div>
        </fieldset>
      )}
      {stages.includes('in-production') && (
        <fieldset className="row-group">
          <legend>{t('evidence.inProductionTitle')}</legend>
          <div className="form-grid">
            {date('acceptedOn')}
            {date('firstInvoiceOn')}
          </div>
        </fieldset>
      )}
      <Form.Item name={['evidence', 'files']} label={t('evidence.files')} required={stages.includes('started')}>
        <FileInput label={t('evidence.files')} />
      </Form.Item>
    </>
  );
}
