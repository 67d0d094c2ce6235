import { useCodeText } from './i18n';

/** What a member of a project, of its evidence or of a timeline entry is called; one without a name as it is. */
export function useFactLabel(): (field: string) => string {
  const code = useCodeText();
  return (field) => {
    const known = code('project', field);
    if (known !== field) return known;
    const proof = code('evidence', field);
    return proof === field ? code('entryField', field) : proof;
  };
}
