import type { Money } from '@/api/types';
import { Amount } from '@/shared/Amount';
import { useCountryName } from '@/shared/countryName';
import { useCodeText } from '@/shared/i18n';
import { Day } from '@/shared/When';
import type { Detail } from './libraries';

/** What an entry says of one of its library's own facts. */
export function DetailValue({ detail, value }: { detail: Detail; value: unknown }) {
  const code = useCodeText();
  const country = useCountryName();
  if (value === undefined || value === null) return null;
  switch (detail.shape) {
    case 'money':
      return <Amount money={value as Money} />;
    case 'day':
      return <Day date={value as string} />;
    case 'country':
      return <>{country(value as string)}</>;
    case 'choice':
      return <span className="tag">{code('libraries.word', value as string)}</span>;
    case 'choices':
      return (
        <>
          {(value as string[]).map((each) => (
            <span key={each} className="tag">
              {code('libraries.word', each)}
            </span>
          ))}
        </>
      );
    case 'number':
      return <span className="num">{String(value)}</span>;
    default:
      return <span className="text">{value as string}</span>;
  }
}
