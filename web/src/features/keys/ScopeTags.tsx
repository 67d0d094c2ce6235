import { useCodeText } from '@/shared/i18n';

export function ScopeTags({ scopes }: { scopes: string[] }) {
  const code = useCodeText();
  return (
    <span className="tags">
      {scopes.map((scope) => (
        <span key={scope} className="tag" title={scope}>
          {code('scope', scope.replace(':', '-'))}
        </span>
      ))}
    </span>
  );
}
