import { useQuery } from '@tanstack/react-query';
import { AutoComplete, Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import type { InvestorInput as Investor } from '@/api/types';
import { useMe } from './queries';
import { limit } from './limit';
import { isSearchable } from './searchable';

const MOST = 8;

/** The investors of the unit's own projects whose name holds what was typed, each once. */
export function suggested(investors: readonly Investor[], typed: string): Investor[] {
  const found = new Map<string, Investor>();
  for (const investor of investors) {
    const name = investor.name ?? '';
    const known = found.get(name);
    if (name.toLocaleLowerCase().includes(typed.toLocaleLowerCase()) && (!known || (!known.uscc && investor.uscc)))
      found.set(name, investor);
  }
  return [...found.values()].slice(0, MOST);
}

interface Props {
  id?: string;
  value?: string;
  onChange?: (value: string) => void;
  at: number;
}

/** An investor's name; who stands in one of the unit's own projects is offered, with code, country and group. */
export function InvestorNameInput({ id, value, onChange, at }: Props) {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  const unit = useMe()?.jurisdiction?.id;
  const [looked, setLooked] = useState('');
  const { data } = useQuery({
    queryKey: ['projects', 'investors', unit, looked],
    queryFn: async () =>
      (
        await body(
          client.GET('/api/v1/projects', {
            params: { query: { jurisdictionId: unit ? [unit] : undefined, q: looked, limit: 50 } },
          }),
        )
      ).items.flatMap((project) => project.investors as Investor[]),
    enabled: unit !== undefined && isSearchable(looked),
    staleTime: 60_000,
  });
  const offered = looked ? suggested(data ?? [], looked) : [];
  const choose = (name: string) => {
    const chosen = offered.find((each) => each.name === name);
    const path = ['project', 'investors', at];
    if (chosen)
      form.setFieldValue(path, {
        ...(form.getFieldValue(path) as Investor),
        ...chosen,
        primary: Boolean(form.getFieldValue([...path, 'primary'])),
      });
    setLooked('');
  };
  return (
    <AutoComplete
      id={id}
      value={value}
      onChange={onChange}
      onSelect={choose}
      {...limit(200)}
      showSearch={{ onSearch: (text) => setLooked(text.trim()), filterOption: false }}
      options={
        offered.length === 0
          ? []
          : [
              {
                label: t('lookup.own'),
                options: offered.map((each) => ({
                  value: each.name ?? '',
                  label: [each.name, each.uscc].filter(Boolean).join(' · '),
                })),
              },
            ]
      }
    />
  );
}
