import { App, Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import type { Parcel, ParcelBody } from '@/api/types';
import { DateInput } from '@/shared/DateInput';
import { FormDialog } from '@/shared/FormDialog';
import { JurisdictionSelect } from '@/shared/JurisdictionSelect';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useMe } from '@/shared/queries';
import { useIdempotencyKey } from '@/shared/submission';
import { ifMatch, useChange } from '@/shared/useChange';
import { useDialogForm } from '@/shared/useDialogForm';

interface Values {
  jurisdictionId?: string;
  place: string;
  zone?: 'provincial' | 'other';
  zoneName?: string;
  areaM2: number;
  contiguousGroup?: string;
  cleared?: 'true' | 'false';
  use?: ParcelBody['use'];
  classes?: string;
  intensity?: number;
  output?: number;
  tax?: number;
  from?: string;
  price?: number;
  note?: string;
}

const USES = ['industrial', 'logistics', 'research', 'commercial'] as const;
const WAN = 10_000;

/** Adds a parcel, or changes its facts. What is left empty is not known. */
export function ParcelDialog({ parcel, onClose }: { parcel?: Parcel; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const centre = useMe()?.role === 'coordinator';
  const [form] = Form.useForm<Values>();
  const key = useIdempotencyKey();
  const change = useChange('parcels', 'projects');
  const { busy, error, left, send } = useDialogForm(form);
  // What is emptied is removed from a parcel that is there (null), and left out of a new one.
  const nothing = (parcel ? null : undefined) as undefined;
  const yuan = (wan: number | undefined) =>
    wan === undefined || wan === null ? nothing : { amount: Math.round(wan * WAN * 100) / 100, currency: 'CNY' };
  const submit = (values: Values) =>
    send(async () => {
      const facts: ParcelBody = {
        jurisdictionId: parcel ? parcel.jurisdiction.id : values.jurisdictionId,
        place: values.place.trim(),
        zone: values.zone ?? nothing,
        zoneName: values.zoneName?.trim() || nothing,
        areaM2: values.areaM2,
        contiguousGroup: values.contiguousGroup?.trim() || nothing,
        cleared: values.cleared === undefined ? nothing : values.cleared === 'true',
        use: values.use ?? nothing,
        industryClasses: (values.classes ?? '')
          .split(/[,，、\s]+/)
          .map((code) => code.trim())
          .filter(Boolean),
        minIntensity: yuan(values.intensity),
        minOutput: yuan(values.output),
        minTax: yuan(values.tax),
        from: values.from || nothing,
        pricePerMu: yuan(values.price),
        note: values.note?.trim() || nothing,
      };
      await change.mutateAsync(() =>
        parcel
          ? body(
              client.PATCH('/api/v1/parcels/{id}', {
                params: { path: { id: parcel.id }, header: ifMatch(parcel.version) },
                body: facts,
              }),
            )
          : body(
              client.POST('/api/v1/parcels', {
                params: { header: { 'Idempotency-Key': key.keyFor(facts) } },
                body: facts,
              }),
            ),
      );
      message.success(t('resources.saved'));
      onClose();
    });
  const wan = (label: string, name: 'intensity' | 'output' | 'tax' | 'price') => (
    <Form.Item name={name} label={label} extra={t('land.intensityHint')}>
      <InputNumber min={0} precision={4} style={{ width: '100%' }} />
    </Form.Item>
  );
  const inWan = (money: { amount: number } | undefined) => (money ? money.amount / WAN : undefined);
  return (
    <FormDialog
      form={form}
      title={parcel ? t('land.editOf', { place: parcel.place }) : t('land.addOf')}
      action={t('resources.save')}
      busy={busy}
      onClose={onClose}
    >
      <ProblemAlert error={error} fields={left} />
      <Form
        form={form}
        name="parcel"
        layout="vertical"
        initialValues={
          parcel && {
            place: parcel.place,
            zone: parcel.zone,
            zoneName: parcel.zoneName,
            areaM2: parcel.areaM2,
            contiguousGroup: parcel.contiguousGroup,
            cleared: parcel.cleared === undefined ? undefined : String(parcel.cleared),
            use: parcel.use,
            classes: parcel.industryClasses.join(', '),
            intensity: inWan(parcel.minIntensity),
            output: inWan(parcel.minOutput),
            tax: inWan(parcel.minTax),
            from: parcel.from,
            price: inWan(parcel.pricePerMu),
            note: parcel.note,
          }
        }
        onFinish={(values) => void submit(values)}
      >
        {centre && !parcel && (
          <Form.Item
            name="jurisdictionId"
            label={t('resources.unit')}
            rules={[{ required: true, message: t('resources.unit') }]}
          >
            <JurisdictionSelect reportingOnly />
          </Form.Item>
        )}
        <Form.Item
          name="place"
          label={t('land.place')}
          rules={[{ required: true, whitespace: true, message: t('land.placeRequired') }]}
        >
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="areaM2" label={t('land.areaM2')} rules={[{ required: true, message: t('land.areaRequired') }]}>
          <InputNumber min={0.01} precision={2} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="contiguousGroup" label={t('land.group')} extra={t('land.groupHint')}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="cleared" label={t('land.cleared')}>
          <Select
            allowClear
            placeholder={t('resources.unknown')}
            options={[
              { value: 'true', label: t('resources.yes') },
              { value: 'false', label: t('resources.no') },
            ]}
          />
        </Form.Item>
        <Form.Item name="zone" label={t('land.zone')}>
          <Select
            allowClear
            placeholder={t('resources.unknown')}
            options={(['provincial', 'other'] as const).map((zone) => ({ value: zone, label: t(`zoneRank.${zone}`) }))}
          />
        </Form.Item>
        <Form.Item name="zoneName" label={t('land.zoneName')}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="use" label={t('land.use')}>
          <Select
            allowClear
            placeholder={t('resources.unknown')}
            options={USES.map((use) => ({ value: use, label: t(`landUse.${use}`) }))}
          />
        </Form.Item>
        <Form.Item name="classes" label={t('land.classes')} extra={t('land.classesHint')}>
          <Input />
        </Form.Item>
        {wan(t('land.intensity'), 'intensity')}
        {wan(t('land.output'), 'output')}
        {wan(t('land.tax'), 'tax')}
        {wan(t('land.price'), 'price')}
        <Form.Item name="from" label={t('land.from')}>
          <DateInput />
        </Form.Item>
        <Form.Item name="note" label={t('resources.note')}>
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}
