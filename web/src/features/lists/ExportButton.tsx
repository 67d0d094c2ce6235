import { ExportMenu } from '@/shared/ExportMenu';
import { exportColumns, type Layout } from './columns';
import { exportQuery, type ListValues } from './listState';

/** The projects of the table as a file, all of them in its order and columns, or those picked. */
export function ExportButton({
  values,
  layout,
  ids,
  label,
}: {
  values: ListValues;
  layout: Layout;
  ids?: string[];
  label?: string;
}) {
  const query = () => {
    const asked = new URLSearchParams(
      Object.entries(exportQuery(values)).flatMap(([name, value]) =>
        [value].flat().map((each) => [name, String(each)]),
      ),
    );
    asked.set('columns', exportColumns(layout));
    if (ids) asked.set('ids', ids.join());
    return asked;
  };
  return <ExportMenu name="projects" query={query} label={label} shown />;
}
